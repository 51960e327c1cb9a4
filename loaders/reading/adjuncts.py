"""What stands between a verb and its object, and verbs that only tell who speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.called import called_so
from loaders.reading.frames import Frame
from loaders.reading.inflection import Form
from loaders.reading.list_heads import closing_comma
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, insertion_opening
from loaders.reading.tokens import Category

_INSERTED: Final = 12
"""Tokens within which a complement between commas closes."""
_ADJUNCTS: Final = 2
_COMPLEMENTS: Final = 3
"""Complements of a post between its noun and the comma behind which its holder is named."""
_PRICE: Final = 6
"""Tokens from a preposition on in which the sum of a price stands."""
_BEFORE_SUM: Final = frozenset(
    {Category.PREPOSITION, Category.ADVERB, Category.DETERMINER, Category.ADJECTIVE}
)
_BREAKING: Final = frozenset({Category.STOP, Category.WHO, Category.RELATIVE})
_OPENS_INSERTION: Final = frozenset({Category.PREPOSITION, Category.DATE, Category.ADVERB})
_INSERTED_DATE: Final = [Category.COMMA, Category.DATE, Category.COMMA]
_BETWEEN_DATES: Final = frozenset({Category.PREPOSITION, Category.COORDINATOR})
_SKIPPED: Final = frozenset({Category.ADVERB, Category.DATE, Category.QUOTE})


def past_adverbs(parsed: Parse, index: int) -> int:
    """Behind the adverbs and dates after a verb, and "ni": "n'a rejoint *ni* A ni B"."""
    while parsed.category(index) in _SKIPPED or parsed.category(index) is Category.NEGATION:
        index += 1
    if parsed.category(index) in _BETWEEN_DATES and (
        parsed.category(index - 1) is parsed.category(index + 1) is Category.DATE
    ):
        index += 2  # "a dirigé de 2009 à 2021 la société Y", "entre 2009 et 2021"
    if [parsed.category(i) for i in range(index, index + 3)] == _INSERTED_DATE:
        index += 3
    neither = parsed.category(index) is Category.COORDINATOR
    return index + (neither and parsed.tokens[index].lower in parsed.lexicon.neither)


def past_adjuncts(parsed: Parse, index: int) -> int:
    """Where the object stands behind what comes between: "recrute *chez Y* la banquière X"."""
    index = _past_insertion(parsed, index)
    here = past_sum(parsed, index)
    for _ in range(_ADJUNCTS):
        phrase = parsed.at.get(here + 1)
        preposition = parsed.category(here) is Category.PREPOSITION
        if not preposition or phrase is None:
            break
        mention = parsed.mention(phrase)
        named = mention is not None and mention.entity.kind is not None
        told = phrase.preposition in parsed.lexicon.told_with or " " in (phrase.preposition or "")
        if named and not told:
            break  # "a cédé à X sa filiale Y", "à la tête de X", not "a investi dans X, Y …"
        if phrase.preposition in (parsed.lexicon.genitive, parsed.lexicon.agent):
            break
        here = _past_apposed(parsed, phrase)
        while parsed.category(here) in _SKIPPED:
            here += 1
    found = parsed.at.get(here)
    if found is None or found.preposition is not None:
        return index
    part = parsed.tokens[found.head].lower in parsed.lexicon.named_parts
    called = found.mention is not None or called_so(parsed, found, found.end) is not None
    if not called and not part and not _names_holder(parsed, found):
        return index  # "a vendu à X sa filiale de surgelés, Y", but not "a dit à X son envie"
    after = parsed.tokens[(found.group or [found])[-1].end :][:1]
    return index if any(token.is_finite for token in after) else here


def _names_holder(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a post is told, and behind a comma who holds it: "son directeur financier, *X*"."""
    end = phrase.end
    for _ in range(_COMPLEMENTS):
        owner = parsed.at.get(end + 1)
        if owner is None or owner.preposition is None or owner.start != end + 1:
            break
        end = owner.end  # "a placé à la tête de Y le responsable du financement de Z, *X*"
    after = parsed.at.get(end + 1)
    set_off = parsed.category(end) is Category.COMMA
    named = after is not None and after.preposition is None and parsed.mention(after) is not None
    return named and set_off and parsed.tokens[phrase.head].lower in parsed.lexicon.nouns


def _past_apposed(parsed: Parse, phrase: Phrase) -> int:
    """Behind who a complement says who it is: "a recruté chez son rival, *Y*, la banquière X"."""
    named = parsed.at.get(phrase.end + 1) if parsed.category(phrase.end) is Category.COMMA else None
    if phrase.mention is not None or named is None or named.mention is None:
        return phrase.end
    if named.preposition is not None or parsed.category(named.end) is not Category.COMMA:
        return phrase.end
    return named.end + 1 if named.end + 1 in parsed.at else phrase.end


def phrase_from(parsed: Parse, index: int) -> Phrase | None:
    """The phrase at `index`; of one that begins before it, the name: "mettre à jour *X*"."""
    phrase = parsed.at.get(index)
    if phrase is None or phrase.start == index or phrase.mention != index:
        return phrase
    return replace(phrase, start=index, head=index, preposition=None, group=[])


def is_thing(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a phrase names a product with its noun: "le moteur X de Y, qui"."""
    mention = parsed.mention(phrase)
    noun = phrase.head != phrase.mention
    return noun and mention is not None and mention.entity.kind is Kind.PRODUCT


def past_sum(parsed: Parse, index: int) -> int:
    """Behind a price that comes before the object: "a racheté *pour plus d'un milliard* la …"."""
    if parsed.category(index) is not Category.PREPOSITION:
        return index
    for later in range(index + 1, min(index + _PRICE, len(parsed.tokens))):
        if parsed.category(later) is Category.AMOUNT:
            return later + 1
        if parsed.category(later) not in _BEFORE_SUM:
            break
    return index


def _past_insertion(parsed: Parse, index: int) -> int:
    """Behind a complement between commas: "a racheté, *via sa filiale X*, la société Y"."""
    if parsed.category(index) is not Category.COMMA:
        return index
    if parsed.category(index + 1) is not Category.PREPOSITION:
        return index
    closed = closing_comma(parsed, index, _INSERTED, _BREAKING)
    phrase = parsed.at.get(closed + 1) if closed is not None else None
    if closed is None or phrase is None or phrase.preposition is not None:
        return index
    acting = parsed.verb_follows((phrase.group or [phrase])[-1].end)
    return index if acting else closed + 1


def before_insertion(parsed: Parse, comma: int) -> int:
    """The token before the insertions that a comma closes: "l'achat, *pour un euro*, de X".

    The comma itself where it closes none: an insertion opens with a preposition, a date, an adverb
    or a participle, and has no finite verb.
    """
    opening = insertion_opening(parsed, comma, _INSERTED, participles=True)
    if opening is None:
        return comma
    first = parsed.tokens[opening + 1]
    if first.category not in _OPENS_INSERTION and not first.has_form(Form.PARTICIPLE):
        return comma
    before = before_insertion(parsed, opening)
    return opening - 1 if before == opening else before


def is_incise(parsed: Parse, group: VerbGroup) -> bool:
    """Whether it only tells who speaks, the speaker behind it: "…, écrit X"."""
    said = parsed.tokens[group.head].is_verb(parsed.lexicon.speech) and not group.auxiliaries
    return said and parsed.category(group.start - 1) in (Category.COMMA, Category.QUOTE)


def is_owned(parsed: Parse, phrase: Phrase, after: int, done: bool) -> bool:
    """Whether a participle behind token `after` has the complement, and not what is before it.

    So in "un livre consacré à Y", "X, parti en mai chez Y"; with `done` not in "l'offre déposée
    par Y", "l'accord conclu entre X et Y".
    """
    index = phrase.start - 2
    while index > after and parsed.category(index) in (Category.DATE, Category.ADVERB):
        index -= 1
    if index <= after:
        return False
    lexicon, token = parsed.lexicon, parsed.tokens[index]
    if index == after + 1 and _is_of_deed(parsed, phrase) and token.is_verb(lexicon.foretold):
        return False
    if done and _is_in_apposition(parsed, index, after):
        return True
    if done and token.is_verb(parsed.lexicon.light_verbs):
        return False
    set_off = token.category is Category.VERB and parsed.category(index - 1) is Category.COMMA
    return token.tag.endswith(":Part") or (set_off and token.has_form(Form.PARTICIPLE))


def _is_of_deed(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it may be whose a deed is, or who does it: "le rachat annoncé *de X par Y*"."""
    return phrase.preposition in (parsed.lexicon.genitive, parsed.lexicon.agent)


def _is_in_apposition(parsed: Parse, participle: int, after: int) -> bool:
    """Whether a participle tells of a noun behind a comma: "le rachat de Y, site visé par Z"."""
    for index in range(participle - 1, after, -1):
        category = parsed.category(index)
        if category is Category.COMMA:
            return index + 1 in parsed.at and parsed.at[index + 1].mention is None
        if category is Category.VERB:
            return False
    return False


def is_of_some(parsed: Parse, end: int) -> bool:
    """Whether a verb's words are of something that has no name: "prendre la tête d'une équipe"."""
    behind = parsed.tokens[end + 1 : end + 3]
    if len(behind) < _ADJUNCTS or behind[0].preposition != parsed.lexicon.genitive:
        return False
    return behind[1].lower in parsed.lexicon.some


def named_with(parsed: Parse, phrase: Phrase) -> Phrase | None:
    """The name that goes with a noun without one: "avec la région *et Y*"."""
    if phrase.mention is not None or parsed.category(phrase.end) is not Category.COORDINATOR:
        return None
    again = parsed.tokens[phrase.end + 1 : phrase.end + 2]
    start = phrase.end + 1 + bool(again and again[0].preposition == phrase.preposition)
    named = parsed.at.get(start)
    if named is None or named.start != start or named.mention is None:
        return None
    alone = named.preposition is None or named.preposition == phrase.preposition
    return named if alone and not parsed.verb_follows(named.group[-1].end) else None


def named_beside(parsed: Parse, phrase: Phrase) -> Phrase:
    """The name that a noun ends the list of: "A, B et *plusieurs business angels*"; else itself."""
    if phrase.mention is not None or parsed.category(phrase.start - 1) is not Category.COORDINATOR:
        return phrase
    before = parsed.at.get(phrase.start - 2)
    end = phrase.end  # "et le family office de la famille Y ont"
    while parsed.category(end) is Category.PREPOSITION and end + 1 in parsed.at:
        end = parsed.at[end + 1].end
    alike = before is not None and parsed.verb_follows(end)
    if before is not None and before.preposition == parsed.lexicon.genitive:
        first = (before.group or [before])[0]
        alike = alike and parsed.at.get(first.start - 2) is None  # "le conseiller de X et le PDG"
    return before if alike and before is not None and before.mention is not None else phrase


def is_part_sold(parsed: Parse, phrase: Phrase, frame: Frame) -> bool:
    """Whether a phrase is what is bought of a body: "le rachat *de la filiale* de Y"."""
    buys = any(claim.relation is RelationType.ACQUIRED for claim in frame.claims)
    if not buys or phrase.mention is not None:
        return False
    return parsed.tokens[phrase.head].lower.rstrip("s") in parsed.lexicon.parts_sold
