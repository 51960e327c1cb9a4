"""Sums of money in French text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spelling import spell

from graph.model import Amount, Bound
from loaders.reading.amounts import FoundAmount, find_amounts

EXACT, AT_LEAST, AT_MOST, ABOUT = Bound.EXACT, Bound.AT_LEAST, Bound.AT_MOST, Bound.ABOUT


def the_one(text: str) -> FoundAmount:
    found = find_amounts(text)
    assert len(found) == 1, found
    return found[0]


def values(text: str) -> list[tuple[float, str]]:
    return [(amount.value, amount.currency) for amount in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "value", "currency", "words"),
    [
        ("Le fonds a versé 200 millions de dollars à la start-up.", 2e8, "USD",
         "200 millions de dollars"),
        ("Un chèque de 14,3 Md€ signé en juin.", 14.3e9, "EUR", "14,3 Md€"),
        ("La levée (200 M$) a été bouclée.", 2e8, "USD", "200 M$"),
        ("Elle vaut 1,5 Mds d'euros.", 1.5e9, "EUR", "1,5 Mds d'euros"),
        ("Il a coûté un milliard de dollars.", 1e9, "USD", "un milliard de dollars"),
        ("Soit deux cents millions d’euros de pertes.", 2e8, "EUR", "deux cents millions d’euros"),
        ("Il gagne trois cent mille euros.", 3e5, "EUR", "trois cent mille euros"),
        ("Une amende de 100 000 euros.", 1e5, "EUR", "100 000 euros"),
        ("Une amende de 1\u202f200\u202f000\u00a0€.", 1.2e6, "EUR", "1\u202f200\u202f000\u00a0€"),
        ("Un ticket de 100.000 euros.", 1e5, "EUR", "100.000 euros"),
        ("Un tour de $14.3 billion.", 14.3e9, "USD", "$14.3 billion"),
        ("Un tour à $200M.", 2e8, "USD", "$200M"),
        ("Il a touché $1,250 seulement.", 1250, "USD", "$1,250"),
        ("Un ticket de 500 k€.", 5e5, "EUR", "500 k€"),
        ("Un ticket de 10M€ au plus haut.", 1e7, "EUR", "10M€"),
        ("Une perte de 12 MEUR.", 1.2e7, "EUR", "12 MEUR"),
        ("Une perte de EUR 12 millions.", 1.2e7, "EUR", "EUR 12 millions"),
        ("Une perte de 3 milliards USD.", 3e9, "USD", "3 milliards USD"),
        ("Un demi-milliard de dollars.", 5e8, "USD", "Un demi-milliard de dollars"),
        ("Deux millions et demi d'euros.", 2.5e6, "EUR", "Deux millions et demi d'euros"),
        ("Un million 200 000 euros.", 1.2e6, "EUR", "Un million 200 000 euros"),
        ("Plus tard, 2 000 milliards de dollars.", 2e12, "USD", "2 000 milliards de dollars"),
        ("Vendu 1'500'000 francs suisses.", 1.5e6, "CHF", "1'500'000 francs suisses"),
        ("Cédé pour l'euro symbolique.", 1, "EUR", "l'euro symbolique"),
        ("Il en veut cinq millions\nde dollars.", 5e6, "USD", "cinq millions\nde dollars"),
        ("PRÈS DE LA FAILLITE : 3 MILLIONS D'EUROS", 3e6, "EUR", "3 MILLIONS D'EUROS"),
    ],
)  # fmt: skip
def test_the_french_ways_of_writing_a_sum_are_read(
    text: str, value: float, currency: str, words: str
) -> None:
    amount = the_one(text)
    assert (amount.value, amount.currency) == (value, currency)
    assert text[amount.start : amount.end] == words


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("livres sterling", "GBP"), ("francs suisses", "CHF"), ("yens", "JPY"), ("yuans", "CNY"),
        ("wons", "KRW"), ("couronnes suédoises", "SEK"), ("couronnes danoises", "DKK"),
        ("dollars canadiens", "CAD"), ("dollars américains", "USD"), ("dollars US", "USD"),
        ("dollars de Hong Kong", "HKD"), ("dollars taïwanais", "TWD"), ("roupies", "INR"),
        ("roubles", "RUB"), ("francs CFA", "XOF"), ("francs", "FRF"), ("shekels", "ILS"),
        ("reais brésiliens", "BRL"), ("dirhams marocains", "MAD"), ("€", "EUR"), ("£", "GBP"),
        ("¥", "JPY"), ("$ CA", "CAD"), ("$US", "USD"), ("CHF", "CHF"),
    ],
)  # fmt: skip
def test_each_currency_has_its_code(words: str, currency: str) -> None:
    sign = not words[0].islower()
    of = "" if sign else "de "
    assert values(f"Le groupe a levé 40 millions {of}{words}.") == [(4e7, currency)]


@pytest.mark.parametrize(
    "text",
    [
        "Un modèle à 8 milliards de paramètres.",
        "Le service compte 300 millions d'utilisateurs.",
        "Il a débauché dix ingénieurs et perdu 12 % de ses clients en 2024.",
        "Il débourse des centaines de millions de dollars pour les débaucher.",
        "Cela se chiffre en milliards d'euros.",
        "Plusieurs millions de dollars sont en jeu.",
        "Quelques milliers d'euros suffiraient.",
        "Entraîné sur sept millions de livres piratés.",
        "L'éditeur a vendu 2 millions de livres.",
        "Un dollar fort pèse sur les exportations.",
        "Il a gagné 40 millions de couronnes et 3 millions de pesos.",
        "Il a payé 0 euro.",
        "Leurs 400 ingénieurs et 3 directeurs essayent 200 try.",
        "",
    ],
)
def test_what_is_no_sum_of_money_is_left_alone(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Un bénéfice de 5,2 millions de livres.",
        "Soit 5,2 millions de livres (6,4 millions d'euros).",
        "Elle pèse désormais 2 milliards de livres.",
    ],
)
def test_pounds_are_told_from_books(text: str) -> None:
    assert find_amounts(text)[0].currency == "GBP"


@pytest.mark.parametrize(
    ("cue", "bound"),
    [
        ("plus de", AT_LEAST), ("au moins", AT_LEAST), ("dépassant les", AT_LEAST),
        ("dépasse", AT_LEAST), ("supérieur à", AT_LEAST), ("supérieure à", AT_LEAST),
        ("au-delà de", AT_LEAST), ("au-delà des", AT_LEAST), ("pas moins de", AT_LEAST),
        ("un peu plus de", AT_LEAST), ("à partir de", AT_LEAST), ("au minimum", AT_LEAST),
        ("franchit la barre des", AT_LEAST), ("largement plus de", AT_LEAST),
        ("jusqu'à", AT_MOST), ("jusqu’à", AT_MOST), ("au plus", AT_MOST), ("moins de", AT_MOST),
        ("au maximum", AT_MOST), ("maximum", AT_MOST), ("inférieur à", AT_MOST),
        ("sans dépasser", AT_MOST), ("ne dépassera pas les", AT_MOST), ("plafonné à", AT_MOST),
        ("un peu moins de", AT_MOST), ("pas plus de", AT_MOST), ("sous les", AT_MOST),
        ("environ", ABOUT), ("près de", ABOUT), ("à hauteur de", ABOUT), ("quelque", ABOUT),
        ("autour de", ABOUT), ("frôle les", ABOUT), ("avoisinant", ABOUT), ("estimé à", ABOUT),
        ("estime l'opération à", ABOUT), ("de l'ordre de", ABOUT), ("aux alentours de", ABOUT),
        ("pour", EXACT), ("évaluée à", EXACT), ("de", EXACT), ("surplus de", EXACT),
    ],
)  # fmt: skip
def test_the_words_before_a_sum_set_its_bound(cue: str, bound: Bound) -> None:
    text = f"Un montant {cue} 300 millions de dollars, dit-on."
    amount = the_one(text)
    assert (amount.value, amount.bound) == (3e8, bound)
    if bound is EXACT:
        assert (amount.cue, amount.cue_start) == ("", amount.start)
    else:
        assert amount.cue == cue
        assert text[amount.cue_start : amount.cue_start + len(cue)] == cue


@pytest.mark.parametrize(
    ("cue", "bound"),
    [("environ", ABOUT), ("au moins", AT_LEAST), ("ou plus", AT_LEAST), ("au bas mot", AT_LEAST),
     ("maximum", AT_MOST), ("tout au plus", AT_MOST), ("au maximum", AT_MOST),
     ("peu ou prou", ABOUT)],
)  # fmt: skip
def test_the_words_after_a_sum_set_its_bound(cue: str, bound: Bound) -> None:
    text = f"Il toucherait 30 millions de dollars par an {cue}, selon nos sources."
    amount = the_one(text)
    assert (amount.bound, amount.cue, amount.per) == (bound, cue, "year")
    assert text[amount.cue_start :].startswith(cue)


@pytest.mark.parametrize(
    ("text", "value", "bound", "cue"),
    [
        ("une centaine de millions de dollars", 1e8, ABOUT, ""),
        ("une dizaine de milliards d'euros", 1e10, ABOUT, ""),
        ("une trentaine de milliers d'euros", 3e4, ABOUT, ""),
        ("plus d'une centaine de millions d'euros", 1e8, AT_LEAST, "plus d'"),
        ("plus d'un demi-milliard d'euros", 5e8, AT_LEAST, "plus d'"),
        ("dépasse le milliard de dollars", 1e9, AT_LEAST, "dépasse le"),
        ("près du milliard d'euros", 1e9, ABOUT, "près du"),
        ("jusqu'« à 500 millions d'euros »", 5e8, AT_MOST, "jusqu'« à"),
    ],
)
def test_rounded_counts_and_articles_are_read(
    text: str, value: float, bound: Bound, cue: str
) -> None:
    amount = the_one(text)
    assert (amount.value, amount.bound, amount.cue) == (value, bound, cue)


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("Estimé entre 20 et 30 millions de dollars.", 2e7, 3e7),
        ("Il toucherait 100 à 200 millions de dollars.", 1e8, 2e8),
        ("Un tour de 10 à 15 millions d'euros.", 1e7, 1.5e7),
        ("Un tour de 1 milliard à 1,5 milliard d'euros.", 1e9, 1.5e9),
        ("Des primes de 500 000 à 1 million d'euros.", 5e5, 1e6),
        ("Entre 20 millions de dollars et 1 milliard de dollars.", 2e7, 1e9),
        ("Un salaire de 10-15 millions de dollars.", 1e7, 1.5e7),
        ("Il en vaut 10 ou 15 millions d'euros.", 1e7, 1.5e7),
        ("Entre deux et trois milliards d'euros.", 2e9, 3e9),
    ],
)
def test_a_range_has_its_lower_end_as_value_and_keeps_the_upper(
    text: str, lower: float, upper: float
) -> None:
    amount = the_one(text)
    assert (amount.value, amount.upper, amount.bound) == (lower, upper, AT_LEAST)
    assert text[amount.cue_start :].startswith(amount.cue) and amount.cue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elle lève 10 puis 20 millions d'euros.", [1e7, 2e7]),
        ("Ils versent 10 et 5 millions d'euros.", [1e7, 5e6]),
        ("Des tours de 10, 20 et 30 millions d'euros.", [1e7, 2e7, 3e7]),
        ("La valeur passe de 10 à 20 millions d'euros.", [1e7, 2e7]),
        ("Il a levé 20 milliards d'euros, contre 13 milliards un an plus tôt.", [2e10, 1.3e10]),
        ("Elle vaut 66,1 milliards de dollars, dont une dette de 13,7 milliards.",
         [66.1e9, 13.7e9]),
        ("Il a mis 5 millions d'euros, dont 2 millions en actions.", [5e6, 2e6]),
    ],
)  # fmt: skip
def test_a_currency_said_once_holds_for_the_others(text: str, expected: list[float]) -> None:
    assert [amount.value for amount in find_amounts(text)] == expected
    assert len({amount.currency for amount in find_amounts(text)}) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Llama 4 et 200 millions de dollars.", [2e8]),
        ("En 2019, 10 millions d'euros ont suffi.", [1e7]),
        ("Le 4, 10 millions d'euros ont suffi.", [1e7]),
        ("Elle lève 5 millions d'euros et compte 3 millions d'utilisateurs.", [5e6]),
        ("Pour 5 millions d'euros. Elle en voulait 8 millions.", [5e6]),
        ("Il vaut 52 milliards de dollars et produit à 300 millions d'exemplaires.", [5.2e10]),
    ],
)
def test_numbers_beside_a_sum_are_not_taken_for_one(text: str, expected: list[float]) -> None:
    assert [amount.value for amount in find_amounts(text)] == expected


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Il gagne 3 millions de dollars par an.", "year"),
        ("Il économise 3 milliards d'euros chaque année.", "year"),
        ("Il promet 5 millions de dollars (4,6 millions d'euros) par an.", "year"),
        ("Un salaire annuel de 3 millions d'euros.", "year"),
        ("Il gagne 30 000 euros par mois.", "month"),
        ("Un loyer mensuel de 9 000 euros.", "month"),
        ("Il gagne 3 000 euros par semaine.", "week"),
        ("Il gagne 3 000 euros par jour.", "day"),
        ("Il gagne 3 millions d'euros sur quatre ans.", None),
    ],
)
def test_a_recurring_sum_says_how_often(text: str, per: str | None) -> None:
    assert find_amounts(text)[0].per == per


def test_the_same_sum_in_two_currencies_is_two_sums() -> None:
    assert values("50 milliards de dollars (47,8 milliards d'euros)") == [
        (5e10, "USD"),
        (47.8e9, "EUR"),
    ]


CURRENCIES = {
    "EUR": ["euros", "€", "EUR"],
    "USD": ["dollars", "$", "USD"],
    "GBP": ["livres sterling", "£"],
    "CHF": ["francs suisses", "CHF"],
}
CUES = {"": EXACT, "plus de ": AT_LEAST, "jusqu'à ": AT_MOST, "près de ": ABOUT}
SPACES = [" ", "\u00a0", "\u202f"]
UNITS = {"millions": 10**6, "milliards": 10**9}
SHORT_UNITS = {"k": 10**3, "M": 10**6, "Md": 10**9, "Mds": 10**9}


@st.composite
def written_amounts(draw: st.DrawFn) -> tuple[str, float, str, Bound]:
    """A sum in one of the French ways, with what it says."""
    currency = draw(st.sampled_from(sorted(CURRENCIES)))
    name = draw(st.sampled_from(CURRENCIES[currency]))
    space = draw(st.sampled_from(SPACES))
    cue = draw(st.sampled_from(sorted(CUES)))
    of = "" if name[0].isupper() or not name[0].isalpha() else "de "
    of = "d'" if name == "euros" else of
    way = draw(st.sampled_from(["digits", "words", "unit", "short"]))
    if way == "digits":
        number = draw(st.integers(2, 10**12))
        text, value = f"{number:,}".replace(",", space) + f" {name}", Decimal(number)
    elif way == "words":
        number = draw(st.integers(2, 10**12 - 1))
        joined = of if number % 10**6 == 0 else ""
        text, value = f"{spell(number)} {joined}{name}", Decimal(number)
    elif way == "unit":
        decimal = Decimal(draw(st.integers(11, 9999))) / 10
        unit = draw(st.sampled_from(sorted(UNITS)))
        digits = f"{decimal}".replace(".", ",")
        text, value = f"{digits}{space}{unit} {of}{name}", decimal * UNITS[unit]
    else:
        decimal = Decimal(draw(st.integers(11, 9999))) / 10
        unit, sign = draw(st.sampled_from(sorted(SHORT_UNITS))), {"EUR": "€", "USD": "$"}
        digits = f"{decimal}".replace(".", ",")
        text = f"{digits}{space}{unit}{sign.get(currency, currency)}"
        value = decimal * SHORT_UNITS[unit]
        if currency == "GBP":
            text = text.replace("GBP", "£")
    return f"{cue}{text}", float(value), currency, CUES[cue]


@given(written_amounts())
def test_any_sum_is_read_back_as_it_was_written(
    written: tuple[str, float, str, Bound],
) -> None:
    words, value, currency, bound = written
    text = f"Le groupe lui a offert {words}, selon Bloomberg."
    amount = the_one(text)
    assert (amount.value, amount.currency, amount.bound) == (value, currency, bound)
    assert text[amount.cue_start : amount.end] == words
    assert Amount(value=amount.value, currency=amount.currency, bound=amount.bound)


FRAGMENTS = st.sampled_from(
    [
        "5", "1 200", "14,3", "un", "deux", "cent", "mille", "million", "millions", "milliards de",
        "de", "d'", "euros", "€", "$", "dollars", "M€", "k", "entre", "et", "à", "plus", "plus de",
        "(", ")", "-", ",", ".", "\n", "\u00a0", "par an", "livres", "une centaine", "demi", "le",
        "l'euro symbolique", "contre", "USD", "999999999999999999", "0", "2019", "'", "İ", "ſ",
    ]
)  # fmt: skip


@given(
    st.one_of(
        st.text(st.characters(), max_size=60),
        st.lists(FRAGMENTS, max_size=25).map(" ".join),
        st.lists(FRAGMENTS, max_size=25).map("".join),
    )
)
def test_whatever_the_text_every_sum_lies_in_it_and_is_a_valid_one(text: str) -> None:
    end = 0
    for amount in find_amounts(text):
        assert end <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end].strip() == text[amount.start : amount.end] != ""
        assert text[amount.cue_start : amount.cue_start + len(amount.cue)] == amount.cue
        Amount(value=amount.value, currency=amount.currency, bound=amount.bound)
        assert amount.upper is None or amount.upper > amount.value
        end = amount.end


@pytest.mark.parametrize(
    "hostile",
    ["1 ", "1", "un ", "1 000 ", " ", "€", "1,", "entre 1 et ", "deux cent ", "5 livres (", "\n",
     "plus de ", "10, ", "5 millions ", "le million "],
)  # fmt: skip
def test_long_hostile_texts_are_read_to_their_end(hostile: str) -> None:
    text = hostile * (100_000 // len(hostile)) + " 3 millions d'euros"
    assert find_amounts(text)[-1].end == len(text)


def test_a_language_without_amounts_is_told() -> None:
    with pytest.raises(LookupError, match="xx"):
        find_amounts("5 euros", "xx")
