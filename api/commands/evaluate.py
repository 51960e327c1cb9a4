"""Scoring readings against annotated texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import AsJson, Gazetteers, Processes, user_settings
from loaders.evaluation.forms import SetForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.evaluation.mistakes import Mistake
    from loaders.evaluation.report import Report


def evaluate(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files and folders of annotated texts."),
    ],
    *,
    form: Annotated[
        SetForm | None,
        typer.Option(
            "--set",
            metavar="FORM",
            help="Only the files of this form: gold, relx, popcorn. Each file's is told by its "
            "contents.",
            show_default=False,
        ),
    ] = None,
    readings: Annotated[
        Path | None,
        typer.Option(
            help="Score these readings, lines as `mercato read --jsonl` prints them, instead of "
            "reading the articles.",
            show_default=False,
        ),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="Print each error with its quote too.")
    ] = False,
    as_json: AsJson = False,
    gazetteer: Gazetteers = None,
    processes: Processes = 1,
) -> None:
    """Score what is read in texts against what is annotated in them; no graph is touched.

    Prints precision, recall and F1 of the claims, per relation and overall, and of the entities;
    then how many statuses, amounts, sources and roles are right, and whether the confidences are
    what they say. docs/evaluation.md tells the forms of annotated texts and what is counted.

    Examples:

        mercato evaluate gold/

        mercato evaluate gold/ --errors

        mercato evaluate gold.json --readings claims.jsonl
    """
    from api.console import print_json, working
    from api.reading import readers
    from loaders.evaluation.gold import read_readings
    from loaders.evaluation.report import report_on

    given = read_readings(readings) if readings is not None else None
    gazetteers = [*user_settings().gazetteers, *(gazetteer or [])]
    with readers(processes, gazetteers) as reader, working("Reading…"):
        reports = report_on(paths, reader, form=form, readings=given)
    if as_json:
        print_json([report.as_json(errors=errors) for report in reports])
        return
    for report in reports:
        _print_report(report)
        if errors:
            _print_mistakes(report.mistakes)


def _print_report(report: Report) -> None:
    from api.console import out, print_table, styled
    from api.render import counted

    out().print(styled(report.form.value, "bold"), styled(counted(report.texts, "text"), "dim"))
    print_table(
        ("Found", "Precision", "Recall", "F1", "Right", "Wrong", "Missed"),
        (
            (
                row.name,
                *(_figure(value) for value in (row.precision, row.recall, row.f1)),
                *(
                    (str(row.counts.right), str(row.counts.wrong), str(row.counts.missed))
                    if row.counts is not None
                    else ("", "", "")
                ),
            )
            for row in report.rows
        ),
    )
    if report.accuracies:
        print_table(
            ("Of the claims found", "Right", "Of"),
            ((name, _figure(each.value), str(each.total)) for name, each in report.accuracies),
        )
    if report.reliability is not None:
        print_table(
            ("Confidence", "Mean", "Right", "Of"),
            (
                (
                    f"{each.low:.1f} to {each.high:.1f}",
                    _figure(each.mean),
                    _figure(each.right),
                    str(each.claims),
                )
                for each in report.reliability.bins
            ),
        )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _print_mistakes(mistakes: Sequence[Mistake]) -> None:
    from api.console import out, styled
    from loaders.evaluation.mistakes import grouped

    for (group, kind), found in grouped(mistakes):
        out().print(styled(f"\n{group}: {kind} ({len(found)})", "bold"))
        for mistake in found:
            about = [mistake.what]
            if mistake.expected:
                about.append(f"expected {mistake.expected}")
            if mistake.found:
                about.append(f"found {mistake.found}")
            if mistake.rule:
                about.append(f"rule {mistake.rule}")
            out().print(styled("  " + " · ".join(about)))
            quote = " ".join(mistake.quote.split())
            said = f"« {quote} »  ({mistake.article_id})" if quote else f"({mistake.article_id})"
            out().print(styled(f"    {said}", "dim"))
