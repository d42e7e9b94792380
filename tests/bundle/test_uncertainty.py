from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.uncertainty import SetRule, Spread, uncertainty_from_data

SPREAD = Spread(0.9, (0.0, 10.0), (-1.0, -2.0, -3.5), (1.5, 2.5, 0.0), 0.0)
RULE = SetRule(0.9, (0.4, 1.0, 0.1))


def test_bounds_by_bin_and_a_cut_is_in_the_bin_below() -> None:
    low, high = SPREAD.bounds(np.array([-5.0, 0.0, 1.0, 10.0, 11.0, np.nan]))
    np.testing.assert_array_equal(low, [-5.0, 0.0, 0.0, 8.0, 7.5, np.nan])
    np.testing.assert_array_equal(high, [-3.5, 1.5, 3.5, 12.5, 11.0, np.nan])


@pytest.mark.parametrize("spread", [SPREAD, Spread(0.9, (), (-0.1,), (0.3,))])
def test_a_number_alone_has_the_bounds_that_it_has_among_many(spread: Spread) -> None:
    random = np.random.default_rng(0)
    numbers = np.r_[random.normal(0, 10, 500), 0.0, -0.0, 10.0, 1e300, -1e300, 1e-320, np.nan]
    low, high = spread.bounds(numbers)
    for number, one, other in zip(numbers.tolist(), low.tolist(), high.tolist(), strict=True):
        assert repr(spread.one(number)) == repr((one, other))
        assert one <= number <= other or np.isnan(number)
    assert [len(one) for one in spread.bounds(np.empty(0))] == [0, 0]


def test_bounds_beyond_the_largest_float_are_no_warning() -> None:
    spread = Spread(0.9, (), (-1e308,), (1e308,))
    low, high = spread.bounds(np.array([1.7e308]))
    assert (low[0], high[0]) == spread.one(1.7e308) == (1.7e308 - 1e308, np.inf)


def test_the_prediction_is_always_in_its_set() -> None:
    probabilities = np.array([[0.3, 0.3, 0.4], [0.45, 0.5, 0.05], [0.05, 0.9, 0.05], [1.0, 0.0, 0.0]])
    labels = RULE.labels(probabilities, np.array([2, 1, 1, 0]), ("a", "b", "c"))
    assert labels.tolist() == [("c",), ("a", "b"), ("b",), ("a",)]
    assert RULE.labels(probabilities[:0], np.empty(0, np.int64), ("a", "b", "c")).tolist() == []


def test_a_class_of_bound_one_joins_no_other_even_at_one() -> None:
    assert RULE.one([0.5, 1.0, 0.5], 0) == (True, False, True)


@pytest.mark.parametrize("classes", [2, 3, 8, 9, 40])
def test_a_row_alone_has_the_labels_that_it_has_among_many(classes: int) -> None:
    random = np.random.default_rng(classes)
    rule = SetRule(0.9, tuple(random.uniform(0, 2 / classes, classes).tolist()))
    probabilities = random.dirichlet(np.ones(classes), 300)
    probabilities[3] = rule.least
    probabilities[4] = np.nan
    places = random.integers(0, classes, 300)
    names = tuple(f"class {number}" for number in range(classes))
    labels = rule.labels(probabilities, places, names)
    for row, place, told in zip(probabilities.tolist(), places.tolist(), labels, strict=True):
        alone = rule.one(row, place)
        assert tuple(name for name, within in zip(names, alone, strict=True) if within) == told
        assert names[place] in told


@pytest.mark.parametrize("value", [SPREAD, RULE, Spread(0.9, (), (-0.0,), (0.0,)), None])
def test_it_comes_back_as_it_was_written(value: Any) -> None:
    data = None if value is None else json.loads(json.dumps(value.as_data()))
    assert uncertainty_from_data(data, ("a", "b", "c") if value == RULE else ()) == value


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "set"},
        {"kind": None},
        {"nominal": 1},
        {"nominal": 0.0},
        {"nominal": "0.9"},
        {"nominal": True},
        {"cuts": [10.0, 0.0]},
        {"cuts": [0.0, 0.0]},
        {"cuts": [0.0]},
        {"cuts": 5},
        {"cuts": ["0", "1"]},
        {"low": [-1.0, -2.0]},
        {"low": [-1.0, -2.0, 3.5]},
        {"high": [-1.0, 1.0, 1.0]},
        {"high": [10**400, 1.0, 1.0]},
        {"high": [float("inf"), 1.0, 1.0]},
        {"high": [float("nan"), 1.0, 1.0]},
        {"floor": "0"},
        {"floor": True},
        {"more": 1},
        {"cuts": list(range(5000)), "low": [0] * 5001, "high": [0] * 5001},
    ],
)
def test_bounds_that_we_do_not_write_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="its uncertainty"):
        uncertainty_from_data({**SPREAD.as_data(), **change}, ())


@pytest.mark.parametrize(
    "change",
    [{"kind": "spread"}, {"nominal": 2}, {"least": [0.1]}, {"least": [0.1, 0.2, 1.5]}, {"least": [0.1, 0.2, -0.5]},
     {"least": [0.1, 0.2, None]}, {"least": {"a": 1}}, {"more": 1}],
)  # fmt: skip
def test_rules_of_sets_that_we_do_not_write_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="its uncertainty"):
        uncertainty_from_data({**RULE.as_data(), **change}, ("a", "b", "c"))


@pytest.mark.parametrize("data", [[], "set", 1, {}, {"kind": "set"}, True])
def test_what_is_no_object_of_ours_is_refused(data: Any) -> None:
    for classes in ((), ("a", "b")):
        with pytest.raises(ValueError, match="its uncertainty"):
            uncertainty_from_data(data, classes)


def test_bounds_do_not_fit_classes_nor_sets_numbers() -> None:
    with pytest.raises(ValueError, match="no rule of sets"):
        uncertainty_from_data(SPREAD.as_data(), ("a", "b", "c"))
    with pytest.raises(ValueError, match="no bounds"):
        uncertainty_from_data(RULE.as_data(), ())
