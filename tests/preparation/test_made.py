"""Made features; that apply and graph agree is held by the laws, on tables where features are made here."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from journeyman.plan.graph import Graph
from journeyman.plan.target import Target
from journeyman.preparation.derive.ideas import KINDS
from journeyman.preparation.derive.made import Made
from journeyman.table.columns import MISSING_WORD, Columns, Strings

ROWS = 1200
RANDOM = np.random.default_rng(np.random.PCG64(13))
CITY, KIND = RANDOM.integers(0, 10, ROWS), RANDOM.integers(0, 6, ROWS)
PRICE, AREA = RANDOM.normal(size=ROWS) + 5.0 * CITY, RANDOM.lognormal(0, 1, ROWS)
COLUMNS = Columns.of(
    rows=ROWS,
    numbers=np.column_stack([PRICE, AREA, RANDOM.lognormal(0, 1, ROWS)]),
    number_names=("price", "area", "depth"),
    words=(Strings.of([f"city {one}" for one in CITY]), Strings.of([f"kind {one}" for one in KIND])),
    word_names=("city", "kind"),
)
LIST = RANDOM.normal(size=(10, 6))
SIGNAL = (PRICE - 5.0 * CITY) + LIST[CITY, KIND] + 4 * np.tanh(2 * np.log(AREA / COLUMNS.numbers[:, 2]))
TARGETS = {
    "regression": Target(task="regression", values=SIGNAL),
    "binary": Target(task="binary", values=(SIGNAL > 0) * 1.0, classes=("no", "yes"), fold_kind="stratified"),
    "multiclass": Target(
        task="multiclass", values=np.digitize(SIGNAL, [-1, 1]) * 1.0, classes=("a", "b", "c"), fold_kind="stratified"
    ),
}
STEP = Made(kinds=KINDS)


def strange(columns: Columns) -> Columns:
    numbers = columns.numbers[:9].copy()
    numbers[0] = np.nan
    numbers[1] = [1e308, -1e308, 1e308]
    numbers[2] = [0.0, 0.0, 0.0]
    numbers[3] = [1e200, 1e-320, 5.0]
    words = (
        Strings.of(["new", MISSING_WORD, *[f"city {one}" for one in CITY[2:9]]]),
        Strings.of([MISSING_WORD, "kind 1", "", *[f"kind {one}" for one in KIND[3:9]]]),
    )
    return Columns.of(
        rows=9, numbers=numbers, number_names=columns.number_names, words=words, word_names=columns.word_names
    )


@pytest.mark.parametrize("task", TARGETS)
def test_the_graph_gives_what_apply_gives_of_every_kind(task: str) -> None:
    state = STEP.fit(COLUMNS, TARGETS[task])
    kinds = [len(state[one]) > 0 for one in ("arithmetic", "relative", "joint")]
    # Two classes tell less of so many patterns at once.
    assert sum(kinds) >= (2 if task == "binary" else 3)
    rows = strange(COLUMNS)
    graph = Graph()
    start = graph.inputs(rows)
    end = STEP.express(state, graph, start)
    wanted = STEP.apply(state, rows)
    assert end.number_names == wanted.number_names
    session = onnxruntime.InferenceSession(graph.finish(start, end.numbers))
    words = np.column_stack([column.cells() for column in rows.words])
    (got,) = session.run(None, {"numbers": rows.numbers, "words": words})
    assert np.array_equal(np.isnan(got), np.isnan(wanted.numbers))
    assert np.nan_to_num(got) == pytest.approx(np.nan_to_num(wanted.numbers), rel=1e-12)


def test_what_is_planted_has_a_name_for_people() -> None:
    names = STEP.apply(STEP.fit(COLUMNS, TARGETS["regression"]), COLUMNS).number_names
    assert len(set(names)) == len(names)
    assert any("city" in name and "price" in name for name in names)
    assert any(name.startswith("target by city and kind") for name in names)


def test_training_rows_do_not_see_their_own_target() -> None:
    noise = Target(task="regression", values=SIGNAL)
    state, training = STEP.fit_apply(COLUMNS, noise)
    applied = STEP.apply(state, COLUMNS)
    place = next(at for at, name in enumerate(applied.number_names) if name.startswith("target by"))
    own = np.corrcoef(applied.numbers[:, place], SIGNAL)[0, 1]
    assert np.corrcoef(training.numbers[:, place], SIGNAL)[0, 1] < own


def test_at_most_so_many_and_no_more_than_twice_the_columns() -> None:
    few = Made(most=2).fit(COLUMNS, TARGETS["regression"])
    assert len(few["arithmetic"]) + len(few["relative"]) + len(few["joint"]) == 2
    state = STEP.fit(COLUMNS, TARGETS["regression"])
    assert len(state["arithmetic"]) + len(state["relative"]) + len(state["joint"]) <= 10


def test_where_nothing_is_found_columns_stay_as_they_are() -> None:
    target = Target(task="regression", values=RANDOM.normal(size=ROWS))
    assert STEP.apply(STEP.fit(COLUMNS, target), COLUMNS).number_names == COLUMNS.number_names
