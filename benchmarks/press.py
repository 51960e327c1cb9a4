"""A press of any size, made up: articles with their readings, the same in every run.

As in the real press a few companies are in most articles, most people in a few, some facts are told
again and again, and many claims are somebody else's words.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from itertools import accumulate

from graph.model import (
    Amount,
    Article,
    Claim,
    Entity,
    EntityRef,
    Kind,
    Reading,
    RelationType,
    Span,
    Status,
    VagueDate,
)

CLAIMS = 4
"""Claims in each article."""

SYLLABLES = [first + second for first in "bdlmnr" for second in "aeio"]
_FIRST_DAY = dt.date(2025, 1, 1)
_PEOPLE = [EntityRef(name=f"Prénom Nom{number}", kind=Kind.PERSON) for number in range(3000)]
_COMPANIES = [EntityRef(name=f"Société {number}", kind=Kind.COMPANY) for number in range(300)]
_PRODUCTS = [EntityRef(name=f"Produit {number}.1", kind=Kind.PRODUCT) for number in range(300)]
_SHARES = list(accumulate(1 / rank for rank in range(1, len(_COMPANIES) + 1)))
_SHAPES = (
    (RelationType.HIRED_BY, _PEOPLE, _COMPANIES),
    (RelationType.WORKED_AT, _PEOPLE, _COMPANIES),
    (RelationType.LEADS, _PEOPLE, _COMPANIES),
    (RelationType.WORKED_ON, _PEOPLE, _PRODUCTS),
    (RelationType.DEVELOPS, _COMPANIES, _PRODUCTS),
    (RelationType.INVESTED_IN, _COMPANIES, _COMPANIES),
)
# What follows the claims is another text in each article: papers do not share theirs.
_WORDS = [f"{first}{second}" for first in SYLLABLES for second in SYLLABLES]


def articles(
    count: int, *, first: int = 0, length: int = 1500
) -> Iterator[tuple[Article, Reading]]:
    """`count` articles from the `first`-th on, of at least `length` characters each."""
    for number in range(first, first + count):
        yield _article(number, length)


def briefs(count: int) -> Iterator[tuple[Article, Reading]]:
    """`count` articles of one claim and some 200 characters each."""
    for number in range(count):
        luck = random.Random(number)
        title = f"Brève {number}"
        yield written(luck, [_told(luck)], "breve", number, title, 200, outlets=40)


Told = tuple[RelationType, EntityRef, EntityRef, EntityRef | None]
"""A relation, its two ends, and who is named as the source."""


def _article(number: int, length: int) -> tuple[Article, Reading]:
    luck = random.Random(number)
    told = (_told(luck) for _ in range(CLAIMS))
    title = f"Article {number}"
    return written(luck, told, "presse", number, title, length, outlets=40, aliases=("le groupe",))


def _told(luck: random.Random) -> Told:
    relation, subjects, objects = luck.choice(_SHAPES)
    subject, object_ = _pick(luck, subjects), _pick(luck, objects)
    if subject == object_:
        object_ = _COMPANIES[0] if subject != _COMPANIES[0] else _COMPANIES[1]
    return relation, subject, object_, _pick(luck, _COMPANIES) if luck.random() < 0.3 else None


def written(
    luck: random.Random,
    told: Iterable[Told],
    press: str,
    number: int,
    title: str,
    length: int,
    *,
    outlets: int,
    aliases: tuple[str, ...] = (),
) -> tuple[Article, Reading]:
    """The article of this number that tells all this, and what is to be read in it.

    Parameters
    ----------
    told
        What it says, a sentence each; taken one by one, so that luck may decide as it goes.
    press
        Begins the article's id, and is the host of its address.
    length
        Characters that it has at least.
    outlets
        How many there are, one of which has it.
    aliases
        Of every entity in it.
    """
    text = ""
    claims: list[Claim] = []
    mentions: dict[EntityRef, list[Span]] = {}
    for relation, subject, object_, source in told:
        start = len(text)
        for ref, after in ((subject, " a un lien avec "), (object_, ".")):
            span = Span(start=len(text), end=len(text) + len(ref.name), text=ref.name)
            mentions.setdefault(ref, []).append(span)
            text += ref.name + after
        if source is not None:
            mentions.setdefault(source, [])
        claims.append(_claim(luck, relation, subject, object_, source, text[start:], start))
        text += " "
    text += " ".join(luck.choices(_WORDS, k=max(0, length - len(text)) // 5 + 1)) + "."
    article = Article(
        id=f"{press}-{number:08}",
        text=text,
        title=title,
        url=f"https://{press}.example/{number}",
        outlet=f"Journal {luck.randrange(outlets)}",
        language="fr",
        published=_FIRST_DAY + dt.timedelta(days=luck.randrange(365)),
    )
    entities = tuple(
        Entity(name=ref.name, kind=ref.kind, aliases=aliases, mentions=tuple(spans))
        for ref, spans in mentions.items()
    )
    return article, Reading(
        article_id=article.id, extractor="made-up", entities=entities, claims=tuple(claims)
    )


def _claim(
    luck: random.Random,
    relation: RelationType,
    subject: EntityRef,
    object_: EntityRef,
    source: EntityRef | None,
    quote: str,
    start: int,
) -> Claim:
    """A claim that says this, with qualifiers by chance."""
    return Claim(
        subject=subject,
        relation=relation,
        object=object_,
        quote=Span(start=start, end=start + len(quote), text=quote),
        status=luck.choice(list(Status)),
        attributed_to=source,
        role="directeur" if luck.random() < 0.3 else None,
        amount=Amount(value=luck.randrange(1, 900) * 1e6, currency="USD")
        if luck.random() < 0.2
        else None,
        start=VagueDate(latest=_FIRST_DAY) if luck.random() < 0.5 else None,
        extractor="made-up",
        rule="lien",
        cues=("lien",),
    )


def _pick(luck: random.Random, refs: list[EntityRef]) -> EntityRef:
    if refs is _COMPANIES:
        return luck.choices(_COMPANIES, cum_weights=_SHARES)[0]
    return luck.choice(refs)
