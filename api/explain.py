"""How `mercato read --explain` writes why a claim was read: rule, words, confidence, quote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from api.console import styled
from api.render import amount_words, status_text, time_words
from graph.model import Claim, EntityRef, Ground, Reading, Resolution


def details(claim: Claim) -> str:
    """Role, amount, dates and source of a claim on one line, empty when it has none."""
    parts = [
        claim.role or "",
        amount_words(claim.amount) if claim.amount else "",
        time_words(claim.start, claim.end),
        f"according to {claim.attributed_to.name}" if claim.attributed_to else "",
    ]
    return " · ".join(part for part in parts if part)


def explained(reading: Reading) -> Iterator[Text]:
    """The claims of a reading, each with the rule and the words that it comes from."""
    for claim in reading.claims:
        yield Text.assemble(
            styled(claim.subject.name, "bold cyan"),
            (f" ─{claim.relation.value}→ ", "bold"),
            styled(claim.object.name, "bold cyan"),
            "  ",
            status_text(claim.status),
            styled("".join(f" · {part}" for part in (details(claim),) if part), "dim"),
        )
        words = ", ".join(f"“{_flat(cue)}”" for cue in claim.cues)
        read = f"rule {claim.rule} read {words}" if words else f"rule {claim.rule}"
        yield styled(f"  confidence {claim.confidence:.2f} · {read}")
        for resolution in reading.resolutions_of(claim):
            yield styled(f"  {_stands_for(resolution)}")
        for end in (claim.subject, claim.object, claim.attributed_to):
            if end is not None and (how := _stand_in(claim, end, reading)) is not None:
                yield styled(f"  {how}")
        yield styled(f"  « {_flat(claim.quote.text)} »", "italic")


_GROUNDS: Final = {
    Ground.SUBJECT: "the subject of {where}",
    Ground.NAMED: "who fits best of those named, in {where}",
    Ground.CALLED: "whom the article has called so, or alike, in {where}",
    Ground.LAST: "who was named last, in {where}",
    Ground.RANK: "by the order in which they are named, in {where}",
    Ground.TOGETHER: "named together with others, in {where}",
    Ground.ONLY: "the only one that it can be, named in {where}",
    Ground.POST: "who holds the post by what the article has said, named in {where}",
    Ground.SPOKEN_OF: "of whom the article speaks there, named in {where}",
}


def _stands_for(resolution: Resolution) -> str:
    """What a pronoun or description stands for, and why."""
    back = resolution.back
    near = ("the same sentence", "the sentence before")
    where = near[back] if back < len(near) else f"the sentence {back} before"
    why = _GROUNDS[resolution.ground].format(where=where)
    words = _flat(resolution.words.text)
    antecedent = resolution.antecedent
    there = f": “{_flat(antecedent.text)}”" if antecedent is not None and antecedent.text else ""
    return f"“{words}” stands for {resolution.entity.name}, {why}{there}"


def _stand_in(claim: Claim, end: EntityRef, reading: Reading) -> str | None:
    """How an end is told whose name is not in the quote; None if the name, or what stands for it,
    is there."""
    entity = next(each for each in reading.entities if each.ref == end)
    quote = claim.quote
    inside = [m.text for m in entity.mentions if quote.start <= m.start and m.end <= quote.end]
    if end.name in inside:
        return None
    if inside:
        return f"{end.name} is there as “{inside[0]}”"
    if any(each.entity == end for each in reading.resolutions_of(claim)):
        return None
    before = [mention for mention in entity.mentions if mention.end <= quote.start]
    last = f", last named as “{_flat(before[-1].text)}”" if before else ""
    return f"{end.name} is not named there: the rule takes it from what the article tells{last}"


def _flat(words: str) -> str:
    return " ".join(words.split())
