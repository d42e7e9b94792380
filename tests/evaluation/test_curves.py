from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.evaluation.curves import Curves, curves_of
from journeyman.learners.additive import Additive
from journeyman.learners.constant import Constant
from journeyman.plan.combine import Blend, Chain, Thin
from journeyman.plan.retarget import Retargeted
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.preparation.encode.ordinal import Ordinal
from journeyman.preparation.encode.rare_levels import RareLevels
from journeyman.table.columns import Columns, Strings

LEARNER = Additive(rounds=120, rate=0.1, patience=20, pairs=1)
PLAN = Chain(steps=(RareLevels(), Ordinal(), LEARNER))


def columns(rows: int = 600) -> Columns:
    random = np.random.default_rng(3)
    colour = random.choice(["red", "green", "blue"], rows, p=[0.5, 0.3, 0.2])
    colour[:3], colour[3:5] = "pink", "teal"
    numbers = random.normal(size=(rows, 2))
    numbers[::20, 1] = np.nan
    return Columns.of(
        rows=rows,
        numbers=numbers,
        number_names=("age", "pay"),
        words=[Strings.of(colour.tolist())],
        word_names=("colour",),
    )


def told(plan: Step = PLAN, values: np.ndarray | None = None) -> tuple[Curves, Columns]:
    given = columns()
    red = given.words[0].cells() == "red"
    values = given.numbers[:, 0] + 2.0 * red if values is None else values
    target = Target(task="regression", values=values)
    found = curves_of(plan, plan.fit(given, target), given)
    assert found is not None
    return found, given


def test_levels_have_their_names_and_numbers_their_cuts_the_most_telling_first() -> None:
    found, _ = told()
    first = found.curves[0]
    assert first.axes[0].levels == ("red", "green", "blue", "2 rare ones")
    assert first.axes[0].is_words
    assert first.rows[3] == 5
    assert first.values[0][0] > 0.5 > 0 > first.values[1][0]
    assert first.low[0][0] < first.values[0][0] < first.high[0][0]
    age = next(one for one in found.curves if one.axes[0].name == "age" and len(one.axes) == 1)
    assert list(age.axes[0].cuts) == sorted(age.axes[0].cuts)
    assert len(age.values) == len(age.rows) == len(age.axes[0].cuts) + 2
    assert found.scale == "target"


def test_answers_can_be_computed_by_hand_from_what_is_told() -> None:
    found, given = told()
    state = PLAN.fit(
        given, Target(task="regression", values=given.numbers[:, 0] + 2.0 * (given.words[0].cells() == "red"))
    )
    wanted = PLAN.apply(state, given).numbers[:40, 0]
    for row in range(40):
        score = found.intercept[0]
        for curve in found.curves:
            cell = 0
            for axis in curve.axes:
                place = _place(axis.name, axis.levels, axis.cuts, given, row)
                cell = cell * (len(axis.levels or axis.cuts) + (1 if axis.levels else 2)) + place
            score += curve.values[cell][0]
        assert score == pytest.approx(wanted[row], abs=1e-6)


def _place(name: str, levels: tuple[str, ...], cuts: tuple[float, ...], given: Columns, row: int) -> int:
    if levels:
        word = str(given.words[0].cells()[row])
        return levels.index(word) if word in levels else levels.index("2 rare ones")
    number = given.numbers[row, given.number_names.index(name)]
    return len(cuts) + 1 if np.isnan(number) else int(np.searchsorted(cuts, number))


def test_they_are_found_within_choices_of_rows_and_scales_of_the_target() -> None:
    values = np.exp(columns().numbers[:, 0])
    found, _ = told(Thin(inner=Retargeted(inner=PLAN, form="log"), rows=500), values)
    assert found.scale == "log"
    assert told(Retargeted(inner=PLAN, form="plain"))[0].scale == "target"
    rate = Chain(steps=(RareLevels(), Ordinal(), replace(LEARNER, loss="rate")))
    assert told(rate, values)[0].scale == "log rate"


def test_what_is_no_single_additive_model_has_none() -> None:
    given, target = columns(), Target(task="regression", values=columns().numbers[:, 0])
    for plan in (Constant(), Blend(members=(PLAN, PLAN), weights=(0.5, 0.5))):
        assert curves_of(plan, plan.fit(given, target), given) is None


def test_it_is_json() -> None:
    data = told()[0].as_data()
    assert data["scale"] == "target"
    assert data["left_out"] == 0
    assert data["curves"][0]["axes"][0]["name"] == "colour"
