"""A reading of one article against its gold, by the conventions of `docs/evaluation.md`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from graph.model import Amount, RelationType, VagueDate
from loaders.evaluation.annotations import Annotation, StatedClaim, folded
from loaders.evaluation.counts import Accuracy
from loaders.evaluation.entity_scoring import score_entities
from loaders.evaluation.mistakes import Mistake, MistakeKind
from loaders.evaluation.naming import Names
from loaders.evaluation.scores import Judged, Scores

Triple = tuple[str, RelationType, str]
_CENT: Final = 0.005


def score(gold: Annotation, read: Annotation) -> Scores:
    """The figures of one article.

    Triples are compared as sets: one that is stated several times counts once. Of a triple that
    is right, each claim of the reading is then compared with the claims of gold on the triple:
    its status, its amount and its source are each right when one of these has it, and it does not
    matter whether that one is optional.
    """
    scores = Scores(articles=1)
    names = Names(gold)
    score_entities(gold, read, names, scores)
    expected, found = _by_triple(gold.claims, names), _by_triple(read.claims, names)
    for triple, claims in found.items():
        _score_found(gold.article_id, triple, claims, expected.get(triple, ()), names, scores)
    for triple, golds in expected.items():
        required = [claim for claim in golds if not claim.optional]
        if triple not in found and required:
            scores.relations[triple[1]].missed += 1
            scores.by_reference.missed += _is_by_reference(required, names)
            scores.mistakes.append(
                Mistake(
                    gold.article_id,
                    MistakeKind.MISSED,
                    required[0].triple,
                    triple[1],
                    expected=required[0].status,
                    quote=required[0].quote,
                )
            )
    return scores


def _by_triple(claims: Iterable[StatedClaim], names: Names) -> dict[Triple, list[StatedClaim]]:
    by_triple: dict[Triple, list[StatedClaim]] = defaultdict(list)
    for claim in claims:
        one, other = names.meant(claim.subject), names.meant(claim.object)
        if claim.relation.symmetric and other < one:
            one, other = other, one
        by_triple[one, claim.relation, other].append(claim)
    return dict(by_triple)


def _score_found(
    article_id: str,
    triple: Triple,
    claims: Sequence[StatedClaim],
    golds: Sequence[StatedClaim],
    names: Names,
    scores: Scores,
) -> None:
    """Count a triple of the reading, given what gold says of it: nothing, if it is wrong."""
    tally = scores.relations[triple[1]]
    required = [gold for gold in golds if not gold.optional]
    if not golds:
        tally.wrong += 1
        scores.by_reference.wrong += _is_by_reference(claims, names)
        first = claims[0]
        scores.mistakes.append(_mistake(article_id, MistakeKind.WRONG, first, "", first.status))
    elif required:
        tally.right += 1
        scores.by_reference.right += _is_by_reference(required, names)
    for claim in claims:
        right = bool(golds) and _score_qualifiers(article_id, claim, golds, names, scores)
        scores.judged.append(Judged(article_id, claim, right))


def _score_qualifiers(
    article_id: str,
    claim: StatedClaim,
    golds: Sequence[StatedClaim],
    names: Names,
    scores: Scores,
) -> bool:
    """Compare what is said beside a right triple; returns whether the status is right."""

    def judge(
        is_right: bool, counts: Accuracy, kind: MistakeKind, expected: Iterable[str], found: str
    ) -> None:
        counts.count(is_right)
        if not is_right:
            listed = " or ".join(dict.fromkeys(expected))
            scores.mistakes.append(_mistake(article_id, kind, claim, listed, found))

    status_right = any(gold.status is claim.status for gold in golds)
    statuses = [gold.status for gold in golds]
    judge(status_right, scores.status, MistakeKind.STATUS, statuses, claim.status)

    if all(gold.detailed for gold in golds):
        same = [gold for gold in golds if _same_sum(gold.amount, claim.amount)]
        scores.amounts_of_all.count(bool(same))
        if claim.amount is not None or all(gold.amount is not None for gold in golds):
            sums = [_sum(gold.amount) for gold in golds]
            judge(bool(same), scores.amounts, MistakeKind.AMOUNT, sums, _sum(claim.amount))
        stated = [gold.amount for gold in same if gold.amount is not None]
        if stated and claim.amount is not None:
            bound = claim.amount.bound
            bounds = [amount.bound for amount in stated]
            judge(bound in bounds, scores.bounds, MistakeKind.BOUND, bounds, bound)
            purposes = [amount.purpose for amount in stated if amount.purpose is not None]
            if purposes:
                purpose = claim.amount.purpose
                is_right = purpose in purposes
                judge(is_right, scores.purposes, MistakeKind.PURPOSE, purposes, purpose or "none")

        source = names.meant(claim.attributed_to) if claim.attributed_to else ""
        sources = [names.meant(gold.attributed_to) if gold.attributed_to else "" for gold in golds]
        if source or all(sources):
            shown = [gold.attributed_to or "nobody" for gold in golds]
            found = claim.attributed_to or "nobody"
            judge(source in sources, scores.sources, MistakeKind.SOURCE, shown, found)

        roles = [gold.role or "" for gold in golds]
        if claim.role or all(roles):
            is_right = _role(claim.role) in map(_role, roles)
            shown = [role or "none" for role in roles]
            judge(is_right, scores.roles, MistakeKind.ROLE, shown, claim.role or "none")

    dated = [gold for gold in golds if gold.dated]
    # A sentence that gives no day may well repeat what another one dates.
    if dated and claim.dated and (claim.start or claim.end or len(dated) == len(golds)):
        spans = [(gold.start, gold.end) for gold in dated]
        is_right = (claim.start, claim.end) in spans
        shown = [_dates(*span) for span in spans]
        judge(is_right, scores.dates, MistakeKind.DATE, shown, _dates(claim.start, claim.end))
    return status_right


def _mistake(
    article_id: str, kind: MistakeKind, claim: StatedClaim, expected: str, found: str
) -> Mistake:
    return Mistake(
        article_id,
        kind,
        claim.triple,
        claim.relation,
        expected=expected,
        found=found,
        quote=claim.quote,
        rule=claim.rule,
        confidence=claim.confidence,
    )


def _is_by_reference(claims: Sequence[StatedClaim], names: Names) -> bool:
    """Whether no quote of the triple names both ends."""
    return not any(
        all(names.are_in(names.meant(end), claim.quote) for end in (claim.subject, claim.object))
        for claim in claims
    )


def _same_sum(one: Amount | None, other: Amount | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one.value - other.value) < _CENT and one.currency == other.currency


def _sum(amount: Amount | None) -> str:
    return f"{amount.value:,.10g} {amount.currency}" if amount is not None else "none"


def _role(words: str | None) -> str:
    return folded(words or "").strip(" .,;:'«»\"")


def _dates(start: VagueDate | None, end: VagueDate | None) -> str:
    parts = [
        f"{name} {date.earliest or '…'} to {date.latest or '…'}"
        for name, date in (("start", start), ("end", end))
        if date is not None
    ]
    return ", ".join(parts) or "none"
