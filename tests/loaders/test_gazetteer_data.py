"""The gazetteer that ships is whole: no two entries clash, and every name can be found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from graph.model import Kind
from loaders.languages import language_data
from loaders.reading.first_names import FirstNames
from loaders.reading.gazetteer import Entry, Gazetteer
from loaders.reading.surfaces import fold, surface_of

FRENCH = Gazetteer.load("fr")
FOLDER = files("loaders.languages").joinpath("fr", "gazetteer")
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "gazetteer.md"


def key(name: str) -> str:
    surface = surface_of(name)
    return " ".join(part.strip() for part in surface.keys) + surface.tail


def named(entry: Entry) -> str:
    return f"{entry.name} ({entry.kind})"


@pytest.mark.parametrize(
    ("kind", "least"),
    [(Kind.COMPANY, 1_000), (Kind.ORGANIZATION, 200), (Kind.PRODUCT, 200), (Kind.PERSON, 100)],
)
def test_hundreds_of_each_kind_are_known(kind: Kind, least: int) -> None:
    assert sum(entry.kind is kind for entry in FRENCH.entries) >= least


@pytest.mark.parametrize("file", sorted(f.name for f in FOLDER.iterdir()))
def test_every_file_says_where_its_facts_can_be_checked(file: str) -> None:
    data = yaml.safe_load(FOLDER.joinpath(file).read_text(encoding="utf-8"))
    assert len(data["source"]) > 20


def test_no_two_entries_have_one_name_and_kind() -> None:
    count = Counter((key(entry.name), entry.kind) for entry in FRENCH.entries)
    assert [name for name, times in count.items() if times > 1] == []


def test_a_name_that_two_entries_share_is_marked_in_both() -> None:
    holders: dict[str, list[Entry]] = defaultdict(list)
    for entry in FRENCH.entries:
        for name in entry.names:
            holders[name].append(entry)
    unmarked = {
        name: [named(entry) for entry in entries]
        for name, entries in holders.items()
        if len(entries) > 1 and not all(name in entry.ambiguous for entry in entries)
    }
    assert unmarked == {}


def test_a_description_of_one_entry_is_not_anothers() -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for entry in FRENCH.entries:
        for phrase in (*entry.descriptions, *entry.shared):
            holders[fold(phrase)].add(named(entry))
    own = {fold(phrase) for entry in FRENCH.entries for phrase in entry.descriptions}
    assert {
        phrase: names for phrase, names in holders.items() if len(names) > 1 and phrase in own
    } == {}


def test_a_description_opens_with_a_determiner_or_is_a_proper_name() -> None:
    openings = ("le ", "la ", "l'", "les ", "the ")
    loose = [
        phrase
        for entry in FRENCH.entries
        for phrase in (*entry.descriptions, *entry.shared)
        if not phrase.startswith(openings) and not phrase[0].isupper()
    ]
    assert loose == []


def test_an_owner_is_an_entry() -> None:
    known = {name for entry in FRENCH.entries for name in entry.names}
    assert [named(e) for e in FRENCH.entries if e.owner and e.owner not in known] == []


def test_a_country_is_a_code_of_two_letters() -> None:
    odd = {
        e.country
        for e in FRENCH.entries
        if e.country and not (len(e.country) == 2 and e.country.isupper())
    }
    assert odd == set()


def test_only_persons_have_a_gender_and_all_of_those_that_ship_do() -> None:
    assert [named(e) for e in FRENCH.entries if (e.kind is Kind.PERSON) != bool(e.gender)] == []


def test_every_sector_is_documented() -> None:
    section = DOCUMENTATION.read_text(encoding="utf-8").partition("## Sectors")[2]
    used = {sector for entry in FRENCH.entries for sector in entry.sectors}
    assert set(re.findall("`([^`]+)`", section)) - {"sectors"} == used


def test_a_sector_that_a_noun_asks_for_is_one_that_entries_have() -> None:
    asked = {
        s for rule in language_data("fr", "anaphors")["nouns"] for s in rule.get("sectors", ())
    }
    used = {sector for entry in FRENCH.entries for sector in entry.sectors}
    assert asked - used == set()


def test_an_entry_that_needs_a_cue_has_one() -> None:
    helpless = [
        named(e)
        for e in FRENCH.entries
        if e.needs_cue and not (e.ambiguous and (e.cues or e.owner))
    ]
    assert helpless == []


def test_every_name_is_found_in_a_sentence() -> None:
    lost = []
    for entry in FRENCH.entries:
        cue = entry.cues[0] if entry.cues else entry.owner or ""
        for name in entry.names:
            text = f"{cue} : on voit ici {name}, dit-on."
            start = text.index(name, len(cue))
            covering = [
                match
                for match in FRENCH.find(text)
                if match.start <= start and start + len(name.rstrip(".")) <= match.end
            ]
            if not any(entry in m.candidates or m.entry.family for m in covering):
                lost.append((named(entry), name))
    assert lost == []


def test_every_description_is_found_in_a_sentence() -> None:
    lost = []
    for entry in FRENCH.entries:
        for phrase in (*entry.descriptions, *entry.shared):
            text = f"On voit ici {phrase}, dit-on."
            if not any(
                match.surface == phrase and entry in match.candidates for match in FRENCH.find(text)
            ):
                lost.append((named(entry), phrase))
    assert lost == []


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Mira", "f"),
        ("Arthur Mensch", "m"),
        ("Stéphanie de La Tour", "f"),
        ("JEROME Dupont", "m"),
        ("Marie-Bérénice Lang", "f"),
        ("Michèle Blanc", "f"),
        ("Michele Bianchi", None),
        ("MICHELE BLANC", None),
        ("Camille Roux", None),
        ("Claude", None),
        ("Ruoming Pang", None),
        ("Xyzzy", None),
        ("", None),
    ],
)
def test_a_first_name_tells_the_gender_where_it_can(name: str, gender: str | None) -> None:
    assert FirstNames.of("fr").gender(name) == gender


def test_first_names_of_many_countries_are_known_and_none_is_listed_twice() -> None:
    listed = language_data("fr", "names")["first_names"]
    count = Counter(name for names in listed.values() for name in names)
    assert [name for name, times in count.items() if times > 1] == []
    known = FirstNames.of("fr").known
    for name in (
        "Guillaume",
        "Satya",
        "Wei",
        "Fatima",
        "Joaquin",
        "Jürgen",
        "Giulia",
        "Kenji",
        "Sundar",
    ):
        assert fold(name) in known
    assert "apple" not in known
