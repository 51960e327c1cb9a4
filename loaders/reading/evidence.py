"""What the words around a name say of its kind: titles, head nouns, appositions, verbs."""

from __future__ import annotations

import re
from typing import Final

from graph.model import Kind
from loaders.reading.evidence_called import describe, describe_by_trade
from loaders.reading.evidence_data import Evidence, Votes
from loaders.reading.evidence_origins import vote_origin
from loaders.reading.evidence_things import are_goods, is_acronym, is_owned, made_by, names_what
from loaders.reading.evidence_words import (
    DEFINITE,
    GENITIVES,
    complements_head,
    first_span,
    head_before,
    is_word,
    joined,
    length_of,
    longest_of,
    worth,
)
from loaders.reading.mentions import Mention
from loaders.reading.neighbours import CAPITAL, Neighbours
from loaders.reading.surfaces import fold

_AGE: Final = re.compile(r"\d{2}$")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}$")
_STOPS: Final = frozenset(".!?")
_OPENING: Final = frozenset('«"“(')
_CLOSING: Final = frozenset('»”"')
_HEAD_VOTE: Final = 3.0
_THING_VOTE: Final = 6.5
_AGENT_ENDINGS: Final = ("eur", "iste", "ier", "ien", "ant", "euse", "ière", "rice", "é", "ée")
_APPOSED_VOTE: Final = 2.5
_APPOSED_THING_VOTE: Final = 4.0
_TOLD_THING_VOTE: Final = 2.0
_MAKERS_VOTE: Final = 1.2
_TITLE_VOTE: Final = 4.0
_ADJECTIVE_VOTE: Final = 4.5
_ARTICLE_VOTE: Final = 1.4
_FAMILY: Final = 1.5
_CLOSING_VOTE: Final = 3.5
_PLACE_VOTE: Final = 2.0
_QUOTED_VOTE: Final = 1.2
_YEAR_VOTE: Final = 2.0
_FICTION: Final = 5.0
_OPENERS: Final = frozenset(
    {"un", "une", "son", "sa", "leur", "le", "la", "l'", "du", "ce", "cette"}
)
_INDEFINITE: Final = frozenset({"un", "une", "son", "sa"})
_NAMING_REACH: Final = 14
_LOCATIVES: Final = frozenset({"à", "en", "vers", "au", "aux", "dans", "depuis"})
_ARTICLED: Final = frozenset({"le", "la", "l'", "un", "une", "du", "au"})
_MODEL: Final = re.compile(r"[A-Z]-?\d")
_COUNTED_VOTE: Final = 2.0
_WORK_VOTE: Final = 4.0
_THING: Final = {Kind.PRODUCT: 1.0}
_GOODS: Final = {Kind.PRODUCT: 0.3, Kind.COMPANY: 0.2}
_DETERMINERS: Final = frozenset({"le", "la", "l'", "les", "au", "aux", "du", "des", "un", "une"})


def vote(mention: Mention, around: Neighbours, data: Evidence) -> None:
    """Count what the words around `mention` say of its entity's kind."""
    if mention.described:
        return
    before, after = around.before(mention.start), around.after(mention.end)
    vote_origin(mention, before, after, data)
    if before:
        _vote_before(mention, before, after, data)
    if before and before[-1] in _OPENING - {"("} and after and after[0] in _CLOSING:
        # The press sets titles in quotation marks, and seldom the names of people and firms.
        mention.entity.vote(Kind.PRODUCT, _QUOTED_VOTE, "quoted")
    if before[-1:] == ["("] and after[:1] in ([")"], [","]) and not data.works.isdisjoint(before):
        mention.entity.vote(Kind.PRODUCT, _WORK_VOTE, "work")  # "réalisé par X (Les Rascals)"
    while after and after[0] in _CLOSING:
        after = after[1:]
    if after[:1] == ["("] and len(after) > 2 and _YEAR.match(after[1]) and after[2] == ")":
        mention.entity.vote(Kind.PRODUCT, _YEAR_VOTE, "year")  # "Cars (2006)"
    if after:
        _vote_after(mention, before, after, data)


def _vote_before(mention: Mention, before: list[str], after: list[str], data: Evidence) -> None:
    entity = mention.entity
    lone = " " not in entity.name and " " not in mention.surface
    last = before[-1]
    if fold(last) in data.civil_titles or (
        last == "." and len(before) > 1 and fold(before[-2]) in data.civil_titles
    ):
        entity.vote(Kind.PERSON, _TITLE_VOTE, "title")
        return
    words = list(before)
    linked = False
    while words and (
        words[-1] in data.head_links
        or words[-1] in _OPENING
        or (linked and words[-1] in ("le", "la"))  # "un smartphone, le dénommé X"
    ):
        linked = linked or words[-1] in data.head_links
        words.pop()
    if not words:
        return
    if words[-1] in DEFINITE and names_what(words[:-1], data):
        words.pop()
    if linked and words[-1] == ",":
        words = _named_behind(words[:-1], data)
    if words[-1] in data.adjective_heads and len(words) > 1 and words[-2] in _DETERMINERS:
        entity.vote(Kind.COMPANY, _ADJECTIVE_VOTE, "adjective")
        describe(mention, words, len(words) - 1, len(words) - 1, data)
        return
    start, end = head_before(words, data)
    head = worth(words[start:end], data.heads)
    if head and _is_headed(mention, words[:start], data):
        return
    if head:
        describe(mention, words, start, end, data)
    else:
        describe_by_trade(mention, words, data, before=True)
    if set(head) == {Kind.PRODUCT} and are_goods(words, start, end, after):
        head = _GOODS
    if length_of(words, data.owned_brands):
        head = _THING
    if (words[-1] in data.counts or words[-1].isdigit()) and _MODEL.search(mention.surface):
        entity.vote(Kind.PRODUCT, _COUNTED_VOTE, "counted")
    placed = words[-1] in _ARTICLED and words[-2:-1] in (["dans"], ["vers"])  # "dans l'Aubrac"
    if words[-1] in _LOCATIVES or placed:
        entity.located += 1
    if words[-1] == "les" and lone:
        entity.against += _FAMILY  # "les Mulliez"
    elif lone and words[-1] in _ARTICLED and not placed and not is_acronym(mention.surface):
        # French companies have no article: "l'Aduhelm", "la Sente".
        entity.vote(Kind.PRODUCT, _ARTICLE_VOTE, "article")
    elif words[-1] in _ARTICLED and not placed and _is_long_model(mention.surface, data):
        entity.vote(Kind.PRODUCT, _ARTICLE_VOTE, "article")  # "la Dolphin Surf"
    if length_of(words, data.at_places):
        entity.against += _PLACE_VOTE
    if length_of(words, data.fiction) and last not in _OPENING:  # "le rôle de « X »": a work
        entity.against += _FICTION
    for votes, weight, source in (
        (_head_of_examples(words, data), _APPOSED_VOTE, "examples"),
        (head, _head_weight(_without_person(head, mention), words[-1]), "head"),
        (longest_of(words, data.before), 1.0, "before"),
        (_complement(words, data, lone), 1.0, "complement"),
        (data.speech_votes if _speaks(words, data) else {}, 1.0, "speech"),
    ):
        for kind, share in _without_person(votes, mention).items():
            entity.vote(kind, share * weight, source)
        if source in ("head", "examples") and len(votes) == 1 and _is_plural(words, source):
            entity.among = tuple(votes)


def _is_long_model(name: str, data: Evidence) -> bool:
    """Whether it is of several capitalised words, none of them for a body or a firm."""
    words = name.split()
    return len(words) > 1 and all(
        word[0].isupper() and fold(word) not in data.body_words for word in words
    )


def _is_headed(mention: Mention, before: list[str], data: Evidence) -> bool:
    """Whether the noun before a full name is what its bearer heads: "le patron du *groupe* X"."""
    first, _, rest = mention.surface.partition(" ")
    if not rest or fold(first) not in data.first_names:
        return False
    words = before[:-1] if before and before[-1] in DEFINITE else before
    if not words or words[-1] not in GENITIVES - {"des"}:
        return False
    length = length_of(words[:-1], data.heads)
    post = words[:-1][-length:] if length else []
    return set(worth(post, data.heads)) == {Kind.PERSON}


def _named_behind(words: list[str], data: Evidence) -> list[str]:
    """The noun phrase, cut behind its noun, that "baptisé" names: "un vaccin contre X, baptisé".

    A phrase with a definite article counts where it opens the sentence: "Le produit phare de la
    société, baptisé X".
    """
    for index in range(len(words) - 2, max(-1, len(words) - _NAMING_REACH), -1):
        opens = words[index] in DEFINITE and (index == 0 or words[index - 1] in _STOPS)
        if (words[index] in _INDEFINITE or opens) and is_word(words[index + 1]):
            start, end = first_span(words[index + 1 :], data.heads, data)
            return words[: index + 1 + (end if end > start else 1)]
    return words


def is_said_of_a_company(before: list[str], data: Evidence) -> bool:
    """Whether the words before a surname make a company of it: "le groupe Bolloré"."""
    words = [word for word in before if word not in _OPENING]
    if not words:
        return False
    start, end = head_before(words, data)
    head = worth(words[start:end], data.heads)
    said = head or _complement(words, data) or longest_of(words, data.before)
    likeliest = max(said, key=lambda kind: said[kind], default=None)
    return likeliest in (Kind.COMPANY, Kind.PRODUCT) and said[likeliest] >= 1


def _without_person(votes: Votes, mention: Mention) -> Votes:
    """What a noun for persons and other things says of a lone name: a person's would be full.

    "Le navigateur Vivaldi", "Damiette, spécialiste du linge".
    """
    if Kind.PERSON not in votes or len(votes) == 1 or " " in mention.entity.name:
        return votes
    others = [kind for kind in votes if kind is not Kind.PERSON]
    return {kind: max(votes.values()) if len(others) > 1 else 1.0 for kind in others}


def _vote_after(mention: Mention, before: list[str], after: list[str], data: Evidence) -> None:
    entity = mention.entity
    for kind, weight in _verb_votes(after, data).items():
        entity.vote(kind, weight, "verb")
    if after[0] in data.copulas and len(after) > 2 and after[1] in ("un", "une", "le", "la", "l'"):
        start, end = first_span(after[1:], data.heads, data)
        for kind, share in worth(after[1:][start:end], data.heads).items():
            entity.vote(kind, share * _APPOSED_VOTE, "apposed")
            describe(mention, after[1:], start, end, data)
        if end == start:
            describe_by_trade(mention, after[1:], data)
        return
    for kind, weight in made_by(after, data).items():
        entity.vote(kind, weight, "maker")
    if after[0] in ",.;)" and before[-1:]:
        for kind, share in _apposed_to(mention, before, data).items():
            entity.vote(kind, share * _CLOSING_VOTE, "apposed")
    told = after[0] == "." and after[1:2] in (["un"], ["une"])  # "C'est Orme. Un parfum qui …"
    town = fold(entity.name) in data.places
    if after[0] not in (",", "(", "–", "—") and (town or not told):
        return
    words = after[1:]
    if _in_a_place(words, data):
        entity.against += _PLACE_VOTE
    if len(words) > 1 and words[1] == "ans" and _AGE.match(words[0]):
        entity.vote(Kind.PERSON, _TITLE_VOTE, "age")
        return
    if complements_head(before, words, data):
        return
    if words[:1] == ["dont"]:
        start, end = first_span(words[1:], data.owned, data)
        for kind, weight in worth(words[1:][start:end], data.owned).items():
            entity.vote(kind, weight, "owned")
        return
    based = words[1:2] == ["sur"]  # "un assistant, X, fondé sur …"
    votes = data.participles.get(words[0]) if words and not based else None
    for kind, weight in (votes or {}).items():
        entity.vote(kind, weight, "participle")
    lone = " " not in entity.name
    start, end = first_span(words, data.heads, data)
    if words[:1] and words[0] in GENITIVES:
        return  # "X, de l'émission de Y": the noun is not what X is
    if words[end : end + 1] and words[end].startswith(CAPITAL):
        return  # "Commercialisé par X, le médicament Y": the noun is for Y
    if end > start:
        describe(mention, words, start, end, data)
    else:
        describe_by_trade(mention, words, data)
    head = _without_person(worth(words[start:end], data.heads), mention)
    for kind, share in head.items():
        # A surname alone is seldom explained; a company's name often stands beside its head's.
        weight = 0.5 if kind is Kind.PERSON and lone else _APPOSED_VOTE
        if set(head) == {Kind.PRODUCT} and words[start] not in data.firms_too:
            weight = _APPOSED_THING_VOTE  # what a thing is, is seldom said of its maker
            if start and words[start - 1] in ("un", "une"):
                weight += _TOLD_THING_VOTE  # "Porto, un robot de manutention": no town
        elif set(head) == {Kind.PRODUCT} and is_owned(words[end:]):
            weight = _APPOSED_THING_VOTE + _TOLD_THING_VOTE  # "Azur AI, la plateforme de Microsoft"
        elif set(head) == {Kind.ORGANIZATION} and words[start] not in data.parts:
            weight = _APPOSED_THING_VOTE
        entity.vote(kind, share * weight, "apposed")


def _in_a_place(words: list[str], data: Evidence) -> bool:
    """Whether a place follows that a town may lie in: "Billings, dans le Montana", "(Yvelines)"."""
    start = 0
    while start < len(words) and words[start] in ("dans", "en", "au", "le", "la", "les", "l'"):
        start += 1
    ends = start + 1 < len(words) and words[start + 1] in (")", ",", ".")
    name = words[start].lstrip(CAPITAL) if start < len(words) else ""
    return fold(name) in data.places and (ends or start > 1)


def _head_of_examples(words: list[str], data: Evidence) -> Votes:
    """The noun that a name is an example of: "des start-up comme X", "trois films, dont X"."""
    length = length_of(words, data.examples)
    if not length:
        return {}
    rest = words[:-length]
    comma = bool(rest) and rest[-1] == ","
    while rest and rest[-1] == ",":
        rest.pop()
    owner = len(rest)
    while owner and rest[owner - 1].startswith(CAPITAL):
        owner -= 1
    if owner < len(rest) and rest[owner - 1 : owner] and rest[owner - 1] in GENITIVES:
        rest = rest[: owner - 1]  # "des logiciels *d'Y* comme X"
    several = any(word.endswith(("s", "x")) for word in rest[-4:])
    if not (rest and several and (comma or words[-1] != "dont")):
        return {}
    if not data.example_things.isdisjoint(rest[-2:]):
        return _THING  # "des succès comme X"
    start, end = head_before(rest, data)
    return worth(rest[start:end], data.heads)


def _apposed_to(mention: Mention, before: list[str], data: Evidence) -> Votes:
    """The noun phrase that a name closes: "son entraîneur, X.", "une société commune, X,"."""
    words = list(before)
    if words and words[-1] in ("le", "la", "l'", "les"):
        words.pop()
    if len(words) < 3 or words[-1] != ",":
        return {}
    words.pop()
    opening = next(
        (i for i in range(len(words) - 1, max(-1, len(words) - 6), -1) if words[i] in _OPENERS),
        None,
    )
    if opening is None or any(not is_word(word.lstrip(CAPITAL)) for word in words[opening:]):
        return {}
    phrase = words[opening:]
    start, end = first_span(phrase, data.heads, data)
    if end > start:
        describe(mention, phrase, start, end, data)
    return worth(phrase[start:end], data.heads)


def _is_plural(words: list[str], source: str) -> bool:
    """Whether the noun before a name is said of several: "les groupes A et B", "dont A et B"."""
    return (
        source == "examples"
        or any(word in ("les", "des", "aux", "ses", "deux") for word in words[-5:])
        or words[-1].endswith("s")
    )


def _head_weight(head: Votes, last: str) -> float:
    """How much the noun before a name counts: more for one that no person can be.

    "Le supercalculateur Jean Zay" against "l'éditeur Antoine Gallimard".
    """
    if Kind.PERSON in head or (Kind.COMPANY in head and last.endswith(_AGENT_ENDINGS)):
        return _HEAD_VOTE
    return _THING_VOTE


def _complement(words: list[str], data: Evidence, lone: bool = False) -> Votes:
    """The noun that a name is a complement of: "le PDG de X", "la nomination de X"."""
    end = len(words)
    if words[-1] in ("la", "l'", "le") and end > 1 and words[-2] == "de":
        end -= 1
    if words[end - 1] not in GENITIVES:
        return {}
    head = words[: end - 1]
    found = longest_of(head, data.complements) if head else {}
    if end < len(words) or words[end - 1] in ("du", "des"):
        # "Le successeur du X": people have no article.
        found = {kind: weight for kind, weight in found.items() if kind is not Kind.PERSON}
        if lone and words[-1] == "du":
            # "La maison mère du X": nor have companies of one word.
            found = {k: w / 2 if k is Kind.COMPANY else w for k, w in found.items()}
    if not found and len(head) > 1 and is_word(head[-1]):
        found = longest_of(head[:-1], data.complements)
    if not found and head and head[-1].endswith(("s", "x")):
        # Several things of one kind are their maker's: "des moteurs de X", not "le moteur de X".
        several = set(worth(head[-1:], data.heads)) == {Kind.PRODUCT}
        return {Kind.COMPANY: _MAKERS_VOTE} if several else {}
    return found


def _speaks(words: list[str], data: Evidence) -> bool:
    """Whether a verb of speech stands before, itself behind a comma or a closing quotation mark."""
    for length in (2, 1):
        if joined(words[-length:]) in data.speech and len(words) > length:
            return words[-length - 1] in (",", "»", "”", '"')
    return False


def _verb_votes(after: list[str], data: Evidence) -> Votes:
    """What the verb behind a name says of its subject, small words and auxiliaries stepped over.

    In the passive what is done to it: "X a été lancé", which is not "X a lancé".
    """
    passive = False
    for word in after[:5]:
        found = data.verbs.get(word)
        if passive and word in data.participles:
            return data.participles[word]
        if found is not None and not (passive and Kind.PERSON not in found):
            return found
        passive = passive or word in data.copulas
        if word not in data.auxiliaries and word not in ("n'", "ne", "s'", "se", "l'", "lui", "y"):
            return {}
    return {}
