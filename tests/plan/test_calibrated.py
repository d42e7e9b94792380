from __future__ import annotations

import numpy as np

from journeyman.learners.calibrate.affine import Affine
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


class Memory(Step):
    """Knows the rows that it was fitted on by heart, and says a half of any other."""

    def fit(self, columns: Columns, target: Target) -> State:
        return {"seen": columns.numbers[:, 0].copy(), "truth": target.values.copy()}

    def apply(self, state: State, columns: Columns) -> Columns:
        known = dict(zip(state["seen"].tolist(), state["truth"].tolist(), strict=True))
        answers = np.array([known.get(one, 0.7) for one in columns.numbers[:, 0].tolist()])
        return Columns.of(rows=columns.rows, numbers=answers[:, None], number_names=("answer.0",))


def test_the_calibrator_learns_from_answers_to_unseen_rows() -> None:
    rows = 400
    values = (np.random.default_rng(0).random(rows) < 0.2).astype(float)
    columns = Columns.of(rows=rows, numbers=np.arange(rows * 1.0)[:, None], number_names=("x",))
    target = Target(task="binary", values=values, classes=("no", "yes"))
    plan = Calibrated(inner=Memory(), calibrator=Affine())
    state = plan.fit(columns, target)
    unseen = Columns.of(rows=1, numbers=np.array([[-1.0]]), number_names=("x",))
    # By heart all is right; of rows it had not seen, 0.7 came true one time in five.
    assert abs(plan.apply(state, unseen).numbers[0, 0] - values.mean()) < 0.06


def test_rows_without_an_answer_stay_out() -> None:
    plan = Calibrated(inner=Memory(), calibrator=Affine())
    target = Target(task="binary", values=np.tile([0.0, 1.0, 1.0], 50), classes=("no", "yes"))
    answers = np.full((150, 1), 0.5)
    answers[:75] = np.nan
    half = plan.fit_calibrator(answers, target)
    same = plan.fit_calibrator(answers[75:], target.take(slice(75, None)))
    assert np.array_equal(half["shifts"], same["shifts"])
