"""Which entities a phrase names, by itself or by what stands in apposition to it."""

from __future__ import annotations

from typing import Final

from graph.model import Kind
from loaders.reading.anaphors import Anaphors
from loaders.reading.called import called_so, fronted_name, name_behind
from loaders.reading.discourse_notes import is_subject
from loaders.reading.kinds import KindData
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.numbers import parse_number_words
from loaders.reading.phrases import Parse, Phrase, behind_brackets, past_brackets
from loaders.reading.role_data import RoleData
from loaders.reading.tokens import Category

_FEW: Final = 5
"""The most things that a sentence is likely to name where it counts them."""
_LINKED: Final = 2
"""The most complements that stand between a noun and examples of it."""
_EXPRESSION: Final = 3
"""The most words of an expression that examples follow."""


class PhraseNames:
    """Finds the names of phrases, by what nouns and posts mean in one language."""

    def __init__(self, kinds: KindData, anaphors: Anaphors, roles: RoleData) -> None:
        self.kinds = kinds
        self.anaphors = anaphors
        self.roles = roles

    def complement_name(
        self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind], alone: bool = True
    ) -> list[NamedEntity]:
        """A name behind a noun with complements: "la compagnie à bas coûts X".

        Unless `alone`, with what is named alike beside it: "l'opérateur de téléphonie A et le
        fabricant de satellites B".
        """
        named = name_behind(parsed, phrase, self.kinds, self.roles.nouns)
        if named is None or named.kind not in {*kinds, None}:
            return []
        member = parsed.at.get(phrase.end + 1)
        listed = parsed.listed(member) if member is not None and not alone else []
        if named not in listed or any(entity.kind is not named.kind for entity in listed):
            return [named]
        return listed

    def named(
        self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind], alone: bool = False
    ) -> list[NamedEntity]:
        """Those of these `kinds`, or of none, that a phrase names with what it is listed with.

        `alone` leaves the rest of the list out.
        """
        result: list[NamedEntity] = []
        many = _is_of_many(parsed, phrase)
        for member in [phrase] if alone else phrase.group or [phrase]:
            mention = parsed.mention(member)
            if mention is None or not self._heads_agree(parsed, member, mention):
                continue
            if _is_one_of_theirs(parsed, member):
                continue
            mention = _thing_beside(parsed, member, mention, kinds)
            kind = mention.entity.kind
            if many and not self._is_thing(parsed, member, kind):
                continue  # "130 trains Coradia" are Coradia all the same
            if kind in kinds or kind is None:
                result.append(mention.entity)
        return list(dict.fromkeys(result))

    def _is_thing(self, parsed: Parse, phrase: Phrase, kind: Kind | None) -> bool:
        """Whether a name is of things, and the noun before it says so: "130 *trains* Coradia"."""
        noun = parsed.tokens[phrase.head].lower.rstrip("sx")
        return kind is Kind.PRODUCT and self.kinds.heads.get(noun) is Kind.PRODUCT

    def examples(self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]) -> list[NamedEntity]:
        """Those of these `kinds` that a plural noun is explained by: "trois films, dont X et Y"."""
        fronted = fronted_name(parsed, phrase)
        if fronted is not None and (found := self.named(parsed, fronted, kinds)):
            return found
        noun = parsed.tokens[phrase.head].lower
        kind = self.kinds.heads.get(noun) or self.kinds.heads.get(noun.rstrip("sx"))
        if noun in self.kinds.example_things:
            kind = Kind.PRODUCT
        if kind is None and phrase.head + 1 < phrase.end:  # "plusieurs business angels"
            kind = self.kinds.heads.get(f"{noun} {parsed.tokens[phrase.head + 1].lower[:-1]}")
        # "auprès d'investisseurs comme X"
        anybody = noun.removesuffix("s") in self.kinds.open_heads
        party = Kind.COMPANY in kinds and self._are_parties(noun)
        several = phrase.mention is None and noun.endswith(("s", "x"))
        if not several or not (kind in kinds or anybody or party):
            return []
        named = self.example_behind(parsed, phrase.end)
        if named is None:
            return []
        end = (named.group or [named])[-1].end
        if end < len(parsed.tokens) and parsed.tokens[end].is_finite:
            return []  # "des films, dont X a écrit le scénario"
        return self.named(parsed, named, kinds)

    def example_behind(self, parsed: Parse, index: int) -> Phrase | None:
        """The first name that the words at `index` give as an example, over complements."""
        last = [token.lower for token in parsed.tokens[index - 1 : index + 1]]
        index -= tuple(last) in self.kinds.examples  # "des entreprises telles que X"
        for _ in range(_LINKED):  # "plusieurs films d'animation chez Disney tels que X"
            if parsed.category(index) is Category.PREPOSITION and index + 1 in parsed.at:
                if (parsed.tokens[index].lower,) in self.kinds.examples:
                    break  # "des studios comme X"
                index = parsed.at[index + 1].end
        index += parsed.category(index) is Category.COMMA
        words = [token.lower for token in parsed.tokens[index : index + _EXPRESSION]]
        length = next(
            (n for n in range(len(words), 0, -1) if tuple(words[:n]) in self.kinds.examples), 0
        )
        named = parsed.at.get(index + length)
        return named if length and named is not None and named.mention is not None else None

    def _heads_agree(self, parsed: Parse, phrase: Phrase, mention: Mention) -> bool:
        """Whether the noun before a name describes it ("le groupe X") and does not own it."""
        if phrase.head == phrase.mention or mention.entity.kind is Kind.PERSON:
            return True
        word = parsed.tokens[phrase.head].lower
        before = parsed.tokens[phrase.start : mention_at(phrase)]
        if not self.anaphors.countries.keys().isdisjoint(token.lower for token in before[:2]):
            return True  # "l'américain X", "l'américain coté X"
        if word in parsed.lexicon.verbal_nouns:
            return True  # "ont pris part X et Y"
        heads = self.kinds.heads
        kind = heads.get(word) or heads.get(word.rstrip("s"))
        if kind is None and phrase.head > phrase.start:
            # "la jeune pousse X"
            kind = heads.get(f"{parsed.tokens[phrase.head - 1].lower} {word}")
        if kind is None or kind is Kind.PERSON:
            trade = word.endswith(self.kinds.trades) and word not in self.anaphors.goods
            trade = trade and word not in self.kinds.no_trades
            return kind is None and (mention.entity.kind is Kind.PRODUCT or trade)
        # "Le logiciel Salesforce" is the company's; "des yaourts Danone" are not the company.
        things = kind is Kind.PRODUCT and mention.entity.kind is not Kind.PRODUCT
        return not things or not word.endswith("s")

    def apposed(self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]) -> list[NamedEntity]:
        """Names in apposition to a noun: "son ancien PDG, Martin", "la directrice de X Durand"."""
        if parsed.category(phrase.head) is not Category.NOUN:
            return []
        index = phrase.end
        while index < len(parsed.tokens):
            if parsed.category(index) is Category.PREPOSITION and index + 1 in parsed.at:
                listed = parsed.at[index + 1]
                index = (listed.group or [listed])[-1].end
            elif parsed.category(index) is Category.ADJECTIVE:
                index += 1
            else:
                break
        called = called_so(parsed, phrase, index)
        if called is not None:
            return [e for e in self.named(parsed, called, kinds) if e.kind in kinds]
        comma = parsed.category(index) in (Category.COMMA, Category.OPEN) or (
            index < len(parsed.tokens) and parsed.tokens[index].text == ":"
        )
        index += comma
        following = parsed.at.get(index + (parsed.category(index) is Category.QUOTE))
        if following is None or following.mention is None or following.preposition is not None:
            return []
        noun = parsed.tokens[phrase.head].lower if comma else ""
        head = self.kinds.heads.get(noun) or self.kinds.heads.get(noun.rstrip("sx"))
        named = [
            entity
            for entity in self.named(parsed, following, kinds)
            if entity.kind in kinds
            and (
                not comma
                or entity.kind in (Kind.PERSON, head)
                or _is_closed(parsed, following)
                or (self._are_parties(noun) and _counts(parsed, phrase, following))
            )
        ]
        return [*self._beside(parsed, phrase, kinds), *named] if named else []

    def _are_parties(self, noun: str) -> bool:
        """Whether a plural noun is for those who take part in a deal: "ses actionnaires"."""
        return noun.endswith(("s", "x")) and not self.kinds.parties.isdisjoint({noun, noun[:-1]})

    def described(self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]) -> list[NamedEntity]:
        """The name that a description behind a comma is apposed to: "X, la start-up que …"."""
        if phrase.preposition is not None or phrase.pronoun or is_subject(parsed, phrase.end):
            return []
        if parsed.category(phrase.start - 1) not in (Category.COMMA, Category.OPEN):
            return []
        named = parsed.at.get(behind_brackets(parsed, phrase.start - 2))  # "X (Y), la start-up que"
        if named is None or named.mention is None or len(named.group) > 1:
            return []
        mention = parsed.mention(named)
        return [mention.entity] if mention is not None and mention.entity.kind in kinds else []

    def _beside(self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]) -> list[NamedEntity]:
        """A name coordinated before a described one: "A et son associé, B"."""
        if parsed.category(phrase.start - 1) is not Category.COORDINATOR:
            return []
        other = parsed.at.get(phrase.start - 2)
        return self.named(parsed, other, kinds) if other is not None and other.mention else []


def mention_at(phrase: Phrase) -> int:
    """The token of the name in a phrase; behind the phrase if it has none."""
    return phrase.mention if phrase.mention is not None else phrase.end


def _thing_beside(
    parsed: Parse, phrase: Phrase, mention: Mention, kinds: frozenset[Kind]
) -> Mention:
    """The product that a maker's name stands right before: "une puce *Qualcomm* Snapdragon"."""
    at = phrase.mention
    beside = parsed.tokens[at + 1] if at is not None and at + 1 < len(parsed.tokens) else None
    thing = beside.mention if beside is not None else None
    if (
        beside is None
        or thing is None
        or mention.entity.kind is not Kind.COMPANY
        or thing.entity.kind is not Kind.PRODUCT
        or Kind.PRODUCT not in kinds
        or beside.start - mention.end != 1
    ):
        return mention
    return thing


def _is_closed(parsed: Parse, named: Phrase) -> bool:
    """Whether a name between commas stands right before its verb: "son outil, X, utilise …"."""
    end = past_brackets(parsed, named.end)
    after = parsed.category(end + 1)
    return parsed.category(end) is Category.COMMA and after in (
        Category.VERB,
        Category.CLITIC,
        Category.NEGATION,
    )


def _counts(parsed: Parse, phrase: Phrase, named: Phrase) -> bool:
    """Whether a noun announces as many as are named behind it: "deux propriétaires, A et B"."""
    tokens = parsed.tokens[phrase.start : phrase.head]
    number = next((t for t in tokens if t.category is Category.NUMBER), None)
    if number is None:
        return (
            len(named.group) > 1 and parsed.tokens[phrase.start].lower in parsed.lexicon.possessives
        )
    told = number.lower if number.lower.isdigit() else parse_number_words(number.lower)
    return told is not None and int(told) == len(named.group or [named])


def _is_one_of_theirs(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it names somebody by whom they were with: "*cet ex-Y*", but not "l'ex-Y"."""
    before = parsed.tokens[phrase.start].lower
    if phrase.mention is None or phrase.mention == phrase.start:
        return False
    former = parsed.tokens[phrase.mention - 1].lower.rstrip("-") in parsed.lexicon.former
    return former and before in (parsed.lexicon.some | parsed.lexicon.demonstratives.keys())


def _is_of_many(parsed: Parse, phrase: Phrase) -> bool:
    """Whether more things are counted than named: "248 magasins Y" are not Y."""
    if phrase.mention is None or phrase.head >= phrase.mention:
        return False
    counted = (t.lower for t in parsed.tokens[phrase.start : phrase.head] if t.lower.isdigit())
    return any(int(number) > _FEW for number in counted)
