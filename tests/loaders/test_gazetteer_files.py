"""Gazetteer files that users write: both forms, and what is said of a bad one."""

from __future__ import annotations

import doctest
import pickle
import re
from pathlib import Path

import pytest

import loaders.reading.gazetteer as gazetteer_module
from graph.model import Kind
from loaders.errors import DataFileError, LoaderError
from loaders.reading.gazetteer import Gazetteer, parse_entries, read_entries

YAML = """\
source: the sites of the three
defaults: {kind: Company, country: FR}
entries:
  - name: Brasserie Vauban
    aliases: [Vauban]
    ambiguous: [Vauban]
    cues: [brasseur, bière]
    descriptions: [le brasseur de Longwy]
    seats: [Longwy]
    sectors: [drinks]
  - {name: Vaubine, kind: Product, owner: Brasserie Vauban, versions: true}
  - {name: No, kind: Organization, news: true, country: "NO"}
"""

CSV = """\
name,kind,aliases,ambiguous,cues,descriptions,sectors,owner,versions,country,seats
Brasserie Vauban,Company,Vauban,Vauban,brasseur|bière,le brasseur de Longwy,drinks,,,FR,Longwy
Vaubine,Product,,,,,,Brasserie Vauban,true,FR,
No,Organization,,,,,,,,NO,
"""


@pytest.mark.parametrize(("name", "text"), [("a.yaml", YAML), ("a.csv", CSV)])
def test_a_users_file_is_read_in_either_form(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    gazetteer = Gazetteer.load("fr", [path])
    brewer = gazetteer.lookup("Vauban")
    assert brewer is not None
    assert (brewer.name, brewer.kind, brewer.country) == ("Brasserie Vauban", Kind.COMPANY, "FR")
    matches = gazetteer.find("La Vaubine 3 du brasseur Vauban plaît au groupe de Longwy.")
    assert [(m.entry.name, m.ambiguous, m.is_description) for m in matches] == [
        ("Vaubine 3", False, False),
        ("Brasserie Vauban", False, False),
        ("Brasserie Vauban", False, True),
    ]
    assert gazetteer.lookup("OpenAI") is not None
    assert Gazetteer.load("fr").lookup("Vauban") is None


def test_both_forms_say_the_same() -> None:
    from_yaml = parse_entries(YAML, "a.yaml")
    from_csv = parse_entries(CSV, "a.csv", csv_form=True)
    assert [entry.name for entry in from_csv] == [entry.name for entry in from_yaml]
    assert from_csv[:2] == from_yaml[:2]


def test_a_users_entry_replaces_the_shipped_one_and_a_later_file_an_earlier_one(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "1.yaml", tmp_path / "2.yaml"
    first.write_text("entries: [{name: Apple, kind: Company, aliases: [Pomona]}]", "utf-8")
    second.write_text("entries: [{name: APPLE, kind: Company, aliases: [Pommier]}]", "utf-8")
    apple = Gazetteer.load("fr", [first]).lookup("Apple")
    assert apple is not None
    assert apple.aliases == ("Pomona",)
    both = Gazetteer.load("fr", [first, second])
    assert both.lookup("Pomona") is None
    pommier = both.lookup("pommier")
    assert pommier is not None
    assert pommier.name == "APPLE"


ENTRY = "entries:\n  - {name: Vauban, kind: Company}\n"


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ("", None, None, "empty"),
        ("- Vauban\n", 1, None, "mapping"),
        ("entries: Vauban\n", 1, "entries", "list"),
        ("source: x\n", None, "entries", "list"),
        ("entrys: []\nentries: []\n", 1, "entrys", "not a known field"),
        ("entries:\n  - Vauban\n", 2, None, "mapping"),
        ("entries:\n  - {kind: Company}\n", 2, "name", "missing"),
        ("entries:\n  - {name: Vauban}\n", 2, "kind", "missing"),
        ("entries:\n  - {name: '', kind: Company}\n", 2, "name", "missing"),
        ("entries:\n  - name: V\n    kind: Firma\n", 3, "kind", "Organization"),
        ("entries:\n  - name: V\n    kind: Company\n    nam: x\n", 4, "nam", "not one of"),
        ("entries:\n  - {name: V, kind: Company, aliases: W}\n", 2, "aliases", "list"),
        ("entries:\n  - {name: V, kind: Company, aliases: [W, W]}\n", 2, "aliases", "twice"),
        ("entries:\n  - {name: V, kind: Company, aliases: [[W]]}\n", 2, "aliases", "words only"),
        ("entries:\n  - {name: V, kind: Company, aliases: {a: b}}\n", 2, "aliases", "list of"),
        ("entries:\n  - {name: V, kind: Company, aliases: ['…']}\n", 2, "aliases", "no word"),
        ("entries:\n  - {name: V, kind: Company, aliases: ['a; b']}\n", 2, "aliases", "inside"),
        ("entries:\n  - {name: V, kind: Company, aliases: ['(a)']}\n", 2, "aliases", "begin"),
        ("entries:\n  - {name: V, kind: Company, aliases: ['a?']}\n", 2, "aliases", "ends"),
        ("entries:\n  - {name: [V], kind: Company}\n", 2, "name", "single"),
        ("entries:\n  - {name: V, kind: Company, news: maybe}\n", 2, "news", "true or false"),
        ("entries:\n  - {name: V, kind: Company, gender: x}\n", 2, "gender", "m, f"),
        ("entries:\n  - {name: V, kind: Company, ambiguous: [X]}\n", 2, "ambiguous", "aliases"),
        (ENTRY + "  - {name: Vauban, kind: Company}\n", 3, "name", "line 2"),
        ("entries:\n  - {name: V, name: W, kind: Company}\n", 2, "name", "given twice"),
        ("entries:\n  - {name: 'V\n", None, None, "not YAML"),
        ("entries:\n\t- x\n", 2, None, "not YAML"),
        (f"entries:\n  - {{name: {'V' * 301}, kind: Company}}\n", 2, "name", "301 characters"),
    ],
)
def test_a_fault_in_yaml_is_reported_with_its_place(
    tmp_path: Path, text: str, line: int | None, field: str | None, says: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=says) as caught:
        read_entries(path)
    error = caught.value
    assert error.field == field
    if line is not None:
        assert error.line == line
        assert str(error).startswith(f"{path}, line {line}: ")
    assert error.path == str(path)


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ("kind\nCompany\n", 1, "name", "columns"),
        ("", 1, "name", "columns"),
        ("name,kind\nV,Company\nW,Firma\n", 3, "kind", "Organization"),
        ("name,kind\nV,Company,x\n", 2, None, "more cells"),
        ("name,kind,colour\nV,Company,red\n", 2, "colour", "not one of"),
        ('name,kind\n"V,Company\n', 2, None, "not CSV"),
        ("name,kind,ambiguous\nV,Company,W\n", 2, "ambiguous", "aliases"),
    ],
)
def test_a_fault_in_csv_is_reported_with_its_place(
    text: str, line: int, field: str | None, says: str
) -> None:
    with pytest.raises(DataFileError, match=says) as caught:
        parse_entries(text, "mine.csv", csv_form=True)
    assert (caught.value.line, caught.value.field) == (line, field)


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LoaderError, match=r"nowhere\.yaml"):
        Gazetteer.load("fr", [tmp_path / "nowhere.yaml"])
    (tmp_path / "latin.yaml").write_bytes("entries: [é]".encode("latin-1"))
    with pytest.raises(DataFileError, match="UTF-8"):
        read_entries(tmp_path / "latin.yaml")


def test_the_error_survives_the_way_between_processes() -> None:
    error = DataFileError("a.yaml", "is missing", line=3, field="kind")
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.line, copy.field) == (str(error), 3, "kind")


DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "gazetteer.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first block of `language` in the documentation."""
    return DOCUMENTATION.partition(f"```{language}\n")[2].partition("```")[0]


def test_the_examples_of_the_documentation_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "brewers.yaml").write_text(block("yaml"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(block("python"), "docs/gazetteer.md", "exec"), {})
    assert capsys.readouterr().out.splitlines() == [
        "Le brasseur de Longwy → Brasserie Vauban",
        "Vaubine 3 → Vaubine 3",
    ]
    from_csv = parse_entries(block("csv"), "brewers.csv", csv_form=True)
    assert [entry.name for entry in from_csv] == ["Brasserie Vauban", "Vaubine"]
    assert from_csv[0].cues == ("brasseur", "bière")


def test_every_field_is_documented() -> None:
    table = DOCUMENTATION.partition("## Fields")[2].partition("\n## ")[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE))
    with pytest.raises(DataFileError) as caught:
        parse_entries("entries: [{name: V, kind: Company, x: y}]", "a.yaml")
    assert documented == set(caught.value.problem.removeprefix("is not one of ").split(", "))


def test_the_example_in_the_class_works() -> None:
    assert doctest.testmod(gazetteer_module).failed == 0
    assert doctest.testmod(gazetteer_module).attempted > 0
