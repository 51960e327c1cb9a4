"""Nominal phrases of a sentence, their prepositions, and which of them are coordinated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graph.model import Kind
from loaders.reading import list_heads
from loaders.reading.lexicon import Lexicon
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.tokens import Category, Sentence, Token

if TYPE_CHECKING:
    from loaders.reading.anaphors import Anaphor
    from loaders.reading.predicates import VerbGroup

_INSIDE: Final = frozenset(
    {
        Category.DETERMINER,
        Category.NOUN,
        Category.ADJECTIVE,
        Category.NUMBER,
        Category.MENTION,
        Category.AMOUNT,
    }
)
_BRACKETED: Final = 10
"""Tokens within which brackets close that are stepped over in a list."""
_CLOSING: Final = frozenset({Category.COMMA, Category.STOP, Category.CLOSE, Category.OTHER, None})
_BEFORE_VERB: Final = frozenset({Category.CLITIC, Category.NEGATION, Category.ADVERB})
_HEADS: Final = frozenset({Category.NOUN, Category.MENTION, Category.AMOUNT, Category.NUMBER})


@dataclass(slots=True, eq=False)
class Phrase:
    """``tokens[start:end]``: a noun or name with what belongs to it, without its complements.

    `preposition` governs it, or is None; the preposition's token is at ``start - 1``. `head` is
    the first noun or name; `mention` the name inside, if there is one. `group` holds the phrases
    coordinated with it, itself included, in order.
    """

    index: int
    start: int
    end: int
    head: int
    preposition: str | None
    mention: int | None
    pronoun: bool = False
    group: list[Phrase] = field(default_factory=list, repr=False)


@dataclass(slots=True)
class Parse:
    """A sentence cut into phrases; `at` maps a token's index to the phrase that holds it.

    `stops` are the places of its strong punctuation, `prepositions` those of its phrases, `words`
    those of its tokens. `groups`, `subjects`, `complements`, `fronted`, `relatives` and `spelled`
    keep what the functions that walk the sentence have found, since every frame of a verb asks for
    it again; `described` what its descriptions ask for, while what is called how does not change.
    """

    sentence: Sentence
    lexicon: Lexicon
    phrases: list[Phrase]
    at: dict[int, Phrase]
    tokens: list[Token] = field(init=False, repr=False)
    groups: dict[int, VerbGroup] = field(default_factory=dict, repr=False)
    subjects: dict[int, list[Phrase]] = field(default_factory=dict, repr=False)
    complements: dict[tuple[int, bool], list[Phrase]] = field(default_factory=dict, repr=False)
    fronted: dict[int, list[Phrase]] = field(default_factory=dict, repr=False)
    relatives: dict[int, int | None] = field(default_factory=dict, repr=False)
    stops: list[int] = field(init=False, repr=False)
    prepositions: frozenset[str | None] = field(init=False, repr=False)
    has_relatives: bool = field(init=False, repr=False)
    words: frozenset[str] = field(init=False, repr=False)
    spelled: dict[tuple[str, int, int], str] = field(default_factory=dict, repr=False)
    described: dict[tuple[int, int], Anaphor | None] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.tokens = self.sentence.tokens
        self.prepositions = frozenset(phrase.preposition for phrase in self.phrases)
        self.stops = [i for i, t in enumerate(self.tokens) if t.category is Category.STOP]
        self.words = frozenset(token.lower for token in self.tokens)
        self.has_relatives = any(
            t.category in (Category.WHO, Category.RELATIVE) for t in self.tokens
        )

    def category(self, index: int) -> Category | None:
        """Category of the token at `index`, None beyond either end."""
        tokens = self.tokens
        return tokens[index].category if 0 <= index < len(tokens) else None

    def asks(self, index: int) -> bool:
        """Whether the token stands in what the sentence asks."""
        if self.sentence.asked is None:
            return False
        start, end = self.sentence.asked
        return start <= self.tokens[index].start - self.sentence.start < end

    def verb_follows(self, index: int) -> bool:
        """Whether a verb with a tense stands at `index`, or behind the small words there."""
        while self.category(index) in _BEFORE_VERB:
            index += 1
        return index < len(self.tokens) and self.tokens[index].is_finite

    def mention(self, phrase: Phrase) -> Mention | None:
        """The name in a phrase."""
        return self.tokens[phrase.mention].mention if phrase.mention is not None else None

    def listed(self, phrase: Phrase) -> list[NamedEntity]:
        """The entities named in the list that `phrase` is a member of, in order."""
        mentions = (self.mention(member) for member in phrase.group or [phrase])
        return [mention.entity for mention in mentions if mention is not None]

    def text(self, start: int, end: int) -> str:
        """The article's own words from token `start` to before token `end`."""
        tokens = self.sentence.tokens
        offset = self.sentence.start
        return self.sentence.text[tokens[start].start - offset : tokens[end - 1].end - offset]


def parse(sentence: Sentence, lexicon: Lexicon) -> Parse:
    """Cut a categorised sentence into phrases and find which are coordinated."""
    tokens = sentence.tokens
    phrases: list[Phrase] = []
    index = 0
    while index < len(tokens):
        if tokens[index].category is Category.PRONOUN:
            phrases.append(
                Phrase(len(phrases), index, index + 1, index, _governor(tokens, index), None, True)
            )
            index += 1
            continue
        if tokens[index].category not in _INSIDE:
            index += 1
            continue
        end = _phrase_end(tokens, index, lexicon.counting)
        heads = [i for i in range(index, end) if tokens[i].category in _HEADS]
        named = [i for i in heads if tokens[i].category is not Category.NUMBER]
        head = next(iter(named or heads), None)
        if head is None and tokens[index].category is Category.DETERMINER and end > index + 1:
            head = end - 1  # an adjective used as a noun: "la Française", "un ancien de Y"
        if head is not None:
            mention = next(
                (i for i in range(index, end) if tokens[i].category is Category.MENTION), None
            )
            phrases.append(
                Phrase(len(phrases), index, end, head, _governor(tokens, index), mention)
            )
        index = end
    at = {i: phrase for phrase in phrases for i in range(phrase.start, phrase.end)}
    result = Parse(sentence, lexicon, phrases, at)
    _coordinate(result)
    return result


def _governor(tokens: list[Token], start: int) -> str | None:
    if start and tokens[start - 1].category is Category.PREPOSITION:
        return tokens[start - 1].preposition
    return None


def _phrase_end(tokens: list[Token], start: int, counting: Collection[str]) -> int:
    """A phrase ends where its tokens do, before an article after its head, and after a name.

    Behind a noun of `counting` no article stands, but a number: "le numéro un mondial".
    """
    headed = False
    for index in range(start, len(tokens)):
        category = tokens[index].category
        article = headed and category is Category.DETERMINER
        if category not in _INSIDE or (article and tokens[index - 1].lower not in counting):
            return index
        if category in _HEADS:
            headed = True
        if category in (Category.MENTION, Category.AMOUNT):
            return index + 1
    return len(tokens)


def _coordinate(parsed: Parse) -> None:
    for phrase in parsed.phrases:
        if (
            phrase.group
            or phrase.mention is None
            or list_heads.is_place_of_member(parsed, phrase.start)
        ):
            continue
        group = _group_from(parsed, phrase)
        for member in group:
            member.group = group
    for phrase in parsed.phrases:
        if not phrase.group:
            phrase.group = [phrase]


def _group_from(parsed: Parse, first: Phrase) -> list[Phrase]:
    """The list that begins with `first`: "A, B et C", "de A, directeur de X, et de B"."""
    group, pending = [first], list[Phrase]()
    if _ends_in_name(parsed, first):
        return group  # "la maison mère de A, B et C": all are its brands
    position = first.end
    while True:
        told = list_heads.past_place(parsed, past_brackets(parsed, position))
        position = list_heads.past_dates(parsed, told, first)
        category = parsed.category(position)
        if category is Category.COORDINATOR:
            behind = position + 1  # "A, B ou encore C", "A et plus récemment B"
            while parsed.category(behind) in (Category.ADVERB, Category.DATE):
                behind += 1
            if parsed.category(position + 1) is Category.ADVERB:
                position = behind - 1
            following = _member_at(parsed, position + 1, first) or _named_apart(
                parsed, position + 1, first
            )
            if following is None and pending and _is_unnamed(parsed, position + 1, first):
                group += pending  # "A, B, C et une dizaine d'autres"
            if following is None or list_heads.starts_clause(parsed, first, following):
                break
            group += [*pending, following]
            pending = []
            position = following.end
        elif category is Category.COMMA:
            step = _after_comma(parsed, position, first)
            if step is None:
                break
            following, conjoined = step
            if conjoined and list_heads.starts_clause(parsed, first, following):
                break
            pending.append(following)
            if conjoined or position > told:
                group += pending
                pending = []
            position = following.end
        else:
            break
    return group


def _ends_in_name(parsed: Parse, phrase: Phrase) -> bool:
    """Whether the phrase is a description that another's name ends: "la maison mère de A"."""
    mention = parsed.mention(phrase)
    return mention is not None and mention.described and mention.surface.split()[-1][0].isupper()


def past_brackets(parsed: Parse, position: int) -> int:
    """Behind what a member of a list has in brackets: "l'agence A (AFP) et B"."""
    if parsed.category(position) is Category.OPEN:
        for index in range(position + 1, min(position + _BRACKETED, len(parsed.tokens))):
            if parsed.category(index) is Category.CLOSE:
                return index + 1
    return position


def _is_unnamed(parsed: Parse, index: int, first: Phrase) -> bool:
    """Whether a noun without a name is there, subject of no verb: "A, B et de plusieurs fonds"."""
    token = parsed.tokens[index] if index < len(parsed.tokens) else None
    again = token is not None and token.category is Category.PREPOSITION
    index += bool(again and token and _same_preposition(token, first, parsed.lexicon))
    phrase = parsed.at.get(index)
    if phrase is None or phrase.mention is not None or phrase.pronoun:
        return False
    if not parsed.verb_follows(phrase.end):
        return True
    # "A, B et plusieurs business angels ont participé": all of them did, if no verb stands before.
    before = (parsed.tokens[i] for i in range(_clause_start(parsed, first), first.start))
    return first.preposition is None and not any(token.is_finite for token in before)


def _clause_start(parsed: Parse, phrase: Phrase) -> int:
    """The token behind the last strong stop before a phrase."""
    start = phrase.start
    while start > 0 and parsed.category(start - 1) is not Category.STOP:
        start -= 1
    return start


def _after_comma(parsed: Parse, comma: int, first: Phrase) -> tuple[Phrase, bool] | None:
    """The next member after a comma, or an insertion, and whether a coordinator introduces it."""
    set_off = parsed.tokens[comma].text in list_heads.DASHES
    direct = None if set_off else _member_at(parsed, comma + 1, first)
    if direct is not None:
        return direct, False
    if parsed.category(comma + 1) is Category.COORDINATOR:
        behind = comma + 2  # "A, B, ou encore C"
        while parsed.category(behind) in (Category.ADVERB, Category.DATE):
            behind += 1
        following = _member_at(parsed, behind, first)
        return (following, True) if following else None
    for index in range(comma + 1, min(comma + 25, len(parsed.tokens))):
        token = parsed.tokens[index]
        if token.category in (Category.STOP, Category.WHO, Category.RELATIVE) or token.is_finite:
            return None
        if token.category is Category.COMMA:
            offset = 2 if parsed.category(index + 1) is Category.COORDINATOR else 1
            inner = parsed.at.get(index - 1)  # "de A, filiale de B, de C et de D": B's list
            again = parsed.category(index + 1) is Category.PREPOSITION
            if again and inner and inner.mention and inner.preposition == first.preposition:
                return None
            following = _member_at(parsed, index + offset, first)
            return (
                (following, offset == 2)
                if following and not list_heads.heads_list(parsed, index)
                else None
            )
        if token.category is Category.COORDINATOR and token.lower != "&":
            if token.lower in parsed.lexicon.concessions:
                return None  # "A, présenté comme un rival d'outils comme B"
            following = _member_at(parsed, index + 1, first)
            own = parsed.at.get(index - 1)
            if own is not None and own.mention is not None and following is not None:
                one, other = parsed.mention(own), parsed.mention(following)
                kinds = {each.entity.kind for each in (one, other) if each}
                if (
                    one
                    and other
                    and (len(kinds) == 1 or kinds <= {Kind.COMPANY, Kind.ORGANIZATION})
                ):
                    return None  # "A, associé à B et C, …": C goes with B
            if following is not None and following.preposition == first.preposition:
                return following, True
    return None


def _member_at(parsed: Parse, index: int, first: Phrase) -> Phrase | None:
    """The phrase at `index` if it can stand beside `first` in a list."""
    token = parsed.tokens[index] if index < len(parsed.tokens) else None
    if token is not None and token.category is Category.PREPOSITION:
        if not _same_preposition(token, first, parsed.lexicon):
            return None
        index += 1
    phrase = parsed.at.get(index)
    if phrase is None or phrase.start != index or phrase.mention is None or first.mention is None:
        return None
    one, other = parsed.tokens[phrase.mention].mention, parsed.tokens[first.mention].mention
    if one is None or other is None or one.entity is other.entity:
        return None
    kinds = {one.entity.kind, other.entity.kind}
    alike = first.preposition is None or first.preposition in parsed.lexicon.mixing
    mixed = Kind.PRODUCT not in kinds and (alike or Kind.PERSON not in kinds)
    return phrase if len(kinds - {None}) <= 1 or mixed else None


def _named_apart(parsed: Parse, index: int, first: Phrase) -> Phrase | None:
    """The last member of a list whose noun stands apart from its name.

    So in "de A et de son actionnaire, B" and "l'opérateur de téléphonie A et le fabricant de
    satellites B".
    """
    index += parsed.category(index) is Category.PREPOSITION
    noun = parsed.at.get(index)
    if noun is None or noun.start != index or noun.mention is not None or noun.pronoun:
        return None
    behind = noun.end
    if parsed.category(behind) is Category.COMMA and noun.preposition == first.preposition:
        named = parsed.at.get(behind + 1)
        apposed = named is not None and named.preposition is None and named.mention is not None
        closed = named is not None and parsed.category(named.end) in _CLOSING
        if named is None or not apposed or not closed:
            return None
        one, other = parsed.mention(first), parsed.mention(named)
        same = one is not None and other is not None and one.entity.kind is other.entity.kind
        return named if same and one and other and one.entity is not other.entity else None
    told = first.preposition is not None and first.start != first.mention
    if noun.preposition is not None or not told or not _is_bare(parsed, first):
        return None
    named = parsed.at.get(behind + 1)
    if named is None or named.preposition != first.preposition or not _is_bare(parsed, named):
        return None
    return _member_at(parsed, named.start, first) if named.start != named.mention else None


def _is_bare(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a phrase has no article: "de satellites B"."""
    return parsed.category(phrase.start) is not Category.DETERMINER


def _same_preposition(token: Token, first: Phrase, lexicon: Lexicon) -> bool:
    """Whether a list goes on with its preposition, or its last word: "auprès de A et de B"."""
    if token.preposition == first.preposition:
        return True
    last = (first.preposition or "").rpartition(" ")[2]
    return token.preposition == lexicon.contractions.get(last, last)


def behind_brackets(parsed: Parse, index: int) -> int:
    """The token before the brackets that close at `index`; else `index` itself."""
    return opening_bracket(parsed, index) - 1 if parsed.category(index) is Category.CLOSE else index


def opening_bracket(parsed: Parse, close: int) -> int:
    """The token that opens the brackets which `close` closes; `close` itself if there is none."""
    for index in range(close - 1, -1, -1):
        if parsed.category(index) is Category.OPEN:
            return index
    return close
