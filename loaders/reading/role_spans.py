"""Where a role stands in a sentence: its noun, its complement and its employer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from graph.model import Kind, RelationType, Status
from loaders.reading.dates import FoundDate
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup
from loaders.reading.resolving import Resolver
from loaders.reading.role_data import RoleData
from loaders.reading.tokens import Category

EMPLOYERS: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION})
LED: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION, Kind.PRODUCT})
PERSON: Final = frozenset({Kind.PERSON})
_REACH: Final = 18
_WORDS: Final = 4
_ATTRIBUTES: Final = frozenset({Category.DETERMINER, Category.ADVERB, Category.ADJECTIVE})
_NAMING: Final = frozenset({Category.NOUN, Category.ADJECTIVE})
_OWN: Final = frozenset(
    {
        Category.NOUN,
        Category.ADJECTIVE,
        Category.ADVERB,
        Category.NUMBER,
        Category.DETERMINER,
        Category.PREPOSITION,
    }
)


@dataclass(slots=True)
class Role:
    """A role that the sentence names: tokens ``start:end`` with its words and whose it is.

    `noun` is the token of its noun. `employers` is empty for a role without one ("ingénieur
    reconnu"); `group` is the verb that gives it ("a été nommé"), `naming` the noun that does
    ("la nomination de"), both None in an apposition. `attribute` marks one that another
    predicate gives, at the token `governor` ("rejoint Y comme directeur"). `left` tells of one
    that is being given up ("quitte ses fonctions de"). `products` are what it is to make ("chargé
    de Siri", "créateur de Siri").
    """

    start: int
    end: int
    noun: int
    words: str
    relations: frozenset[RelationType]
    holders: list[NamedEntity] = field(default_factory=list)
    employers: list[NamedEntity] = field(default_factory=list)
    products: list[NamedEntity] = field(default_factory=list)
    former: bool = False
    future: bool = False
    plural: bool = False
    group: VerbGroup | None = None
    naming: Phrase | None = None
    appointed: bool = False
    left: bool = False
    attribute: bool = False
    governor: int | None = None
    date: FoundDate | None = None
    cue: str = ""
    untitled: bool = False
    parts: list[tuple[frozenset[RelationType], str]] = field(default_factory=list)

    def words_for(self, relation: RelationType) -> str | None:
        """The words that make `relation` of it: "fondateur" of "fondateur et PDG"."""
        if self.untitled or relation is RelationType.WORKED_ON:
            return None  # "une ancienne de Y" and "le père de X" tell of no post
        own = [words for relations, words in self.parts if relation in relations]
        return (own[0] if len(own) == 1 < len(self.parts) else self.words) or None

    def is_heads(self, parsed: Parse, data: RoleData) -> bool:
        """Whether it is the post of a head of the whole: "directeur général", not "du design"."""
        words = [t.lower for t in parsed.tokens[self.noun : self.noun + _WORDS]]
        length, relations = data.classes(words)
        return RelationType.LEADS in relations and " ".join(words[:length]) not in data.part

    @property
    def status(self) -> Status:
        """Planned for a future holder, else asserted."""
        return Status.PLANNED if self.future else Status.ASSERTED


def role_at(
    parsed: Parse, index: int, phrase: Phrase, data: RoleData, resolver: Resolver
) -> Role | None:
    """The role whose noun is the token at `index`, without its holder; None if it is none."""
    words = [t.lower for t in parsed.tokens[index : index + _WORDS]]
    former = words[0] in data.veterans
    if words[0].startswith("ex-"):
        former, words[0] = True, words[0].removeprefix("ex-")
    if words[0] in data.former and len(words) > 1 and data.classes(words[1:])[0]:
        return None
    length, relations = data.classes(words)
    if not length:
        return None
    part = " ".join(words[:length]) in data.part
    if part and not _heads_a_part(parsed, index + length):
        relations -= {RelationType.LEADS}
    role = Role(phrase.start, index + length, index, "", relations, former=former)
    role.plural = data.is_plural(" ".join(words[:length])) or any(
        token.category is Category.NUMBER for token in parsed.tokens[phrase.start : index]
    )
    _look_before(parsed, role, data)
    stop, cuts = _extend(parsed, role, data, resolver)
    text = parsed.text(index, max(stop, index + length)).strip()
    role.words = _without_prefix(text)
    ends = [start - 1 for start, _ in cuts[1:]] + [max(stop, cuts[-1][0] + 1)]
    for (start, made), end in zip(cuts, ends, strict=True):
        role.parts.append((made, _without_prefix(parsed.text(start, end))))
    role.untitled = role.untitled or words[0] in data.veterans | data.counterparts
    role.cue = parsed.text(role.start, role.end)
    look_behind(parsed, role, data)
    return role


def opens_anew(parsed: Parse, role: Role) -> bool:
    """Whether the role may begin the main clause: "D'après X, l'ex-directrice de Y …".

    Not where the clause's own subject follows: "D'après X, l'ex-directrice de Y, le groupe …".
    """
    definite = parsed.tokens[role.start].lower in parsed.lexicon.definite
    commas = [i for i in range(role.start) if parsed.category(i) is Category.COMMA]
    fronted = len(commas) == 1 and parsed.category(0) is Category.PREPOSITION
    return definite and fronted and not _subject_follows(parsed, role)


def _subject_follows(parsed: Parse, role: Role) -> bool:
    """Whether behind the role and a comma a phrase stands that no comma sets off."""
    phrase = parsed.at.get(role.end + 1)
    if parsed.category(role.end) is not Category.COMMA or phrase is None:
        return False
    if phrase.start != role.end + 1 or phrase.preposition or kind_of(parsed, phrase) is Kind.PERSON:
        return False
    for token in parsed.tokens[phrase.end :]:
        if token.is_finite or token.category in (Category.COMMA, Category.STOP):
            return token.is_finite
    return True


def _heads_a_part(parsed: Parse, after: int) -> bool:
    """Whether what follows "directeur" tells with an article, or by name, what is headed."""
    token = parsed.tokens[after] if after < len(parsed.tokens) else None
    if token is None or token.category in (Category.COMMA, Category.STOP, Category.CLOSE):
        return True
    if token.category is Category.PREPOSITION:
        contracted = token.lower in parsed.lexicon.definite
        return contracted or parsed.category(after + 1) in (Category.DETERMINER, Category.MENTION)
    return token.category in (Category.MENTION, Category.COORDINATOR, Category.OTHER)


def _look_before(parsed: Parse, role: Role, data: RoleData) -> None:
    """Take in what precedes the noun: "l'ancienne", "le futur", "l'un des trois"."""
    position = role.noun - 1
    while position >= 0:
        token = parsed.tokens[position]
        if token.lower in data.former:
            role.former = True
        elif token.lower in data.future:
            role.future = True
        elif _is_partitive(parsed, position, data):
            role.plural = False
        elif (
            token.lower not in data.skipped
            and token.lower not in data.partitives
            and token.category not in _ATTRIBUTES
        ):
            break
        position -= 1
    role.start = position + 1


def _is_partitive(parsed: Parse, position: int, data: RoleData) -> bool:
    """Whether the token is of what picks one of several: "l'un des", "une de"."""
    tokens = parsed.tokens
    before, after = tokens[position - 1] if position else None, tokens[position + 1].lower
    if before is not None and tokens[position].lower in ("des", "de", "ses", "d'"):
        return before.lower in data.partitives
    return tokens[position].category is Category.CLITIC and after in data.partitives


def look_behind(parsed: Parse, role: Role, data: RoleData) -> None:
    """Take in the dates right behind the role: "depuis 2013", "de 2010 à 2015"."""
    index = role.end
    if parsed.category(index) is Category.OPEN and parsed.category(index + 2) is Category.CLOSE:
        role.end = index = index + 3  # "président du géant Y (Z) depuis 2021"
    linked = {Category.PREPOSITION, Category.COORDINATOR}
    while index < len(parsed.tokens):
        token = parsed.tokens[index]
        if token.date is not None:
            spans = lowered(token.date.text).split()[0] in data.during
            role.date = role.date or token.date
            role.former = role.former or token.date.relation == "end" or spans
            role.end = index + 1
        elif token.category not in linked or parsed.category(index + 1) is not Category.DATE:
            return
        elif token.category is Category.COORDINATOR and parsed.category(index + 2) in _NAMING:
            return  # "fondatrice et jusqu'ici patronne de Y": the next post's
        index += 1


def _without_prefix(words: str) -> str:
    return words[3:] if lowered(words).startswith("ex-") else words


def _extend(
    parsed: Parse, role: Role, data: RoleData, resolver: Resolver
) -> tuple[int, list[tuple[int, frozenset[RelationType]]]]:
    """Walk over the role's own words to its employer.

    Returns where the role's words end, and where each of its coordinated nouns begins.
    """
    index = words_end = role.end
    cuts = [(role.noun, role.relations)]
    limit = min(index + _REACH, len(parsed.tokens))
    known = parsed.tokens[role.noun].lower.removeprefix("ex-")
    places = data.inside if known in data.outside else data.employer
    while index < limit:
        token = parsed.tokens[index]
        if token.category is Category.PREPOSITION and token.preposition in places:
            phrase = parsed.at.get(index + 1)
            if phrase is None:
                break
            if _found_employer(parsed, role, phrase, resolver, data):
                return words_end, cuts
            if kind_of(parsed, phrase) is Kind.PERSON:
                _said_before_name(parsed, role, phrase, resolver)
                break
            if _is_thing_of(parsed, phrase):
                _make(parsed, role, phrase, direct=index == role.end, data=data)
                phrase = phrase.group[-1]
            index = words_end = phrase.end
        elif index == role.end and _is_post_again(parsed, index, data):
            index += 3  # "président-directeur général (PDG) de Y"
        elif token.category is Category.DATE and _goes_on_behind(parsed, index, places):
            index += 1  # "directeur général depuis huit ans chez Y"
        elif token.category is Category.MENTION:
            if index == words_end and _is_zone(parsed, index):
                index = words_end = index + 1  # "directrice générale France de Y"
                continue
            _take_named(parsed, role, index, data)
            return words_end, cuts
        elif token.category is Category.COORDINATOR:
            following = [t.lower for t in parsed.tokens[index + 1 : index + 1 + _WORDS]]
            length, more = data.classes(following)
            if length and following[0] not in data.veterans | data.makers:
                cuts.append((index + 1, more))
                role.relations |= more
                index = words_end = index + 1 + length
            elif following and following[0] in data.others:
                index += 2  # "le fondateur et propriétaire de Y"
            elif _goes_on(parsed, index, limit, data):
                index += 1
            else:
                break
        elif token.category in _OWN or token.lower in data.participles:
            index += 1
            own = token.category in (Category.NOUN, Category.ADJECTIVE)
            if own or token.lower in data.participles:
                words_end = index
        else:
            break
    role.end = max(role.end, words_end)
    return words_end, cuts


def _is_thing_of(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it is a product behind "de": not "metteur en scène à l'Opéra"."""
    of = phrase.preposition == parsed.lexicon.genitive
    return of and kind_of(parsed, phrase) is Kind.PRODUCT


def _leave_to_part(parsed: Parse, role: Role, end: int, data: RoleData) -> None:
    """Who founded a part of a body has not founded it: "le fondateur du bureau suisse de Y"."""
    passed = (token.lower for token in parsed.tokens[role.noun + 1 : end])
    if RelationType.FOUNDED in role.relations and not data.functions.isdisjoint(passed):
        worked = frozenset({RelationType.WORKED_AT})
        role.relations = role.relations - {RelationType.FOUNDED} | worked


def _is_post_again(parsed: Parse, opening: int, data: RoleData) -> bool:
    """Whether brackets hold the post once more, in short: "directeur général (DG)"."""
    if parsed.category(opening) is not Category.OPEN or opening + 2 >= len(parsed.tokens):
        return False
    closed = parsed.category(opening + 2) is Category.CLOSE
    return closed and bool(data.classes([parsed.tokens[opening + 1].lower])[0])


def _is_zone(parsed: Parse, index: int) -> bool:
    """Whether the name there is of no kind of ours, as that of a country is not."""
    mention = parsed.tokens[index].mention
    zone = mention is not None and bool(mention.entity.against)
    return zone and kind_of(parsed, parsed.at[index]) is None


def _take_named(parsed: Parse, role: Role, index: int, data: RoleData) -> None:
    """Take the body named at token `index` for the employer.

    Not in "la créatrice Y, X et Z": there no "de" makes an employer of Y.
    """
    definite = parsed.tokens[role.start].lower in parsed.lexicon.definite
    if definite and index == role.end and not role.former:
        return
    phrase, mention = parsed.at[index], parsed.tokens[index].mention
    if mention is not None and kind_of(parsed, phrase) in EMPLOYERS:
        role.untitled = phrase.preposition in data.provenances
        role.former = role.former or role.untitled
        role.employers = [mention.entity]
        role.end = index + 1


def _goes_on_behind(parsed: Parse, date: int, places: frozenset[str]) -> bool:
    """Whether the employer's name comes behind a time: "patron depuis 2010 *de Y*"."""
    token = parsed.tokens[date + 1] if date + 1 < len(parsed.tokens) else None
    phrase = parsed.at.get(date + 2)
    linked = token is not None and token.preposition in places
    return linked and phrase is not None and kind_of(parsed, phrase) in EMPLOYERS


def _make(parsed: Parse, role: Role, phrase: Phrase, *, direct: bool, data: RoleData) -> None:
    """Note the product that a role is about: "créateur de Siri", "chargé du matériel de Siri".

    One right behind any other noun ("directeur technique de Siri") is more likely a company.
    """
    maker = RelationType.WORKED_ON in role.relations
    if maker or (not direct and RelationType.FOUNDED not in role.relations):
        role.products = parsed.listed(phrase)
        role.relations |= {RelationType.WORKED_ON}
    if maker and RelationType.FOUNDED in role.relations:
        role.relations = (role.relations - {RelationType.FOUNDED}) | {RelationType.WORKED_AT}


def _found_employer(
    parsed: Parse, role: Role, phrase: Phrase, resolver: Resolver, data: RoleData
) -> bool:
    leads = RelationType.LEADS in role.relations and phrase.mention is not None
    filler = resolver.fill(parsed, [phrase], LED if leads else EMPLOYERS)
    if not filler.entities:
        return False
    role.employers = filler.entities
    _leave_to_part(parsed, role, phrase.start - 1, data)
    last = (phrase.group or [phrase])[-1]
    role.end = max(phrase.end, last.end)
    if phrase.mention is None:  # "du géant des télécoms Y": up to the name
        named = range(phrase.end, min(phrase.end + _REACH // 2, len(parsed.tokens)))
        mentions = ((index, parsed.tokens[index].mention) for index in named)
        ends = (i + 1 for i, m in mentions if m is not None and m.entity in filler.entities)
        role.end = next(ends, role.end)
    return True


def _said_before_name(parsed: Parse, role: Role, phrase: Phrase, resolver: Resolver) -> bool:
    """A noun for the employer right before the holder's name: "le patron du groupe X"."""
    if phrase.mention is None or phrase.mention == phrase.head:
        return False
    noun = Phrase(phrase.index, phrase.start, phrase.mention, phrase.head, phrase.preposition, None)
    role.employers = resolver.fill(parsed, [noun], EMPLOYERS).entities
    if role.employers:
        role.holders = resolver.fill(parsed, [phrase], PERSON, alone=True).entities
        role.end = phrase.end
    return bool(role.employers)


def _goes_on(parsed: Parse, index: int, limit: int, data: RoleData) -> bool:
    """Whether the complement goes on behind a coordinator: "de la recherche et du calcul chez X".

    An employer must be to come, by name or behind an article ("… et de gestion de la banque"),
    and no other person.
    """
    for position in range(index + 1, limit):
        token = parsed.tokens[position]
        if token.category in (Category.COMMA, Category.STOP, Category.VERB, Category.WHO):
            return False
        word = token.lower
        if word in data.others or data.classes([word])[0]:
            return False
        before = parsed.tokens[position - 1]
        if token.category is Category.MENTION:
            return before.preposition in data.employer
        contracted = before.lower in parsed.lexicon.definite
        if before.preposition in data.employer and position > index + 2:
            return contracted or token.category is Category.DETERMINER
    return False


def kind_of(parsed: Parse, phrase: Phrase) -> Kind | None:
    """The kind of the name in a phrase, if it holds one whose kind is known."""
    mention = parsed.mention(phrase)
    return mention.entity.kind if mention is not None else None
