"""Writes the figures of every set that is there into the documentation.

``python -m loaders.evaluation.publish docs/evaluation.md NAME=PATH...`` replaces what stands
between two comments, ``<!-- figures -->`` and ``<!-- end of figures -->``. A set whose path is not
there is left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from loaders.errors import LoaderError
from loaders.evaluation.forms import SetForm
from loaders.evaluation.report import Report, Row, report_on
from loaders.reader import default_reader

BEGIN: Final = "<!-- figures -->"
END: Final = "<!-- end of figures -->"
_BETWEEN: Final = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)

PUBLISHED: Final = {
    SetForm.RELX: "Published, on all 37 labels and the whole set: mBERT F1 0.583, with "
    "matching-the-blanks training 0.599 (Köksal and Özgür 2020).",
    SetForm.POPCORN: "Published, on all its types and end to end: entities macro F1 0.684, "
    "relations macro F1 0.465.",
}
"""What others report, on more labels than those that are ours: near, and not the same."""


def main() -> None:
    """Score the sets, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m loaders.evaluation.publish")
    parser.add_argument("page", type=Path)
    parser.add_argument("sets", nargs="+", metavar="NAME=PATH")
    given = parser.parse_args()
    paths = {name: Path(path) for name, _, path in (each.partition("=") for each in given.sets)}
    try:
        there = {name: path for name, path in paths.items() if path.exists()}
        reader = default_reader()
        reports = {
            name: report for name, path in there.items() for report in report_on([path], reader)
        }
        page = with_figures(given.page.read_text(encoding="utf-8"), figures(reports))
    except (LoaderError, OSError) as error:
        sys.exit(f"Error: {error}")
    given.page.write_text(page, encoding="utf-8")


def with_figures(page: str, text: str) -> str:
    """The page with `text` between its two comments.

    Raises
    ------
    LoaderError
        If the page has no such comments.
    """
    if not _BETWEEN.search(page):
        raise LoaderError(f"the page lacks {BEGIN} and {END}")
    return _BETWEEN.sub(lambda _: f"{BEGIN}\n\n{text.strip()}\n\n{END}", page)


def figures(reports: Mapping[str, Report]) -> str:
    """Markdown for the reports, by the names of their sets."""
    gold = {name: r for name, r in reports.items() if r.form is SetForm.GOLD}
    parts = [*_end_to_end(gold)] if gold else []
    for name, report in reports.items():
        if report.form is SetForm.RELX:
            parts += [f"### {name}, entities given", _rows(report.rows)]
        elif report.form is SetForm.POPCORN:
            parts += [f"### {name}, names and coreference", _rows(report.rows)]
        if report.form in PUBLISHED:
            parts.append(PUBLISHED[report.form])
    return "\n\n".join(parts)


def _end_to_end(reports: Mapping[str, Report]) -> Iterator[str]:
    yield "### End to end"
    names = list(reports)
    sizes = ", ".join(f"{name} {report.texts} texts" for name, report in reports.items())
    yield f"{sizes}. Each cell is precision / recall / F1."
    yield _table(
        ["", *names],
        (
            [label, *(_three(reports[name], label) for name in names)]
            for label in _labels(reports.values())
        ),
    )
    yield "Of the claims found, this share is right:"
    accuracies = {name: dict(report.accuracies) for name, report in reports.items()}
    kinds = list(dict.fromkeys(kind for each in accuracies.values() for kind in each))
    yield _table(
        ["", *names],
        (
            [
                kind,
                *(
                    f"{_figure(a.value)} of {a.total}"
                    if (a := accuracies[name].get(kind)) is not None and a.total
                    else ""
                    for name in names
                ),
            ]
            for kind in kinds
        ),
    )
    yield "### Confidence"
    yield (
        "Of claims whose confidence lies between two bounds, how sure they are on average, and how "
        "many are right: triple and status."
    )
    for name, report in reports.items():
        found = report.reliability
        if found is not None:
            yield f"{name} (calibration error {found.error:.3f}, Brier score {found.brier:.3f}):"
            yield _table(
                ["confidence", "mean", "right", "claims"],
                (
                    [
                        f"{each.low:.1f} to {each.high:.1f}",
                        _figure(each.mean),
                        _figure(each.right),
                        str(each.claims),
                    ]
                    for each in found.bins
                ),
            )


def _labels(reports: Iterable[Report]) -> list[str]:
    return list(dict.fromkeys(row.name for report in reports for row in report.rows))


def _three(report: Report, label: str) -> str:
    row = next((row for row in report.rows if row.name == label), None)
    if row is None or row.f1 is None:
        return ""
    return " / ".join(_figure(value) for value in (row.precision, row.recall, row.f1))


def _rows(rows: Sequence[Row]) -> str:
    return _table(
        ["", "precision", "recall", "F1"],
        (
            [row.name, *(_figure(value) for value in (row.precision, row.recall, row.f1))]
            for row in rows
        ),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
