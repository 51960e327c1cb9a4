"""The end of a claim that a sentence leaves unsaid, since the article is speaking of it.

"Un accord a été conclu avec X" is the firm's that is spoken of, "on trouve une puce Y" the
device's, and "le solde revenant à Z" is of the firm of which a share was just told.
"""

from __future__ import annotations

from typing import Final

from graph.model import Kind, RelationType
from loaders.reading.arguments import subject_candidates
from loaders.reading.clauses import governing_verb
from loaders.reading.complements import complements
from loaders.reading.coreference import Discourse
from loaders.reading.fillers import Filler
from loaders.reading.inflection import Form
from loaders.reading.ledger import Ledger
from loaders.reading.mentions import NamedEntity
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.predicates import VerbGroup, is_bare_participle, verb_group
from loaders.reading.slots import Match
from loaders.reading.spoken_of import firm_spoken_of, product_spoken_of
from loaders.reading.tokens import Category

FIRM, SUBJECT_OF_ARTICLE, PRODUCT, STAKE, MAKER = "firm", "article", "product", "stake", "maker"
"""Topics that frames inherit: the firm or product spoken of, the firm if the whole article is about
it, the firm of which a share was just told to be somebody's, and who makes the product told of
just before."""
_SHARES: Final = frozenset({RelationType.INVESTED_IN, RelationType.ACQUIRED})
_MADE: Final = frozenset({RelationType.DEVELOPS})
_NEXT: Final = 1
_NEAR: Final = 2
"""Sentences back in which a claim must stand that tells of whom another is."""


def fill_implied(match: Match, parsed: Parse, discourse: Discourse, ledger: Ledger) -> None:
    """Fill the slot that a frame takes from what is spoken of, if that is one and sure."""
    inherit = match.frame.inherit
    if inherit is None or match.entities(inherit.slot):
        return
    taken = [entity for filler in match.fillers.values() for entity in filler.entities]
    sentence, start = parsed.sentence.index, parsed.tokens[match.trigger].start
    found: NamedEntity | None = None
    if inherit.topic == STAKE:
        found = _last_end(ledger, sentence, _SHARES, _NEXT)
    elif inherit.topic == MAKER and not _has_agent(parsed, match):
        found = _last_end(ledger, sentence, _MADE, _NEAR, maker=True)
        main = discourse.topics.main
        if found is not main and found is not firm_spoken_of(discourse, sentence, start, taken):
            return  # "Il s'appuie sur Z, de Y. Un second test, X, …": not Y's
    elif inherit.topic in (FIRM, SUBJECT_OF_ARTICLE) and not _is_anothers(parsed, match):
        found = firm_spoken_of(discourse, sentence, start, taken)
        if found is not None and parsed.lexicon.is_fund(found.name, found.called):
            return
        if inherit.topic == SUBJECT_OF_ARTICLE and found is not discourse.topics.main:
            return
    elif inherit.topic == PRODUCT and not _is_bodys(parsed, match):
        found = product_spoken_of(discourse, sentence, start, taken)
    if found is not None and found.kind in match.frame.kinds(inherit.slot) and found not in taken:
        match.fillers[inherit.slot] = Filler([found])


def _last_end(
    ledger: Ledger,
    sentence: int,
    relations: frozenset[RelationType],
    near: int,
    *,
    maker: bool = False,
) -> NamedEntity | None:
    """The one end of the last claims of `relations`, in the nearest sentence that makes any."""
    told = [
        draft
        for draft in ledger.drafts
        if draft.relation in relations and 0 <= sentence - draft.sentence <= near
    ]
    latest = max((draft.sentence for draft in told), default=-1)
    ends = {d.subject if maker else d.object for d in told if d.sentence == latest}
    return ends.pop() if len(ends) == 1 else None


def _is_anothers(parsed: Parse, match: Match) -> bool:
    """Whether the clause says whose it is, though it does not name them: "conclu par la région".

    So too where somebody does something with it: "La ministre salue l'accord avec X".
    """
    if match.group is not None:
        done = _has_agent(parsed, match) or _is_owned(parsed, match.end)
        return done or _is_told_by_somebody(parsed, match.group)
    phrase = match.phrase
    if _is_owned(parsed, match.end):
        return True  # "premier actionnaire du quotidien": it is said whose, though not known
    if match.frame.is_apposition:
        return False
    governing = governing_verb(parsed, phrase) if phrase is not None else None
    if phrase is None:
        return True
    if governing is None:
        return any(token.is_finite for token in parsed.tokens[: phrase.start])
    subjects = subject_candidates(parsed, governing)
    opens = governing.head > phrase.start and phrase.preposition is None
    if phrase in subjects or opens:
        return False
    stems = parsed.tokens[governing.head].is_verb(parsed.lexicon.stemming)
    if governing.head < phrase.start and not stems:
        return True
    return any(_is_somebody(parsed, subject) for subject in subjects)


def _has_agent(parsed: Parse, match: Match) -> bool:
    """Whether the clause says by whom it is done, which the frame does not ask for."""
    after, group = match.end, match.group
    if group is None and match.phrase is not None:
        group = governing_verb(parsed, match.phrase)
        after = group.head if group is not None else match.end
    asked = [filler.phrase for filler in match.fillers.values()]
    done = (p for p in complements(parsed, after) if p not in asked)
    return any(phrase.preposition == parsed.lexicon.agent for phrase in done)


def _is_owned(parsed: Parse, end: int) -> bool:
    """Whether the noun that ends there is somebody's: "du quotidien", but not "de licence"."""
    owner = parsed.at.get(end + 2)
    if owner is None or owner.preposition != parsed.lexicon.genitive or owner.start != end + 2:
        return False
    contracted = parsed.tokens[end + 1].lower in parsed.lexicon.contracted
    return contracted or parsed.category(owner.start) in (Category.DETERMINER, Category.MENTION)


def _is_told_by_somebody(parsed: Parse, group: VerbGroup) -> bool:
    """Whether a bare participle stands behind what somebody does: "*X* vante un accord noué …"."""
    if not is_bare_participle(parsed, group):
        return False
    for index in range(group.start - 1, -1, -1):
        token = parsed.tokens[index]
        if token.is_finite and not token.has_form(Form.PARTICIPLE):
            doing = subject_candidates(parsed, verb_group(parsed, index))
            return any(_is_somebody(parsed, subject) for subject in doing)
    return False


def _is_bodys(parsed: Parse, match: Match) -> bool:
    """Whether somebody does it, or another thing has it: "*Sony* a logé une puce X"."""
    group = match.group
    if group is None and match.phrase is not None:
        group = governing_verb(parsed, match.phrase)
    if group is None:
        return False
    own = [filler.phrase for filler in match.fillers.values()]
    return any(
        parsed.mention(subject) is not None
        for subject in subject_candidates(parsed, group)
        if subject not in own
    )


def _is_somebody(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a subject is somebody, or may be: a name of no product, or a pronoun."""
    mention = parsed.mention(phrase)
    if mention is not None:
        return mention.entity.kind is not Kind.PRODUCT
    return phrase.pronoun
