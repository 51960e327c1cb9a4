"""How `mercato read --explain` writes why a claim was read: rule, words, confidence, quote."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from api.console import styled
from api.render import amount_words, status_text, time_words
from graph.model import Claim, EntityRef, Reading


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
        words = ", ".join(f"“{' '.join(cue.split())}”" for cue in claim.cues)
        read = f"rule {claim.rule} read {words}" if words else f"rule {claim.rule}"
        yield styled(f"  confidence {claim.confidence:.2f} · {read}")
        for end in (claim.subject, claim.object):
            if (how := _stand_in(claim, end, reading)) is not None:
                yield styled(f"  {how}")
        yield styled(f"  « {' '.join(claim.quote.text.split())} »", "italic")


def _stand_in(claim: Claim, end: EntityRef, reading: Reading) -> str | None:
    """What stands for an end whose name is not in the quote; None if the name is."""
    entity = next(each for each in reading.entities if each.ref == end)
    quote = claim.quote
    inside = [m.text for m in entity.mentions if quote.start <= m.start and m.end <= quote.end]
    if end.name in inside:
        return None
    if inside:
        return f"{end.name} is there as “{inside[0]}”"
    return f"{end.name} is not named there: a pronoun or a description stands for it"
