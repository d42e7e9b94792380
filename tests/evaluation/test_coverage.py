from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.bundle.uncertainty import SetRule, Spread
from journeyman.evaluation.coverage import coverage
from journeyman.plan.target import Target
from journeyman.report.summary import plain
from journeyman.statistics.folds import Folds, make_folds
from journeyman.table.columns import Strings
from journeyman.table.schema import Column, Schema
from journeyman.table.table import Ledger, Table


def numbers(rows, seed=0, **options):
    """Predictions whose errors grow with them, for targets above 0."""
    random = np.random.default_rng(seed)
    predicted = random.uniform(1, 10, rows)
    actual = predicted * random.gamma(16, 1 / 16, rows)
    target = Target(task="regression", values=actual, **options)
    return predicted[:, None], target


def classes(rows, shares=(0.8, 0.2), seed=0):
    random = np.random.default_rng(seed)
    truth = random.choice(len(shares), rows, p=shares)
    score = random.standard_normal((rows, len(shares))) + np.log(shares)
    score[np.arange(rows), truth] += 1.0
    chances = np.exp(score) / np.exp(score).sum(axis=1, keepdims=True)
    names = ("no", "yes") if len(shares) == 2 else tuple("abcdef"[: len(shares)])
    target = Target(task="binary" if len(shares) == 2 else "multiclass", values=truth.astype(float), classes=names)
    return (chances[:, 1:] if len(shares) == 2 else chances), target


def random_folds(rows, **options):
    return make_folds("random", 5, rows=rows, **options)


def table_of(words):
    column = Column(name="city", kind="category", role="feature")
    values = {"city": Strings.of(words.tolist())}
    rows = len(words)
    return Table(
        name="made up", schema=Schema((column,)), values=values, rows=rows, ledger=Ledger(read=rows, used=rows),
        origin="", digest="", row_numbers=np.arange(rows),
    )  # fmt: skip


def test_numbers_get_bounds_that_hold_nine_tenths_of_rows_kept_apart():
    answers, target = numbers(4000)
    found = coverage(answers, target, random_folds(4000))
    assert isinstance(found.uncertainty, Spread)
    assert found.uncertainty.floor == 0.0
    assert found.held.low <= 0.9 <= found.held.high
    assert found.held.rows == 4000
    assert found.held.high - found.held.low < 0.025
    assert [one.kind for one in found.groups] == ["band"] * 5
    assert all(one.held.low <= 0.9 <= one.held.high + 0.01 for one in found.groups)
    fresh, truth = numbers(20_000, seed=1)
    low, high = found.uncertainty.bounds(fresh[:, 0])
    assert np.mean((low <= truth.values) & (truth.values <= high)) == pytest.approx(0.9, abs=0.015)
    assert found.size == pytest.approx(np.median(high - low), rel=0.05)
    assert found.without > found.size


def test_targets_below_zero_have_no_floor():
    answers, target = numbers(300)
    shifted = Target(task="regression", values=target.values - 5)
    assert coverage(answers - 5, shifted, random_folds(300)).uncertainty.floor is None


@pytest.mark.parametrize("shares", [(0.85, 0.15), (0.5, 0.3, 0.2)])
def test_classes_get_sets_that_hold_nine_tenths_of_each(shares):
    answers, target = classes(4000, shares)
    found = coverage(answers, target, random_folds(4000))
    assert isinstance(found.uncertainty, SetRule)
    assert len(found.uncertainty.least) == len(shares)
    assert [one.name for one in found.groups] == list(target.classes)
    assert all(one.held.high >= 0.9 for one in found.groups)
    assert found.held.value == pytest.approx(np.average([one.held.value for one in found.groups],
                                                        weights=[one.held.rows for one in found.groups]))  # fmt: skip
    assert 1 < found.size < len(shares)
    assert 0 < found.single[0] < 1
    assert found.single[1] > 0.8


def test_nothing_is_promised_of_a_class_with_hardly_any_rows() -> None:
    random = np.random.default_rng(np.random.PCG64(2))
    truth = np.where(np.arange(400) < 15, 2.0, random.integers(0, 2, 400))
    target = Target(task="multiclass", values=truth, classes=("calm", "loud", "fraud"), fold_kind="stratified")
    folds = make_folds("stratified", 5, rows=400, classes=target.codes)
    answers = np.full((400, 3), 0.1)
    answers[np.arange(400), target.codes] = 0.8
    promise = coverage(answers, target, folds).promise
    assert "each class have it in their set (but of 'fraud': fewer than 20 independent rows" in promise
    more = coverage(answers[15:], target.take(np.arange(15, 400)), make_folds("random", 5, rows=385)).promise
    assert "'calm'" not in more


def test_few_rows_get_nothing_and_are_told_why():
    answers, target = numbers(19)
    found = coverage(answers, target, random_folds(19))
    assert found.uncertainty is None
    assert found.kind == "none"
    assert "19 rows were judged, and at least 20" in found.promise
    assert set(found.as_data()) == {"nominal", "kind", "promise"}


def test_few_entities_get_nothing_however_many_rows_they_have():
    groups = np.repeat(np.arange(12), 100)
    answers, target = numbers(1200, groups=groups)
    found = coverage(answers, target, make_folds("entity", 5, rows=1200, groups=groups))
    assert found.uncertainty is None
    assert "1,200 rows were judged, worth 12 independent ones" in found.promise


def test_bounds_without_folds_to_hold_them_to_say_so():
    answers, target = numbers(22)
    found = coverage(answers, target, random_folds(22))
    assert isinstance(found.uncertainty, Spread)
    assert np.isnan(found.held.value)
    assert found.groups == ()
    assert plain(found.as_data())["coverage"]["value"] is None


def test_rows_of_one_entity_are_one_piece_of_evidence():
    groups = np.repeat(np.arange(60), 20)
    random = np.random.default_rng(0)
    target = Target(
        task="regression", values=np.repeat(random.standard_normal(60), 20) + 0.1 * random.standard_normal(1200),
        groups=groups,
    )  # fmt: skip
    answers = np.zeros((1200, 1))
    together = coverage(answers, target, make_folds("entity", 5, rows=1200, groups=groups))
    apart = coverage(answers, Target(task="regression", values=target.values), random_folds(1200))
    assert together.uncertainty.high[0] > apart.uncertainty.high[-1]
    assert together.held.high - together.held.low > 3 * (apart.held.high - apart.held.low)
    assert "new entities" in together.promise


def test_in_time_a_fold_is_held_to_earlier_ones_and_newer_ones_count_more():
    rows = 6000
    answers, target = numbers(rows)
    order = np.arange(rows)
    folds = make_folds("forward", 5, rows=rows, order=order)
    wilder = np.where(folds.number == 4, 3.0, 1.0)
    errors = (target.values - answers[:, 0]) * wilder
    changed = Target(task="regression", values=np.abs(answers[:, 0] + errors), order=order)
    answers[folds.number < 0] = np.nan
    found, before = coverage(answers, changed, folds), coverage(answers, target, folds)
    assert found.held.rows == 4 * (folds.number == 0).sum()
    assert found.held.value < before.held.value - 0.05
    assert "lately" in found.promise
    shuffled = np.random.default_rng(0).permutation(5)
    mixed = Folds("random", 5, np.where(folds.number < 0, -1, shuffled[folds.number]))
    even = coverage(answers, Target(task="regression", values=changed.values), mixed)
    assert np.mean(found.uncertainty.high) > np.mean(even.uncertainty.high)


def test_the_level_that_is_held_least_is_named():
    answers, target = numbers(3000)
    words = np.array(["Oslo", "Bergen", "Voss"])[np.arange(3000) % 3]
    words[:50] = "rare"
    far = np.where(words == "Voss", 2.5, 1.0)
    wild = Target(task="regression", values=np.abs(answers[:, 0] + far * (target.values - answers[:, 0])))
    found = coverage(answers, wild, random_folds(3000), table_of(words))
    assert (found.worst.column, found.worst.name, found.levels) == ("city", "Voss", 3)
    assert found.worst.held.high < 0.9
    assert found.as_data()["worst"]["column"] == "city"
    assert coverage(answers, target, random_folds(3000)).worst is None


def test_rows_that_no_fold_scored_are_left_out():
    answers, target = numbers(500)
    folds = random_folds(500)
    folds = Folds("random", 5, np.where(np.arange(500) < 100, -1, folds.number))
    answers[:100] = np.nan
    assert coverage(answers, target, folds).held.rows == 400


def test_the_order_of_rows_changes_nothing():
    answers, target = numbers(900)
    folds = random_folds(900)
    turned = np.random.default_rng(1).permutation(900)
    again = coverage(answers[turned], target.take(turned), Folds("random", 5, folds.number[turned]))
    assert again.uncertainty == coverage(answers, target, folds).uncertainty


def test_it_is_json():
    for given in (numbers(400), classes(400)):
        data = plain(coverage(*given, random_folds(400)).as_data())
        assert json.loads(json.dumps(data, allow_nan=False)) == data
        assert data["nominal"] == 0.9
        assert {"value", "low", "high", "rows"} == set(data["coverage"])
    assert data["kind"] == "set"
    assert {"share", "right"} == set(data["single"])
