"""The model of relations that the decision page compares with the frames."""

from __future__ import annotations

import numpy as np

from graph.model import Article, Kind, RelationType
from loaders.evaluation.annotations import (
    Annotation,
    GoldArticle,
    StatedClaim,
    StatedEntity,
)
from loaders.training.relations import held_out, pairs

PEOPLE = ("Anne Brel", "Luc Morin", "Zoé Cantal", "Hugo Roy", "Lise Pons", "Marc Oury")
BODIES = ("Valcourt", "Tavelle", "Ostrane", "Sérille", "Kermeno", "Aurélis")


def _gold(person: str, body: str, verb: str, *, founds: bool) -> GoldArticle:
    text = f"{person} {verb} la société {body}."
    entities = (StatedEntity(person, Kind.PERSON), StatedEntity(body, Kind.COMPANY))
    claim = StatedClaim(person, RelationType.FOUNDED, body)
    return GoldArticle(
        Article(id=text, text=text, language="fr"),
        Annotation(text, entities, (claim,) if founds else ()),
    )


def test_a_pair_tells_what_its_kinds_allow_and_its_article_states() -> None:
    listed = list(pairs(0, _gold("Anne Brel", "Valcourt", "a fondé", founds=True)))
    founded = list(RelationType).index(RelationType.FOUNDED)
    by_ends = {pair.ends: pair for pair in listed}
    there, back = by_ends["Anne Brel", "Valcourt"], by_ends.get(("Valcourt", "Anne Brel"))
    assert there.allowed[founded]
    assert there.stated[founded]
    assert there.stated.sum() == 1
    assert back is None or not back.stated.any()


def test_what_words_state_is_learned_and_judged_on_other_articles_only() -> None:
    articles = [
        _gold(person, body, verb, founds=founds)
        for verb, founds in (("a fondé", True), ("a visité", False))
        for person, body in zip(PEOPLE, BODIES, strict=True)
    ]
    listed = [pair for number, gold in enumerate(articles) for pair in pairs(number, gold)]
    given = held_out(listed)
    founded = list(RelationType).index(RelationType.FOUNDED)
    forward = [n for n, pair in enumerate(listed) if pair.ends[0] in PEOPLE]
    assert [bool(given[n][founded] > 0.5) for n in forward] == [
        bool(listed[n].stated[founded]) for n in forward
    ]
    assert np.array_equal(given, held_out(listed))
