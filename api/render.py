"""How the command line writes what the graph answers: amounts, dates, relationships."""

from __future__ import annotations

from typing import Final

from rich.text import Text

from api.console import styled
from graph.model import Amount, Bound, Status, VagueDate
from graph.views import Direction, EvidenceView, PathStep, RelationshipView

_BOUNDS: Final = {
    Bound.EXACT: "",
    Bound.ABOUT: "about ",
    Bound.AT_LEAST: "at least ",
    Bound.AT_MOST: "at most ",
}
_STATUS_STYLES: Final = {
    Status.ASSERTED: "green",
    Status.REPORTED: "cyan",
    Status.HEDGED: "yellow",
    Status.PLANNED: "blue",
    Status.DENIED: "red",
}


def status_text(status: Status) -> Text:
    """A status in its colour."""
    return Text(status.value, _STATUS_STYLES[status])


def amount_words(amount: Amount) -> str:
    """An amount in words.

    >>> amount_words(Amount(value=14e9, currency="USD", bound="about", purpose="investment"))
    'about 14,000,000,000 USD (investment)'
    """
    value = f"{amount.value:,.2f}".removesuffix(".00")
    purpose = f" ({amount.purpose.value})" if amount.purpose else ""
    return f"{_BOUNDS[amount.bound]}{value} {amount.currency}{purpose}"


def date_words(date: VagueDate) -> str:
    """A vague date in words.

    >>> date_words(VagueDate(latest=dt.date(2025, 2, 4)))
    'by 2025-02-04'
    """
    if date.earliest is None:
        return f"by {date.latest}"
    if date.latest is None:
        return f"from {date.earliest} on"
    if date.earliest == date.latest:
        return str(date.earliest)
    return f"{date.earliest} to {date.latest}"


def time_words(start: VagueDate | None, end: VagueDate | None) -> str:
    """When something held, empty when nothing is known."""
    if start is not None and end is not None:
        return f"began {date_words(start)}, ended {date_words(end)}"
    if end is not None:
        return f"ended {date_words(end)}"
    return date_words(start) if start is not None else ""


def counted(number: int, noun: str) -> str:
    """A number with its noun: ``1 source``, ``2 sources``."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {plural}"


def qualifiers(relationship: RelationshipView) -> str:
    """Role, amount and time of a relationship on one line, empty when nothing is known."""
    parts = [
        relationship.role or "",
        amount_words(relationship.amount) if relationship.amount else "",
        time_words(relationship.start, relationship.end),
        "contested" if relationship.contested else "",
    ]
    return " · ".join(part for part in parts if part)


def relationship_line(relationship: RelationshipView, seen_from: str) -> Text:
    """A relationship on one line, as seen from the entity with the id `seen_from`."""
    outgoing = relationship.subject.id == seen_from
    other = relationship.object if outgoing else relationship.subject
    arrow = "→" if outgoing else "←"
    line = Text.assemble(
        (f"{relationship.type.value} ", "bold"),
        f"{arrow} ",
        styled(other.name, "bold cyan"),
        "  ",
        status_text(relationship.status),
    )
    more = [qualifiers(relationship), counted(relationship.sources, "source")]
    line.append_text(styled("".join(f" · {part}" for part in more if part), "dim"))
    return line


def quote_line(evidence: EvidenceView) -> Text:
    """The words that say it, who says them, and where."""
    where = [evidence.article.id, str(evidence.article.published or "undated")]
    if evidence.attributed_to is not None:
        where.append(f"according to {evidence.attributed_to.name}")
    quote = " ".join(evidence.quote.text.split())
    return Text.assemble(styled(f"« {quote} »", "italic"), styled(f"  ({', '.join(where)})", "dim"))


def step_line(step: PathStep) -> Text:
    """One step of a path, in the order in which it is walked."""
    type_ = step.relationship.type.value
    arrow = {
        Direction.OUT: f" ─{type_}→ ",
        Direction.IN: f" ←{type_}─ ",
        Direction.BOTH: f" ─{type_}─ ",
    }[step.direction]
    return Text.assemble(
        styled(step.origin.name, "bold cyan"),
        (arrow, "bold"),
        styled(step.target.name, "bold cyan"),
        "  ",
        status_text(step.relationship.status),
    )
