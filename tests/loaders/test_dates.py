"""Dates, periods and durations in French text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import VagueDate
from loaders.languages import language_data
from loaders.reading.dates import FoundDate, find_dates

TUESDAY = dt.date(2025, 2, 4)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def the_one(text: str, published: dt.date | None = TUESDAY) -> FoundDate:
    found = find_dates(text, published)
    assert len(found) == 1, found
    return found[0]


def span(text: str, published: dt.date | None = TUESDAY) -> tuple[str, str]:
    found = the_one(text, published)
    return str(found.earliest), str(found.latest)


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("Il part le 4 février 2025.", "2025-02-04", "4 février 2025"),
        ("04 février 2025 à 14h11", "2025-02-04", "04 février 2025 à 14h11"),
        ("Dès l'annonce du 1er juin 2020, il part.", "2020-06-01", "1er juin 2020"),
        ("Né à Billings, le 28\u00a0juillet\u00a01934.", "1934-07-28", "28\u00a0juillet\u00a01934"),
        ("Daté du 04/02/2025.", "2025-02-04", "04/02/2025"),
        ("Daté du 4.2.2025 à 9 h.", "2025-02-04", "4.2.2025 à 9 h"),
        ("Daté du 2025-02-04.", "2025-02-04", "2025-02-04"),
        ("Daté : 2025-02-04T14:11:00Z.", "2025-02-04", "2025-02-04T14:11:00Z"),
        ("Vu le mardi 4 février 2025.", "2025-02-04", "mardi 4 février 2025"),
        ("Vu le 4 févr. 2025 à midi.", "2025-02-04", "4 févr. 2025"),
        ("LE 4 FÉVRIER 2025, TOUT CHANGE", "2025-02-04", "4 FÉVRIER 2025"),
        ("Le 29 février 2024 enfin.", "2024-02-29", "29 février 2024"),
    ],
)
def test_full_dates_need_no_day_of_publication(text: str, expected: str, words: str) -> None:
    found = the_one(text, None)
    assert (found.earliest, found.latest, found.relation) == (day(expected),) * 2 + ("moment",)
    assert found.text == words == text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Il arrive en février 2025.", "2025-02-01", "2025-02-28"),
        ("Il arrive en 2019 chez Apple.", "2019-01-01", "2019-12-31"),
        ("Il arrive au mois de juin 2024.", "2024-06-01", "2024-06-30"),
        ("Début 2024, il arrive.", "2024-01-01", "2024-04-30"),
        ("Il arrive mi-2024.", "2024-05-01", "2024-08-31"),
        ("Fin 2026, il partira.", "2026-09-01", "2026-12-31"),
        ("À la fin de l'année 2026, il partira.", "2026-09-01", "2026-12-31"),
        ("Il arrive début mars 2024.", "2024-03-01", "2024-03-10"),
        ("Il arrive à la mi-mars 2024.", "2024-03-11", "2024-03-20"),
        ("Il arrive fin mars 2024.", "2024-03-21", "2024-03-31"),
        ("Au deuxième trimestre 2025, il arrive.", "2025-04-01", "2025-06-30"),
        ("Au premier semestre 2012, il arrive.", "2012-01-01", "2012-06-30"),
        ("Les ventes du T3 2024 ont plu.", "2024-07-01", "2024-09-30"),
        ("Au printemps 2023, il arrive.", "2023-03-20", "2023-06-20"),
        ("L'automne 2023 fut rude.", "2023-09-23", "2023-12-20"),
        ("L'hiver 2024-2025 fut rude.", "2024-12-21", "2025-03-19"),
        ("Dans les années 1970, il dirige.", "1970-01-01", "1979-12-31"),
        ("Dans les années 80, il dirige.", "1980-01-01", "1989-12-31"),
        ("Il a fondé Pixar (1986).", "1986-01-01", "1986-12-31"),
        ("Il vise l'horizon 2030.", "2030-01-01", "2030-12-31"),
        ("Le rachat de 2014 a payé.", "2014-01-01", "2014-12-31"),
    ],
)
def test_parts_of_years_need_no_day_of_publication(text: str, earliest: str, latest: str) -> None:
    assert span(text, None) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Il y a quelques jours, il est parti.", "2025-01-25", "2025-02-03"),
        ("Il y a deux jours, il est parti.", "2025-02-02", "2025-02-02"),
        ("Il y a 3 semaines, il est parti.", "2025-01-11", "2025-01-17"),
        ("Il y a deux ans, il est parti.", "2022-08-06", "2023-08-05"),
        ("Il y a un an et demi, il est parti.", "2023-02-04", "2024-02-03"),
        ("Il y a une dizaine d'années, il est parti.", "2013-02-04", "2017-02-04"),
        ("Il y a près de dix ans, il est parti.", "2014-08-06", "2015-08-05"),
        ("Il y a quelques heures, il est parti.", "2025-02-03", "2025-02-04"),
        ("Il est parti hier soir.", "2025-02-03", "2025-02-03"),
        ("Il est parti avant-hier.", "2025-02-02", "2025-02-02"),
        ("Il est parti ce matin.", "2025-02-04", "2025-02-04"),
        ("Il part demain.", "2025-02-05", "2025-02-05"),
        ("Il est parti lundi.", "2025-02-03", "2025-02-03"),
        ("Il est parti mardi.", "2025-02-04", "2025-02-04"),
        ("Il est parti mercredi.", "2025-01-29", "2025-01-29"),
        ("Il est parti mardi dernier.", "2025-01-28", "2025-01-28"),
        ("Il arrive mardi prochain.", "2025-02-11", "2025-02-11"),
        ("Il partira mercredi.", "2025-02-05", "2025-02-05"),
        ("La semaine dernière, il est parti.", "2025-01-27", "2025-02-02"),
        ("Cette semaine, il est parti.", "2025-02-03", "2025-02-09"),
        ("Le week-end dernier, il est parti.", "2025-02-01", "2025-02-02"),
        ("Le mois dernier, il est parti.", "2025-01-01", "2025-01-31"),
        ("Le mois prochain, il partira.", "2025-03-01", "2025-03-31"),
        ("L'an dernier, il est parti.", "2024-01-01", "2024-12-31"),
        ("L’année passée, il est parti.", "2024-01-01", "2024-12-31"),
        ("L'année prochaine, il partira.", "2026-01-01", "2026-12-31"),
        ("Cette année, il est parti.", "2025-01-01", "2025-12-31"),
        ("Le siècle dernier fut long.", "1900-01-01", "1999-12-31"),
        ("À la fin du mois, il partira.", "2025-02-19", "2025-02-28"),
        ("En début d'année, il est parti.", "2025-01-01", "2025-04-30"),
        ("Récemment, il est parti.", "2024-11-06", "2025-02-04"),
        ("Depuis de nombreuses années, il y est.", "2005-02-04", "2021-02-04"),
        ("Au cours des derniers mois, il a recruté.", "2024-04-04", "2025-02-04"),
        ("Ces deux dernières années, il a recruté.", "2023-02-04", "2025-02-04"),
        ("Dans les prochaines semaines, il partira.", "2025-02-04", "2025-04-01"),
        ("Dans les mois à venir, il partira.", "2025-02-04", "2025-12-04"),
        ("Il part dans deux mois.", "2025-03-20", "2025-04-19"),
        ("Il partira d'ici deux ans.", "2025-02-04", "2027-08-05"),
        ("Il partira sous trois mois.", "2025-02-04", "2025-05-19"),
        ("L'été dernier, il est parti.", "2024-06-21", "2024-09-22"),
        ("Au printemps, il est parti.", "2024-03-20", "2024-06-20"),
        ("Au printemps prochain, il partira.", "2025-03-20", "2025-06-20"),
        ("Au quatrième trimestre, il est parti.", "2024-10-01", "2024-12-31"),
        ("Au premier trimestre de l'an dernier, il est parti.", "2024-01-01", "2024-03-31"),
    ],
)
def test_relative_times_are_reckoned_from_the_day_of_publication(
    text: str, earliest: str, latest: str
) -> None:
    assert span(text) == (earliest, latest)
    assert [(d.earliest, d.latest) for d in find_dates(text, None)] == [(None, None)]


def test_without_a_day_of_publication_a_time_is_found_where_it_is_with_one() -> None:
    text = "Partie de X mardi, elle y était depuis 2019 et sera chez Y de mars à fin 2027."
    dated, undated = find_dates(text, TUESDAY), find_dates(text, None)
    assert [(d.start, d.end, d.relation) for d in undated] == [
        (d.start, d.end, d.relation) for d in dated
    ]
    bounds = [None, dt.date(2019, 12, 31), dt.date(2027, 3, 31), dt.date(2027, 12, 31)]
    assert [d.latest for d in undated] == bounds


def test_how_vague_words_are_comes_from_the_data() -> None:
    few = language_data("fr", "dates")["vague"]["quelques"]["day"]
    published = TUESDAY
    assert span("Il est parti il y a quelques jours.") == (
        str(published - dt.timedelta(days=few[1])),
        str(published - dt.timedelta(days=few[0])),
    )


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Il est parti le 28 janvier.", "2025-02-04", "2025-01-28"),
        ("Il est parti le 1er juin.", "2025-02-04", "2024-06-01"),
        ("Il partira le 1er juin.", "2025-02-04", "2025-06-01"),
        ("Il est parti le 7 juillet dernier.", "2016-08-06", "2016-07-07"),
        ("Le mandat débutera le 20 janvier prochain.", "2016-12-29", "2017-01-20"),
        ("L'ouverture se fera le 22 mai.", "2017-05-02", "2017-05-22"),
        ("Il publiera sa dernière édition le 26 mars.", "2016-02-16", "2016-03-26"),
        ("Il a inauguré mercredi 7 novembre son usine.", "2012-11-07", "2012-11-07"),
        ("Prévu jeudi 5 mars.", "2026-02-01", "2026-03-05"),
        ("Il a rejoint Meta le 3 février.", "2016-12-29", "2016-02-03"),
        ("Il est parti le 29 février.", "2025-02-04", "2024-02-29"),
    ],
)
def test_a_day_without_its_year_takes_the_likeliest(
    text: str, published: str, expected: str
) -> None:
    assert span(text, day(published)) == (expected, expected)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Après avoir annoncé en janvier un plan", "2016-12-29", "2016-01-01"),
        ("Elle a été nommée en septembre dernier", "2012-07-02", "2011-09-01"),
        ("Plus tard, mi-juin, elle avait dit", "2012-07-02", "2012-06-10"),
        ("Elle prendra la tête en mars", "2025-02-04", "2025-03-01"),
        ("Elle a pris la tête en mars", "2025-02-04", "2024-03-01"),
        ("Elle a pris la tête en mars", "2025-03-20", "2025-03-01"),
        ("La conférence de mars, en mars", "2025-02-20", "2025-03-01"),
    ],
)
def test_a_month_without_its_year_takes_the_likeliest(
    text: str, published: str, expected: str
) -> None:
    assert str(the_one(text, day(published)).earliest) == expected


@pytest.mark.parametrize(
    ("text", "relation", "earliest", "latest", "words"),
    [
        ("Il y est depuis 2019.", "start", "2019-01-01", "2019-12-31", "depuis 2019"),
        ("Il y est depuis mars 2024.", "start", "2024-03-01", "2024-03-31", "depuis mars 2024"),
        ("Il y est depuis le 3 mars 2024.", "start", "2024-03-03", "2024-03-03",
         "depuis le 3 mars 2024"),
        ("Il y est depuis deux ans.", "start", "2022-08-06", "2023-08-05", "depuis deux ans"),
        ("Il y est depuis fin 2023.", "start", "2023-09-01", "2023-12-31", "depuis fin 2023"),
        ("Il y est depuis hier.", "start", "2025-02-03", "2025-02-03", "depuis hier"),
        ("Il y est depuis l'an dernier.", "start", "2024-01-01", "2024-12-31",
         "depuis l'an dernier"),
        ("Voilà dix ans qu'il y est.", "start", "2014-08-06", "2015-08-05", "Voilà dix ans"),
        ("À compter du 1er septembre 2025, elle dirige.", "start", "2025-09-01", "2025-09-01",
         "À compter du 1er septembre 2025"),
        ("Elle dirige à partir de janvier 2026.", "start", "2026-01-01", "2026-01-31",
         "à partir de janvier 2026"),
        ("Dès lundi, elle dirige.", "start", "2025-02-03", "2025-02-03", "Dès lundi"),
        ("Il l'a été jusqu'en 2014.", "end", "2014-01-01", "2014-12-31", "jusqu'en 2014"),
        ("Il l'a été jusqu’au 3 mars 2024.", "end", "2024-03-03", "2024-03-03",
         "jusqu’au 3 mars 2024"),
        ("Il l'a été jusqu'à l'an dernier.", "end", "2024-01-01", "2024-12-31",
         "jusqu'à l'an dernier"),
        ("Il l'a été jusqu'à la fin de 2023.", "end", "2023-09-01", "2023-12-31",
         "jusqu'à la fin de 2023"),
    ],
)  # fmt: skip
def test_words_before_a_time_make_it_a_start_or_an_end(
    text: str, relation: str, earliest: str, latest: str, words: str
) -> None:
    found = the_one(text)
    assert (found.relation, str(found.earliest), str(found.latest)) == (relation, earliest, latest)
    assert found.text == words


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("Il partira d'ici fin 2026.", "2025-02-04", "2026-12-31"),
        ("Il partira d'ici à la fin mars 2026.", "2025-02-04", "2026-03-31"),
        ("Il partira au plus tard en juin 2025.", "2025-02-04", "2025-06-30"),
        ("Il y était avant 2020.", "None", "2019-12-31"),
        ("Il partira avant la fin de l'année.", "None", "2025-12-31"),
        ("Il y est venu après mars 2023.", "2023-04-01", "None"),
        ("Il ne partira pas avant 2027.", "2027-01-01", "None"),
        ("Il devait partir d'ici à 2014.", "None", "2014-12-31"),
    ],
)
def test_limits_leave_a_side_open_or_reach_from_publication(
    text: str, earliest: str, latest: str
) -> None:
    assert span(text) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Il y fut de 2015 à 2019.", "2015-01-01", "2019-01-01"),
        ("Il y fut entre 2015 et 2019.", "2015-01-01", "2019-01-01"),
        ("Directeur (2015-2019) du groupe.", "2015-01-01", "2019-01-01"),
        ("Il y fut de mars 2019 à juin 2021.", "2019-03-01", "2021-06-01"),
        ("Il y fut de janvier à mars 2024.", "2024-01-01", "2024-03-01"),
        ("Il y fut de novembre à mars 2024.", "2023-11-01", "2024-03-01"),
        ("Il y fut entre mars et juin 2021.", "2021-03-01", "2021-06-01"),
        ("Le salon du 3 au 5 mars 2024.", "2024-03-03", "2024-03-05"),
        ("Le salon du 28 novembre au 3 décembre.", "2024-11-28", "2024-12-03"),
        ("Il y fut de 2015 jusqu'en 2019.", "2015-01-01", "2019-01-01"),
        ("Il y fut de mars 2015 jusqu'en 2019.", "2015-03-01", "2019-01-01"),
        ("Il y fut depuis 2015 et jusqu'en 2019.", "2015-01-01", "2019-01-01"),
    ],
)
def test_two_times_are_a_start_and_an_end(text: str, start: str, end: str) -> None:
    found = find_dates(text, TUESDAY)
    by_relation = {date.relation: str(date.earliest) for date in found}
    assert by_relation == {"start": start, "end": end}
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Il y a travaillé pendant huit ans.", 2922),
        ("Il l'a dirigée pendant près de 35 ans.", 12783),
        ("Elle y est restée deux mois durant.", 61),
        ("Après trois ans chez Apple, il part.", 1096),
        ("Une offre étalée sur quatre ans.", 1461),
        ("Elle a triplé en six semaines.", 42),
        ("Au bout de dix jours, il part.", 10),
        ("Pendant un an et demi, il cherche.", 548),
        ("Elle a passé cinq ans chez Apple.", 1826),
        ("Elle est restée près de dix ans à sa tête.", 3652),
        ("Pendant une période de six mois, il cherche.", 183),
    ],
)
def test_lengths_of_time_are_durations_without_bounds(text: str, days: int) -> None:
    found = the_one(text, None)
    assert (found.relation, found.days) == ("duration", days)
    assert found.earliest is found.latest is None


@pytest.mark.parametrize(
    "text",
    [
        "Mars rachète Kellanova.",
        "Chez Mars, on recrute.",
        "Il a été 2020 fois à Paris.",
        "Il emploie 2000 salariés et vend 2019 exemplaires.",
        "Le plan passe de 2000 à 2050 salariés.",
        "Il a quelque 2 000 ingénieurs.",
        "Le plan coûte plus de 2000 points et la vente de 2020 licences.",
        "Le 31 février 2020 n'existe pas, ni le 2025-13-01.",
        "Siri 2024 arrive.",
        "Âgé de 83 ans, il part.",
        "Il a été nommé directeur.",
        "Une semaine ordinaire, un mois chargé.",
        "",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert find_dates(text, TUESDAY) == []


def test_several_times_of_one_sentence_are_found_in_order() -> None:
    text = "Entré chez Apple en 2015, parti en mars 2021, il est revenu hier pour deux ans."
    assert [date.text for date in find_dates(text, TUESDAY)] == ["en 2015", "en mars 2021", "hier"]


def test_a_time_beyond_the_calendar_is_left_out() -> None:
    assert find_dates("Il y a 9999 siècles.", TUESDAY) == []
    assert find_dates("Dans 9999 ans, on rira.", TUESDAY) == []
    assert find_dates("Hier encore.", dt.date.min) != []


MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
]  # fmt: skip
WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
SPACES = st.sampled_from([" ", "\u00a0", "\u202f"])
DAYS = st.dates(dt.date(1500, 1, 1), dt.date(2099, 12, 31))


@st.composite
def written_days(draw: st.DrawFn) -> tuple[str, dt.date]:
    date, space = draw(DAYS), draw(SPACES)
    number = draw(st.sampled_from([str(date.day), f"{date.day:02}"]))
    if date.day == 1 and draw(st.booleans()):
        number = "1er"
    month = MONTHS[date.month - 1]
    long = space.join([number, month, str(date.year)])
    written = draw(
        st.sampled_from(
            [
                long,
                long.upper() if number != "1er" else long,
                f"{WEEKDAYS[date.weekday()]} {long}",
                f"{long} à 14h11",
                f"{date:%d/%m/}{date.year}",
                f"{date.day}.{date.month}.{date.year}",
                date.isoformat(),
            ]
        )
    )
    return written, date


@given(written_days(), st.sampled_from(["Le ", "Dès l'annonce du ", "(", "", "Publié le "]))
def test_any_day_is_read_back_as_it_was_written(written: tuple[str, dt.date], before: str) -> None:
    words, date = written
    found = the_one(f"{before}{words}, tout a changé.", None)
    assert (found.earliest, found.latest) == (date, date)
    assert found.text == words


@given(DAYS, st.sampled_from(["en ", "depuis ", "jusqu'en ", ""]), st.booleans())
def test_any_month_and_year_are_read_back(date: dt.date, before: str, whole_year: bool) -> None:
    words = str(date.year) if whole_year else f"{MONTHS[date.month - 1]} {date.year}"
    if whole_year and not before:
        before = "en "
    found = the_one(f"Elle y fut {before}{words}.", None)
    assert found.earliest is not None and found.latest is not None
    assert found.earliest <= date <= found.latest
    relations = {"depuis ": "start", "jusqu'en ": "end"}
    assert found.relation == relations.get(before, "moment")


@given(st.dates(dt.date(1900, 1, 1), dt.date(2090, 1, 1)), st.integers(-300, 100))
def test_a_day_without_its_year_is_read_back_when_words_tell_the_side(
    published: dt.date, away: int
) -> None:
    date = published + dt.timedelta(days=away)
    if (date.month, date.day) == (2, 29) or date == published:
        return
    side = "prochain" if away > 0 else "dernier"
    words = f"le {date.day} {MONTHS[date.month - 1]} {side}"
    assert the_one(f"On le verra {words}.", published).earliest == date


@given(st.dates(dt.date(1900, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 60))
def test_what_lies_so_many_units_back_is_within_its_bounds(published: dt.date, count: int) -> None:
    for words, unit in (("jours", 1), ("semaines", 7), ("mois", 30.44), ("ans", 365.25)):
        found = the_one(f"Il y a {count} {words}, il est parti.", published)
        exact = published - dt.timedelta(days=round(count * unit))
        assert found.earliest is not None and found.latest is not None
        assert found.earliest <= exact <= found.latest <= published


FRAGMENTS = st.sampled_from(
    [
        "le", "4", "31", "février", "mars", "Mars", "2019", "2025", "il y a", "depuis", "deux",
        "ans", "mois", "jours", "quelques", "une dizaine de", "d'", "de", "à", "et", "entre", "du",
        "au", "fin", "mi-", "début", "l'", "été", "printemps", "dernier", "prochaine", "semaine",
        "mardi", "hier", "jusqu'en", "d'ici", "avant", "9999", "siècles", "-", "/", "02", "29",
        "pendant", "trimestre", "premier", "dernier trimestre", "années", "1990", "et demi", "(",
        ")", "\n", "\u00a0", "T2", "demain", "après", "rejoindra", "cent mille", "İ",
    ]
)  # fmt: skip


@given(
    st.one_of(
        st.text(st.characters(), max_size=60),
        st.lists(FRAGMENTS, max_size=25).map(" ".join),
        st.lists(FRAGMENTS, max_size=25).map("".join),
    ),
    st.one_of(st.none(), st.dates(), st.sampled_from([dt.date.min, dt.date.max])),
)
def test_whatever_the_text_every_time_lies_in_it_and_is_a_valid_one(
    text: str, published: dt.date | None
) -> None:
    end = 0
    for found in find_dates(text, published):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        if found.relation == "duration":
            assert found.days is not None and found.days > 0
        elif found.earliest or found.latest:
            VagueDate(earliest=found.earliest, latest=found.latest)
        else:
            assert published is None
        end = found.end


@pytest.mark.parametrize(
    "hostile",
    ["1 ", "1", "un ", " ", "2019 ", "le 4 mars ", "depuis ", "il y a plus de ", "deux cent ",
     "entre mars et ", "les ", "de 2015 à ", "à la fin de la ", "plus de ", "\n", "mars - "],
)  # fmt: skip
def test_long_hostile_texts_are_read_to_their_end(hostile: str) -> None:
    text = hostile * (50_000 // len(hostile)) + ". Puis en juin 2019"
    assert find_dates(text, TUESDAY)[-1].end == len(text)


def test_a_language_without_dates_is_told() -> None:
    with pytest.raises(LookupError, match="xx"):
        find_dates("le 4 mars", TUESDAY, "xx")
