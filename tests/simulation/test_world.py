from __future__ import annotations

import json
import time

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from journeyman.simulation.kinds import kinds
from journeyman.simulation.laws.law import Law
from journeyman.simulation.world import TARGET, World
from journeyman.statistics.metrics.named import metric_named

LAWS = list(kinds("laws", Law).items())
CASES = [(name, task) for name, law in LAWS for task in law.tasks]


@pytest.mark.parametrize(("law", "task"), CASES)
def test_the_best_score_is_what_the_best_answer_reaches_on_new_rows(law, task):
    world = World(law=law, task=task, seed=3, rows=200)
    truth = world.truth
    new = world.draw(60_000, stream=9)
    assert truth.best.keys() == truth.trivial.keys()
    for name, value in truth.best.items():
        metric = metric_named(name)
        # A median is the best answer of the mean absolute error; counts have another than their mean.
        answer = _medians(new.best) if (law, name) == ("counts", "mae") else new.best
        reached, influence = metric.measure(new.truth, answer)
        error = influence.std() / np.sqrt(60_000) + influence.std() / np.sqrt(100_000)
        assert abs(reached - value) < 4.5 * error + 1e-9, name
        assert (metric.sign * (value - truth.trivial[name]) > 0.03) == truth.signal, name


def _medians(means):
    whole = np.arange(100)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, 100)))])
    chance = np.exp(whole * np.log(means) - means - logs).cumsum(axis=1)
    return (chance < 0.5).sum(axis=1, keepdims=True).astype(float)


@pytest.mark.parametrize(("law", "task"), [case for case in CASES if case[1] != "regression"])
def test_the_best_answer_is_calibrated(law, task):
    new = World(law=law, task=task, seed=5).draw(60_000, stream=4)
    chance = new.best[:, -1]
    came = new.truth == (1 if task == "binary" else 2)
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0)):
        inside = (chance >= low) & (chance < high)
        if inside.sum() > 500:
            assert abs(came[inside].mean() - chance[inside].mean()) < 4.5 * 0.5 / np.sqrt(inside.sum())


def test_no_model_beats_the_law_and_one_of_its_form_comes_near():
    world = World(task="regression", rows=20_000, seed=1, words=(), missing=0.0)
    table, new = world.columns, world.draw(20_000, stream=3)
    names = [name for name in table if name != TARGET]
    model = LinearRegression().fit(np.column_stack([table[name] for name in names]), table[TARGET])
    answer = model.predict(np.column_stack([new.columns[name] for name in names]))
    assert world.truth.best["rmse"] - 0.02 < metric_named("rmse").score(new.truth, answer[:, None]) < 1.02
    assert np.abs(answer - new.best[:, 0]).mean() < 0.03


@pytest.mark.parametrize(("law", "task"), CASES)
def test_same_spec_same_rows_and_another_seed_or_stream_others(law, task):
    first, again, other = (World(law=law, task=task, rows=80, seed=seed) for seed in (1, 1, 2))
    assert list(first.columns)[-1] == TARGET == first.target
    for name, cells in first.columns.items():
        assert len(cells) == 80
        np.testing.assert_array_equal(np.asarray(cells), np.asarray(again.columns[name]))
    assert not np.array_equal(first.columns["score"], other.columns["score"])
    assert not np.array_equal(first.columns["score"], first.draw(80, stream=7).columns["score"])
    np.testing.assert_array_equal(first.columns["score"], first.draw(80, stream=1).columns["score"])


def test_fewer_rows_are_of_the_same_law():
    world = World(law="structural", rows=100, seed=2)
    many = world.draw(5000, stream=3)
    chosen = world.draft(5000, stream=3, plain=True).take(np.arange(5))
    np.testing.assert_array_equal(chosen.outcome.best, many.best[:5])


@pytest.mark.parametrize(("law", "task"), CASES)
def test_a_spec_goes_through_json(law, task):
    plants = ("label_noise", "leaks.missing_pattern:weak", {"kind": "drift", "how": "abrupt"})
    world = World(law=law, task=task, rows=90, seed=4, plants=plants, words=(3, 5), classes=4, numbers=7, offset=0.5)
    again = World.from_data(json.loads(json.dumps(world.as_data())))
    assert again == world
    assert again.columns.keys() == world.columns.keys()


def test_a_plant_more_changes_nothing_of_the_rest():
    plain = World(rows=300, seed=6).columns
    planted = World(rows=300, seed=6, plants=("leaks.too_good_column", "keywords", "label_noise")).columns
    for name in ("age", "region", "product", "score"):
        np.testing.assert_array_equal(np.asarray(plain[name]), np.asarray(planted[name]))


def test_columns_are_numbers_and_words_with_gaps():
    world = World(rows=400, missing=0.2, words=(3,), numbers=8, dates=True)
    kinds_of = {name: type(cells) for name, cells in world.columns.items()}
    assert [name for name, kind in kinds_of.items() if kind is list] == ["date", "region", TARGET]
    assert 0.1 < np.isnan(world.columns["age"]).mean() < 0.3
    assert None in world.columns["region"]
    assert set(world.columns[TARGET]) == {"yes", "no"}
    assert {"number_7", "number_8"} <= kinds_of.keys()
    assert world.labels == ("no", "yes")
    assert World(task="multiclass", classes=4).labels == ("class a", "class b", "class c", "class d")


def test_new_rows_come_after_the_table_unless_it_is_said_otherwise():
    ahead, beside = World(dates=True, ahead=0.25), World(dates=True, ahead=0.0)
    assert max(ahead.columns["date"]) < "2025-01-01" <= min(ahead.draw(500, stream=3).columns["date"])
    assert min(beside.draw(500, stream=3).columns["date"]) < "2023-02-01"


def test_the_offset_moves_the_level():
    rare = World(offset=-3.0, rows=4000)
    assert 0.02 < rare.table.truth.mean() < 0.15


def test_no_rows_and_one_row_are_tables_too():
    for rows in (0, 1):
        world = World(rows=rows, plants=("duplicates", "leaks.row_order", "leaks.aggregate", "entities"))
        assert {len(cells) for cells in world.columns.values()} == {rows}


def test_many_rows_are_drawn_quickly():
    world = World()
    world.draw(100, stream=2)
    began = time.process_time()
    world.draw(50_000, stream=3)
    assert time.process_time() - began < 0.3


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"law": "flat"}, "flat"),
        ({"law": "counts", "task": "binary"}, "gives no binary"),
        ({"plants": ("leak",)}, "there is no 'leak'"),
        ({"plants": ("label_noise:strong",)}, "has no strength"),
        ({"plants": ("leaks.copies:huge",)}, "not 'huge'"),
        ({"classes": 2, "task": "multiclass"}, "3 to 26"),
        ({"numbers": 0}, "at least one number"),
    ],
)
def test_what_is_no_world_is_refused(spec, said):
    with pytest.raises(ValueError, match=said):
        World(**spec)


def test_what_cannot_be_drawn_is_refused():
    hidden = [{"kind": "missing.at_random", "law_reads": "hidden", "place": place} for place in (0, 1)]
    with pytest.raises(ValueError, match="only one number"):
        _ = World(plants=tuple(hidden)).columns
    with pytest.raises(ValueError, match="know one another"):
        _ = World(law="structural", plants=(hidden[0],)).columns
    with pytest.raises(ValueError, match="two plants would make"):
        _ = World(plants=("leaks.too_good_column", "leaks.too_good_column")).columns
    with pytest.raises(ValueError, match="count from 1"):
        World().draw(3, stream=0)
