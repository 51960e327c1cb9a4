"""Who cannot be meant by an expression, since its own clause names them beside it.

"Fondée par X, un ancien de Y, la start-up …" is not Y: what stands before the subject of a clause
tells of something else than the subject. "X versera à la start-up …" is not X: who does something
to themselves is called "se".
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from graph.model import Kind
from loaders.reading.agreement import agrees
from loaders.reading.anaphors import Anaphor
from loaders.reading.arguments import subject_candidates
from loaders.reading.clauses import governing_verb
from loaders.reading.inflection import Form
from loaders.reading.left_behind import left_behind
from loaders.reading.list_heads import closing_comma
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import verb_group
from loaders.reading.tokens import Category, Token

_CLOSING: Final = frozenset({Category.COMMA, Category.STOP, Category.OTHER, Category.OPEN})
_OPENING: Final = 3
"""Tokens before a pronoun or possessive of the clause that opens a sentence."""
_CLAUSE: Final = frozenset(
    {Category.STOP, Category.SUBORDINATOR, Category.RELATIVE, Category.WHO, Category.QUOTE}
)

_APPOSED: Final = 12
"""Tokens within which what is said of a subject between commas ends."""
_TIME_APART: Final = 6
_OF_TIMES: Final = frozenset(
    {
        Category.DETERMINER,
        Category.NUMBER,
        Category.ADJECTIVE,
        Category.ADVERB,
        Category.NOUN,
        Category.DATE,
    }
)
_TITLE: Final = 6
"""Tokens within which a title in quotation marks ends."""


def set_apart(parsed: Parse, phrase: Phrase, about: Collection[str]) -> list[NamedEntity]:
    """Entities that the sentence of `phrase` tells apart from whom it stands for."""
    return beside(parsed, phrase, about) + told_of(parsed, phrase) + left_for(parsed, phrase)


def left_for(parsed: Parse, phrase: Phrase) -> list[NamedEntity]:
    """What is left for what `phrase` stands for: "X a quitté Y pour diriger l'entreprise"."""
    before = parsed.tokens[: phrase.start]
    purpose = [i for i, t in enumerate(before) if t.preposition in parsed.lexicon.purposes]
    if not purpose or phrase.pronoun:
        return []
    named = {token.mention.entity for token in before[: purpose[-1]] if token.mention is not None}
    return [entity for entity in left_behind(parsed) if entity in named]


def beside(parsed: Parse, phrase: Phrase, about: Collection[str]) -> list[NamedEntity]:
    """Entities that open the clause of which `phrase` may be the subject.

    Not those that the clause is said to be `about`, by its preposition: "Quant à X, il …".
    """
    if phrase.preposition is not None or parsed.category(phrase.start - 1) is not Category.COMMA:
        return []
    return _fronted(parsed, phrase, about)


def doers(parsed: Parse, phrase: Phrase) -> list[Phrase]:
    """Who does to `phrase`, an object or complement of a verb, what the verb tells.

    What depends on another noun may be of the subject: "X annonce le départ du patron du groupe".
    Not a share: "X détient 40 % du groupe".
    """
    if phrase.preposition == parsed.lexicon.genitive and not _is_shared(parsed, phrase):
        return []
    group = governing_verb(parsed, phrase)
    if group is None or group.head > phrase.start:
        return []
    between = range(group.head, phrase.start)
    if phrase.pronoun or any(parsed.category(index) in _CLAUSE for index in between):
        return []
    return subject_candidates(parsed, group)[:1]


def _is_shared(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a share of it is told: "40 % du groupe", "la majorité du capital de l'entreprise"."""
    index: Phrase | None = phrase
    while index is not None and index.preposition == parsed.lexicon.genitive:
        index = parsed.at.get(index.start - 2)
        if index is not None and not parsed.lexicon.shares.isdisjoint(
            token.lower for token in parsed.tokens[index.start : index.end]
        ):
            return True
    return False


def told_of(parsed: Parse, phrase: Phrase) -> list[NamedEntity]:
    """Whom an apposition tells of whose complement `phrase` is: "X, actionnaire de la société".

    What somebody is to the company cannot be the company itself.
    """
    if phrase.preposition is None:
        return []
    index = phrase
    while index.preposition is not None:
        before = parsed.at.get(index.start - 2)
        if before is None or before.pronoun or before.mention is not None:
            return []
        index = before
    if parsed.category(index.start - 1) not in (Category.COMMA, Category.OPEN):
        return []
    named = parsed.at.get(index.start - 2)
    return parsed.listed(named) if named is not None and named.mention is not None else []


def _has_own_name(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a name that is not known for one goes with the noun: "l'agence W", "le pôle « Eau »".

    A title in quotation marks says which of several it is, if it is of somebody: "… » de Y".
    """
    inside = parsed.tokens[phrase.head + 1 : phrase.end + 1]
    if any(_may_be_name(token) for token in inside):
        return True
    if parsed.category(phrase.end) is not Category.QUOTE:
        return False
    within = range(phrase.end + 1, min(phrase.end + _TITLE, len(parsed.tokens)))
    close = next((i for i in within if parsed.category(i) is Category.QUOTE), None)
    told = parsed.at.get(close + 2) if close is not None else None
    return told is not None and told.preposition == parsed.lexicon.genitive


def _may_be_name(token: Token) -> bool:
    """Whether a word has a capital for no reason that is known."""
    known = token.mention or token.amount or token.date
    return known is None and token.text[:1].isupper() and not token.is_finite


def explains(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a description explains the noun before its comma: "le rachat de Y, la start-up qui".

    It does if the clause has its verb before it, and goes on with no other: a name that is not
    known for one is not somebody else.
    """
    if _has_own_name(parsed, phrase):
        return True
    if phrase.preposition is not None or parsed.category(phrase.start - 1) is not Category.COMMA:
        return False
    before = parsed.tokens[: phrase.start - 1]
    if not any(token.is_finite for token in before):
        return False
    for token in parsed.tokens[phrase.end :]:
        if token.category in (Category.RELATIVE, Category.WHO, Category.STOP):
            return True
        if token.is_finite and not token.has_form(Form.PARTICIPLE):
            return False
    return True


def said_before(parsed: Parse, index: int) -> list[NamedEntity]:
    """Entities that the clause names before its object pronoun at token `index`.

    "X, un ancien de Y, l'a fondé" is of neither X nor Y.
    """
    found: list[NamedEntity] = []
    if parsed.category(index - 1) is Category.PREPOSITION:
        return found  # "avant de le céder"
    own = _governing(parsed, index)
    for before in range(index - 1, -1, -1):
        token = parsed.tokens[before]
        if token.category in _CLAUSE:
            break
        if token.category is Category.VERB and token.readings and before not in own:
            group = verb_group(parsed, before)
            if token.is_finite or group.auxiliaries or group.governors:
                break
        if token.mention is not None:
            found.append(token.mention.entity)
    return found


def _governing(parsed: Parse, clitic: int) -> list[int]:
    """The verbs of the group that an object pronoun stands in: "Y *va* le *céder*"."""
    for index in range(clitic + 1, min(clitic + _OPENING + 1, len(parsed.tokens))):
        if parsed.category(index) is Category.VERB:
            return verb_group(parsed, index).verbs
    return []


def named_ahead(parsed: Parse, index: int) -> Mention | None:
    """The name that is the subject of the clause before which token `index` stands.

    "Lorsqu'il dirigeait Y, *X* …", "Après son départ de Y, *X* a fondé …": of a clause that opens
    the sentence, and that names nobody before.
    """
    before = [token.category for token in parsed.tokens[:index]]
    led = Category.SUBORDINATOR in before or Category.RELATIVE in before
    opened = (led or before[:1] == [Category.PREPOSITION]) and index <= _OPENING
    within = _is_of_a_place(parsed, index)
    if not opened and not within and not _is_time_apart(parsed, index):
        return None
    if not within and any(token.mention is not None for token in parsed.tokens[:index]):
        return None
    for comma in range(index + 1, len(parsed.tokens)):
        category = parsed.category(comma)
        if category is Category.STOP:
            return None
        named = parsed.at.get(comma + 1) if category is Category.COMMA else None
        if named is None or named.preposition is not None or named.start != comma + 1:
            continue
        behind = _past_apposition(parsed, named.end)
        if parsed.verb_follows(behind) and len(named.group) == 1:
            return parsed.mention(named) if not named.pronoun else None
    return None


def _past_apposition(parsed: Parse, index: int) -> int:
    """Behind what tells who the subject is between commas: "X, *cofondateur de Y,* a"."""
    opened = parsed.category(index) is Category.COMMA
    closed = closing_comma(parsed, index, _APPOSED) if opened else None
    return index if closed is None else closed + 1


def _is_of_a_place(parsed: Parse, index: int) -> bool:
    """Whether it tells of a place that opens the sentence: "Passé par Y, où *il* …, X …"."""
    if parsed.category(index - 1) is not Category.RELATIVE or not parsed.tokens[0].has_form(
        Form.PARTICIPLE
    ):
        return False
    named = (token.mention for token in parsed.tokens[:index] if token.mention is not None)
    return all(mention.entity.kind is not Kind.PERSON for mention in named)


def _is_time_apart(parsed: Parse, index: int) -> bool:
    """Whether only a time that lies between stands before: "*Un an après* son rachat, Y …"."""
    if not 1 < index <= _TIME_APART:
        return False
    if parsed.tokens[index - 1].preposition not in parsed.lexicon.times_apart:
        return False
    return all(parsed.category(i) in _OF_TIMES for i in range(index - 1))


def _called_itself(parsed: Parse, index: int) -> Mention | None:
    """The name that a pronoun is said to have: "Il s'appelle *X*"."""
    named = parsed.at.get(index + 3)
    if named is None or named.mention is None or named.preposition is not None:
        return None
    itself = parsed.tokens[index + 1].lower in parsed.lexicon.reflexives
    called = parsed.tokens[index + 2].is_verb(parsed.lexicon.calling)
    return parsed.mention(named) if itself and called else None


def meant_ahead(parsed: Parse, index: int, anaphor: Anaphor) -> list[NamedEntity]:
    """Whom the pronoun at `index` stands for, if the clause behind its own names them."""
    if anaphor.number != 1 or anaphor.gender is None:
        return []
    ahead = (
        _named_behind(parsed, index)
        if anaphor.told
        else _called_itself(parsed, index) or named_ahead(parsed, index)
    )
    fits = ahead is not None and ahead.entity.kind in anaphor.kinds
    return [ahead.entity] if fits and ahead and agrees(ahead.entity, anaphor) else []


def _named_behind(parsed: Parse, index: int) -> Mention | None:
    """Who is named behind the relative clause of "celui" at `index`: "celui qui dirige Y, *X*,"."""
    verb = False
    for comma in range(index + 2, len(parsed.tokens)):
        category = parsed.category(comma)
        announced = parsed.tokens[comma].text == ":"  # "celui qui dirige Y : X"
        if category is Category.STOP and not announced:
            break
        verb = verb or parsed.tokens[comma].is_finite
        if not verb or not (announced or category is Category.COMMA):
            continue
        named = parsed.at.get(comma + 1)
        alone = named is not None and named.start == comma + 1 and named.preposition is None
        closed = named is not None and parsed.category(named.end) in _CLOSING
        return parsed.mention(named) if named is not None and alone and closed else None
    return None


def gender_of_participle(parsed: Parse, index: int) -> str | None:
    """The gender that a participle shows of the object pronoun at `index`: "l'a quittée"."""
    after = parsed.tokens[index + 1 : index + 4]
    if parsed.tokens[index].lower not in parsed.lexicon.object_pronouns or not after:
        return None
    if not after[0].is_verb(parsed.lexicon.auxiliaries):
        return None
    participle = next((t for t in after[1:] if t.has_form(Form.PARTICIPLE)), None)
    if participle is None:
        return None
    endings = parsed.lexicon.participle_genders
    return next((g for end, g in endings.items() if participle.lower.endswith(end)), None)


def _fronted(parsed: Parse, phrase: Phrase, about: Collection[str]) -> list[NamedEntity]:
    found: list[NamedEntity] = []
    for index in range(phrase.start - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category in _CLAUSE or token.is_finite:
            break
        if token.mention is None:
            continue
        named = parsed.at[index]
        preposition = (named.group or [named])[0].preposition
        if preposition is not None and preposition not in about:
            found.append(token.mention.entity)
    return found
