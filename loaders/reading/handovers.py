"""Posts that pass from one person to another: "X succède à Y", "Y cède les commandes à X".

Where the post is need not be said again: it is what the article told of one of the two before.
"""

from __future__ import annotations

from typing import Final

from graph.model import RelationType, Status
from loaders.reading.arguments import object_candidates, subject_candidates
from loaders.reading.claims import Draft
from loaders.reading.complements import complements
from loaders.reading.fillers import Filler
from loaders.reading.frames import POSSESSIVE, SUBJECT, ClaimTemplate
from loaders.reading.inflection import Form
from loaders.reading.ledger import Ledger
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse
from loaders.reading.predicates import is_bare_participle, is_past, verb_group
from loaders.reading.resolving import Resolver
from loaders.reading.role_spans import EMPLOYERS, PERSON, Role
from loaders.reading.slots import Match
from loaders.reading.status import Verdict
from loaders.reading.tokens import Category

_CONFIDENCE: Final = 0.85
_HAPPENED: Final = frozenset({Status.ASSERTED, Status.REPORTED})


def settle(
    match: Match,
    ledger: Ledger,
    parsed: Parse,
    resolver: Resolver,
    *,
    head: bool = False,
    given: Role | None = None,
) -> tuple[ClaimTemplate, ...]:
    """Find out where the post of a handover is; returns the claims that it makes.

    The taker leads if the giver did, or if the words say so, as those for the post do with `head`;
    where the taker's own appointment was told, that has claimed their part already. `given` is the
    post that the words name beside: "succède à X au poste de directeur financier de Y".
    """
    handover = match.frame.handover
    if handover is None:
        return match.frame.claims
    sentence = parsed.sentence.index
    posts = [ledger.post(p, sentence, before=True) for p in match.entities(handover.giver)]
    known = next((post for post in posts if post is not None), None)
    _choose(match, ledger, parsed, resolver)
    body = match.fillers.get(handover.body)
    relation: RelationType | None = None
    if body is not None and body.entities:
        said = body.phrase.preposition if body.phrase is not None else None
        same = known is not None and known.object in body.entities and ledger.leads(known)
        heads = handover.heads or head or said in ledger.roles.headships or same
        relation = RelationType.LEADS if heads else RelationType.WORKED_AT
    elif given is not None and given.employers:
        match.fillers[handover.body] = Filler(given.employers)
        relation = RelationType.LEADS if head or handover.heads else RelationType.WORKED_AT
    elif placed := (
        _fronted_place(match, parsed, resolver) or _told_place(match, parsed, resolver)
    ):
        match.fillers[handover.body] = Filler(placed)
        relation = RelationType.LEADS if head or handover.heads else RelationType.WORKED_AT
    elif _is_elsewhere(match, parsed, ledger):
        return ()
    elif (new := _given(match, ledger, parsed)) is not None and new.object is not None:
        match.fillers[handover.body] = Filler([new.object])
    elif known is not None and known.object is not None:
        match.fillers[handover.body] = Filler([known.object])
        heads = handover.heads or head or ledger.leads(known)
        relation = RelationType.LEADS if heads else RelationType.WORKED_AT
    elif chooser := _chooser(match, parsed, resolver):
        match.fillers[handover.body] = Filler(chooser)
        relation = RelationType.LEADS if head or handover.heads else RelationType.WORKED_AT
    elif (place := _where_taken(match, ledger, parsed)) is not None:
        match.fillers[handover.body] = Filler([place])
    elif (announced := ledger.announced_at(sentence)) is not None and _takes_over(match):
        match.fillers[handover.body] = Filler([announced.body])
        relation = RelationType.LEADS if announced.leads else RelationType.WORKED_AT
    elif (topic := _topic(match, parsed, ledger, resolver)) is not None:
        match.fillers[handover.body] = Filler([topic])
    relation = None if _is_had_done(match, ledger, parsed) else relation
    bodies = match.entities(handover.body)
    gone = ledger.has_left(match.entities(handover.giver), bodies, sentence)
    return tuple(
        claim
        for claim in match.frame.claims
        if (claim.relation is relation if claim.subject == handover.taker else not gone)
    )


def _fronted_place(match: Match, parsed: Parse, resolver: Resolver) -> list[NamedEntity]:
    """The body that the sentence opens with as the place: "Au théâtre Y, X laisse sa place à Z"."""
    phrase = parsed.at.get(1)
    if phrase is None or phrase.start != 1 or phrase.mention is None or len(phrase.group) > 1:
        return []
    place = phrase.preposition in resolver.roles.places and phrase.end < match.trigger
    if not place or parsed.category(phrase.end) is not Category.COMMA:
        return []
    return resolver.fill(parsed, [phrase], EMPLOYERS).entities


def _told_place(match: Match, parsed: Parse, resolver: Resolver) -> list[NamedEntity]:
    """The body that the clause puts it at, behind both people: "succède à X *à la Caisse Y*"."""
    handover = match.frame.handover
    giver = match.fillers.get(handover.giver) if handover is not None else None
    if giver is None or giver.phrase is None or not giver.entities or match.group is None:
        return []
    end = max((giver.phrase.group or [giver.phrase])[-1].end, match.end)
    phrase = parsed.at.get(end + 1)
    if phrase is None or phrase.preposition not in parsed.lexicon.told or phrase.start != end + 1:
        return []
    return resolver.fill(parsed, [phrase], EMPLOYERS).entities


def _is_had_done(match: Match, ledger: Ledger, parsed: Parse) -> bool:
    """Whether the subject is no taker but a boss: "Z, PDG de Y, envisage de remplacer X"."""
    handover, group = match.frame.handover, match.group
    if handover is None or group is None or SUBJECT not in match.frame.slots[handover.taker]:
        return False
    wills = (parsed.tokens[link.index] for link in group.governors)
    if not any(token.is_verb(parsed.lexicon.having_done) for token in wills):
        return False
    posts = (ledger.post(p, parsed.sentence.index) for p in match.entities(handover.taker))
    return any(post is not None and ledger.leads(post) for post in posts)


def _is_elsewhere(match: Match, parsed: Parse, ledger: Ledger) -> bool:
    """Whether the words say where the post is, though nobody can tell which body that is.

    "Il succède à X à la présidence du club": not where the article has put either of the two.
    """
    return any(
        phrase.preposition in ledger.roles.headships and phrase.mention is None
        for phrase in complements(parsed, match.end)
        if parsed.tokens[phrase.head].lower not in ledger.roles.functions
        and parsed.tokens[phrase.start].lower not in parsed.lexicon.possessives
    )


def _choose(match: Match, ledger: Ledger, parsed: Parse, resolver: Resolver) -> None:
    """Fill in whom a body takes in the place of another: "Pour remplacer Z, Y a choisi X"."""
    handover, group = match.frame.handover, match.group
    if handover is None or group is None or group.adjunct not in parsed.lexicon.purposes:
        return
    same = match.entities(handover.taker) == match.entities(handover.giver)
    if match.entities(handover.body) or not (same or not match.entities(handover.taker)):
        return
    if any(token.is_finite for token in parsed.tokens[: group.head]):
        return
    comma = next((i for i in range(match.end, len(parsed.tokens)) if _is_comma(parsed, i)), None)
    tokens = range(comma or len(parsed.tokens), len(parsed.tokens))
    verb = next((i for i in tokens if parsed.tokens[i].is_verb(_choosing(parsed, resolver))), None)
    if verb is None:
        return
    governing, sentence = verb_group(parsed, verb), parsed.sentence.index
    if governing.passive_auxiliary or is_bare_participle(parsed, governing):
        return
    objects = object_candidates(parsed, governing, governing.head)
    taken = [
        phrase
        for phrase in [*objects, *complements(parsed, verb)]
        if phrase.mention is not None and not phrase.pronoun
    ]
    people = resolver.fill(parsed, taken[:1], PERSON).entities
    bodies = resolver.fill(parsed, subject_candidates(parsed, governing), EMPLOYERS).entities
    if not people or not bodies or any(one in match.entities(handover.giver) for one in people):
        return
    match.fillers.pop(handover.taker, None)
    posts = [ledger.post(giver, sentence, before=True) for giver in match.entities(handover.giver)]
    if not any(post is not None for post in posts):
        match.fillers[handover.body] = Filler(bodies)
    appointed = parsed.tokens[verb].is_verb(resolver.roles.appointing | resolver.roles.promoting)
    if appointed:  # who is recruited for it, the frame of that verb tells
        match.fillers[handover.taker] = Filler(people)


def _choosing(parsed: Parse, resolver: Resolver) -> frozenset[str]:
    """Verbs by which a body takes somebody."""
    return resolver.roles.gaining | resolver.roles.choosing


def _is_comma(parsed: Parse, index: int) -> bool:
    return parsed.category(index) is Category.COMMA


def _chooser(match: Match, parsed: Parse, resolver: Resolver) -> list[NamedEntity]:
    """Who chose the taker for it: Y in "Y a désigné X pour succéder à Z"."""
    group = match.group
    if group is None or group.adjunct not in parsed.lexicon.purposes:
        return []
    for index in range(group.start - 1, -1, -1):
        token = parsed.tokens[index]
        if token.category is Category.STOP:
            break
        if token.is_verb(parsed.lexicon.purpose_control):
            governing = verb_group(parsed, index)
            if governing.passive_auxiliary or is_bare_participle(parsed, governing):
                return []
            subjects = subject_candidates(parsed, governing)
            return resolver.fill(parsed, subjects, EMPLOYERS).entities
    return []


def _takes_over(match: Match) -> bool:
    """Whether the taker is the subject, and both of the two are known if the frame has both."""
    handover = match.frame.handover
    if handover is None:
        return False
    ends = (match.frame.slots.get(end, ()) for end in (handover.taker, handover.giver))
    if not any(SUBJECT in positions for positions in ends):
        return False
    alone = handover.giver not in match.frame.slots
    return bool(match.entities(handover.taker) and (alone or match.entities(handover.giver)))


def _topic(match: Match, parsed: Parse, ledger: Ledger, resolver: Resolver) -> NamedEntity | None:
    """The body that the whole article is about, if the sentence names no other."""
    handover = match.frame.handover
    if handover is None or not _takes_over(match):
        return None
    sentence = parsed.sentence
    topic = resolver.discourse.topic(sentence.index, parsed.tokens[match.trigger].start)
    taker = match.entities(handover.taker)
    bare = SUBJECT in match.frame.slots[handover.taker] or _is_just_spoken_of(match, parsed, topic)
    if not bare or (topic is not None and ledger.holds_now(taker, topic, sentence.index)):
        return None  # "X, patron de Y, remplace Z": elsewhere
    if topic is None or topic is not resolver.discourse.topics.main or match.group is None:
        return None
    return topic if _bodies_named(match, parsed) <= {topic} else None


def _is_just_spoken_of(match: Match, parsed: Parse, topic: NamedEntity | None) -> bool:
    """Whether a sentence that gives a post away leaves its body to the one before."""
    mentions = (token.mention for token in parsed.tokens[: match.trigger])
    return topic is not None and all(m is None or m.entity is not topic for m in mentions)


def _bodies_named(match: Match, parsed: Parse) -> set[NamedEntity]:
    """The bodies in the sentence, but for those behind who goes: "X remplace W, parti chez Y"."""
    passing = _told_in_passing(parsed, match)
    phrases = (phrase for phrase in parsed.phrases if phrase.start not in passing)
    here = {m.entity for m in map(parsed.mention, phrases) if m is not None}
    return {entity for entity in here if entity.kind in EMPLOYERS}


def _where_taken(match: Match, ledger: Ledger, parsed: Parse) -> NamedEntity | None:
    """Where the taker is, or was until now, if it was taken over before: "X avait succédé à Z".

    So too where the giver is called by what they are to the taker: "son prédécesseur, Z".
    """
    handover, group = match.frame.handover, match.group
    if handover is None:
        return None
    own = group is None and POSSESSIVE in match.frame.slots[handover.taker]
    told = group is not None and group.auxiliaries and is_past(parsed, group)
    if not own and (group is None or not told or group.passive_auxiliary):
        return None
    if not own and SUBJECT not in match.frame.slots[handover.taker]:
        return None
    for taker in match.entities(handover.taker):
        post = ledger.post(taker, parsed.sentence.index)
        if post is not None:
            return post.object
    return None


def _given(match: Match, ledger: Ledger, parsed: Parse) -> Draft | None:
    """The post that the taker was given in this sentence, or right before it.

    A sentence that names another body may be about a post there.
    """
    handover = match.frame.handover
    if handover is None:
        return None
    sentence = parsed.sentence.index
    people = [*match.entities(handover.taker), *match.entities(handover.giver)]
    # "Ancien de Z, il remplace W, ex-patron de V": what is told of their past is no post there.
    bodies = _bodies_named(match, parsed) - ledger.past_of(people, sentence)
    for taker in match.entities(handover.taker):
        post = ledger.new_post(taker, sentence)
        before = {d.object for d in ledger.drafts if d.subject is taker and ledger.is_old(d)}
        others = bodies - before
        if post is not None and (post.sentence == sentence or others <= {post.object}):
            return post
    return None


def _told_in_passing(parsed: Parse, match: Match) -> range:
    """The tokens of what is told of who is named last, behind a comma: "… X, parti chez Y"."""
    handover = match.frame.handover
    ends = (handover.giver, handover.taker) if handover is not None else ()
    fillers = [filler for end in ends if (filler := match.fillers.get(end)) is not None]
    filler = max(fillers, key=lambda f: f.phrase.end if f.phrase is not None else 0, default=None)
    end = filler.phrase.end if filler is not None and filler.phrase is not None else 0
    verb = parsed.tokens[end + 1] if end and end + 1 < len(parsed.tokens) else None
    if verb is None or parsed.category(end) is not Category.COMMA:
        return range(0)
    return range(end, len(parsed.tokens)) if verb.has_form(Form.PARTICIPLE) else range(0)


def is_takers(match: Match, template: ClaimTemplate) -> bool:
    """Whether a claim is of who has the post from now on."""
    handover = match.frame.handover
    return handover is not None and template.subject == handover.taker


def is_givers(match: Match, template: ClaimTemplate) -> bool:
    """Whether a claim is of who had the post until then."""
    handover = match.frame.handover
    return handover is not None and template.subject == handover.giver


def outcome(match: Match, template: ClaimTemplate, said: Verdict) -> tuple[bool, Verdict, bool]:
    """Whether a claim is taken for granted, how it is said then, and whether it is over.

    A handover presupposes that the giver had the post, which is over once it has happened; so does
    a frame what is `given`.
    """
    givers = is_givers(match, template)
    if not (givers or template.given):
        return False, said, template.ended
    over = said.status in _HAPPENED if givers else template.ended
    return True, Verdict(Status.ASSERTED, said.cues), over


def replaced(parsed: Parse, role: Role, resolver: Resolver) -> list[Draft]:
    """Who had the post before, if the appointment tells: "en remplacement de Z"."""
    if not role.appointed or not role.employers:
        return []
    phrases = (p for p in parsed.phrases if p.preposition in resolver.roles.replacing)
    givers = [e for p in phrases for e in resolver.fill(parsed, [p], PERSON).entities]
    sentence = parsed.sentence
    return [
        Draft(
            RelationType.WORKED_AT,
            giver,
            employer,
            sentence.start,
            sentence.end,
            sentence.index,
            "succeed",
            _CONFIDENCE,
            cues=(role.cue,),
            ended=role.status in _HAPPENED,
        )
        for giver in givers
        for employer in role.employers
        if giver not in role.holders
    ]
