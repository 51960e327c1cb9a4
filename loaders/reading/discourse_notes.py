"""Who is named where: what a sentence leaves for the pronouns of the next ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from graph.model import Kind
from loaders.reading.agreement import is_outlet
from loaders.reading.anaphors import Anaphors
from loaders.reading.arguments import subject_candidates
from loaders.reading.coreference import Discourse
from loaders.reading.inflection import Form
from loaders.reading.lexicon import Lexicon, lowered
from loaders.reading.mentions import BODIES, NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import verb_group
from loaders.reading.salience import Place
from loaders.reading.sentences import LineKind
from loaders.reading.status_data import StatusData
from loaders.reading.tokens import Category, Sentence

_SET_OFF: Final = frozenset({Category.COMMA, Category.QUOTE})
_AHEAD: Final = 2
"""Sentences behind one that opens an article with a pronoun, in which it is told who is meant."""


def note_ahead(discourse: Discourse, sentences: Sequence[Sentence], anaphors: Anaphors) -> None:
    """Whom an article that opens with a pronoun is about: "Elle a quitté Y. X, 42 ans, …".

    The only person of the next sentences, if the pronoun has their gender.
    """
    for place, sentence in enumerate(sentences):
        opens = anaphors.pronoun.search(sentence.text)
        people = {m.entity for m in sentence.mentions if m.entity.kind is Kind.PERSON}
        if sentence.kind is LineKind.HEADING:
            continue
        if opens is None or people:
            return
        gender = anaphors.subjects[lowered(opens[1])]
        for following in sentences[place + 1 : place + 1 + _AHEAD]:
            people = {m.entity for m in following.mentions if m.entity.kind is Kind.PERSON}
            if len(people) == 1:
                (person,) = people
                if person.gender == gender:
                    before = Place(sentence.index - 1, -1, person, True, False, False)
                    discourse.places.append(before)
            if people:
                return
        return


def note_unparsed(
    discourse: Discourse, sentence: Sentence, lexicon: Lexicon, anaphors: Anaphors
) -> None:
    """Names of a sentence without a parse: one that opens it is its subject."""
    if anaphors.points_elsewhere(sentence.text):
        return
    coordinators = lexicon.coordinators | {","}
    gaps = [
        sentence.text[one.end - sentence.start : other.start - sentence.start].strip()
        for one, other in pairwise(sentence.mentions)
    ]
    joined = [gap in coordinators for gap in gaps]
    opens = False
    for index, mention in enumerate(sentence.mentions):
        listed = any(joined[max(0, index - 1) : index + 1])
        opens = mention.start == sentence.start or (opens and joined[index - 1])
        alone = sentence.text.strip(" .:-") == mention.surface or _closes(sentence)
        discourse.note(sentence.index, mention, subject=opens, listed=listed, heading=alone)
    discourse.note_pronouns(sentence.index, sentence.start, sentence.text, anaphors)
    group = [mention.entity for mention in sentence.mentions[:1]]
    for mention, goes_on in zip(sentence.mentions[1:], joined, strict=True):
        if not goes_on:
            discourse.note_group(sentence.index, group)
            group = []
        group.append(mention.entity)
    discourse.note_group(sentence.index, group)


def _closes(sentence: Sentence) -> bool:
    """Whether the only name is that of a body, and ends the sentence: "Rien ne va plus chez Y."."""
    if len(sentence.mentions) != 1 or sentence.mentions[0].entity.kind not in BODIES:
        return False
    end = sentence.mentions[0].end - sentence.start
    return not sentence.text[end:].strip(" .»:")


def note_mentions(
    discourse: Discourse, parsed: Parse, status: StatusData, anaphors: Anaphors
) -> None:
    """Names of a parsed sentence, with the places that its grammar gives them."""
    if anaphors.points_elsewhere(parsed.sentence.text):
        return
    sentence = parsed.sentence.index
    subjects = _subjects(parsed)
    scene = _sets_the_scene(parsed)
    speaks = any(token.is_verb(parsed.lexicon.speech) for token in parsed.tokens)
    for phrase in parsed.phrases:
        mention = parsed.mention(phrase)
        if mention is None:
            continue
        free = phrase.preposition is None
        entity = mention.entity
        gender = said_gender(parsed, phrase, anaphors)
        if gender is not None and phrase.head != phrase.mention:
            discourse.genders[entity] = gender
        told_to = speaks and phrase.preposition in parsed.lexicon.spoken_to and is_outlet(entity)
        label = phrase.end == 1 < len(parsed.tokens) and parsed.tokens[1].text == ":"
        aside = _is_aside(parsed, phrase)
        discourse.note(
            sentence,
            mention,
            heading=label or mention.entity is scene,
            complement=aside or not (free or _takes_part(parsed, phrase, entity)),
            source=phrase.preposition in status.sources
            or told_to
            or aside
            or (entity.kind is not Kind.PERSON and _is_teller(parsed, phrase, status)),
            agent=_is_agent(parsed, phrase),
            listed=len(phrase.group) > 1,
            where=phrase.preposition in anaphors.places,
            subject=(phrase.preposition in anaphors.about and phrase.preposition is not None)
            or (
                free
                and (is_subject(parsed, phrase.group[-1].end) or phrase.group[0].index in subjects)
            ),
        )
        if len(phrase.group) > 1 and phrase.group[0] is phrase:
            discourse.note_group(sentence, parsed.listed(phrase))


def _is_aside(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it is a body alone in brackets behind a name, said in passing: "X (Y)"."""
    mention = parsed.mention(phrase)
    if mention is None or mention.entity.kind not in BODIES or phrase.start < 2:
        return False
    enclosed = parsed.category(phrase.start - 1) is Category.OPEN
    closed = parsed.category(phrase.end) is Category.CLOSE
    before = parsed.tokens[phrase.start - 2].mention
    named = before is not None and before.entity is not mention.entity  # not "Y (YZ)"
    return enclosed and closed and named


def _sets_the_scene(parsed: Parse) -> NamedEntity | None:
    """The only body of a sentence without a verb: what follows is about it.

    "Secousse à la tête de Y.", "Changement en vue chez Y.", "Même mouvement à la direction de Y."
    """
    if any(token.is_finite for token in parsed.tokens):
        return None
    named = (token.mention for token in parsed.tokens)
    entities = {m.entity for m in named if m is not None and m.entity.kind is not None}
    bodies = {entity for entity in entities if entity.kind in BODIES}
    return bodies.pop() if len(bodies) == 1 == len(entities) else None


def _is_teller(parsed: Parse, phrase: Phrase, status: StatusData) -> bool:
    """Whether it is who said something: "comme l'a révélé X", "…, rapporte X"."""
    first, outlet = _telling(parsed, phrase, status)
    index = first.start - 1
    while parsed.category(index) in (Category.ADVERB, Category.DATE):
        index -= 1
    if index < 1 or first.preposition is not None:
        return False
    if not parsed.tokens[index].is_verb(status.speech):
        return False
    start = verb_group(parsed, index).start - 1
    set_off = outlet and parsed.category(start) in _SET_OFF
    return set_off or parsed.tokens[start].lower in status.as_said


def _telling(parsed: Parse, phrase: Phrase, status: StatusData) -> tuple[Phrase, bool]:
    """The whole phrase for who tells, and whether it is an outlet: "le site *du journal Y*"."""
    mention = parsed.mention(phrase)
    called = mention is not None and not status.outlets.isdisjoint(mention.entity.called)
    outlet = called or (mention is not None and is_outlet(mention.entity))
    noun = parsed.at.get(phrase.start - 1)  # "le journal *Le Y*"
    if noun is not None and parsed.tokens[noun.head].lower in status.outlets:
        phrase, outlet = noun, True
    while phrase.preposition == parsed.lexicon.genitive:
        before = parsed.at.get(phrase.start - 2)
        if before is None or parsed.tokens[before.head].lower not in status.outlets:
            break
        phrase, outlet = before, True
    return phrase, outlet


def _is_agent(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it does what a participle tells: "menée par X"."""
    if phrase.preposition != parsed.lexicon.agent or phrase.start < 2:
        return False
    return parsed.tokens[phrase.start - 2].has_form(Form.PARTICIPLE)


def _takes_part(parsed: Parse, phrase: Phrase, entity: NamedEntity) -> bool:
    """Whether it is a person who does something or to whom it is done: "dirigé par X"."""
    person = entity.kind is Kind.PERSON
    return person and phrase.preposition in (parsed.lexicon.agent, *parsed.lexicon.told)


def _subjects(parsed: Parse) -> set[int]:
    """The numbers of the phrases that are the subject of a verb with a tense."""
    found: set[int] = set()
    for index, token in enumerate(parsed.tokens):
        if token.is_finite and not token.has_form(Form.PARTICIPLE):
            found |= {
                p.group[0].index for p in subject_candidates(parsed, verb_group(parsed, index))[:1]
            }
    return found


def said_gender(parsed: Parse, phrase: Phrase, anaphors: Anaphors) -> str | None:
    """The gender of the noun of a phrase, by its determiner or, behind "l'", by the noun."""
    first = parsed.tokens[phrase.start]
    before = parsed.tokens[phrase.start - 1].lower if phrase.start else ""
    if first.lower in parsed.lexicon.definite and first.lower not in anaphors.articles:
        return anaphors.elided_genders.get(parsed.tokens[phrase.head].lower)
    return anaphors.articles.get(first.lower) or (
        anaphors.articles.get(before) if before in parsed.lexicon.contracted else None
    )


def is_subject(parsed: Parse, end: int) -> bool:
    """Whether a phrase that ends there has a verb behind it, perhaps after an insertion."""
    index = end
    if parsed.category(index) is Category.COMMA:
        first = parsed.at[end - 1].group[0].start
        if first == 0 or parsed.category(first - 1) is Category.STOP:
            return True
        return _is_enclosed(parsed, first, index)
    while parsed.category(index) in (
        Category.ADVERB,
        Category.CLITIC,
        Category.NEGATION,
        Category.DATE,
    ):
        index += 1
    return index < len(parsed.tokens) and parsed.tokens[index].is_finite


def _is_enclosed(parsed: Parse, start: int, end: int) -> bool:
    """Whether a name between commas says who a subject is: "Un proche, X, a été nommé"."""
    described = parsed.at.get(start - 2)
    while described is not None and described.preposition is not None:
        described = parsed.at.get(described.start - 2)
    return (
        described is not None
        and described.start == 0
        and described.mention is None
        and parsed.category(start - 1) is Category.COMMA
        and end + 1 < len(parsed.tokens)
        and (parsed.tokens[end + 1].is_finite or parsed.category(end + 1) is Category.CLITIC)
    )
