"""How surely a sentence says something.

Cues are data (``status.yaml``): moods of rumour and of the future, verbs and nouns that make a plan
or a denial of what they govern, set phrases. Who says it is in `loaders.reading.attribution`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from graph.model import Status
from loaders.reading.amounts import FoundAmount
from loaders.reading.clauses import clause_bounds, governing_verb, insertions
from loaders.reading.inflection import Form
from loaders.reading.lexicon import lowered
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, verb_group
from loaders.reading.status_data import StatusData
from loaders.reading.tokens import Category

_CLAUSE_REACH: Final = 14
_SPEECH_REACH: Final = 14
_OPENING: Final = 2
"""Tokens of a clause in which a time that opens it stands: "En 2004, …"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the words that decided it."""

    status: Status
    cues: tuple[str, ...] = ()

    def with_cue(self, status: Status, cue: str) -> Verdict:
        """The weaker of this verdict and another, with the words of both."""
        return Verdict(Status.weakest(self.status, status), (*self.cues, cue))


def is_hypothetical(parsed: Parse, group: VerbGroup) -> bool:
    """Whether the clause is a condition ("si Apple rachetait …") or it is asked."""
    if parsed.asks(group.head):
        return True
    for index in range(group.start - 1, max(-1, group.start - _CLAUSE_REACH), -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP or token.is_finite:
            return False
        if token.category is Category.SUBORDINATOR and token.lower in parsed.lexicon.hypothesis:
            granted = index > 0 and parsed.tokens[index - 1].lower in parsed.lexicon.concessions
            return not granted and not _is_explained(parsed, group)
    return False


def _is_explained(parsed: Parse, group: VerbGroup) -> bool:
    """Whether a condition is a fact that is explained: "Si Y a racheté X, *c'est* pour …"."""
    if not group.auxiliaries or not parsed.tokens[group.verbs[-1]].has_form(Form.PRESENT):
        return False
    behind = range(group.head + 1, len(parsed.tokens) - 1)
    comma = next((i for i in behind if parsed.category(i) is Category.COMMA), None)
    return comma is not None and parsed.tokens[comma + 1].lower in parsed.lexicon.cleft


def is_denied_of_another(
    parsed: Parse, amount: FoundAmount, trigger: int, data: StatusData
) -> bool:
    """Whether a sum is the object of a denied verb behind `trigger`.

    "débauché par Y, X dément avoir touché une prime de 2 millions": the sum is not for the hire.
    """
    places = (i for i, token in enumerate(parsed.tokens) if token.amount is amount)
    for index in range(next(places, 0) - 1, trigger, -1):
        token = parsed.tokens[index]
        if token.category is Category.VERB and token.readings:
            return verdict(parsed, verb_group(parsed, index), data).status is Status.DENIED
    return False


def verdict(
    parsed: Parse, group: VerbGroup, data: StatusData, published: dt.date | None = None
) -> Verdict:
    """The status that mood, negation, governing verbs and set phrases give to a verb.

    A future of a day before the article was `published` tells of the past.
    """
    result = Verdict(Status.ASSERTED)
    if not _is_told_in_hindsight(parsed, group, published):
        result = _mood(parsed, group, data, result)
    for link in group.governors:
        for infinitive in _infinitives(parsed, link.index):
            effect = data.verbs.get(infinitive)
            if group.negation is not None and infinitive in data.undeterred:
                return _set_phrases(parsed, group.head, data.phrases, result)  # "n'hésite pas à"
            if effect is Status.DENIED and group.negation is not None:
                return _set_phrases(parsed, group.head, data.phrases, _not_excluded(result, group))
            if effect is not None:
                result = result.with_cue(effect, parsed.tokens[link.index].text)
    if group.governors and _is_willing(parsed, group, data):
        result = result.with_cue(Status.PLANNED, parsed.tokens[group.governors[0].index].text)
    if group.noun is not None:
        effect = data.nouns.get(parsed.tokens[group.noun].lower)
        if effect is not None:
            result = result.with_cue(effect, parsed.tokens[group.noun].text)
    if group.adjunct in data.absences:
        result = result.with_cue(Status.DENIED, group.adjunct or "")
    if group.adjunct in data.prospects:
        result = result.with_cue(Status.PLANNED, group.adjunct or "")
    if group.negation is not None:
        result = result.with_cue(Status.DENIED, group.negation)
    if group.adjunct is not None and not group.governors:
        result = _inherited(parsed, group, data, result)
    return _set_phrases(parsed, group.head, data.phrases, result)


def _is_told_in_hindsight(parsed: Parse, group: VerbGroup, published: dt.date | None) -> bool:
    """Whether a future is a historian's: "En 2004, il rejoindra Y", told years later."""
    tensed = parsed.tokens[group.verbs[-1]]
    if published is None or not tensed.has_form(Form.FUTURE) or tensed.has_form(Form.PRESENT):
        return False
    start, end = clause_bounds(parsed, group.head)
    opening = parsed.tokens[start : start + _OPENING]
    behind = parsed.tokens[group.head : min(group.head + _CLAUSE_REACH, end)]
    dates = [token.date for token in (*opening, *behind) if token.date is not None]
    told = [date.latest for date in dates if date.relation == "moment" and date.latest]
    return bool(told) and max(told) < published


def _not_excluded(result: Verdict, group: VerbGroup) -> Verdict:
    """What is not ruled out may come: "n'exclut pas une alliance"."""
    return result.with_cue(Status.PLANNED, group.negation or "")


def _mood(parsed: Parse, group: VerbGroup, data: StatusData, result: Verdict) -> Verdict:
    tensed = parsed.tokens[group.verbs[-1]]
    infinitives = set(_infinitives(parsed, group.verbs[-1]))
    if tensed.has_form(Form.CONDITIONAL):
        if not group.auxiliaries and _after_past_speech(parsed, group, data):
            return result.with_cue(Status.PLANNED, tensed.text)
        modal = next(
            (data.conditional_verbs[v] for v in infinitives & set(data.conditional_verbs)), None
        )
        return result.with_cue(modal if modal is not None else Status.HEDGED, tensed.text)
    if tensed.has_form(Form.FUTURE) and not tensed.has_form(Form.PAST, Form.PRESENT):
        return result.with_cue(Status.PLANNED, tensed.text)
    # "A dû partir", "pour aller fonder Y": it has happened.
    past = tensed.has_form(Form.PARTICIPLE) or not tensed.is_finite
    if infinitives & data.near_future and group.governors and not past:
        nearest = group.governors[-1]
        if nearest.preposition is None:
            return result.with_cue(Status.PLANNED, tensed.text)
    return result


def _after_past_speech(parsed: Parse, group: VerbGroup, data: StatusData) -> bool:
    """Whether a conditional is the future of the past: "il a confirmé qu'il partirait"."""
    que = next(
        (
            i
            for i in range(group.start - 1, max(-1, group.start - _CLAUSE_REACH), -1)
            if parsed.tokens[i].lower in ("que", "qu'")
        ),
        None,
    )
    if que is None:
        return False
    for index in range(que - 1, max(-1, que - _SPEECH_REACH), -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP:
            return False
        if token.category is Category.VERB:
            told = token.is_verb(data.speech) or token.is_verb(data.made_known)
            said = index - 1 if token.has_form(Form.INFINITIVE) else index
            past = parsed.tokens[said].has_form(Form.PAST)
            return told and (past or bool(verb_group(parsed, said).auxiliaries))
    return False


def _infinitives(parsed: Parse, index: int) -> list[str]:
    return [reading.infinitive for reading in parsed.tokens[index].readings]


def _inherited(parsed: Parse, group: VerbGroup, data: StatusData, result: Verdict) -> Verdict:
    """An infinitive of purpose shares the status of the verb that it serves."""
    for index in range(group.start - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP:
            break
        if token.category is Category.VERB and token.readings:
            main = verb_group(parsed, index)
            inherited = _mood(parsed, main, data, result)
            purpose = group.adjunct in parsed.lexicon.purposes
            if purpose and main.negation is not None and not token.is_verb(data.undaunted):
                inherited = inherited.with_cue(Status.DENIED, main.negation)
            for infinitive in _infinitives(parsed, index):
                effect = data.verbs.get(infinitive)
                if effect is not None:
                    inherited = inherited.with_cue(effect, token.text)
            return inherited
        if token.lower in data.nouns:
            return result.with_cue(data.nouns[token.lower], token.text)
    return result


def _set_phrases(
    parsed: Parse, head: int, phrases: tuple[tuple[str, Status], ...], result: Verdict
) -> Verdict:
    """Phrases such as "en passe de" and adverbs such as "probablement" in the same clause."""
    start, end = clause_bounds(parsed, head)
    padded = _padded(parsed, start, end)
    for phrase, effect in phrases:
        if (
            phrase in padded
            and _holds(padded, phrase)
            and _is_said_of(parsed, head, phrase, start, end)
        ):
            result = result.with_cue(effect, phrase)
    return result


def _padded(parsed: Parse, start: int, end: int) -> str:
    return f" {lowered(parsed.text(start, end))} " if end > start else "  "


def _holds(padded: str, phrase: str) -> bool:
    position = padded.find(f" {phrase}")
    if position < 0:
        return False
    return phrase.endswith("'") or not padded[position + len(phrase) + 1].isalpha()


def _is_said_of(parsed: Parse, head: int, phrase: str, start: int, end: int) -> bool:
    """Whether a phrase of the clause is about what `head` says, and no other insertion.

    "X, dirigé par Y, serait en passe de…" tells nothing of Y, "X, pressenti chez Z, a rejoint Y"
    nothing of Y either.
    """
    for opened, closed in insertions(parsed, start, end):
        within = _holds(_padded(parsed, opened + 1, closed), phrase)
        if opened < head < closed:
            return within
        if within:
            return False
    return True


def attribute_verdict(parsed: Parse, phrase: Phrase, data: StatusData) -> Verdict:
    """The status of what a noun says of somebody: as its verb has it, or a fact in passing.

    "X pourrait devenir actionnaire de Y", but "X, actionnaire de Y, pourrait vendre".
    """
    verb = copula_before(parsed, phrase)
    return Verdict(Status.ASSERTED) if verb is None else verdict(parsed, verb, data)


def copula_before(parsed: Parse, phrase: Phrase) -> VerbGroup | None:
    """The verb that says of its subject what a noun means: "X *deviendra* filiale de Y"."""
    index = phrase.start - 1
    while parsed.category(index) in (Category.ADVERB, Category.NEGATION):
        index -= 1
    if index < 0 or not parsed.tokens[index].is_verb(parsed.lexicon.copulas):
        return None
    return verb_group(parsed, index)


def _is_there_by_then(parsed: Parse, phrase: Phrase, group: VerbGroup, data: StatusData) -> bool:
    """Whether a future only tells what comes of it: "l'alliance de A et B profitera à tous"."""
    if phrase.start > group.start or not parsed.tokens[group.verbs[-1]].has_form(Form.FUTURE):
        return False
    return not any(parsed.tokens[index].is_verb(data.happening) for index in group.verbs)


def _negated(parsed: Parse, phrase: Phrase, group: VerbGroup, data: StatusData) -> Status | None:
    """What a negated verb makes of what its subject or object names.

    "Le rachat n'aura pas lieu", but "n'est pas encore signé", "n'est pas une surprise" and "n'a
    pas commenté le rachat".
    """
    if group.negation is None:
        return None
    head = parsed.tokens[group.head]
    unknown = not head.readings and not group.passive_auxiliary
    if unknown or head.is_verb(data.bearing) or head.is_verb(data.speech):
        return None
    around = parsed.tokens[group.start : group.head + 3]
    if any(token.lower in data.not_yet for token in around):
        return Status.PLANNED
    if phrase.start > group.start or not head.is_verb(parsed.lexicon.copulas):
        return Status.DENIED
    after = group.head + 1
    while parsed.category(after) in (Category.ADVERB, Category.NEGATION):
        after += 1
    attribute = parsed.at.get(after)
    called = attribute is not None and attribute.preposition is None
    return None if called or parsed.category(after) is Category.ADJECTIVE else Status.DENIED


def _is_willing(parsed: Parse, group: VerbGroup, data: StatusData) -> bool:
    """Whether an adjective for who would do it leads to an infinitive: "prêt à racheter Y"."""
    nearest = group.governors[0]
    between = parsed.tokens[nearest.index + 1 : group.head]
    return nearest.preposition is not None and any(t.lower in data.willing for t in between)


def noun_verdict(
    parsed: Parse, phrase: Phrase, data: StatusData, *, governed: bool = True
) -> tuple[Verdict, VerbGroup | None]:
    """The status of what a noun names, from the verb that it is the object or subject of.

    Without `governed` the verb tells nothing of it: "la R5 de Renault sera vendue".
    """
    result = Verdict(Status.ASSERTED)
    before = next(
        (
            parsed.tokens[i].lower
            for i in range(phrase.start - 1, max(-1, phrase.start - 5), -1)
            if parsed.tokens[i].lower in data.nouns
        ),
        None,
    )
    if before is not None:
        result = result.with_cue(data.nouns[before], before)
    group = governing_verb(parsed, phrase)
    # "Peu après son arrivée chez Y, X menaçait de partir": that has happened.
    apart = phrase.preposition in parsed.lexicon.times_apart
    if group is not None and governed and not (apart and phrase.start < group.start):
        if not _is_there_by_then(parsed, phrase, group, data):
            result = _mood(parsed, group, data, result)
        # what somebody would say of it tells nothing of it: "n'a pas souhaité commenter le rachat"
        speaks = parsed.tokens[group.head].is_verb(data.bearing)
        for index in group.verbs if not speaks else ():
            for infinitive in _infinitives(parsed, index):
                effect = data.verbs.get(infinitive)
                if infinitive in data.infinitive_only:
                    continue
                if effect is Status.DENIED and group.negation is not None:
                    return _not_excluded(result, group), group
                if effect is not None:
                    result = result.with_cue(effect, parsed.tokens[index].text)
        undone = _negated(parsed, phrase, group, data)
        if undone is not None:
            result = result.with_cue(undone, group.negation or "")
    behind = parsed.tokens[phrase.head + 1].lower if phrase.head + 1 < len(parsed.tokens) else ""
    if behind in data.adjectives:
        result = result.with_cue(data.adjectives[behind], behind)
    result = _set_phrases(parsed, phrase.head, data.noun_phrases, result)
    return _set_phrases(parsed, phrase.head, data.phrases, result), group
