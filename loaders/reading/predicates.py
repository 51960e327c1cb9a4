"""Verbs with their auxiliaries, governors, negation and pronouns, found by walking left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from loaders.reading.inflection import FINITE, Form
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category, Token

_BETWEEN: Final = frozenset({Category.ADVERB, Category.NEGATION, Category.CLITIC})
_OBJECT_REACH: Final = 10
_SHARED_REACH: Final = 14
_INSERTED: Final = 12
"""Tokens within which what stands between an auxiliary and its participle closes."""
_OPENING: Final = frozenset({Category.PREPOSITION, Category.ADVERB})
_SUBJECT_REACH: Final = 12
"""Tokens before "ne" in which its subject denies the verb."""


@dataclass(frozen=True, slots=True)
class Link:
    """One verb above the head: the token, and the preposition that leads down from it."""

    index: int
    preposition: str | None = None


@dataclass(slots=True)
class VerbGroup:
    """A verb with all that carries its tense, negation and person.

    `head` is the token of the lexical verb, `start` the first token of the group, `governors` the
    verbs above an infinitive from the nearest outwards ("a décidé de rejoindre": décider),
    `auxiliaries` its être and avoir. `adjunct` is the link of an infinitive or gerund that hangs
    on another clause ("avant de", "en"), `noun` a noun that governs it ("le projet de racheter").
    `objects` are its object pronouns, `datives` those for whom it is done, `places` the
    pronouns that stand for a complement ("en"), `owner` is whose
    noun governs it ("l'intention de Y de recruter").
    """

    head: int
    start: int
    form: Form
    auxiliaries: list[int] = field(default_factory=list)
    governors: list[Link] = field(default_factory=list)
    negation: str | None = None
    reflexive: bool = False
    objects: list[int] = field(default_factory=list)
    adjunct: str | None = None
    noun: int | None = None
    passive_auxiliary: bool = False
    places: list[int] = field(default_factory=list)
    datives: list[int] = field(default_factory=list)
    owner: Phrase | None = None

    @property
    def verbs(self) -> list[int]:
        """All verb tokens of the group, the head first, the one with the tense last."""
        return [self.head, *self.auxiliaries, *(link.index for link in self.governors)]


def is_given(parsed: Parse, group: VerbGroup, preposition: str) -> bool:
    """Whether the dative of a verb may stand for a complement with this preposition.

    Not "lui racheter Y", from whom it is taken. "Lui céder des parts" is to whom, not in whom.
    """
    verb = parsed.tokens[group.head]
    if verb.is_verb(parsed.lexicon.taking):
        return False
    handed = verb.is_verb(parsed.lexicon.handing)
    return preposition in (parsed.lexicon.told if handed else parsed.lexicon.given_to)


def verb_group(parsed: Parse, head: int) -> VerbGroup:
    """The group of the verb at token `head`, found by walking left. Nobody may change it."""
    group = parsed.groups.get(head)
    if group is None:
        group = parsed.groups[head] = _walk_left(parsed, head)
    return group


def _walk_left(parsed: Parse, head: int) -> VerbGroup:
    tokens, lexicon = parsed.tokens, parsed.lexicon
    group = VerbGroup(head, head, _form(tokens[head]))
    current, index = head, head
    while True:
        before = _skip_between(parsed, index, group, governing=bool(group.governors))
        if _has(tokens[current], Form.INFINITIVE):
            before = _over_adjunct(parsed, before)
        token = tokens[before] if before >= 0 else None
        form = _form(tokens[current])
        if token is None:
            break
        if token.is_verb(lexicon.auxiliaries) and _has(tokens[current], Form.PARTICIPLE):
            group.auxiliaries.append(before)
            being = token.is_verb(frozenset({lexicon.passive_auxiliary}))
            if current == head and being and not tokens[head].is_verb(lexicon.moving):
                group.passive_auxiliary = True  # not in "est allé chercher X"
            if current == head:
                group.form = Form.PARTICIPLE
        elif token.category is Category.VERB and _has(tokens[current], Form.INFINITIVE):
            group.governors.append(Link(before))
        elif token.category is Category.PREPOSITION and _has(tokens[current], Form.INFINITIVE):
            governor = _governor(parsed, before, group)
            group.start = before
            if governor is None:
                return group
            group.governors.append(Link(governor, token.preposition))
            before = governor
        elif token.lower == "en" and form is Form.GERUND:
            group.adjunct, group.start = "en", before
            return group
        else:
            break
        group.start = before
        current = index = before
    if not group.auxiliaries and _has(tokens[head], Form.PARTICIPLE):
        _share_auxiliary(parsed, group)
    outermost = _skip_between(parsed, group.start, group, governing=bool(group.governors))
    group.start = min(group.start, outermost + 1)
    return group


def _over_adjunct(parsed: Parse, index: int) -> int:
    """Over what may stand between a verb and its infinitive: "a annoncé *mardi à l'AFP* avoir …".

    `index` itself where no verb stands before that.
    """
    position = index
    while position >= 0:
        phrase = parsed.at.get(position)
        if phrase is not None and phrase.preposition is not None and phrase.end == position + 1:
            position = phrase.start - 2
        elif parsed.category(position) is Category.DATE:
            position -= 1
            position -= parsed.category(position) is Category.PREPOSITION
        elif parsed.category(position) is Category.VERB and parsed.tokens[position].readings:
            return position
        else:
            break
    return index


def _share_auxiliary(parsed: Parse, group: VerbGroup) -> None:
    """A coordinated participle has its auxiliary with the first: "a vendu A et acheté B"."""
    if parsed.category(group.start - 1) is not Category.COORDINATOR:
        return
    for index in range(group.start - 2, max(-1, group.start - _SHARED_REACH), -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP:
            return
        if token.category is Category.VERB and _has(token, Form.PARTICIPLE):
            first = verb_group(parsed, index)
            if first.auxiliaries:
                group.auxiliaries = list(first.auxiliaries)
                group.passive_auxiliary = first.passive_auxiliary
            return


def _before_date(parsed: Parse, position: int) -> int | None:
    """The auxiliary before a date at `position`: "a récemment racheté", "a, en 2022, racheté"."""
    comma = parsed.category(position) is Category.COMMA
    position -= comma
    if position < 1 or parsed.category(position) is not Category.DATE:
        return None
    position -= 1
    position -= parsed.category(position) is Category.PREPOSITION
    position -= comma and parsed.category(position) is Category.COMMA
    while position >= 0 and parsed.category(position) is Category.ADVERB:
        position -= 1
    if position < 0 or not parsed.tokens[position].is_verb(parsed.lexicon.auxiliaries):
        return None
    return position


def _before_insertion(parsed: Parse, comma: int) -> int | None:
    """The auxiliary before an insertion that `comma` closes: "a, *selon Y*, quitté Z"."""
    opening = insertion_opening(parsed, comma, _INSERTED)
    if opening is None or parsed.category(opening + 1) not in _OPENING:
        return None
    return opening - 1 if parsed.tokens[opening - 1].is_verb(parsed.lexicon.auxiliaries) else None


def insertion_opening(
    parsed: Parse, comma: int, reach: int, *, participles: bool = False
) -> int | None:
    """The comma within `reach` tokens before that opens what `comma` closes, and no verb is in.

    With `participles`, only no finite one, and no relative clause.
    """
    if parsed.category(comma) is not Category.COMMA:
        return None
    for position in range(comma - 1, max(0, comma - reach), -1):
        category = parsed.category(position)
        if category is Category.COMMA:
            return position
        barred = category is Category.VERB
        if participles:
            barred = category is Category.RELATIVE or parsed.tokens[position].is_finite
        if barred or category in (Category.STOP, Category.WHO):
            return None
    return None


def _skip_between(parsed: Parse, index: int, group: VerbGroup, *, governing: bool = False) -> int:
    """Index of the token before clitics, negation and adverbs that precede `index`."""
    lexicon = parsed.lexicon
    position = index - 1
    while position >= 0:
        token = parsed.tokens[position]
        particle = lexicon.negation_particles.get(token.lower)
        if particle is not None and token.category is not Category.NOUN:
            group.negation = group.negation or particle
        elif token.category is Category.CLITIC:
            again = position > 0 and parsed.tokens[position - 1].lower == token.lower
            if token.lower in lexicon.reflexives or again:  # "nous nous sommes alliés"
                group.reflexive = group.reflexive or not governing
            elif not governing and (
                token.lower in lexicon.object_pronouns or token.lower in lexicon.ours
            ):
                group.objects.append(position)
            elif token.lower in lexicon.datives and not governing:
                before = parsed.tokens[position - 1] if position else token
                if not before.is_verb(lexicon.auxiliaries):  # "X a lui aussi investi"
                    group.datives.append(position)
            elif token.lower in lexicon.place_pronouns:
                group.places.append(position)
        elif (
            auxiliary := _before_date(parsed, position) or _before_insertion(parsed, position)
        ) is not None:
            position = auxiliary
            break
        elif token.category is Category.NEGATION:
            group.negation = group.negation or _neither(parsed, position)
        elif token.category is not Category.ADVERB:
            break
        position -= 1
    for after in (group.head + 1, index + 1):
        if after >= len(parsed.tokens):
            continue
        particle = lexicon.negation_particles.get(parsed.tokens[after].lower)
        negated = any(
            t.category is Category.NEGATION for t in parsed.tokens[max(0, position) : after]
        )
        if particle and negated:
            group.negation = group.negation or particle
    return position


def _neither(parsed: Parse, ne: int) -> str | None:
    """What the subject of a verb denies: "*ni* A *ni* B n'ont rejoint Y", "*aucun* ne part"."""
    for position in range(ne - 1, max(-1, ne - _SUBJECT_REACH), -1):
        token = parsed.tokens[position]
        if token.lower in parsed.lexicon.neither:
            return parsed.lexicon.neither[token.lower]
        if token.category in (Category.STOP, Category.VERB, Category.SUBORDINATOR):
            break
    return None


def _governor(parsed: Parse, link: int, group: VerbGroup) -> int | None:
    """The verb that an infinitive behind a preposition depends on, else None.

    An object may stand between ("a convaincu Martin de rejoindre"). An adjunct ("pour", "avant
    de") depends on its clause as a whole; a noun ("le projet de racheter") is noted.
    """
    tokens, lexicon = parsed.tokens, parsed.lexicon
    preposition = tokens[link].preposition or ""
    if preposition in lexicon.adjunct_links:
        group.adjunct = preposition
        return None
    position = link - 1
    while position >= 0 and tokens[position].category in _BETWEEN:
        position -= 1
    if position >= 0 and tokens[position].category is Category.VERB:
        return position
    if position >= 0 and tokens[position].category is Category.NOUN:
        group.noun = position
    owner = parsed.at.get(position)
    if owner is not None and owner.preposition == lexicon.genitive and owner.mention is not None:
        noun = parsed.at.get(owner.start - 2)
        if noun is not None:
            group.noun, group.owner = noun.head, owner
            return None
    for index in range(position, max(-1, position - _OBJECT_REACH), -1):
        category = tokens[index].category
        if category is Category.VERB:
            return index
        if category in (Category.COMMA, Category.STOP, Category.WHO, Category.RELATIVE):
            break
    group.adjunct = group.adjunct or preposition
    return None


def _has(token: Token, form: Form) -> bool:
    return token.has_form(form)


def _form(token: Token) -> Form:
    """The likeliest reading: a finite one when there is one, unless the tagger says participle."""
    forms = [reading.form for reading in token.readings]
    if not forms:
        return Form.PRESENT
    if token.tag.endswith(":Part") and Form.PARTICIPLE in forms:
        return Form.PARTICIPLE
    return next((form for form in forms if form in FINITE), forms[0])


def is_bare_participle(parsed: Parse, group: VerbGroup) -> bool:
    """Whether it is a participle without auxiliary: "racheté par X", "passé par Google"."""
    if not _has(parsed.tokens[group.head], Form.PARTICIPLE) or group.auxiliaries:
        return False
    if not _may_be_finite(parsed, group):
        return True
    after = group.head + 1
    while parsed.category(after) is Category.ADVERB:
        after += 1
    # "rejoint", "dit" may be a present as well; only an agent behind makes a participle of them.
    return after < len(parsed.tokens) and parsed.tokens[after].preposition == parsed.lexicon.agent


def is_said_of_one(parsed: Parse, group: VerbGroup) -> bool:
    """Whether a relative clause or a participle is about the last of a list only.

    "A et B, qui avait travaillé chez Y"; "A, passé par Y, et B".
    """
    if is_bare_participle(parsed, group):
        return not parsed.tokens[group.head].lower.endswith(("s", "x"))
    relative = parsed.category(group.start - 1) is Category.WHO
    tensed = parsed.tokens[group.verbs[-1]].lower
    return relative and (not tensed.endswith("nt") or tensed.endswith(parsed.lexicon.singular_ends))


def _may_be_finite(parsed: Parse, group: VerbGroup) -> bool:
    return any(reading.form in FINITE for reading in parsed.tokens[group.head].readings)


def is_past(parsed: Parse, group: VerbGroup) -> bool:
    """Whether a state that the verb tells of is over: "dirigeait", "avait travaillé"."""
    tensed = parsed.tokens[group.verbs[-1]]
    if tensed.has_form(Form.CONDITIONAL, Form.FUTURE):
        return False
    if group.auxiliaries:
        return not group.passive_auxiliary or tensed.has_form(Form.PAST)
    return tensed.has_form(Form.PAST) and not tensed.has_form(Form.PRESENT)


def bringing(parsed: Parse, group: VerbGroup) -> VerbGroup | None:
    """The verb that brings another to do what `group` tells: "X *a convaincu* Z de rejoindre Y"."""
    link = group.governors[0] if group.governors else None
    if link is None or link.preposition is None:
        return None
    if not parsed.tokens[link.index].is_verb(parsed.lexicon.object_control):
        return None
    governing = verb_group(parsed, link.index)
    return None if governing.reflexive or governing.passive_auxiliary else governing


def is_caused(parsed: Parse, group: VerbGroup) -> bool:
    """Whether another only lets it be done: "X fait entrer Z", but not "X se fait racheter"."""
    causing = _causing(parsed, group)
    return causing is not None and not causing.reflexive


def is_undergone(parsed: Parse, group: VerbGroup) -> bool:
    """Whether it is done to the subject: "X se fait *racheter* par Y"."""
    causing = _causing(parsed, group)
    return causing is not None and causing.reflexive


def _causing(parsed: Parse, group: VerbGroup) -> VerbGroup | None:
    link = group.governors[0] if group.governors else None
    if link is None or link.preposition is not None:
        return None
    causes = parsed.tokens[link.index].is_verb(parsed.lexicon.causing)
    return verb_group(parsed, link.index) if causes else None
