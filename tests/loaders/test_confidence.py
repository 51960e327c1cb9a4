"""The confidence of claims: what it is made of, how it is fitted, whether it holds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from loaders import languages
from loaders.evaluation.calibrate import (
    Cases,
    cases_of,
    cross_validated,
    document,
    measured,
    shift_to,
)
from loaders.evaluation.gold import read_gold
from loaders.evaluation.logistic import Fit, fit_logistic, log_loss
from loaders.evaluation.reliability import reliability
from loaders.evaluation.sets import GoldSet
from loaders.reader import LanguageReader
from loaders.reading.confidence import ConfidenceModel
from loaders.reading.extractor import FrameReader

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = Path(languages.__file__).parent / "fr" / "confidence.yaml"


def drawn(count: int, weights: dict[str, float]) -> Cases:
    """Cases whose outcomes are drawn by a logistic model with these weights."""
    chance = random.Random(11)
    cases = Cases()
    for index in range(count):
        row = {"bias": 1.0} | {
            name: float(chance.random() < 0.5) for name in weights if name != "bias"
        }
        [share] = Fit(weights).probabilities([row])
        cases.rows.append(row)
        cases.right.append(chance.random() < share)
        cases.articles.append(f"a{index % 50}")
    return cases


def test_a_fit_finds_the_weights_that_the_outcomes_were_drawn_by() -> None:
    weights = {"bias": 0.5, "named": 1.5, "doubtful": -1.0}
    cases = drawn(6000, weights)
    fit = fit_logistic(cases.rows, cases.right, penalty=0.01)
    assert fit.weights == pytest.approx(weights, abs=0.2)


def test_a_penalty_keeps_weights_small_but_not_the_mean() -> None:
    cases = drawn(2000, {"bias": 1.0, "named": 1.0})
    loose = fit_logistic(cases.rows, cases.right, penalty=0.01)
    tight = fit_logistic(cases.rows, cases.right, penalty=1e6)
    assert abs(tight.weights["named"]) < 0.01 < abs(loose.weights["named"])
    share = sum(cases.right) / len(cases.right)
    assert tight.probabilities([{"bias": 1.0}]) == pytest.approx([share], abs=0.01)


def test_nothing_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="0 rows"):
        fit_logistic([], [], 1.0)


def test_confidences_of_a_fit_hold_on_articles_that_it_has_not_seen() -> None:
    cases = drawn(4000, {"bias": 0.5, "named": 1.5, "doubtful": -1.0})
    found = reliability(zip(cross_validated(cases, 1.0), cases.right, strict=True))
    assert found is not None
    assert found.error < 0.03


def test_a_shift_makes_the_mean_confidence_the_share_of_right_cases() -> None:
    cases = drawn(500, {"bias": 0.2, "named": 1.0})
    fit = Fit({"bias": 3.0, "named": 1.0})
    shift = shift_to(fit, cases)
    moved = Fit({"bias": 3.0 + shift, "named": 1.0})
    assert sum(moved.probabilities(cases.rows)) == pytest.approx(sum(cases.right), abs=0.01)
    assert shift_to(fit, Cases()) == 0.0


def test_reliability_puts_confidence_beside_what_came_true() -> None:
    found = reliability([(0.95, True)] * 9 + [(0.95, False)] + [(0.4, False), (1.0, True)])
    assert found is not None
    low, high = found.bins
    assert (low.claims, low.right, high.claims) == (1, 0.0, 11)
    assert high.right == pytest.approx(10 / 11)
    assert found.error == pytest.approx((0.4 + 11 * abs(high.mean - high.right)) / 12)
    assert found.brier == pytest.approx((9 * 0.05**2 + 0.95**2 + 0.4**2) / 12)
    assert reliability([]) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_claim_is_in_one_bin(judged: list[tuple[float, bool]]) -> None:
    found = reliability(judged)
    assert found is not None
    assert sum(each.claims for each in found.bins) == len(judged)


def test_log_loss_is_less_for_what_is_surer_of_what_came_true() -> None:
    assert log_loss([0.9, 0.1], [True, False]) < log_loss([0.6, 0.4], [True, False])


def test_what_is_written_is_what_the_reader_weighs_by(tmp_path: Path) -> None:
    made = document(Fit({"bias": 1.0, "named": 0.5, "tiny": 0.0001}), 0.25, {"by": "a test"})
    read = yaml.safe_load(yaml.safe_dump(made))
    assert read["weights"] == {"bias": 1.25, "named": 0.5}
    model = ConfidenceModel(read["weights"])
    assert model.confidence({"bias": 1.0, "named": 1.0}) == pytest.approx(0.852, abs=0.001)
    assert 0 < model.confidence({"bias": -1000.0}) < model.confidence({"bias": 1000.0}) < 1


def test_the_shipped_weights_say_where_they_come_from() -> None:
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert shipped["made"]["by"] == "python -m loaders.evaluation.calibrate"
    assert shipped["made"]["seen"]["claims"] > 300
    assert all(isinstance(weight, float) for weight in shipped["weights"].values())


def test_a_fit_to_new_rules_keeps_what_unseen_articles_have_told() -> None:
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    known = measured("fr")
    assert known == shipped["made"]["unseen"]
    assert known["right"] < known["claims"]
    assert known["shift"] < 0  # rules are less often right there than where they were written


def test_claims_are_given_more_than_one_confidence(reader: LanguageReader) -> None:
    gold = [
        each
        for path in sorted((ROOT / "tests/data/gold/dev").glob("passages-*.json"))
        for each in read_gold(path)
    ]
    readings = reader.read_many(each.article for each in gold)
    given = [claim.confidence for reading in readings for claim in reading.claims]
    assert min(given) < 0.75 < max(given)


def test_a_case_belongs_to_its_claim(reader: LanguageReader) -> None:
    [path] = (ROOT / "tests/data/gold/dev").glob("passages-01.json")
    gold = GoldSet(tuple(read_gold(path)))
    frames = reader._readers["fr"]
    assert isinstance(frames, FrameReader)
    judge = frames.judge
    cases = cases_of(gold, frames)
    assert frames.judge is judge
    claims = [
        (reading.article_id, claim.rule)
        for reading in frames.read_many(each.article for each in gold.articles)
        for claim in reading.claims
    ]
    assert len(cases.rows) == len(claims)
    for row, article, (article_id, rule) in zip(cases.rows, cases.articles, claims, strict=True):
        assert article == article_id
        assert f"rule {rule}" in row
