"""The forms of annotated texts, and the figures of the public sets, on small files made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Kind, RelationType, Status
from loaders.errors import DataFileError, LoaderError, SourceMissingError
from loaders.evaluation.chains import score_chains
from loaders.evaluation.compact import read_compact
from loaders.evaluation.forms import SetForm
from loaders.evaluation.mistakes import MistakeKind
from loaders.evaluation.popcorn import is_name, read_popcorn, score_popcorn
from loaders.evaluation.publish import BEGIN, END, figures, with_figures
from loaders.evaluation.relx import read_relx, score_relx
from loaders.evaluation.report import Report, report_on
from loaders.evaluation.scoring import score
from loaders.evaluation.sets import find_sets
from loaders.reader import LanguageReader

RELX = """\
1\t"<e1> Oriva </e1> est une filiale de <e2> Valcourt </e2>."
org:subsidiaries(e2,e1)


2\t"L'usine d'<e1> Oriva </e1> se trouve près de <e2> Paris </e2>."
no_relation


3\t"<e2> Oriva Labs </e2> a été fondée par <e1> Anne Kessler </e1> en 2019."
org:founded_by(e2,e1)
"""
POPCORN_TEXT = "Anne Kessler dirige Valcourt. Elle vit à Paris. Le maire salue Kessler."
POPCORN = {
    "7": {
        "text": POPCORN_TEXT,
        "relations": [],
        "entities": [
            {
                "id": 0,
                "type": "CIVILIAN",
                "mentions": [
                    {"value": "Anne Kessler", "start": 0, "end": 12},
                    {"value": "Elle", "start": 30, "end": 34},
                    {"value": "Kessler", "start": 63, "end": 70},
                ],
            },
            {
                "id": 1,
                "type": "NON_GOVERNMENTAL_ORGANISATION",
                "mentions": [{"value": "Valcourt", "start": 20, "end": 28}],
            },
            {
                "id": 2,
                "type": "PLACE",
                "mentions": [{"value": "Paris", "start": 41, "end": 46}],
            },
        ],
    }
}
COMPACT = """\
=== A-1 | 2024-03-12 | mode
Valcourt change de tête

La maison a nommé Béatrice Lansac, dit-on. Elle dirigeait Sérille.
---
# a remark
P Béatrice Lansac = Lansac; la dirigeante
C Valcourt = La maison
C Sérille
> Béatrice Lansac | HIRED_BY | Valcourt | reported | a nommé Béatrice Lansac
> Béatrice Lansac | LEADS | Valcourt | reported | a nommé | optional

=== A-2 | 2024-03-13 | rien
Rien de neuf.
---
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file of each form, and one that holds something else."""
    (tmp_path / "dev.txt").write_text(RELX, encoding="utf-8")
    (tmp_path / "train.json").write_text(json.dumps(POPCORN), encoding="utf-8")
    (tmp_path / "compact.txt").write_text(COMPACT, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("Nothing annotated.", encoding="utf-8")
    (tmp_path / "other.json").write_text('[{"name": "x"}]', encoding="utf-8")
    return tmp_path


def test_the_form_of_a_file_is_told_by_its_contents(folder: Path) -> None:
    found = find_sets([folder])
    assert found[SetForm.GOLD] == [folder / "compact.txt"]
    assert found[SetForm.RELX] == [folder / "dev.txt"]
    assert found[SetForm.POPCORN] == [folder / "train.json"]


def test_a_file_of_no_known_form_is_refused_when_it_is_named(folder: Path) -> None:
    for name in ("notes.txt", "other.json"):
        with pytest.raises(DataFileError, match=name):
            find_sets([folder / name])


def test_a_path_that_is_not_there_is_told(folder: Path) -> None:
    for name in ("none.txt", "none.json"):
        with pytest.raises(SourceMissingError, match="there is no such file or folder"):
            find_sets([folder / name])


def test_the_compact_form_holds_what_the_gold_form_does(folder: Path) -> None:
    first, second = read_compact(folder / "compact.txt")
    assert first.article.published is not None
    assert [e.kind for e in first.annotation.entities] == [Kind.PERSON, Kind.COMPANY, Kind.COMPANY]
    assert first.annotation.entities[0].aliases == ("Lansac", "la dirigeante")
    hired, leads = first.annotation.claims
    assert (hired.relation, hired.status) == (RelationType.HIRED_BY, Status.REPORTED)
    assert hired.quote == "La maison a nommé Béatrice Lansac, dit-on."
    assert (hired.optional, leads.optional) == (False, True)
    assert second.annotation.claims == ()


def test_what_the_compact_form_leaves_out_is_not_scored(folder: Path) -> None:
    gold = read_compact(folder / "compact.txt")[0].annotation
    scores = score(gold, gold)
    assert scores.claims.right == 1
    assert scores.status.value == 1.0
    assert scores.sources.total == scores.roles.total == scores.amounts_of_all.total == 0


def test_where_the_compact_form_tells_one_sum_or_source_it_tells_them_all(tmp_path: Path) -> None:
    text = COMPACT.replace("| a nommé Béatrice Lansac", "| a nommé | role tête | source Le Monde")
    text = text.replace("| optional", "| amount 200000 EUR at_most package | optional")
    (tmp_path / "told.txt").write_text(text, encoding="utf-8")
    first, second = read_compact(tmp_path / "told.txt")
    hired, leads = first.annotation.claims
    assert (hired.role, hired.attributed_to, hired.amount) == ("tête", "Le Monde", None)
    assert leads.amount is not None
    assert (leads.amount.value, leads.amount.currency) == (200_000, "EUR")
    assert leads.optional
    assert hired.detailed
    assert leads.detailed
    scores = score(first.annotation, first.annotation)
    assert (scores.sources.total, scores.roles.total, scores.amounts_of_all.total) == (1, 1, 2)
    assert score(second.annotation, second.annotation).amounts_of_all.total == 0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("> A | LIKES | B | asserted | x", "LIKES"),
        ("> A | LEADS | B | sure | x", "sure"),
        ("> A | LEADS | B", "write > subject"),
        ("> A | LEADS | B | asserted | x | perhaps", "write > subject"),
        ("> A | LEADS | B | asserted | x | amount 12 EUR", "write > subject"),
        ("Q Valcourt", "neither an entity"),
    ],
)
def test_a_line_that_is_not_of_the_compact_form_is_told(
    tmp_path: Path, line: str, problem: str
) -> None:
    path = tmp_path / "x.txt"
    path.write_text(f"=== A | 2024-01-02 | x\nTexte.\n---\n{line}\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=rf"x\.txt, line 4: .*{problem}"):
        read_compact(path)


def test_a_compact_text_without_its_rule_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("=== A | 2024-01-02 | x\nTexte.\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="line 1: no line ---"):
        read_compact(path)


def test_marked_entities_are_found_where_they_stand_without_the_marks(folder: Path) -> None:
    first, second, third = read_relx(folder / "dev.txt")
    assert first.article.text == "Oriva est une filiale de Valcourt."
    assert second.article.text == "L'usine d'Oriva se trouve près de Paris."
    text = third.article.text
    assert text[slice(*third.subject)] == "Anne Kessler"
    assert text[slice(*third.object)] == "Oriva Labs"
    assert [each.stated for each in (first, second, third)] == ["subsidiary", None, "foundation"]


def test_relations_between_given_entities_are_scored(folder: Path) -> None:
    scores = score_relx(read_relx(folder / "dev.txt"))
    assert scores.tallies["subsidiary"].right == 1
    assert scores.tallies["foundation"].right == 1
    assert sum(tally.wrong for tally in scores.tallies.values()) == 0
    assert scores.tallies["employment"].f1 is None
    assert scores.mistakes == []


def test_what_is_missed_or_wrong_between_given_entities_is_told_with_its_sentence(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.txt"
    turned = RELX.replace("org:subsidiaries(e2,e1)", "org:subsidiaries(e1,e2)")
    path.write_text(turned.replace("org:founded_by(e2,e1)", "no_relation"), encoding="utf-8")
    scores = score_relx(read_relx(path))
    told = [(m.kind, m.what, m.found, m.quote) for m in scores.mistakes]
    assert told == [
        (
            MistakeKind.MISSED,
            "Valcourt → subsidiary → Oriva",
            "",
            "Oriva est une filiale de Valcourt.",
        ),
        (
            MistakeKind.WRONG,
            "Valcourt → subsidiary → Oriva",
            "Oriva → Valcourt",
            "Oriva est une filiale de Valcourt.",
        ),
        (
            MistakeKind.WRONG,
            "Anne Kessler → foundation → Oriva Labs",
            "Anne Kessler → Oriva Labs",
            "Oriva Labs a été fondée par Anne Kessler en 2019.",
        ),
    ]
    assert [m.rule != "" for m in scores.mistakes] == [False, True, True]


def test_a_sentence_without_its_marks_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text('1\t"<e1> Oriva </e1> grandit."\nno_relation\n\n\n', encoding="utf-8")
    with pytest.raises(DataFileError, match="not both marked"):
        read_relx(path)
    path.write_text('1\t"<e1> A </e1> et <e2> B </e2>."\n?\n\n\n', encoding="utf-8")
    with pytest.raises(DataFileError, match="line 2"):
        read_relx(path)


def test_names_and_pronouns_of_a_text_are_scored_by_their_places(folder: Path) -> None:
    scores = score_popcorn(read_popcorn(folder / "train.json"))
    assert (scores.persons.right, scores.persons.wrong, scores.persons.missed) == (2, 0, 0)
    assert scores.bodies.right == 1
    assert scores.anaphors.right == 1
    assert {name: each.f1 for name, each in scores.chains.items()} == {
        "MUC": 1.0,
        "B³": 1.0,
        "LEA": 1.0,
    }
    assert scores.mistakes == []


def test_names_and_pronouns_that_are_not_read_as_annotated_are_told(tmp_path: Path) -> None:
    anne, valcourt, _ = POPCORN["7"]["entities"]
    town = {"id": 3, "type": "CIVILIAN", "mentions": [{"value": "Paris", "start": 41, "end": 46}]}
    others = [{**anne, "mentions": anne["mentions"][:1]}, valcourt]
    others[1] = {**valcourt, "mentions": [*valcourt["mentions"], anne["mentions"][1]]}
    path = tmp_path / "x.json"
    path.write_text(
        json.dumps({"7": {**POPCORN["7"], "entities": [*others, town]}}), encoding="utf-8"
    )
    told = {(m.kind, m.what) for m in score_popcorn(read_popcorn(path)).mistakes}
    assert told == {
        (MistakeKind.ENTITY_MISSED, "Paris (Person)"),
        (MistakeKind.ENTITY_WRONG, "Kessler (Person)"),
        (MistakeKind.REFERENCE_WRONG, "Elle"),
    }


def test_a_text_that_is_not_of_the_form_is_told(tmp_path: Path) -> None:
    broken = {"7": {**POPCORN["7"], "entities": [{"id": 0}]}}
    path = tmp_path / "x.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"x\.json, 7"):
        read_popcorn(path)


@pytest.mark.parametrize(
    ("words", "named"),
    [("Anne Kessler", True), ("Elle", False), ("Ce dernier", False), ("L'Oréal", True)],
)
def test_a_name_has_a_capital_that_the_start_of_a_sentence_does_not_explain(
    words: str, named: bool
) -> None:
    assert is_name(words, (0, len(words))) is named


def chains(*texts: str) -> list[frozenset[object]]:
    return [frozenset(text) for text in texts]


def test_chains_are_scored_as_in_the_papers() -> None:
    # The example of Moosavi and Strube 2016, section 3: key {a,b,c}, {d,e,f,g}.
    key = chains("abc", "defg")
    response = chains("ab", "cd", "fghi")
    found = score_chains([(key, response)])
    assert found["MUC"].recall == pytest.approx(2 / 5)
    assert found["MUC"].precision == pytest.approx(2 / 5)
    assert found["B³"].recall == pytest.approx((4 / 3 + 1 / 3 + 1 / 4 + 4 / 4) / 7)
    assert found["B³"].precision == pytest.approx((2 + 1 / 2 + 1 / 2 + 1) / 8)
    assert found["LEA"].recall == pytest.approx((3 * 1 / 3 + 4 * 1 / 6) / 7)
    assert found["LEA"].precision == pytest.approx((2 * 1 + 2 * 0 + 4 * 1 / 6) / 8)


@given(st.lists(st.sets(st.integers(), min_size=2, max_size=5), min_size=1, max_size=4))
def test_chains_that_are_found_as_they_are_score_one(made: list[set[int]]) -> None:
    seen: set[int] = set()
    key = []
    for each in made:
        fresh = frozenset[object](each - seen)
        seen |= each
        if len(fresh) > 1:
            key.append(fresh)
    if key:
        for found in score_chains([(key, key)]).values():
            assert (found.precision, found.recall) == pytest.approx((1, 1))


def test_every_set_in_a_folder_gets_a_report_and_a_table(
    folder: Path, reader: LanguageReader
) -> None:
    reports = report_on([folder], reader)
    assert [report.form for report in reports] == list(SetForm)
    assert [report.texts for report in reports] == [2, 3, 1]
    page = figures({report.form.value: report for report in reports})
    assert "### relx, entities given" in page
    assert "| foundation | 1.00 | 1.00 | 1.00 |" in page
    assert "| WORKED_AT" not in page.split("### relx")[1]


def test_one_form_can_be_asked_for(folder: Path, reader: LanguageReader) -> None:
    [report] = report_on([folder], reader, form=SetForm.RELX)
    assert report.form is SetForm.RELX
    with pytest.raises(DataFileError, match="no file among them is of the form gold"):
        report_on([folder / "dev.txt"], reader, form=SetForm.GOLD)


def test_figures_replace_what_stands_between_the_comments_only() -> None:
    page = f"# Title\n\n{BEGIN}\nold\n{END}\n\nThe end.\n"
    assert with_figures(page, "new \\1") == f"# Title\n\n{BEGIN}\n\nnew \\1\n\n{END}\n\nThe end.\n"
    with pytest.raises(LoaderError, match="lacks"):
        with_figures("# Title\n", "new")


def test_a_report_as_json_has_its_errors_when_they_are_asked_for(
    folder: Path, reader: LanguageReader
) -> None:
    [report] = report_on([folder / "compact.txt"], reader)
    assert isinstance(report, Report)
    assert "errors" not in report.as_json()
    assert report.as_json(errors=True)["errors"] == [m.as_json() for m in report.mistakes]
    json.dumps(report.as_json(errors=True))
