"""Shares of a whole in French text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Bound
from loaders.reading.amounts import find_shares


@pytest.mark.parametrize(
    ("text", "percent", "words", "of"),
    [
        ("Il prend 34 % du capital.", 34, "34 %", "du capital"),
        ("Il détient 49,9% des parts.", 49.9, "49,9%", "des parts"),
        ("Elle garde 12\u202f% de Doctolib.", 12, "12\u202f%", ""),
        ("Il a dix pour cent des droits de vote.", 10, "dix pour cent", "des droits de vote"),
        ("Il a cédé 10 % de son capital.", 10, "10 %", "de son capital"),
        ("Il contrôle 51 p. 100 de la société.", 51, "51 p. 100", "de la société"),
        ("Elle possède la moitié du capital.", 50, "la moitié", "du capital"),
        ("Elle a un quart des actions.", 25, "un quart", "des actions"),
        ("Il reprend la totalité des parts.", 100, "la totalité", "des parts"),
    ],
)
def test_shares_are_read_with_their_whole(text: str, percent: float, words: str, of: str) -> None:
    (share,) = find_shares(text)
    assert (share.percent, share.of, share.bound) == (percent, of, Bound.EXACT)
    assert text[share.start : share.end] == words


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Il détient plus de 34 % du capital.", Bound.AT_LEAST),
        ("Il vise jusqu'à 34 % du capital.", Bound.AT_MOST),
        ("Il a environ 34 % du capital.", Bound.ABOUT),
        ("Il détient au moins 34 % des parts.", Bound.AT_LEAST),
        ("Il a un peu moins de 34 % des parts.", Bound.AT_MOST),
        ("Il a 34 % environ du capital.", Bound.ABOUT),
    ],
)
def test_a_share_has_its_bound(text: str, bound: Bound) -> None:
    (share,) = find_shares(text)
    assert (share.percent, share.bound) == (34, bound)


@pytest.mark.parametrize(
    "text",
    [
        "Il prendra entre 20 et 30 % du capital.",
        "Il prendra de 20 % à 30 % du capital.",
        "Il prendra 20 à 30 % du capital.",
    ],
)
def test_a_range_of_shares_keeps_both_ends(text: str) -> None:
    (share,) = find_shares(text)
    assert (share.percent, share.upper, share.bound) == (20, 30, Bound.AT_LEAST)


@pytest.mark.parametrize(
    "text",
    [
        "Les ventes sont en hausse de 12 %.",
        "L'action gagne 3 % à Paris.",
        "Le titre a perdu 40 % de sa valeur, soit -40 %.",
        "Un taux de 4 % et une marge de 30 %.",
        "12 % de plus que l'an dernier.",
        "Il a mangé la moitié de la pizza et un quart du gâteau.",
        "Une croissance de 250 %.",
        "Il y a 100 ingénieurs.",
    ],
)
def test_changes_rates_and_other_parts_are_no_shares(text: str) -> None:
    assert find_shares(text) == []


@given(st.integers(1, 1000), st.sampled_from([" %", "%", "\u00a0%", " pour cent"]))
def test_any_share_is_read_back(tenths: int, sign: str) -> None:
    number = f"{tenths / 10:g}".replace(".", ",")
    (share,) = find_shares(f"Il détient {number}{sign} du capital de la start-up.")
    assert (share.percent, share.of) == (tenths / 10, "du capital")


@given(
    st.one_of(
        st.text(st.characters(), max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "5",
                    "%",
                    "pour cent",
                    "à",
                    "et",
                    "-",
                    "1,5",
                    "dix",
                    "la moitié",
                    "du capital",
                    ",",
                ]
            ),
            max_size=20,
        ).map(" ".join),
    )
)
def test_whatever_the_text_every_share_lies_in_it(text: str) -> None:
    for share in find_shares(text):
        assert 0 <= share.start < share.end <= len(text)
        assert 0 < share.percent <= 100


@pytest.mark.parametrize("hostile", ["1 % ", "1 ", "à ", "la moitié ", "dix ", " "])
def test_long_hostile_texts_are_read_to_their_end(hostile: str) -> None:
    text = hostile * (50_000 // len(hostile)) + " et 5 % du capital"
    assert find_shares(text)[-1].of == "du capital"
