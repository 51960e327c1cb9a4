"""Names, which of them are one entity, and of what kind it is."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from examples import DATA, article

from graph.model import MAX_NAME_LENGTH
from loaders.reader import LanguageReader

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (DATA / "entities.yaml").read_text(encoding="utf-8")
)
PASSAGES = [
    pytest.param(passage["text"], passage["entities"], id=f"{group}-{number}")
    for group, found in TABLE.items()
    for number, passage in enumerate(found, 1)
]


@pytest.mark.parametrize(("text", "entities"), PASSAGES)
def test_a_passage_names_its_entities_and_no_others(
    text: str, entities: dict[str, str], reader: LanguageReader
) -> None:
    found = {entity.name: str(entity.kind) for entity in reader.read(article(text)).entities}
    assert found == entities


def test_every_group_has_three_passages() -> None:
    assert {group for group, found in TABLE.items() if len(found) < 3} == set()


def test_an_entity_knows_its_fullest_name_and_every_place_of_it(reader: LanguageReader) -> None:
    text = "Solenne Quéméneur a écrit. Mme Quéméneur a signé."
    (entity,) = reader.read(article(text)).entities
    assert (entity.name, entity.aliases) == ("Solenne Quéméneur", ("Quéméneur",))
    assert [text[m.start : m.end] for m in entity.mentions] == ["Solenne Quéméneur", "Quéméneur"]


def test_entities_stand_in_order_of_appearance(reader: LanguageReader) -> None:
    text = "Orange salue Carrefour, puis Danone. Danone salue Orange."
    names = [entity.name for entity in reader.read(article(text)).entities]
    assert names == ["Orange", "Carrefour", "Danone"]


def test_a_name_of_five_thousand_characters_is_no_entity(reader: LanguageReader) -> None:
    text = f"Orange a recruté {'Xa' * 2500}. Danone a racheté Alpro."
    reading = reader.read(article(text))
    assert all(len(entity.name) <= MAX_NAME_LENGTH for entity in reading.entities)
    assert {"Danone", "Alpro"} <= {entity.name for entity in reading.entities}
