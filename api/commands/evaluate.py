"""Scoring readings against annotated articles."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.common import AsJson, Gazetteers, user_settings

if TYPE_CHECKING:
    from loaders.evaluation.mistakes import Mistake
    from loaders.evaluation.scores import Scores


def evaluate(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files and folders of annotated articles."),
    ],
    *,
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
    gazetteer: Gazetteers = None,
    as_json: AsJson = False,
) -> None:
    """Score what is read in articles against what is annotated in them; no graph is touched.

    Prints precision, recall and F1 of the claims, per relation and overall, and of the entities;
    then how many statuses, amounts, sources and roles are right. docs/evaluation.md tells the
    form of the annotated articles and what is counted.

    Examples:

        mercato evaluate gold/

        mercato evaluate gold/ --errors

        mercato evaluate gold.json --readings claims.jsonl
    """
    from api.console import print_json, working
    from api.reading import shipped_reader
    from loaders.evaluation.gold import read_readings
    from loaders.evaluation.sets import gold_set, read_set, score_set

    gold = gold_set(paths)
    if readings is not None:
        read = read_readings(readings)
    else:
        reader = shipped_reader([*user_settings().gazetteers, *(gazetteer or [])])
        with working("Reading the articles…"):
            read = read_set(gold, reader)
    scores = score_set(gold, read)
    if as_json:
        print_json(_as_json(scores, errors=errors))
        return
    _print_scores(scores)
    if errors:
        _print_mistakes(scores.mistakes)


def _print_scores(scores: Scores) -> None:
    from api.console import out, print_table
    from api.render import counted

    out().print(counted(scores.articles, "article"))
    print_table(
        ("Found", "Precision", "Recall", "F1", "Right", "Wrong", "Missed"),
        (
            (
                name,
                _figure(tally.precision),
                _figure(tally.recall),
                _figure(tally.f1),
                str(tally.right),
                str(tally.wrong),
                str(tally.missed),
            )
            for name, tally in scores.tallies()
        ),
    )
    print_table(
        ("Of the claims found", "Right", "Of"),
        (
            (name, _figure(accuracy.value), str(accuracy.total))
            for name, accuracy in scores.accuracies()
        ),
    )
    found = scores.reliability
    if found is not None:
        print_table(
            ("Confidence", "Mean", "Right", "Of"),
            (
                (
                    f"{each.low:.1f} to {each.high:.1f}",
                    _figure(each.mean),
                    _figure(each.right),
                    str(each.claims),
                )
                for each in found.bins
            ),
        )


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _print_mistakes(mistakes: list[Mistake]) -> None:
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


def _as_json(scores: Scores, *, errors: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "articles": scores.articles,
        "found": {
            name: {
                "precision": tally.precision,
                "recall": tally.recall,
                "f1": tally.f1,
                "right": tally.right,
                "wrong": tally.wrong,
                "missed": tally.missed,
            }
            for name, tally in scores.tallies()
        },
        "claims_found": {
            name: {"accuracy": accuracy.value, "right": accuracy.right, "of": accuracy.total}
            for name, accuracy in scores.accuracies()
        },
    }
    found = scores.reliability
    document["confidence"] = found and asdict(found)
    if errors:
        document["errors"] = [mistake.as_json() for mistake in scores.mistakes]
    return document
