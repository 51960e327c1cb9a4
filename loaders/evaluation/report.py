"""The figures of any set in one shape, for a table, for JSON, for the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from loaders.errors import DataFileError
from loaders.evaluation.annotations import Annotation
from loaders.evaluation.counts import Accuracy, Tally
from loaders.evaluation.forms import SetForm
from loaders.evaluation.mistakes import Mistake
from loaders.evaluation.popcorn import read_popcorn, score_popcorn
from loaders.evaluation.reliability import Reliability
from loaders.evaluation.relx import read_relx, score_relx
from loaders.evaluation.sets import find_sets, gold_set, read_set, score_set
from loaders.reader import Reader


@dataclass(frozen=True, slots=True)
class Row:
    """What was found, how well; the counts are those that the figures come from, if any."""

    name: str
    precision: float | None
    recall: float | None
    f1: float | None
    counts: Tally | None = None

    @staticmethod
    def of(name: str, tally: Tally) -> Row:
        """A row of counted things."""
        return Row(name, tally.precision, tally.recall, tally.f1, tally)


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one set."""

    form: SetForm
    texts: int
    rows: tuple[Row, ...]
    accuracies: tuple[tuple[str, Accuracy], ...] = ()
    reliability: Reliability | None = None
    mistakes: tuple[Mistake, ...] = ()

    def as_json(self, *, errors: bool = False) -> dict[str, Any]:
        """The figures as an object of JSON, with the errors if they are asked for."""
        document: dict[str, Any] = {
            "set": self.form.value,
            "texts": self.texts,
            "found": {
                row.name: {
                    "precision": row.precision,
                    "recall": row.recall,
                    "f1": row.f1,
                    **(asdict(row.counts) if row.counts is not None else {}),
                }
                for row in self.rows
            },
            "claims_found": {
                name: {"accuracy": accuracy.value, "right": accuracy.right, "of": accuracy.total}
                for name, accuracy in self.accuracies
            },
            "confidence": asdict(self.reliability) if self.reliability is not None else None,
        }
        if errors:
            document["errors"] = [mistake.as_json() for mistake in self.mistakes]
        return document


def report_on(
    paths: Iterable[Path],
    reader: Reader,
    *,
    form: SetForm | None = None,
    readings: Mapping[str, Annotation] | None = None,
) -> list[Report]:
    """Score every set that is found in files and folders.

    Parameters
    ----------
    paths
        Files and folders of annotated texts, of any form.
    reader
        Reads the articles of the gold form; the other sets need readers of their own.
    form
        Only the files of this form.
    readings
        Of the articles of the gold form, by their ids, instead of reading them.

    Raises
    ------
    SourceMissingError, DataFileError
        If a path leads to nothing, or a file is not of its form.
    """
    found = find_sets(paths)
    wanted = [form] if form is not None else list(SetForm)
    reports = [_report(each, found[each], reader, readings) for each in wanted if found[each]]
    if form is not None and not reports:
        raise DataFileError("these paths", f"no file among them is of the form {form}")
    if readings is not None and any(report.form is not SetForm.GOLD for report in reports):
        raise DataFileError("--readings", "readings can be scored on the gold form only")
    return reports


def _report(
    form: SetForm,
    files: Iterable[Path],
    reader: Reader,
    readings: Mapping[str, Annotation] | None,
) -> Report:
    if form is SetForm.RELX:
        sentences = [sentence for file in files for sentence in read_relx(file)]
        relx = score_relx(sentences)
        total = Tally()
        for tally in relx.tallies.values():
            total += tally
        rows = [Row.of("All", total), *(Row.of(name, each) for name, each in relx.tallies.items())]
        return Report(form, len(sentences), tuple(rows), mistakes=tuple(relx.mistakes))
    if form is SetForm.POPCORN:
        texts = [text for file in files for text in read_popcorn(file)]
        scores = score_popcorn(texts)
        rows = [
            Row.of("Names", scores.names),
            Row.of("Person", scores.persons),
            Row.of("Company or Organization", scores.bodies),
            Row.of("Pronouns and descriptions", scores.anaphors),
            *(
                Row(f"Chains, {name}", each.precision, each.recall, each.f1)
                for name, each in scores.chains.items()
            ),
        ]
        return Report(form, len(texts), tuple(rows), mistakes=tuple(scores.mistakes))
    gold = gold_set(files)
    total_scores = score_set(gold, readings if readings is not None else read_set(gold, reader))
    return Report(
        form,
        total_scores.articles,
        tuple(Row.of(name, tally) for name, tally in total_scores.tallies()),
        tuple(total_scores.accuracies()),
        total_scores.reliability,
        tuple(total_scores.mistakes),
    )
