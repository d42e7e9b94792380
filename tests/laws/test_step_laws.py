"""The laws of DESIGN, section 5, over every step and learner that walking finds, with default parameters."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
import pytest

from journeyman.learners.learner import Learner, Problem
from journeyman.plan import data, needs
from journeyman.plan.combine import Blend, Chain, Each, Halved, Thin
from journeyman.plan.distilled import Distilled
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.retarget import Form, Retargeted
from journeyman.plan.shelf import steps
from journeyman.plan.smaller_graph import smaller
from journeyman.plan.step import State, Step, address_of
from journeyman.plan.target import Target
from journeyman.store.results import load_arrays, save_arrays
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Strings

ROWS = 160
TASKS = ("binary", "multiclass", "regression")
#: Metrics for which learners have forms of their own; "" is any other.
METRICS = {"binary": ("",), "multiclass": ("",), "regression": ("", "mae", "poisson_deviance")}
PREPARATION = {address_of(kind): kind for kind in steps("preparation")}
LEARNERS = {address_of(kind): kind for kind in steps("learners") if issubclass(kind, Learner) and kind.is_there()}
#: The largest difference from `apply` that a graph may have, relative to max(1, |value|).
TOLERANCE = 1e-6


# ---- columns ---------------------------------------------------------------------------------------------------------


@cache
def training() -> Columns:
    """Numbers with and without missing cells, constant, extreme and empty ones; dates; few, many and missing words."""
    random = np.random.default_rng(np.random.PCG64(7))
    numbers = np.column_stack(
        [
            random.normal(size=ROWS),
            random.integers(0, 5, ROWS).astype(float),
            np.full(ROWS, 0.1),
            random.lognormal(3, 4, ROWS),
            np.full(ROWS, np.nan),
        ]
    )
    numbers[random.random(ROWS) < 0.2, 1] = np.nan
    dates = np.column_stack(
        [random.integers(-2_000, 20_000, ROWS) * 86_400_000_000, random.integers(-(10**15), 10**15, ROWS)]
    )
    dates_missing = np.column_stack([np.zeros(ROWS, bool), random.random(ROWS) < 0.1])
    dates[dates_missing] = 0
    words = (
        Strings.of(random.choice(["yes", "no", "perhaps"], ROWS, p=[0.5, 0.4, 0.1]).tolist()),
        Strings.of([f"street {one}" for one in random.zipf(1.6, ROWS) % 50]),
        Strings.of(random.choice([MISSING_WORD, "ä", "a", "A ", ""], ROWS).tolist()),
        Strings.of(made_up_texts(random)),
        # Of so many levels that effects take their place.
        Strings.of([f"seller {one}" for one in random.integers(0, 250, ROWS)]),
    )
    return Columns.of(
        rows=ROWS,
        numbers=numbers,
        number_names=("normal", "few", "constant", "wide", "empty"),
        dates=dates,
        dates_missing=dates_missing,
        date_names=("day", "moment"),
        words=words,
        word_names=("answer", "street", "letter", "note", "seller"),
        text_names=("note",),
    )


def made_up_texts(random: np.random.Generator) -> list[str]:
    """Terms as the reader gives them: each once; missing texts and empty ones."""
    known = np.array(["good", "bad", "not good", "!", "ß", "missing", *(f"term {one}" for one in range(20))], object)
    cells = [TERM_END.join(random.choice(known, size, replace=False)) for size in random.integers(0, 9, ROWS)]
    cells[3], cells[5], cells[7] = MISSING_WORD, "missing", ""
    return cells


@cache
def unlike_training() -> Columns:
    """Training rows beside rows that are missing, unseen, extreme, or just beside a training number."""
    random = np.random.default_rng(np.random.PCG64(8))
    known = training()
    near = known.numbers.copy()
    near[::2] = np.nextafter(near[::2], np.inf)
    near[1::2] = np.nextafter(near[1::2], -np.inf)
    strange = np.array([1e308, -1e308, 5e-324, -0.0, 0.0, 2.0**53 + 2, -1.0, 0.5, 3.0, 4.0, 5.0, 1e6, np.nan])
    drawn = random.choice(strange, (ROWS, len(known.number_names)))
    ends = np.array([np.iinfo(np.int64).min, np.iinfo(np.int64).max, 0, -1, 951_782_399_999_999, 951_782_400_000_000])
    dates = np.vstack([known.dates, known.dates, random.choice(ends, (ROWS, 2))])
    dates_missing = np.vstack([known.dates_missing, known.dates_missing, random.random((ROWS, 2)) < 0.3])
    unseen = ("", "street", "YES", MISSING_WORD, "\x1frarest", "日本", "yes", "street 1", "a")
    unseen = (*unseen, "good\x1fnever met\x1fbad", TERM_END.join(map(str, range(512))))
    words = []
    for column in known.words:
        cells = column.cells().tolist()
        words.append(Strings.of([*cells, *cells, *random.choice(unseen, ROWS).tolist()]))
    return replace(
        known,
        numbers=np.vstack([known.numbers, near, drawn]),
        dates=dates,
        dates_missing=dates_missing,
        words=tuple(words),
    )


@cache
def target_of(task: str) -> Target:
    """Something that the columns tell a little about."""
    random = np.random.default_rng(np.random.PCG64(9))
    columns = training()
    hidden = columns.numbers[:, 0] + (columns.words[0].codes == 0) + random.normal(size=ROWS)
    if task == "regression":
        return Target(task="regression", values=hidden * 10 + 100)
    if task == "binary":
        values = (hidden > np.median(hidden)).astype(float)
        return Target(task="binary", values=values, classes=("no", "yes"), fold_kind="stratified")
    values = np.digitize(hidden, np.quantile(hidden, [0.4, 0.8])).astype(float)
    return Target(task="multiclass", values=values, classes=("low", "middle", "high"), fold_kind="stratified")


# ---- plans -----------------------------------------------------------------------------------------------------------


def plans_for(kind: type[Learner], task: Any) -> list[Step]:
    """The learner in every form it proposes for any metric, and in its default form, behind steps for its needs."""
    problem = Problem.of(training(), target_of(task))
    found = [form for metric in METRICS[task] for form in kind.candidates(replace(problem, metric=metric))]
    forms = list({form.learner: form for form in found}.values())
    answering = {step.answers: step for step in PREPARATION.values() if step.answers}

    def behind(wanted: tuple[str, ...], learner: Learner) -> Step:
        return Chain(steps=(*(answering[need]() for need in needs.ORDER if need in wanted), learner))

    plans = [behind(form.needs, form.learner) for form in forms]
    return [*plans, behind(forms[0].needs if forms else needs.ORDER, kind())]


def cases() -> dict[str, tuple[Step, str]]:
    """Every kind, once for each task that it can tell apart."""
    found: dict[str, tuple[Step, str]] = {}
    for address, kind in PREPARATION.items():
        for task in TASKS:
            found[f"{address} {task}"] = (kind(), task)
    for address, learner in LEARNERS.items():
        for task in learner.tasks:
            for place, plan in enumerate(plans_for(learner, task)):
                found[f"{address} {task} {place}"] = (plan, task)
    members = (PREPARATION["preparation.encode.ordinal"](), PREPARATION["preparation.encode.target_mean"]())
    found["plan.combine.each binary"] = (Each(inner=members[0], columns=("street", "answer")), "binary")
    found["plan.combine.thin binary"] = (Thin(inner=members[1], rows=40), "binary")
    found["plan.combine.halved binary"] = (Halved(inner=members[1]), "binary")
    found["plan.combine.blend regression"] = (Blend(members=members, weights=(0.25, 0.75)), "regression")
    forms: tuple[Form, ...] = ("plain", "log", "log_mean")
    for form in forms:
        linear = plans_for(LEARNERS["learners.linear"], "regression")[0]
        found[f"plan.retarget {form} regression"] = (Retargeted(inner=linear, form=form), "regression")
    for task in TASKS:
        (student, *_) = plans_for(LEARNERS["learners.linear"], task)
        found[f"plan.distilled {task}"] = (Distilled(inner=student, teacher=student, folds=3), task)
    everything = tuple(
        sorted((kind() for kind in PREPARATION.values()), key=lambda one: needs.ORDER.index(one.answers))
    )
    found["plan.combine.chain multiclass"] = (Chain(steps=everything), "multiclass")
    return found


CASES = cases()
#: All laws of one case after one another: what was fitted for the first serves the others.
SOME_CASE = pytest.mark.parametrize("case", CASES, scope="module")


@cache
def fitted(case: str) -> State:
    plan, task = CASES[case]
    return plan.fit(training(), target_of(task))


@lru_cache(maxsize=2)
def applied(case: str) -> Columns:
    """What a plan makes of rows unlike those of training."""
    return CASES[case][0].apply(fitted(case), unlike_training())


class Again(NamedTuple):
    """A plan fitted again in both ways, and whether all that it was given is as it was."""

    state: State
    state_of_both: State
    columns: Columns
    is_untouched: bool


@lru_cache(maxsize=2)
def fitted_again(case: str) -> Again:
    plan, task = CASES[case]
    columns, target, state = training(), target_of(task), fitted(case)
    held = [columns.numbers, columns.dates, columns.dates_missing, target.values, *state.values()]
    held += [column.codes for column in columns.words]
    before = [array.copy() for array in held]
    for array in held:
        array.setflags(write=False)
    plan.apply(state, columns)
    again, (of_both, made) = plan.fit(columns, target), plan.fit_apply(columns, target)
    same = (
        np.array_equal(one, other, equal_nan=one.dtype.kind == "f") for one, other in zip(before, held, strict=True)
    )
    return Again(again, of_both, made, all(same))


# ---- comparing -------------------------------------------------------------------------------------------------------


def feeds(columns: Columns) -> dict[str, Any]:
    """A graph's inputs."""
    blocks: dict[str, Any] = {}
    if columns.number_names:
        blocks["numbers"] = columns.numbers
    if columns.date_names:
        blocks["dates"], blocks["dates_missing"] = columns.dates, columns.dates_missing
    if columns.word_names:
        blocks["words"] = np.column_stack([column.cells() for column in columns.words])
    return blocks


def vocabulary(columns: Columns) -> list[str]:
    """All words that occur, so that words can be compared as numbers."""
    return sorted({word for column in columns.words for word in column.levels})


def flat(columns: Columns, words: list[str]) -> np.ndarray:
    """All blocks as one of numbers; dates in two halves, since float64 does not hold int64."""
    index = {word: float(place) for place, word in enumerate(words)}
    parts = [columns.numbers, (columns.dates // 2**32).astype(float), (columns.dates % 2**32).astype(float)]
    parts.append(columns.dates_missing.astype(float))
    parts += [np.array([index[cell] for cell in column.cells()], float)[:, None] for column in columns.words]
    return np.hstack(parts)


def express_flat(graph: Graph, wires: Wires, words: list[str]) -> str:
    """The twin of `flat`. A word that is not in the vocabulary is −1."""
    parts = [wires.numbers]
    if wires.dates:
        size = graph.constant([2**32], np.int64)
        low = graph.add("Mod", wires.dates, size)
        high = graph.add("Div", graph.add("Sub", wires.dates, low), size)
        parts += [graph.add("Cast", part, to=11) for part in (high, low, wires.dates_missing)]
    if wires.words:
        places = list(range(len(words)))
        encoded = graph.add(
            "LabelEncoder", wires.words, domain="ai.onnx.ml", keys_strings=words, values_int64s=places, default_int64=-1
        )
        parts.append(graph.add("Cast", encoded, to=11))
    return graph.join(*parts)


def session_of(plan: Step, state: State, start: Columns, words: list[str]) -> tuple[Any, Wires]:
    graph = Graph()
    wires = graph.inputs(start)
    end = plan.express(state, graph, wires)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # As it is written into a bundle: with all that needs not be there left out.
    graph, answer = smaller(graph, wires, express_flat(graph, end, words))
    return onnxruntime.InferenceSession(graph.finish(wires, answer), options), end


def difference(wanted: np.ndarray, got: np.ndarray) -> float:
    """The largest difference relative to max(1, |value|); infinite where only one of the two is missing."""
    assert wanted.shape == got.shape
    if not wanted.size:
        return 0.0
    one_missing = np.isnan(wanted) != np.isnan(got)
    with np.errstate(invalid="ignore", over="ignore"):
        gap = np.where(wanted == got, 0.0, np.abs(wanted - got)) / np.maximum(1.0, np.abs(wanted))
    return float(np.where(one_missing, np.inf, np.nan_to_num(gap)).max())


# ---- laws ------------------------------------------------------------------------------------------------------------


def test_walking_finds_every_kind_of_need() -> None:
    assert {kind.answers for kind in PREPARATION.values()} == set(needs.ORDER)
    assert len(LEARNERS) >= 1


@SOME_CASE
def test_the_graph_gives_what_apply_gives(case: str) -> None:
    plan, _ = CASES[case]
    rows = unlike_training()
    wanted = applied(case)
    words = vocabulary(wanted)
    session, wires = session_of(plan, fitted(case), rows, words)
    assert (wires.number_names, wires.date_names, wires.word_names) == (
        wanted.number_names,
        wanted.date_names,
        wanted.word_names,
    )
    (got,) = session.run(None, feeds(rows))
    assert difference(flat(wanted, words), got) <= TOLERANCE
    for some in ([], [0], [ROWS * 3 - 1]):
        (few,) = session.run(None, feeds(rows.take(np.array(some, np.int64))))
        assert difference(flat(wanted, words)[some], few) <= TOLERANCE


@SOME_CASE
def test_numbers_are_never_infinite(case: str) -> None:
    assert not np.isinf(applied(case).numbers).any()


@SOME_CASE
def test_one_row_gives_what_it_gives_in_a_batch(case: str) -> None:
    plan, _ = CASES[case]
    rows = unlike_training()
    batch = applied(case)
    words = vocabulary(batch)
    for row in range(0, rows.rows, 37):
        single = plan.apply(fitted(case), rows.take(np.array([row])))
        assert difference(flat(batch.take(np.array([row])), words), flat(single, words)) <= 1e-12


@SOME_CASE
def test_names_are_distinct_and_level_codes_are_among_the_numbers(case: str) -> None:
    plan, _ = CASES[case]
    done = plan.apply(fitted(case), training())
    assert set(done.code_names) <= set(done.number_names)
    assert case.startswith("plan.combine.blend") or len(set(done.names)) == len(done.names)


@SOME_CASE
def test_row_order_and_unused_levels_change_nothing(case: str) -> None:
    plan, _ = CASES[case]
    rows = unlike_training()
    order = np.random.default_rng(np.random.PCG64(3)).permutation(rows.rows)
    batch = applied(case)
    words = vocabulary(batch)
    moved = rows.take(order)
    # The same cells under other codes: levels that occur, in order of appearance.
    moved = replace(moved, words=tuple(Strings.of(column.cells().tolist()) for column in moved.words))
    assert difference(flat(batch, words)[order], flat(plan.apply(fitted(case), moved), words)) <= 1e-12


@SOME_CASE
def test_a_batch_may_be_empty(case: str) -> None:
    plan, _ = CASES[case]
    empty = plan.apply(fitted(case), training().take(np.zeros(0, np.int64)))
    full = plan.apply(fitted(case), training())
    assert empty.rows == 0
    assert empty.names == full.names


@SOME_CASE
def test_no_input_is_changed(case: str) -> None:
    assert fitted_again(case).is_untouched


@SOME_CASE
def test_state_is_named_arrays_that_survive_disk_bit_for_bit(case: str, tmp_path: Path) -> None:
    plan, _ = CASES[case]
    state = fitted(case)
    assert all(isinstance(array, np.ndarray) and not array.dtype.hasobject for array in state.values())
    back = load_arrays(tmp_path, save_arrays(tmp_path, state))
    assert back is not None
    assert set(back) == set(state)
    for name, array in state.items():
        assert (back[name].dtype, back[name].shape) == (array.dtype, array.shape)
        assert back[name].tobytes() == array.tobytes()
    words = vocabulary(applied(case))
    assert flat(plan.apply(back, unlike_training()), words).tobytes() == flat(applied(case), words).tobytes()


@SOME_CASE
def test_fitting_again_gives_the_same_state(case: str) -> None:
    again, first = fitted_again(case).state, fitted(case)
    assert {name: array.tobytes() for name, array in again.items()} == {
        name: array.tobytes() for name, array in first.items()
    }


@SOME_CASE
def test_fit_apply_learns_what_fit_learns_and_gives_columns_like_apply(case: str) -> None:
    plan, again = CASES[case][0], fitted_again(case)
    state, columns = again.state_of_both, again.columns
    assert set(state) == set(fitted(case))
    assert columns.names == plan.apply(state, training()).names
    assert columns.rows == ROWS


@SOME_CASE
def test_a_plan_survives_json(case: str) -> None:
    plan, _ = CASES[case]
    text = json.dumps(data.to_data(plan), allow_nan=False)
    assert data.plan_of(json.loads(text)) == plan
    assert data.digest(data.plan_of(json.loads(text))) == data.digest(plan)


@pytest.mark.parametrize("address", PREPARATION)
@pytest.mark.parametrize("task", TASKS)
def test_preparation_needs_no_rows_and_no_columns(address: str, task: str) -> None:
    step, target = PREPARATION[address](), target_of(task)
    nothing = training().select([])
    no_rows = training().take(np.zeros(0, np.int64))
    for columns, wanted in ((nothing, target), (no_rows, target.take(np.zeros(0, np.int64)))):
        state, changed = step.fit_apply(columns, wanted)
        assert changed.rows == columns.rows
        assert step.apply(state, columns).names == changed.names
    # What no row taught is still applied, and the same in the graph.
    state = step.fit(no_rows, target.take(np.zeros(0, np.int64)))
    wanted_columns = step.apply(state, unlike_training())
    words = vocabulary(wanted_columns)
    if wanted_columns.names:
        session, _ = session_of(step, state, training(), words)
        assert difference(flat(wanted_columns, words), session.run(None, feeds(unlike_training()))[0]) <= TOLERANCE


@pytest.mark.parametrize("address", PREPARATION)
@pytest.mark.parametrize("kind", ["numbers", "dates", "words"])
def test_preparation_takes_a_table_of_one_block(address: str, kind: str) -> None:
    step, all_columns = PREPARATION[address](), training()
    names = {"numbers": all_columns.number_names, "dates": all_columns.date_names, "words": all_columns.word_names}
    columns = all_columns.select(names[kind])
    state = step.fit(columns, target_of("binary"))
    rows = unlike_training().select(names[kind])
    wanted = step.apply(state, rows)
    words = vocabulary(wanted)
    session, _ = session_of(step, state, rows, words)
    assert difference(flat(wanted, words), session.run(None, feeds(rows))[0]) <= TOLERANCE


@pytest.mark.parametrize("case", [case for case in CASES if case.partition(" ")[0] in LEARNERS], scope="module")
def test_answers_are_what_the_task_asks_for(case: str) -> None:
    task, answer = CASES[case][1], applied(case)
    assert answer.number_names == tuple(f"answer.{place}" for place in range(target_of(task).outputs))
    assert answer.names == answer.number_names
    assert np.isfinite(answer.numbers).all()
    if task != "regression":
        assert ((answer.numbers >= 0) & (answer.numbers <= 1)).all()
    if task == "multiclass":
        assert np.allclose(answer.numbers.sum(axis=1), 1.0)


def test_the_comparison_sees_a_wrong_graph() -> None:
    """The laws can fail: a step whose graph forgets what its apply does is told apart."""

    class Forgetful(Step):
        def apply(self, state: State, columns: Columns) -> Columns:
            return columns.with_numbers(columns.numbers + 1e-3, columns.number_names)

        def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
            return wires

    rows = training()
    words = vocabulary(rows)
    session, _ = session_of(Forgetful(), {}, rows, words)
    assert difference(flat(Forgetful().apply({}, rows), words), session.run(None, feeds(rows))[0]) > TOLERANCE
