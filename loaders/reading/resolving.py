"""Which entities a phrase stands for: by name, by apposition, by description or as a pronoun."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from graph.model import Ground, Kind
from loaders.reading.anaphors import Anaphor, Anaphors, said_of_one
from loaders.reading.binding import (
    doers,
    explains,
    gender_of_participle,
    meant_ahead,
    said_before,
    set_apart,
)
from loaders.reading.callings import call_by_place
from loaders.reading.coreference import Discourse
from loaders.reading.describing import anaphor_of, is_impersonal, is_said_founded
from loaders.reading.discourse_notes import is_subject, said_gender
from loaders.reading.fillers import (
    Filler,
    Known,
    Note,
    Spoken,
    associates,
    leavers,
    named_behind,
    newcomers,
    people_in,
)
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered
from loaders.reading.mentions import BODIES, NamedEntity
from loaders.reading.metonyms import is_goods, is_one_of, is_own_goods, maker_of, spoken_for
from loaders.reading.own_firms import own_firm
from loaders.reading.phrase_names import PhraseNames
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.possessives import owner_of
from loaders.reading.role_data import RoleData
from loaders.reading.speaking import firm_of, is_ours, speaker_at

_PRONOUN_KINDS: Final = frozenset({Kind.PERSON, Kind.COMPANY, Kind.ORGANIZATION})


class Resolver:
    """Resolves phrases against the mentions of their sentence and the discourse before it."""

    def __init__(self, language: str, discourse: Discourse) -> None:
        self.anaphors = Anaphors.of(language)
        self.kinds = KindData.of(language)
        self.roles = RoleData.of(language)
        self.discourse = discourse
        self.names = PhraseNames(self.kinds, self.anaphors, self.roles)
        self._people = frozenset({*self.anaphors.persons, *self.roles.plural_nouns})
        self._posts: dict[tuple[str, NamedEntity], NamedEntity] = {}
        self._asked = True
        self._pronouns: dict[tuple[int, int], NamedEntity] = {}
        self._held: list[Note] | None = None
        self._meant: dict[tuple[int, int], list[NamedEntity]] = {}
        self.relations: dict[tuple[NamedEntity, NamedEntity], Known] = {}
        self.speakers: list[Spoken] = []
        self.addressed: NamedEntity | None = None
        self.posts: list[tuple[NamedEntity, NamedEntity]] = []

    def describe(self, parsed: Parse, phrase: Phrase, entities: list[NamedEntity]) -> None:
        """Remember whom a phrase turned out to stand for."""
        self._meant[parsed.sentence.index, phrase.start] = entities
        self._explain(parsed, phrase, entities, Ground.SPOKEN_OF)
        start = parsed.tokens[phrase.start].start
        free = phrase.preposition is None
        subject = free and is_subject(parsed, phrase.end)
        self.discourse.note_resolved(
            parsed.sentence.index, start, entities, subject=subject, complement=not free
        )

    def _explain(
        self, parsed: Parse, phrase: Phrase, entities: Iterable[NamedEntity], ground: Ground
    ) -> None:
        """Remember why a phrase stands for these, for whoever asks."""
        start, end = parsed.tokens[phrase.start].start, parsed.tokens[phrase.end - 1].end
        for entity in entities:
            self.discourse.explain(start, end, entity, ground, parsed.sentence.index)

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
            self._posts.get((noun, employer))
            for employer in self.names.named(parsed, owner, BODIES)
        }
        return [holder for holder in holders if holder is not None]

    def follow(self, parsed: Parse, *, last: bool = False) -> None:
        """Remember whom subject pronouns and descriptions, or "ce dernier" alone, stand for."""
        self._asked = False
        for phrase in parsed.phrases:
            place = (parsed.sentence.index, phrase.start)
            if phrase.mention is not None or place in self._pronouns:
                continue
            if phrase.pronoun and phrase.preposition is not None:
                continue
            anaphor = self.anaphor(parsed, phrase)
            if anaphor is not None and anaphor.number == 1 and (anaphor.last or not last):
                kinds = anaphor.kinds & _PRONOUN_KINDS if phrase.pronoun else anaphor.kinds
                self._one(parsed, phrase, kinds, (), True, None)
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
            named = any(entity.kind is not None for entity in filler.entities)
            if named or (Kind.COMPANY in kinds and is_one_of(parsed, phrase, self.anaphors)):
                return filler
            group = group or (filler if filler else None)
            mention = parsed.mention(phrase) if goods else None
            thing = parsed.tokens[phrase.head].lower
            made = mention is not None and is_goods(thing, self.anaphors, self.kinds)
            if made and mention is not None and mention.entity.kind in kinds:
                return Filler([mention.entity], None, phrase)  # "des puces Y"
            if goods and is_own_goods(parsed, phrase, self.anaphors, self.kinds):
                own = self.possessive(parsed, phrase, kinds, exclude).entities
                return Filler(own, None, phrase)
            owner = maker_of(parsed, phrase, self.anaphors, self.kinds) if goods else None
            if owner is not None and owner.mention is None:
                return self._one(parsed, owner, kinds, exclude, True, None)
            if owner is not None and (makers := self.names.named(parsed, owner, kinds)):
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
            named = self.names.named(parsed, phrase, kinds, alone)
            if named:
                return Filler(named, None, phrase)
        if phrase.pronoun and is_ours(parsed, phrase.start):
            return Filler(self.ours(parsed, phrase.start, kinds), None, phrase)
        if phrase.pronoun and parsed.tokens[phrase.start].lower in parsed.lexicon.first_person:
            speaker = speaker_at(self.speakers, phrase.start)
            if speaker is None or speaker.kind not in kinds & {Kind.PERSON}:
                return Filler()
            self._pronouns[parsed.sentence.index, phrase.start] = speaker
            return Filler([speaker], None, phrase)
        described = self._meant.get((parsed.sentence.index, phrase.start), [])
        if described and all(entity.kind in kinds for entity in described):
            return Filler(described, None, phrase)
        if phrase.mention is None and (named := self.names.examples(parsed, phrase, kinds)):
            return Filler(named, None, phrase)
        anaphor = self.anaphor(parsed, phrase)
        if anaphor is not None and anaphor.kinds & kinds:
            narrowed = anaphor
            if phrase.pronoun or not anaphor.kinds <= kinds:
                narrowed = replace(
                    anaphor,
                    kinds=anaphor.kinds & kinds,
                    preferred=preferred if phrase.pronoun else None,
                    wide=_PRONOUN_KINDS if phrase.pronoun else frozenset(),
                )
            apposed = (
                self.names.complement_name(parsed, phrase, narrowed.kinds, alone)
                or self.names.apposed(parsed, phrase, narrowed.kinds)
                or self.names.described(parsed, phrase, narrowed.kinds)
            )
            if apposed:
                return Filler(apposed, None, phrase)
            if not phrase.pronoun and explains(parsed, phrase):
                return Filler()
            return Filler(self._antecedents(parsed, phrase, narrowed, exclude), None, phrase)
        if phrase.pronoun or phrase.mention == phrase.head:
            return Filler()
        apposed = self.names.complement_name(parsed, phrase, kinds, alone) or self.names.apposed(
            parsed, phrase, kinds
        )
        if apposed:
            return Filler(apposed, None, phrase)
        if Kind.PERSON in kinds and (holder := self._holder(parsed, phrase)):
            self._explain(parsed, phrase, holder, Ground.POST)
            return Filler(holder, None, phrase)
        if Kind.COMPANY in kinds and (firm := own_firm(self, parsed, phrase)):
            return Filler(firm, None, phrase)
        owner = spoken_for(parsed, phrase, self.anaphors) if Kind.COMPANY in kinds else None
        if owner is not None:
            bodies = self.names.named(parsed, owner, kinds - {Kind.PERSON}, alone=True)
            if bodies:
                return Filler(bodies, None, phrase)
        if Kind.PERSON in kinds:
            group = people_in(parsed, phrase, self._people)
            named = named_behind(parsed, phrase, group)
            return Filler(named, None if named else group, phrase)
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
        if known is not None:
            return [known] if known.kind in anaphor.kinds and known not in exclude else []
        if anaphor.fresh:
            topic = self.discourse.topics.main
            came = newcomers(self.relations, topic)
            gone = self.discourse.times.keys() - came if came else leavers(self.relations, topic)
            anaphor, exclude = replace(anaphor, called=not came), [*exclude, *gone]
        found = self.discourse.resolve(
            anaphor,
            sentence,
            parsed.tokens[phrase.start].start,
            parsed.tokens[phrase.end - 1].end,
            exclude=[*exclude, *self._others(parsed, phrase, anaphor)],
            asked=self._asked,
            associates=None if anaphor.pronoun else self._associates(parsed),
        )
        call_by_place(found, anaphor)
        if anaphor.pronoun and (ahead := meant_ahead(parsed, phrase.start, anaphor)):
            found = ahead if anaphor.told or found in ([], ahead) else []
        free = phrase.preposition is None
        subject = free and (phrase.pronoun or is_subject(parsed, phrase.end))
        gender = anaphor.gender or said_gender(parsed, phrase, self.anaphors)
        note = Note(
            len(found) == 1 and not exclude, place, subject, not free, found, gender, phrase.pronoun
        )
        if self._held is not None:
            self._held.append(note)
        else:
            self._remember(parsed, note)
        return found

    def _others(self, parsed: Parse, phrase: Phrase, anaphor: Anaphor) -> list[NamedEntity]:
        """Who cannot be meant, since the clause of the phrase names them beside it."""
        others = set_apart(parsed, phrase, self.anaphors.about)
        for subject in doers(parsed, phrase) if anaphor.number == 1 else ():
            others += parsed.listed(subject)
            place = (parsed.sentence.index, subject.start)
            meant = self._pronouns.get(place)
            others += self._meant.get(place, []) if meant is None else [meant]
        return others

    def _associates(self, parsed: Parse) -> dict[NamedEntity, float]:
        """What has to do with the people whom the sentence names, or means by a pronoun."""
        index = parsed.sentence.index
        meant = {e for (sentence, _), e in self._pronouns.items() if sentence == index}
        meant.update(e for note in self._held or () for e in note.found)
        return associates(parsed, self.relations, self.discourse.times, meant)

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
        if note.gender is not None and len(note.found) == 1:
            if note.pronoun:
                self.discourse.genders.setdefault(note.found[0], note.gender)
            else:
                self.discourse.genders[note.found[0]] = note.gender
        self.discourse.note_resolved(
            sentence,
            parsed.tokens[start].start,
            note.found,
            subject=note.subject,
            complement=note.complement,
        )

    def anaphor(self, parsed: Parse, phrase: Phrase) -> Anaphor | None:
        """What a phrase asks of whom it stands for, if it is a pronoun or a description."""
        if not phrase.pronoun:
            return anaphor_of(parsed, phrase, self.anaphors, self.discourse)
        fixed = self.anaphors.fixed.get(parsed.tokens[phrase.start].lower)
        if fixed is None or is_impersonal(parsed, phrase, self.anaphors, self.roles.headships):
            return None
        if fixed.number == 1:
            return said_of_one(fixed, is_said_founded(parsed, phrase))
        following = parsed.tokens[phrase.end].lower if phrase.end < len(parsed.tokens) else ""
        country = self.anaphors.countries.get(following)
        return replace(fixed, country=country, pronoun=fixed.kinds == _PRONOUN_KINDS)

    def clitic(
        self,
        parsed: Parse,
        index: int,
        kinds: frozenset[Kind],
        exclude: Collection[NamedEntity],
    ) -> Filler:
        """Whom an object pronoun stands for: "l'a recruté", "le suivre"."""
        token = parsed.tokens[index]
        if is_ours(parsed, index):
            return Filler(self.ours(parsed, index, kinds))
        rule = parsed.lexicon.object_pronouns.get(token.lower) or parsed.lexicon.datives.get(
            token.lower
        )
        if rule is None:
            return Filler()
        number = int(rule["number"])
        allowed = kinds & _PRONOUN_KINDS
        gender = rule.get("gender") or gender_of_participle(parsed, index)
        anaphor = Anaphor(allowed, 1 if number == 1 else 0, gender, pronoun=True, object=True)
        others = [*exclude, *said_before(parsed, index)]
        here = (parsed.sentence.index, token.start, token.end)
        found = self.discourse.resolve(anaphor, *here, exclude=others)
        return Filler(found)

    def ours(self, parsed: Parse, index: int, kinds: frozenset[Kind]) -> list[NamedEntity]:
        """The body of these kinds that "nous", "notre" or "votre" at token `index` stands for."""
        speaker = speaker_at(self.speakers, index)
        if parsed.tokens[index].lower in parsed.lexicon.yours:
            speaker = self.addressed if speaker is None else None
        bodies = firm_of(speaker, self.relations, self.posts) if speaker is not None else []
        return [body for body in bodies if body.kind in kinds]

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
        before = parsed.at.get(phrase.start - 2) if not is_ours(parsed, phrase.start) else None
        if before is not None and phrase.preposition in parsed.lexicon.told:
            named = self.names.named(parsed, before, kinds, alone=True)
            if named and before.preposition is None and not is_subject(parsed, before.end):
                return Filler(named, None, phrase)  # "X rachète Y à son fondateur"
        return Filler(self.owner(parsed, phrase.start, kinds, exclude).entities, None, phrase)

    def owner(
        self, parsed: Parse, index: int, kinds: frozenset[Kind], exclude: Collection[NamedEntity]
    ) -> Filler:
        """Whom the possessive at token `index` stands for; nobody of `exclude`."""
        return Filler(owner_of(self, parsed, index, kinds, exclude))
