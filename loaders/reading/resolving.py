"""Which entities a phrase stands for: by name, by apposition, by description or as a pronoun."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.anaphors import Anaphor, Anaphors
from loaders.reading.called import called_so, name_behind
from loaders.reading.coreference import Discourse
from loaders.reading.describing import anaphor_of
from loaders.reading.discourse_notes import is_subject
from loaders.reading.fillers import Filler, Known, Note, associates, people_in
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import Mention, NamedEntity
from loaders.reading.metonyms import maker_of, spoken_for
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.role_data import RoleData
from loaders.reading.tokens import Category

_BODIES: Final = frozenset({Kind.COMPANY, Kind.ORGANIZATION})
_PRONOUN_KINDS: Final = frozenset({Kind.PERSON, Kind.COMPANY, Kind.ORGANIZATION})


class Resolver:
    """Resolves phrases against the mentions of their sentence and the discourse before it."""

    def __init__(self, language: str, discourse: Discourse) -> None:
        self.anaphors = Anaphors.of(language)
        self.kinds = KindData.of(language)
        self.roles = RoleData.of(language)
        self.discourse = discourse
        self._posts: dict[tuple[str, NamedEntity], NamedEntity] = {}
        self._asked = True
        self._pronouns: dict[tuple[int, int], NamedEntity] = {}
        self._held: list[Note] | None = None
        self._meant: dict[tuple[int, int], list[NamedEntity]] = {}
        self.relations: dict[tuple[NamedEntity, NamedEntity], Known] = {}

    def relate(
        self, person: NamedEntity, relation: RelationType, body: NamedEntity, *, over: bool
    ) -> None:
        """Remember what the article has said of a person and a body."""
        known = self.relations.setdefault((person, body), Known())
        known.relations.add(relation)
        known.over = over

    def describe(self, parsed: Parse, phrase: Phrase, entities: list[NamedEntity]) -> None:
        """Remember whom a phrase turned out to stand for."""
        self._meant[parsed.sentence.index, phrase.start] = entities
        start = parsed.tokens[phrase.start].start
        free = phrase.preposition is None
        subject = free and is_subject(parsed, phrase.end)
        self.discourse.note_resolved(
            parsed.sentence.index, start, entities, subject=subject, complement=not free
        )

    def remember_post(
        self, noun: str, holders: Iterable[NamedEntity], employers: Iterable[NamedEntity]
    ) -> None:
        """Remember who holds a post, and where: "le patron de X" is that person from there on."""
        people = list(holders)
        for holder in people:
            holder.called.add(noun)
        post = self.anaphors.roles.get(noun)
        for employer in employers if post is not None and len(people) == 1 else ():
            for name in post.nouns if post is not None else ():
                self._posts.setdefault((name, employer), people[0])

    def _holder(self, parsed: Parse, phrase: Phrase) -> list[NamedEntity]:
        """Who is meant by "le patron de X", if the article has said who that is."""
        owner = parsed.at.get(phrase.end + 1)
        if owner is None or owner.preposition != parsed.lexicon.genitive or owner.mention is None:
            return []
        noun = lowered(parsed.text(phrase.head, phrase.end))
        holders = {
            self._posts.get((noun, employer)) for employer in self._named(parsed, owner, _BODIES)
        }
        return [holder for holder in holders if holder is not None]

    def follow(self, parsed: Parse) -> None:
        """Remember whom its subject pronouns and its descriptions stand for, asked for or not."""
        self._asked = False
        for phrase in parsed.phrases:
            place = (parsed.sentence.index, phrase.start)
            if phrase.mention is not None or place in self._pronouns:
                continue
            if phrase.pronoun and phrase.preposition is not None:
                continue
            anaphor = self._anaphor(parsed, phrase)
            if anaphor is not None and anaphor.number == 1:
                # "Ce dernier" is whoever was named last, rather a person than a body.
                people = anaphor.kinds & {Kind.PERSON} if anaphor.last else anaphor.kinds
                if not self._one(parsed, phrase, people, (), True, None) and anaphor.last:
                    self._one(parsed, phrase, anaphor.kinds, (), True, None)
        self._asked = True

    def fill(
        self,
        parsed: Parse,
        candidates: Iterable[Phrase],
        kinds: frozenset[Kind],
        *,
        exclude: Collection[NamedEntity] = (),
        alone: bool = False,
        preferred: Kind | None = None,
        goods: bool = False,
    ) -> Filler:
        """The first of `candidates` that stands for entities of these kinds.

        With `alone`, what is coordinated with a candidate is left out. A pronoun that may stand for
        several kinds is taken for one of the kind `preferred`. With `goods`, "les modèles de Y"
        stands for Y.
        """
        group: Filler | None = None
        for phrase in candidates:
            filler = self._one(parsed, phrase, kinds, exclude, alone, preferred)
            if any(entity.kind is not None for entity in filler.entities):
                return filler
            group = group or (filler if filler else None)
            owner = maker_of(parsed, phrase, self.anaphors, self.kinds) if goods else None
            if owner is not None and (makers := self._named(parsed, owner, kinds)):
                return Filler(makers, None, phrase)
        return group or Filler()

    def _one(
        self,
        parsed: Parse,
        phrase: Phrase,
        kinds: frozenset[Kind],
        exclude: Collection[NamedEntity],
        alone: bool,
        preferred: Kind | None,
    ) -> Filler:
        if phrase.mention is not None:
            named = self._named(parsed, phrase, kinds, alone)
            if named:
                return Filler(named, None, phrase)
        described = self._meant.get((parsed.sentence.index, phrase.start), [])
        if described and all(entity.kind in kinds for entity in described):
            return Filler(described, None, phrase)
        anaphor = self._anaphor(parsed, phrase)
        if anaphor is not None and anaphor.kinds & kinds:
            narrowed = replace(
                anaphor,
                kinds=anaphor.kinds & kinds,
                preferred=preferred if phrase.pronoun else None,
            )
            apposed = (
                self.complement_name(parsed, phrase, narrowed.kinds)
                or self._apposed(parsed, phrase, narrowed.kinds)
                or self._described(parsed, phrase, narrowed.kinds)
            )
            if apposed:
                return Filler(apposed, None, phrase)
            return Filler(self._antecedents(parsed, phrase, narrowed, exclude), None, phrase)
        if phrase.pronoun or phrase.mention == phrase.head:
            return Filler()
        apposed = self.complement_name(parsed, phrase, kinds) or self._apposed(
            parsed, phrase, kinds
        )
        if apposed:
            return Filler(apposed, None, phrase)
        if Kind.PERSON in kinds and (holder := self._holder(parsed, phrase)):
            return Filler(holder, None, phrase)
        owner = spoken_for(parsed, phrase, self.anaphors) if Kind.COMPANY in kinds else None
        if owner is not None:
            bodies = self._named(parsed, owner, kinds - {Kind.PERSON}, alone=True)
            if bodies:
                return Filler(bodies, None, phrase)
        if Kind.PERSON in kinds:
            return Filler([], people_in(parsed, phrase, self.anaphors.persons), phrase)
        return Filler()

    def _antecedents(
        self,
        parsed: Parse,
        phrase: Phrase,
        anaphor: Anaphor,
        exclude: Collection[NamedEntity],
    ) -> list[NamedEntity]:
        """Whom a pronoun or description stands for; a pronoun for the same in every slot."""
        sentence = parsed.sentence.index
        place = (sentence, phrase.start)
        known = self._pronouns.get(place) if anaphor.number == 1 else None
        if known is not None and known.kind in anaphor.kinds:
            return [known] if known not in exclude else []
        decisive = (Kind.PERSON in anaphor.kinds) != bool(anaphor.kinds & _BODIES)
        if known is not None and not decisive:
            return []
        start = parsed.tokens[phrase.start].start
        found = self.discourse.resolve(
            anaphor,
            sentence,
            start,
            exclude=exclude,
            asked=self._asked,
            associates=None
            if anaphor.pronoun
            else associates(parsed, self.relations, self.discourse.times),
        )
        free = phrase.preposition is None
        subject = free and (phrase.pronoun or is_subject(parsed, phrase.end))
        note = Note(len(found) == 1 and not exclude, place, subject, not free, found)
        if self._held is not None:
            self._held.append(note)
        else:
            self._remember(parsed, note)
        return found

    def attempt(self) -> None:
        """Keep what pronouns stand for to oneself, until a frame is known to be at work."""
        self._held = []

    def settle(self, parsed: Parse, works: bool) -> None:
        """Remember what was resolved since the attempt, if the frame `works`."""
        held, self._held = self._held or [], None
        for note in held if works else ():
            self._remember(parsed, note)

    def _remember(self, parsed: Parse, note: Note) -> None:
        if note.sole:
            self._pronouns[note.place] = note.found[0]
        sentence, start = note.place
        self.discourse.note_resolved(
            sentence,
            parsed.tokens[start].start,
            note.found,
            subject=note.subject,
            complement=note.complement,
        )

    def complement_name(
        self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]
    ) -> list[NamedEntity]:
        """A name behind a noun with complements: "la compagnie à bas coûts X"."""
        named = name_behind(parsed, phrase, self.kinds.heads, self.roles.nouns)
        return [named] if named is not None and named.kind in {*kinds, None} else []

    def _named(
        self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind], alone: bool = False
    ) -> list[NamedEntity]:
        result: list[NamedEntity] = []
        for member in [phrase] if alone else phrase.group or [phrase]:
            mention = parsed.mention(member)
            if mention is None or not self._heads_agree(parsed, member, mention):
                continue
            kind = mention.entity.kind
            if kind in kinds or kind is None:
                result.append(mention.entity)
        return list(dict.fromkeys(result))

    def _heads_agree(self, parsed: Parse, phrase: Phrase, mention: Mention) -> bool:
        """Whether the noun before a name describes it ("le groupe X") and does not own it."""
        if phrase.head == phrase.mention or mention.entity.kind is Kind.PERSON:
            return True
        word = parsed.tokens[phrase.head].lower
        if word in self.anaphors.countries:
            return True
        heads = self.kinds.heads
        kind = heads.get(word) or heads.get(word.rstrip("s"))
        if kind is None and phrase.head > phrase.start:
            # "la jeune pousse X"
            kind = heads.get(f"{parsed.tokens[phrase.head - 1].lower} {word}")
        if kind is None or kind is Kind.PERSON:
            trade = word.endswith(self.kinds.trades) and word not in self.anaphors.goods
            return kind is None and (mention.entity.kind is Kind.PRODUCT or trade)
        # "Le logiciel Salesforce" is the company's; "des yaourts Danone" are not the company.
        things = kind is Kind.PRODUCT and mention.entity.kind is not Kind.PRODUCT
        return not things or not word.endswith("s")

    def _apposed(self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]) -> list[NamedEntity]:
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
            return [e for e in self._named(parsed, called, kinds) if e.kind in kinds]
        comma = parsed.category(index) in (Category.COMMA, Category.OPEN) or (
            index < len(parsed.tokens) and parsed.tokens[index].text == ":"
        )
        index += comma
        following = parsed.at.get(index + (parsed.category(index) is Category.QUOTE))
        if following is None or following.mention is None or following.preposition is not None:
            return []
        head = self.kinds.heads.get(parsed.tokens[phrase.head].lower) if comma else None
        named = [
            entity
            for entity in self._named(parsed, following, kinds)
            if entity.kind in kinds and (not comma or entity.kind in (Kind.PERSON, head))
        ]
        return [*self._beside(parsed, phrase, kinds), *named] if named else []

    def _described(
        self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]
    ) -> list[NamedEntity]:
        """The name that a description behind a comma is apposed to: "X, la start-up que …"."""
        if phrase.preposition is not None or phrase.pronoun or is_subject(parsed, phrase.end):
            return []
        if parsed.category(phrase.start - 1) not in (Category.COMMA, Category.OPEN):
            return []
        named = parsed.at.get(phrase.start - 2)
        if named is None or named.mention is None or len(named.group) > 1:
            return []
        mention = parsed.mention(named)
        return [mention.entity] if mention is not None and mention.entity.kind in kinds else []

    def _beside(self, parsed: Parse, phrase: Phrase, kinds: frozenset[Kind]) -> list[NamedEntity]:
        """A name coordinated before a described one: "A et son associé, B"."""
        if parsed.category(phrase.start - 1) is not Category.COORDINATOR:
            return []
        other = parsed.at.get(phrase.start - 2)
        return self._named(parsed, other, kinds) if other is not None and other.mention else []

    def _anaphor(self, parsed: Parse, phrase: Phrase) -> Anaphor | None:
        if not phrase.pronoun:
            return anaphor_of(parsed, phrase, self.anaphors, self.discourse)
        fixed = self.anaphors.fixed.get(parsed.tokens[phrase.start].lower)
        if fixed is None or self._is_impersonal(parsed, phrase):
            return None
        if fixed.number == 1:
            return replace(fixed, kinds=_PRONOUN_KINDS, pronoun=not fixed.last)
        following = parsed.tokens[phrase.end].lower if phrase.end < len(parsed.tokens) else ""
        return replace(fixed, country=self.anaphors.countries.get(following))

    def _is_impersonal(self, parsed: Parse, phrase: Phrase) -> bool:
        """Whether the pronoun stands for nobody: "il faut", "il s'agit de"."""
        following = "".join(
            f" {token.lower}" for token in parsed.tokens[phrase.end : phrase.end + 4]
        )
        return following.replace("' ", "'").strip().startswith(self.anaphors.impersonal)

    def clitic(
        self,
        parsed: Parse,
        index: int,
        kinds: frozenset[Kind],
        exclude: Collection[NamedEntity],
    ) -> Filler:
        """Whom an object pronoun stands for: "l'a recruté", "le suivre"."""
        token = parsed.tokens[index]
        rule = parsed.lexicon.object_pronouns.get(token.lower)
        if rule is None:
            return Filler()
        number = int(rule["number"])
        allowed = kinds & _PRONOUN_KINDS
        anaphor = Anaphor(
            allowed, 1 if number == 1 else 0, rule.get("gender"), pronoun=True, object=True
        )
        found = self.discourse.resolve(anaphor, parsed.sentence.index, token.start, exclude=exclude)
        return Filler(found)

    def possessive(
        self,
        parsed: Parse,
        phrase: Phrase,
        kinds: frozenset[Kind],
        exclude: Collection[NamedEntity] = (),
    ) -> Filler:
        """Whose it is: "sa nomination", "son PDG"; nobody of `exclude`."""
        token = parsed.tokens[phrase.start]
        if token.lower not in parsed.lexicon.possessives:
            return Filler()
        here = [
            mention.entity
            for mention in (parsed.mention(p) for p in parsed.phrases if p.end <= phrase.start)
            if mention is not None and mention.entity.kind in {*kinds, None}
        ]
        here = [entity for entity in here if entity not in exclude]
        if len(set(here)) == 1:
            return Filler([here[0]], None, phrase)
        anaphor = Anaphor(kinds & _PRONOUN_KINDS)
        found = self.discourse.resolve(anaphor, parsed.sentence.index, token.start, exclude=exclude)
        return Filler(found, None, phrase)
