from __future__ import annotations

import numpy as np
import pytest

from journeyman.evaluation.probed import MOST_COLUMNS, probe
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import MISSING_WORD, Columns, Numbers, Strings


class Adding(Step):
    """Two curves and a level, as a score or as a chance."""

    is_chance: bool = False

    def apply(self, state: State, columns: Columns) -> Columns:
        score = np.nan_to_num(columns.numbers[:, 0], nan=5.0) + np.abs(np.nan_to_num(columns.numbers[:, 1]))
        score = score + 2.0 * (columns.words[0].cells() == "red") - 1.0 * (columns.words[0].cells() == MISSING_WORD)
        answers = 1 / (1 + np.exp(-score)) if self.is_chance else score
        return columns.with_numbers(np.asarray(answers, np.float64)[:, None], ("answer.0",))


def columns(rows: int = 300) -> Columns:
    random = np.random.default_rng(1)
    numbers = random.normal(size=(rows, 2))
    numbers[:30, 0] = np.nan
    words = [Strings.of(random.choice(["red", "blue", MISSING_WORD], rows, p=[0.5, 0.4, 0.1]).tolist())]
    return Columns.of(
        rows=rows,
        numbers=numbers,
        number_names=("a", "b"),
        words=[*words, Strings.of(["some text"] * rows)],
        word_names=("colour", "note"),
        text_names=("note",),
        dates=np.zeros((rows, 1), np.int64),
        date_names=("day",),
    )


@pytest.mark.parametrize(("is_chance", "scale"), [(False, "target"), (True, "log odds")])
def test_what_columns_add_is_found_on_the_scale_where_it_adds_up(is_chance: bool, scale: str) -> None:
    given, plan = columns(), Adding(is_chance=is_chance)
    sums = probe(plan, plan.fit(given, Target(task="regression", values=np.zeros(300))), given, scale)
    assert sums is not None
    found = {one.name: one for one in sums.sums}
    assert list(found) == ["a", "b", "colour"]
    assert sums.untold == ("day", "note")
    line = found["a"]
    np.testing.assert_allclose(np.diff(line.values[:-1, 0]), np.diff(line.points), atol=1e-6)
    np.testing.assert_allclose(line.values[-1, 0] - line.values[0, 0], 5.0 - line.points[0], atol=1e-6)
    levels = dict(zip([*found["colour"].levels, "missing"], found["colour"].values[:, 0], strict=True))
    assert levels["red"] - levels["blue"] == pytest.approx(2.0, abs=1e-6)
    assert levels["missing"] - levels["blue"] == pytest.approx(-1.0, abs=1e-6)
    for one in sums.sums:
        assert one.rows.sum() == 300
        assert one.rows @ one.values[:, 0] == pytest.approx(0.0, abs=1e-6)


def test_a_row_can_be_answered_by_hand() -> None:
    given, plan = columns(), Adding()
    sums = probe(plan, {}, given, "target")
    assert sums is not None

    def of(place: int, number: Numbers) -> Numbers:
        return np.interp(number, sums.sums[place].points, sums.sums[place].values[:-1, 0])

    red = given.words[0].cells() == "red"
    known = ~np.isnan(given.numbers[:, 0])
    rows = np.flatnonzero(red & known)
    by_hand = sums.intercept[0] + of(0, given.numbers[rows, 0]) + of(1, given.numbers[rows, 1])
    by_hand = by_hand + sums.sums[2].values[sums.sums[2].levels.index("red"), 0]
    # Between the points of a bent line a straight one lies a little off.
    np.testing.assert_allclose(by_hand, plan.apply({}, given).numbers[rows, 0], atol=0.1)


def test_very_wide_tables_are_not_asked() -> None:
    wide = MOST_COLUMNS + 1
    given = Columns.of(rows=3, numbers=np.zeros((3, wide)), number_names=[f"x{place}" for place in range(wide)])
    assert probe(Adding(), {}, given, "target") is None
