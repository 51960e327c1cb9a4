"""Names that denote one entity, names that do not, and the ids made of them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from graph.identity import (
    claim_id,
    entity_id,
    fact_ends,
    fact_id,
    looks_like_name,
    normalise,
    search_text,
    source_key,
)
from graph.model import Article, Claim, EntityRef, Kind, RelationType, Span

NAMES = st.text(min_size=1, max_size=40).filter(lambda name: bool(name.strip()))
LATIN = st.text(
    alphabet=st.characters(codec="utf-8", max_codepoint=0x24F, categories=["Lu", "Ll"]),
    min_size=1,
    max_size=20,
)
KINDS = st.sampled_from([None, *Kind])
VERSIONS = st.from_regex(r"\A[1-9][0-9]?(\.[0-9])?[a-z]?\Z")


def ref(name: str, kind: Kind = Kind.COMPANY) -> EntityRef:
    return EntityRef(name=name, kind=kind)


@given(NAMES, KINDS)
@example("1.a.2", None)
@example("Co., Ltd.", Kind.COMPANY)
@example("Tiffany & Co. & Co.", Kind.COMPANY)
@example("´", None)
@example("½", None)
def test_normalising_twice_is_normalising_once(name: str, kind: Kind | None) -> None:
    once = normalise(name, kind)
    assert normalise(once, kind) == once


@given(NAMES, KINDS)
@example("ʼ", None)
@example("\u200b", None)
@example("🤗", Kind.COMPANY)
@example("SAS", Kind.COMPANY)
def test_no_name_becomes_empty(name: str, kind: Kind | None) -> None:
    assert normalise(name, kind)


@given(NAMES, KINDS)
@example("ŉ", None)
@example("ß", None)
@example("ᾳ", None)
@example("I", None)
def test_case_does_not_count(name: str, kind: Kind | None) -> None:
    assert normalise(name.upper(), kind) == normalise(name.lower(), kind) == normalise(name, kind)


@given(LATIN, st.lists(st.sampled_from("\u0300\u0301\u0302\u0308\u0327\u030c"), max_size=20))
def test_accents_do_not_count_in_latin_letters(name: str, accents: list[str]) -> None:
    accented = "".join(
        char + mark for char, mark in zip(name, accents + [""] * len(name), strict=False)
    )
    assert normalise(accented) == normalise(name)
    assert normalise(unicodedata.normalize("NFC", accented)) == normalise(name)


@given(NAMES)
def test_composed_and_decomposed_spellings_are_equal(name: str) -> None:
    forms = {normalise(unicodedata.normalize(form, name)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@given(LATIN, VERSIONS, VERSIONS, st.sampled_from(["", " ", "-", " v", ".", "'", "_", " n° "]))
@example("GPT", "4", "4o", "-")
@example("Llama", "3", "3.1", " ")
@example("Llama", "3.1", "31", " ")
def test_versions_are_never_one_entity(name: str, one: str, other: str, sep: str) -> None:
    assume(one != other)
    assert normalise(f"{name}{sep}{one}") != normalise(f"{name}{sep}{other}")


@given(st.integers(1, 99), st.integers(0, 99))
def test_a_decimal_mark_is_not_lost(major: int, minor: int) -> None:
    assert normalise(f"Claude {major}.{minor}") == normalise(f"claude {major},{minor}")
    assert normalise(f"Claude {major}.{minor}") != normalise(f"Claude {major}{minor}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Oréal", "L'Oreal"),
        ("Jean‑Pierre Élkabbach", "JEAN PIERRE ELKABBACH"),
        ("GPT-4", "GPT4"),
        ("AT&T", "AT & T"),
        ("J.P. Morgan", "JP Morgan"),
        ("McDonald’s", "McDonalds"),
        ("Ørsted", "Orsted"),
        ("Œuvre", "oeuvre"),
        ("iPhone™ 16", "iPhone 16"),
        ("Ｓｏｎｙ", "Sony"),
        ("🤗 Hugging Face", "Hugging Face"),
        ("Mistral\u00a0AI", "Mistral  AI"),
        ("Llama ٣", "Llama 3"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Llama 3", "Llama 4"),
        ("Disney", "Disney+"),
        ("C", "C++"),
        ("はば", "はは"),
        ("हिन्दी", "हन्द"),
        ("北京", "北"),
        ("Альфа", "Бета"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Apple Inc.", "apple"),
        ("Amazon, Inc", "amazon"),
        ("L'Oréal S.A.", "loreal"),
        ("Mistral AI SAS", "mistral ai"),
        ("Alibaba Co., Ltd.", "alibaba"),
        ("Tiffany & Co.", "tiffany"),
        ("Novo Nordisk A/S", "novo nordisk"),
        ("Bosch GmbH & Co. KG", "bosch"),
        ("SAS", "sas"),
        ("SAS Institute", "sas institute"),
        ("Inc.", "inc"),
        ("The Limited", "the limited"),
    ],
)
def test_legal_suffixes_of_companies_go_when_something_remains(name: str, bare: str) -> None:
    assert normalise(name, Kind.COMPANY) == bare


def test_only_companies_lose_a_legal_suffix() -> None:
    assert normalise("Fondation SA", Kind.ORGANIZATION) == "fondation sa"
    assert normalise("Office SE", Kind.PRODUCT) == "office se"


def test_one_name_with_two_kinds_is_two_entities() -> None:
    assert len({entity_id(ref("Meta", kind)) for kind in Kind}) == 4


@given(NAMES, NAMES, st.sampled_from(list(Kind)))
def test_ids_are_equal_exactly_when_the_names_are(one: str, other: str, kind: Kind) -> None:
    same_name = normalise(one, kind) == normalise(other, kind)
    ids = {entity_id(EntityRef.model_construct(name=name, kind=kind)) for name in (one, other)}
    assert (len(ids) == 1) == same_name


@given(NAMES, st.sampled_from(list(Kind)))
def test_an_entity_id_can_stand_in_a_url_unescaped(name: str, kind: Kind) -> None:
    identifier = entity_id(EntityRef.model_construct(name=name, kind=kind))
    assert set(identifier) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.~")
    assert len(identifier) <= 80


def test_ids_are_what_they_were_in_earlier_versions() -> None:
    apple = entity_id(ref("Apple"))
    assert apple == "company-apple"
    assert entity_id(ref("Llama 3.1", Kind.PRODUCT)) == "product-llama-3.1"
    assert entity_id(ref("Disney+", Kind.PRODUCT)) == "product-disney~53ec7a54bb13ad9ffe8a"
    fact = fact_id(RelationType.HIRED_BY, "person-ruoming-pang", apple)
    assert fact == "fact-396bb2fff38a4bfe0c8a"
    assert claim_id("001-meta-apple", fact, 0) == "claim-5d054dde39f9395c14c0"


def test_a_partnership_is_one_fact_whichever_side_is_named_first() -> None:
    one, other = "company-apple", "company-openai"
    partnered, acquired = RelationType.PARTNERED_WITH, RelationType.ACQUIRED
    assert fact_id(partnered, one, other) == fact_id(partnered, other, one)
    assert fact_ends(partnered, other, one) == fact_ends(partnered, one, other) == (one, other)
    assert fact_id(acquired, one, other) != fact_id(acquired, other, one)
    assert fact_ends(acquired, other, one) == (other, one)


def a_claim(attributed_to: EntityRef | None) -> Claim:
    return Claim(
        subject=ref("Ruoming Pang", Kind.PERSON),
        relation=RelationType.HIRED_BY,
        object=ref("Meta"),
        quote=Span(start=0, end=1, text="x"),
        extractor="test",
        attributed_to=attributed_to,
    )


BLOOMBERG = ref("Bloomberg L.P.")


@pytest.mark.parametrize(
    ("attributed_to", "fields", "key"),
    [
        (None, {"outlet": "Bloomberg"}, "outlet:bloomberg"),
        (None, {"outlet": "Le Monde", "credited_source": "BLOOMBERG"}, "outlet:bloomberg"),
        (BLOOMBERG, {"outlet": "Le Monde"}, "outlet:bloomberg"),
        (BLOOMBERG, {"outlet": "Le Monde", "credited_source": "AFP"}, "outlet:bloomberg"),
        (ref("Mark Gurman", Kind.PERSON), {"outlet": "Bloomberg"}, "person:mark gurman"),
        (None, {"outlet": "Le Monde"}, "outlet:le monde"),
        (None, {}, "article:a1"),
    ],
)
def test_repeats_of_one_source_have_one_key(
    attributed_to: EntityRef | None, fields: dict[str, str], key: str
) -> None:
    article = Article(id="a1", text="x", **fields)
    assert source_key(a_claim(attributed_to), article) == key


def test_search_text_holds_names_and_no_descriptions() -> None:
    aliases = ["Gunter", "l'entreprise", "L’entreprise", "La marque à la pomme", "Zuck'", "GUNTER"]
    assert search_text("Tom Günter", aliases) == "tom gunter gunter zuck"


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("Pang", True),
        ("eBay", True),
        ("Meta Superintelligence Labs", True),
        ("字节", True),
        ("a16z", True),
        ("la firme de Menlo Park", True),
        ("Le groupe", False),
        ("l'entreprise", False),
        ("L'entreprise", False),
        ("le géant des réseaux sociaux", False),
    ],
)
def test_a_name_is_told_from_a_description_without_knowing_the_language(
    alias: str, expected: bool
) -> None:
    assert looks_like_name(alias) is expected
