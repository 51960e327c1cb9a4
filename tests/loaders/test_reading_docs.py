"""The documentation of frames, held to the code and the data."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import yaml

from graph.model import Claim
from loaders.reading.frames import Frame, FrameSet, parse_frame

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")


def test_every_field_of_a_frame_is_documented_and_no_other() -> None:
    section = DOCUMENT.partition("## A frame")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
    assert documented and set(documented) == {field.name for field in dataclasses.fields(Frame)}


def test_the_documented_frame_is_a_frame() -> None:
    (written,) = re.findall(r"```yaml\n(.*?)```", DOCUMENT, flags=re.DOTALL)
    frame = parse_frame(yaml.safe_load(written), "docs/reading.md")
    assert [claim.ended for claim in frame.claims] == [True, False]


def test_every_position_that_is_no_preposition_is_documented() -> None:
    known = FrameSet.of("fr")
    frames = [frame for found in known.by_verb.values() for _, frame in found]
    frames += [frame for found in known.by_noun.values() for frame in found]
    used = {at for frame in frames for positions in frame.slots.values() for at in positions}
    single = {at for at in used if " " not in at}
    grammar = yaml.safe_load(
        (ROOT / "loaders/languages/fr/grammar.yaml").read_text(encoding="utf-8")
    )
    named = set(re.findall(r"`([\w-]+)`", DOCUMENT))
    assert single - set(grammar["prepositions"]) <= named


def test_every_module_and_data_file_that_is_named_exists() -> None:
    code, data = ROOT / "loaders" / "reading", ROOT / "loaders" / "languages" / "fr"
    for name in set(re.findall(r"`(\w+\.py)`", DOCUMENT)):
        assert (code / name).is_file(), name
    for name in set(re.findall(r"`(\w+\.yaml)`", DOCUMENT)):
        assert (data / name).is_file(), name


def test_the_documented_sentence_makes_the_documented_claims(
    reader_says: Callable[[str], list[Claim]],
) -> None:
    text = "Damien Faure quitte Deezer pour Qobuz."
    assert text.replace(" Faure", "").rstrip(".") in DOCUMENT
    assert {str(claim.relation) for claim in reader_says(text)} == {"WORKED_AT", "HIRED_BY"}
