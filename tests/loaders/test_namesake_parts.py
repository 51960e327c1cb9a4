"""A body that is called a part, and bears the name of another, is that one's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.model import Claim, RelationType

SAYS = [
    (
        "Kering veut grandir dans la beauté. Il confie la filiale Kering Beauté à Raffaella.",
        "Kering",
    ),
    (
        "Vinci a bouclé son année. À la tête de Vinci Airports, la division aérienne, on sourit.",
        "Vinci",
    ),
    ("Samsung réorganise sa recherche autour d'une nouvelle entité, Samsung Bio.", "Samsung"),
]
SAYS_NOTHING = [
    "Kering veut grandir dans la beauté. L'ancienne filiale Kering Beauté a été vendue.",
    "Vinci a bouclé son année. Vinci Airports, concurrent de Changi, sourit.",
    "Samsung réorganise sa recherche autour d'une nouvelle entité, Galaxia Bio.",
]


def parts(claims: list[Claim]) -> list[str]:
    return [
        claim.object.name
        for claim in claims
        if claim.relation is RelationType.PART_OF and claim.rule == "namesake-part"
    ]


@pytest.mark.parametrize(("text", "owner"), SAYS)
def test_a_part_with_the_name_of_a_body_is_its_part(
    text: str, owner: str, reader_says: Callable[[str], list[Claim]]
) -> None:
    assert parts(reader_says(text)) == [owner]


@pytest.mark.parametrize("text", SAYS_NOTHING)
def test_neither_a_former_part_nor_a_name_alone_nor_a_noun_alone_is_one(
    text: str, reader_says: Callable[[str], list[Claim]]
) -> None:
    assert parts(reader_says(text)) == []
