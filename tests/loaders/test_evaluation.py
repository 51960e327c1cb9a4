"""Scores of readings against gold, on small annotations that are written down here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Amount, Bound, Kind, Purpose, RelationType, Status, VagueDate
from loaders.errors import DataFileError, SourceMissingError
from loaders.evaluation.annotations import Annotation, StatedClaim, StatedEntity, folded, from_json
from loaders.evaluation.gold import read_gold, read_readings
from loaders.evaluation.mistakes import MistakeKind, grouped
from loaders.evaluation.scoring import score
from loaders.evaluation.sets import GoldSet, gold_in, score_set

ANNE = StatedEntity("Anne Kessler", Kind.PERSON, ("Kessler", "l'ancienne ministre"))
VALCOURT = StatedEntity("Valcourt", Kind.COMPANY, ("la maison",))
ORIVA = StatedEntity("Oriva Labs", Kind.COMPANY, ("Oriva",))
HIRED = StatedClaim(
    "Anne Kessler", RelationType.HIRED_BY, "Valcourt", quote="Anne Kessler rejoint Valcourt."
)
PARTNERS = StatedClaim("Valcourt", RelationType.PARTNERED_WITH, "Oriva Labs")


def annotation(*claims: StatedClaim, entities=(ANNE, VALCOURT, ORIVA)) -> Annotation:
    return Annotation("a", tuple(entities), claims)


def kinds_of(scores) -> list[MistakeKind]:
    return [mistake.kind for mistake in scores.mistakes]


def test_a_claim_that_both_have_is_right_and_others_are_wrong_or_missed() -> None:
    wrong = replace(HIRED, object="Oriva Labs")
    scores = score(annotation(HIRED, PARTNERS), annotation(HIRED, wrong))
    claims = scores.claims
    assert (claims.right, claims.wrong, claims.missed) == (1, 1, 1)
    assert (claims.precision, claims.recall, claims.f1) == (0.5, 0.5, 0.5)
    assert kinds_of(scores) == [MistakeKind.WRONG, MistakeKind.MISSED]


def test_nothing_found_has_no_precision_rather_than_one() -> None:
    claims = score(annotation(HIRED), annotation()).claims
    assert (claims.precision, claims.recall, claims.f1) == (None, 0.0, 0.0)


def test_a_triple_that_is_stated_twice_counts_once() -> None:
    scores = score(annotation(HIRED, HIRED), annotation(HIRED, replace(HIRED, quote="Encore.")))
    assert (scores.claims.right, scores.claims.missed) == (1, 0)


def test_an_alias_means_the_entity() -> None:
    said = replace(HIRED, subject="kessler", object="La Maison")
    assert score(annotation(HIRED), annotation(said)).claims.right == 1


def test_an_alias_that_two_entities_share_means_neither() -> None:
    both = [replace(each, aliases=("l'entreprise",)) for each in (VALCOURT, ORIVA)]
    said = replace(HIRED, object="l'entreprise")
    gold = annotation(HIRED, entities=(ANNE, *both))
    assert score(gold, annotation(said)).claims.wrong == 1


def test_a_partnership_holds_in_either_order_and_a_hire_does_not() -> None:
    turned = replace(PARTNERS, subject=PARTNERS.object, object=PARTNERS.subject)
    assert score(annotation(PARTNERS), annotation(turned)).claims.right == 1
    turned = replace(HIRED, subject=HIRED.object, object=HIRED.subject)
    assert score(annotation(HIRED), annotation(turned)).claims.wrong == 1


def test_an_optional_claim_is_neither_missed_nor_wrong() -> None:
    gold = annotation(replace(HIRED, optional=True))
    for read in (annotation(), annotation(HIRED)):
        claims = score(gold, read).claims
        assert (claims.right, claims.wrong, claims.missed) == (0, 0, 0)


def test_an_optional_claim_beside_a_required_one_is_another_accepted_reading() -> None:
    gold = annotation(HIRED, replace(HIRED, status=Status.PLANNED, optional=True))
    scores = score(gold, annotation(replace(HIRED, status=Status.PLANNED)))
    assert (scores.claims.right, scores.status.value) == (1, 1.0)
    denied = score(gold, annotation(replace(HIRED, status=Status.DENIED)))
    assert (denied.claims.right, denied.status.value) == (1, 0.0)
    assert denied.mistakes[0].expected == "asserted or planned"


def test_an_amount_is_right_by_value_and_currency_and_its_bound_counts_apart() -> None:
    amount = Amount(value=2e8, currency="USD", bound=Bound.ABOUT, purpose=Purpose.PACKAGE)
    gold = annotation(replace(HIRED, amount=amount))
    exact = amount.model_copy(update={"bound": Bound.EXACT})
    scores = score(gold, annotation(replace(HIRED, amount=exact)))
    assert (scores.amounts.value, scores.bounds.value, scores.purposes.value) == (1.0, 0.0, 1.0)
    euros = amount.model_copy(update={"currency": "EUR"})
    for said in (euros, None):
        scores = score(gold, annotation(replace(HIRED, amount=said)))
        assert (scores.amounts.value, scores.bounds.total) == (0.0, 0)
        assert kinds_of(scores) == [MistakeKind.AMOUNT]


def test_claims_without_any_amount_do_not_make_the_amounts_look_right() -> None:
    scores = score(annotation(HIRED), annotation(HIRED))
    assert (scores.amounts.total, scores.amounts_of_all.value) == (0, 1.0)


def test_a_source_is_compared_by_the_entity_that_it_names() -> None:
    gold = annotation(replace(HIRED, attributed_to="Oriva Labs"))
    assert score(gold, annotation(replace(HIRED, attributed_to="Oriva"))).sources.value == 1.0
    assert score(gold, annotation(HIRED)).sources.value == 0.0


def test_dates_are_compared_only_where_gold_gives_them() -> None:
    day = VagueDate(earliest="2025-01-02", latest="2025-01-02")
    read = annotation(replace(HIRED, dated=True, start=day))
    assert score(annotation(HIRED), read).dates.total == 0
    assert score(annotation(replace(HIRED, dated=True, start=day)), read).dates.value == 1.0
    assert score(annotation(replace(HIRED, dated=True, end=day)), read).dates.value == 0.0


def test_a_sentence_without_a_day_is_not_held_against_a_triple_that_another_one_dates() -> None:
    day = VagueDate(earliest="2024-03-01", latest="2024-03-01")
    gold = annotation(HIRED, replace(HIRED, quote="Depuis le 1er mars.", dated=True, start=day))
    assert score(gold, annotation(replace(HIRED, dated=True))).dates.total == 0
    wrong = replace(HIRED, dated=True, end=day)
    assert score(gold, annotation(wrong)).dates.value == 0.0


def test_a_claim_whose_quote_describes_an_end_counts_as_one_by_reference() -> None:
    described = replace(HIRED, quote="L'ancienne ministre rejoint Valcourt.")
    surname = replace(HIRED, quote="Kessler rejoint Valcourt.")
    assert score(annotation(described), annotation(HIRED)).by_reference.right == 1
    assert score(annotation(described), annotation()).by_reference.missed == 1
    assert score(annotation(surname), annotation(HIRED)).by_reference.right == 0


def test_entities_count_by_fullest_name_and_kind_and_more_loosely_beside() -> None:
    read = annotation(
        entities=(
            StatedEntity("Kessler", Kind.PERSON),
            StatedEntity("VALCOURT", Kind.PRODUCT),
            StatedEntity("Oriva Labs", Kind.COMPANY),
        )
    )
    scores = score(annotation(), read)
    assert (scores.entities.right, scores.entities.wrong, scores.entities.missed) == (1, 2, 2)
    assert scores.entities_any_name.right == 2
    assert scores.names.right == 3
    assert set(kinds_of(scores)) == {MistakeKind.ENTITY_NAME, MistakeKind.ENTITY_KIND}


def test_an_entity_that_is_read_twice_is_right_once() -> None:
    read = annotation(entities=(StatedEntity("Oriva", Kind.COMPANY), ORIVA))
    names = score(annotation(entities=(ORIVA,)), read).names
    assert (names.right, names.wrong) == (1, 1)


def test_a_claim_with_a_wrong_status_is_judged_wrong() -> None:
    denied = replace(HIRED, status=Status.DENIED, confidence=0.9)
    [judged] = score(annotation(HIRED), annotation(denied)).judged
    assert (judged.right, judged.claim.confidence) == (False, 0.9)


def test_errors_are_grouped_by_relation_and_those_of_entities_come_last() -> None:
    scores = score(annotation(HIRED, PARTNERS), annotation(entities=()))
    assert [group for (group, _), _ in grouped(scores.mistakes)] == [
        "HIRED_BY",
        "PARTNERED_WITH",
        "Entities",
    ]


def test_figures_of_several_articles_are_added_up(tmp_path: Path) -> None:
    for number in (1, 2):
        write(tmp_path / f"{number}.json", {**OBJECT, "id": f"a{number}"})
    gold = gold_in([tmp_path])
    scores = score_set(gold, {"a1": from_json({**OBJECT, "id": "a1"}, "here")})
    assert (scores.articles, scores.claims.right, scores.claims.missed) == (2, 1, 1)


OBJECT = {
    "id": "a",
    "lang": "fr",
    "text": "Anne Kessler rejoint Valcourt.",
    "published": "2025-02-04",
    "entities": [
        {"name": "Anne Kessler", "kind": "Person"},
        {"name": "Valcourt", "kind": "Company", "aliases": ["la maison"]},
    ],
    "claims": [
        {
            "subject": "Anne Kessler",
            "relation": "HIRED_BY",
            "object": "Valcourt",
            "status": "asserted",
            "amount": {"value": 10, "currency": "EUR", "bound": "exact", "for": "package"},
            "quote": "Anne Kessler rejoint Valcourt.",
        }
    ],
}


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_a_file_holds_one_article_or_a_list_of_them(tmp_path: Path) -> None:
    [one] = read_gold(write(tmp_path / "one.json", OBJECT))
    assert one.article.text == "Anne Kessler rejoint Valcourt."
    assert one.annotation.claims[0].amount == Amount(
        value=10, currency="EUR", purpose=Purpose.PACKAGE
    )
    many = read_gold(write(tmp_path / "many.json", [OBJECT, {**OBJECT, "id": "b"}]))
    assert [each.article.id for each in many] == ["a", "b"]


def test_a_missing_text_is_found_beside_the_file(tmp_path: Path) -> None:
    bare = {key: value for key, value in OBJECT.items() if key != "text"}
    (tmp_path / "a.fr.txt").write_text("Le texte.", encoding="utf-8")
    [one] = read_gold(write(tmp_path / "a.fr.gold.json", bare))
    assert one.article.text == "Le texte."


def test_a_missing_text_is_found_among_the_shipped_articles(tmp_path: Path) -> None:
    bare = {key: value for key, value in OBJECT.items() if key != "text"}
    [one] = read_gold(write(tmp_path / "x.json", {**bare, "id": "demo-mistral-asml"}))
    assert "ASML" in one.article.text


def test_a_text_that_is_nowhere_is_told(tmp_path: Path) -> None:
    bare = {key: value for key, value in OBJECT.items() if key != "text"}
    with pytest.raises(DataFileError, match="text: there is no text here"):
        read_gold(write(tmp_path / "x.json", bare))


def claim_with(**fields: object) -> dict[str, object]:
    return {**OBJECT, "claims": [{**OBJECT["claims"][0], **fields}]}  # type: ignore[index]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ([], "x.json"),
        ({**OBJECT, "id": 3}, "id"),
        ({**OBJECT, "entities": None}, "entities"),
        ({**OBJECT, "entities": ["Meta"]}, r"entities\[0\]"),
        ({**OBJECT, "entities": [{"name": "M", "kind": "Firm"}]}, "kind"),
        ({**OBJECT, "entities": [{"name": "M", "kind": "Company", "aliases": "x"}]}, "aliases"),
        (claim_with(relation="LIKES"), "relation"),
        (claim_with(status="sure"), "status"),
        (claim_with(subject=""), "subject"),
        (claim_with(amount={"value": -1, "currency": "EUR"}), "amount.value"),
        (claim_with(start={"earliest": "soon"}), "start.earliest"),
        (claim_with(role=4), "role"),
        ({**OBJECT, "published": "hier"}, "hier"),
    ],
)
def test_what_is_not_of_the_form_is_told_with_its_field(
    tmp_path: Path, fields: object, field: str
) -> None:
    path = write(tmp_path / "x.json", fields if isinstance(fields, dict) else [fields])
    with pytest.raises(DataFileError, match=field):
        read_gold(path)


def test_a_folder_without_annotated_articles_is_told(tmp_path: Path) -> None:
    write(tmp_path / "other.json", {"name": "x"})
    with pytest.raises(SourceMissingError, match="no file of this folder"):
        gold_in([tmp_path])


def test_a_path_with_nothing_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match="there is no such file"):
        gold_in([tmp_path / "nowhere.json"])


def test_two_articles_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="another article with the id 'a'"):
        gold_in([write(tmp_path / "x.json", [OBJECT, OBJECT])])


def test_readings_are_lines_by_the_id_of_their_article(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f"{json.dumps(OBJECT)}\n\n{json.dumps({**OBJECT, 'id': 'b'})}\n")
    assert list(read_readings(path)) == ["a", "b"]
    path.write_text(f"{json.dumps(OBJECT)}\n{{\n")
    with pytest.raises(DataFileError, match=r"r\.jsonl, line 2"):
        read_readings(path)


def test_an_article_without_a_reading_counts_as_read_without_finding(tmp_path: Path) -> None:
    gold = GoldSet(tuple(read_gold(write(tmp_path / "x.json", OBJECT))))
    assert score_set(gold, {}).claims.missed == 1


@given(st.text(max_size=40))
def test_folding_a_name_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


def test_names_are_compared_without_case_accents_and_forms_of_the_apostrophe() -> None:
    assert folded("L’Oréal  Énergie") == folded("l'oreal energie")
