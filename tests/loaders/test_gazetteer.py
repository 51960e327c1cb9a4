"""The gazetteer finds well-known names and descriptions in plain text."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Kind
from loaders.reading.gazetteer import Gazetteer, GazetteerMatch

FRENCH = Gazetteer.load("fr")


def found(text: str) -> list[tuple[str, str]]:
    return [(match.surface, match.entry.name) for match in FRENCH.find(text)]


def only(text: str) -> GazetteerMatch:
    matches = FRENCH.find(text)
    assert len(matches) == 1, matches
    return matches[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nvidia dépasse Apple.", [("Nvidia", "Nvidia"), ("Apple", "Apple")]),
        ("Le fonds a misé sur Hugging Face et Doctolib.", ["Hugging Face", "Doctolib"]),
        ("La Commission européenne écrit à Shein.", ["Commission européenne", "Shein"]),
        ("Arthur Mensch quitte Mistral AI pour Airbus.", ["Arthur Mensch", "Mistral AI", "Airbus"]),
    ],
)
def test_names_are_found_in_the_order_of_the_text(
    text: str, expected: list[str | tuple[str, str]]
) -> None:
    pairs = [pair if isinstance(pair, tuple) else (pair, pair) for pair in expected]
    assert found(text) == pairs


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Les comptes de Meta Superintelligence Labs", "Meta Superintelligence Labs", None),
        ("Air France-KLM vole", "Air France-KLM", None),
        ("Une filiale de BNP Paribas", "BNP Paribas", None),
        ("Selon Microsoft Research, rien", "Microsoft Research", None),
        ("Il dirige Thinking Machines.", "Thinking Machines", "Thinking Machines Lab"),
    ],
)
def test_the_longest_name_wins(text: str, surface: str, name: str | None) -> None:
    assert found(text) == [(surface, name or surface)]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("L'usine d'Apple ferme.", "Apple"),
        ("On dit qu’OpenAI recrute.", "OpenAI"),
        ("C'est l’Insee qui compte.", "l’Insee"),
        ("S'agissant d’EDF, rien.", "EDF"),
        ("Jusqu'Airbus inclus.", "Airbus"),
    ],
)
def test_an_elided_word_before_a_name_is_no_part_of_it(text: str, surface: str) -> None:
    assert only(text).surface in {surface, surface.split("’")[-1]}


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Une interview au Figaro.", "Figaro", "Le Figaro"),
        ("Les journalistes des Échos enquêtent.", "Échos", "Les Echos"),
        ("Lu dans le Financial Times.", "Financial Times", "Financial Times"),
        ("Il entre chez l'Oréal.", "l'Oréal", "L'Oréal"),
        ("Une plainte du Wall Street Journal.", "Wall Street Journal", "The Wall Street Journal"),
    ],
)
def test_the_article_of_a_name_may_merge_with_a_preposition(
    text: str, surface: str, name: str
) -> None:
    match = only(text)
    assert (match.surface, match.entry.name) == (surface, name)


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Coca Cola et son sirop", "Coca Cola", "Coca-Cola"),
        ("Le Crédit-Agricole prête", "Crédit-Agricole", "Crédit Agricole"),
        ("Moët\u00a0Hennessy exporte", "Moët\u00a0Hennessy", "Moët Hennessy"),
        ("AT & T paie", "AT & T", "AT&T"),
        ("Societe Generale vend", "Societe Generale", "Société Générale"),
        ("HERMÈS et HERMES", "HERMÈS", "Hermès"),
        ("Un compte Linkedin", "Linkedin", "LinkedIn"),
        ("IPhone en rupture", "IPhone", "iPhone"),
    ],
)
def test_a_name_is_found_in_its_usual_spellings(text: str, surface: str, name: str) -> None:
    assert (surface, name) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "une pomme apple pie",
        "des visas et une visa",
        "on lit la méta-analyse",
        "Le total est faux",
        "la métamorphose d'un nokiaphone",
    ],
)
def test_a_common_word_in_lower_case_is_no_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Pineapple Applebee OpenAIs",
        "Ecrire à jean@Apple.com ou sur Apple.com",
        "le paquet meta_Nvidia et Nvidia_cuda",
        "les Airbusiens",
    ],
)
def test_a_part_of_a_word_or_of_an_address_is_no_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un ex-Google chez nous", ["Google"]),
        ("l'alliance Renault-Nissan tient", ["Renault", "Nissan"]),
        ("un plan anti-Shein voté", ["Shein"]),
        ("Jean-Claude et Marie-Claude sont là, selon Anthropic", ["Anthropic"]),
        ("l'affaire Alibaba-Tencent", ["Alibaba", "Tencent"]),
    ],
)
def test_a_hyphen_joins_names_but_does_not_cut_them_out_of_others(
    text: str, expected: list[str]
) -> None:
    assert [surface for surface, _ in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("La marque à la pomme recule.", "La marque à la pomme", "Apple"),
        ("Il quitte la firme de Cupertino.", "la firme de Cupertino", "Apple"),
        ("Le patron du géant des réseaux sociaux parle.", "géant des réseaux sociaux", "Meta"),
        ("Une action de la maison mère d’Instagram.", "la maison mère d’Instagram", "Meta"),
        ("Bénéfice de ce géant de Mountain View.", "ce géant de Mountain View", "Google"),
        ("Profits of the ChatGPT maker rise.", "the ChatGPT maker", "OpenAI"),
        ("Meeting at l'éditeur de Photoshop", "l'éditeur de Photoshop", "Adobe"),
        ("Au groupe de Bernard Arnault, rien.", "groupe de Bernard Arnault", "LVMH"),
    ],
)
def test_a_description_stands_for_its_entity(text: str, surface: str, name: str) -> None:
    match = only(text)
    assert match.is_description
    assert not match.ambiguous
    assert (match.surface, match.entry.name) == (surface, name)


@pytest.mark.parametrize(
    "text",
    [
        "une marque à la pomme verte",
        "un géant des réseaux sociaux parmi d'autres",
        "quelque firme de Cupertino",
    ],
)
def test_an_indefinite_phrase_describes_no_one(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Rien de neuf ici, maison mère de Facebook oblige.", "maison mère de Facebook"),
        ("Géant de Mountain View en Europe", "Géant de Mountain View"),
        ("(éditeur de Photoshop)", "éditeur de Photoshop"),
    ],
)
def test_a_description_in_apposition_needs_no_article(text: str, surface: str) -> None:
    assert only(text).surface == surface


def test_a_description_tells_the_names_that_it_holds() -> None:
    match = only("La maison mère de Facebook et rien d'autre.")
    assert [(m.surface, m.entry.kind) for m in match.inner] == [("Facebook", Kind.PRODUCT)]
    people = only("le groupe de Bernard Arnault").inner
    assert [m.entry.kind for m in people] == [Kind.PERSON]
    assert only("la marque à la pomme").inner == ()


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Le géant du luxe investit.", {"LVMH", "Kering"}),
        ("Une offre du géant de l'e-commerce.", {"Amazon", "Alibaba"}),
        ("Un mot du groupe de Richard Branson.", {"Virgin", "Virgin Galactic"}),
    ],
)
def test_a_description_shared_by_several_is_ambiguous_and_names_them_all(
    text: str, candidates: set[str]
) -> None:
    match = only(text)
    assert match.is_description
    assert match.ambiguous
    assert {entry.name for entry in match.candidates} == candidates
    assert match.candidates[0] == match.entry


@pytest.mark.parametrize(
    ("text", "surface", "family"),
    [
        ("On livre Llama 4 Maverick demain", "Llama 4 Maverick", "Llama"),
        ("GPT-5 arrive", "GPT-5", "GPT"),
        ("avec Claude 3.5 Sonnet seulement", "Claude 3.5 Sonnet", "Claude"),
        ("Claude Opus 4.5 coûte", "Claude Opus 4.5", "Claude Opus"),
        ("l'iPhone 17 Pro Max se vend", "iPhone 17 Pro Max", "iPhone"),
        ("Gemini 2.5 Pro répond", "Gemini 2.5 Pro", "Gemini"),
        ("GPT5 et rien", "GPT5", "GPT"),
        ("un Galaxy S25 Ultra neuf", "Galaxy S25 Ultra", "Galaxy"),
        ("DeepSeek-R1 étonne", "DeepSeek-R1", "DeepSeek"),
        ("GPT-4o mini baisse", "GPT-4o mini", "GPT"),
    ],
)
def test_version_words_make_a_product_of_their_own(text: str, surface: str, family: str) -> None:
    match = only(text)
    assert match.surface == match.entry.name == surface
    assert match.entry.kind is Kind.PRODUCT
    assert match.entry.family in {family, family.split()[0]}
    assert match.entry.owner
    assert not match.ambiguous


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Apple a vendu l'iPhone 15 millions de fois", "iPhone"),
        ("Avec l'iPhone, 17 ans plus tard", "iPhone"),
        ("Android 2025 sera", "Android"),
        ("Un Llama. 4 autres suivent", "Llama"),
        ("iPhone 900 € chez nous", "iPhone"),
    ],
)
def test_a_number_that_counts_something_else_is_no_version(text: str, surface: str) -> None:
    assert surface in [s for s, _ in found(text)]


def test_two_versions_of_a_family_are_two_products() -> None:
    names = [m.entry.name for m in FRENCH.find("Llama 3 cède la place à Llama 4.")]
    assert names == ["Llama 3", "Llama 4"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L'opérateur Orange investit.", "Orange"),
        ("Il travaille chez Free depuis 2019.", "Free"),
        ("Orange et SFR discutent.", "Orange"),
        ("Facebook et Instagram appartiennent à Meta.", "Meta"),
        ("Face à Anthropic, Claude progresse.", "Claude"),
        ("Le quotidien Le Monde révèle.", "Le Monde"),
        ("Carrefour et ses hypermarchés", "Carrefour"),
        ("C'est paru dans Le Monde hier.", "Le Monde"),
        ("On écrit pour La Croix en mai.", "La Croix"),
    ],
)
def test_a_word_nearby_makes_an_ambiguous_name_certain(text: str, name: str) -> None:
    (match,) = [m for m in FRENCH.find(text) if m.entry.name == name]
    assert not match.ambiguous


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On y voit Nvidia, Lightspeed et Bpifrance.", "Lightspeed Venture Partners"),
        ("Ni Airbus ou Safran ici", "Safran"),
        ("Pour Suez, Veolia et EDF", "Suez"),
    ],
)
def test_a_name_listed_with_certain_ones_of_its_kind_is_certain(text: str, name: str) -> None:
    (match,) = [m for m in FRENCH.find(text) if m.entry.name == name]
    assert not match.ambiguous


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Arc a déposé une offre.", "Arc"),
        ("Rien ne va plus : Casino veut vendre.", "Casino"),
        ("Hier encore, Orange n'y croyait pas.", "Orange"),
    ],
)
def test_a_noun_without_determiner_before_a_verb_is_a_name(text: str, name: str) -> None:
    match = only(text)
    assert (match.entry.name, match.ambiguous) == (name, False)


@pytest.mark.parametrize(
    "text",
    ["Elle a déposé une offre.", "Mars a été froid.", "Le Casino veut vendre.", "Alan est là."],
)
def test_a_pronoun_a_month_or_a_first_name_before_a_verb_is_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["Llama 4, Orange et moi", "Emmanuel Macron et Orange en juin"])
def test_a_list_of_another_kind_makes_nothing_certain(text: str) -> None:
    (match,) = [m for m in FRENCH.find(text) if m.surface == "Orange"]
    assert match.ambiguous


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Ils arrivent par Orange ce soir.", "Orange"),
        ("Le Point est là.", "Le Point"),
        ("Nous voyons Claude Bernard demain", "Claude"),
        ("Au sortir du Carrefour ce matin", "Carrefour"),
    ],
)
def test_an_ambiguous_name_without_a_cue_says_so(text: str, surface: str) -> None:
    (match,) = FRENCH.find(text)
    assert match.surface == surface
    assert match.ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "Elle part. Elle revient.",
        "Le Front recule.",
        "La Nature a horreur du vide.",
    ],
)
def test_the_commonest_words_are_no_names_without_a_cue(text: str) -> None:
    assert found(text) == []


def test_a_name_made_certain_once_is_certain_in_the_whole_text() -> None:
    text = "L'opérateur Orange embauche. " + "Rien à voir. " * 40 + "Par Orange, donc."
    assert [m.ambiguous for m in FRENCH.find(text) if m.surface == "Orange"] == [False, False]


@pytest.mark.parametrize(
    "text",
    [
        "Gabrielle Chanel ouvre une boutique.",
        "Une idée de Louis Renault.",
        "M. Citroën est venu.",
        "Mme Bouygues a parlé avec Justine Musk.",
    ],
)
def test_a_surname_is_not_the_company_or_person_that_bears_it_too(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    ["Avec Kimbal Musk, il investit.", "Un mot de Brigitta Macron.", "Et Lyra Altman dit oui"],
)
def test_a_surname_behind_an_unknown_capitalised_word_is_doubtful(text: str) -> None:
    assert only(text).ambiguous


@pytest.mark.parametrize(
    "text", ["Selon Musk, tout va bien.", "Le PDG Zuckerberg recrute.", "Bezos part."]
)
def test_a_surname_by_itself_is_the_famous_bearers(text: str) -> None:
    match = only(text)
    assert match.entry.kind is Kind.PERSON
    assert not match.ambiguous


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le patron d'Apple\nIntelligence et stratégie", ["Apple"]),
        (
            "Dans un long article sur l'automobile de demain, General\nMotors est cité.",
            ["General\nMotors"],
        ),
        ("Chez BNP\n\nParibas", ["BNP"]),
    ],
)
def test_a_name_runs_over_the_break_of_a_wrapped_line_only(text: str, expected: list[str]) -> None:
    assert [surface for surface, _ in found(text)] == expected


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("les échos", "Les Echos"),
        ("OPENAI", "OpenAI"),
        ("Societe generale", "Société Générale"),
        ("coca cola", "Coca-Cola"),
        ("Google DeepMind", "Google DeepMind"),
        ("DeepMind", "Google DeepMind"),
        ("Apple Inc", "Apple"),
    ],
)
def test_lookup_forgives_accents_case_and_hyphens(asked: str, name: str) -> None:
    entry = FRENCH.lookup(asked)
    assert entry is not None
    assert entry.name == name


def test_lookup_knows_families_and_says_when_it_knows_nothing() -> None:
    llama = FRENCH.lookup("Llama 12")
    assert llama is not None
    assert (llama.name, llama.family, llama.owner) == ("Llama 12", "Llama", "Meta")
    assert FRENCH.lookup("GPT5") is not None
    assert FRENCH.lookup("Boulangerie Dupont") is None
    assert FRENCH.lookup("") is None
    assert FRENCH.lookup("…") is None


def test_an_unknown_language_is_an_error_that_says_so() -> None:
    with pytest.raises(LookupError, match="tlh"):
        Gazetteer.load("tlh")


_PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [n for e in FRENCH.entries[::7] for n in (*e.names, *e.descriptions)]
        + [
            " ",
            "\n",
            "-",
            "’",
            "'",
            ".",
            " 4",
            "-5",
            " Pro",
            "l'",
            "du ",
            "M. ",
            "«",
            "\u0301",
            "+",
        ]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_whatever_the_text_the_spans_agree_with_it(text: str) -> None:
    matches = FRENCH.find(text)
    for match in matches:
        assert text[match.start : match.end] == match.surface != ""
        assert match.entry in match.candidates
        for inner in match.inner:
            assert match.start <= inner.start < inner.end <= match.end
            assert text[inner.start : inner.end] == inner.surface
    for before, after in itertools.pairwise(matches):
        assert before.end <= after.start


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_name_can_be_looked_up(name: str) -> None:
    entry = FRENCH.lookup(name)
    assert entry is None or entry.name


def test_time_grows_with_the_length_of_the_text_alone() -> None:
    rng = random.Random(7)
    words = [n for e in FRENCH.entries for n in e.names] + ["le", "de", "groupe", "géant"] * 300
    text = " ".join(rng.choice(words) for _ in range(2_000))

    def best(of: str) -> float:
        times = []
        for _ in range(5):
            start = time.process_time()
            FRENCH.find(of)
            times.append(time.process_time() - start)
        return min(times)

    assert best(text * 8) < 30 * best(text)
