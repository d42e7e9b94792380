from __future__ import annotations

from dataclasses import replace

import pytest

from journeyman.learners.boosted_forms import CODES, EFFECTS, MEANS, boosted_forms, seconds_per_million
from journeyman.learners.learner import Problem

PROBLEM = Problem(task="regression", rows=3000, numbers=10, words=3, levels=12, metric="rmse")


def names(problem: Problem) -> list[str]:
    return [one.name for one in boosted_forms(problem)]


def test_every_name_stands_once_and_the_quick_form_is_first_and_quickest() -> None:
    forms = list(boosted_forms(replace(PROBLEM, is_skewed=True)))
    assert len({one.name for one in forms}) == len(forms) >= 5
    seconds = [seconds_per_million(PROBLEM, one.parameters) for one in forms]
    assert "quick" in forms[0].name
    assert seconds[0] == min(seconds)


def test_words_with_many_levels_become_effects_or_means_first() -> None:
    few, many = list(boosted_forms(PROBLEM)), list(boosted_forms(replace(PROBLEM, levels=900)))
    assert (few[0].words, many[0].words) == (CODES, EFFECTS)
    assert {one.words for one in few} == {CODES, EFFECTS}
    assert {one.words for one in many} == {CODES, EFFECTS, MEANS}


def test_without_words_no_form_differs_by_their_encoding_alone() -> None:
    told = [sorted(one.parameters.items()) for one in boosted_forms(replace(PROBLEM, words=0, levels=0))]
    assert all(told.count(one) == 1 for one in told)
    assert not any("means" in name or "sets" in name for name in names(replace(PROBLEM, words=0, levels=0)))


@pytest.mark.parametrize(("metric", "loss"), [("mae", "absolute"), ("poisson_deviance", "rate"), ("r2", "")])
def test_the_metric_decides_the_loss(metric: str, loss: str) -> None:
    forms = {one.name: one for one in boosted_forms(replace(PROBLEM, metric=metric))}
    assert forms["boosted trees, tuned"].parameters["loss"] == loss
    classes = replace(PROBLEM, task="binary", classes=2, metric=metric)
    assert not any(one.parameters["loss"] for one in boosted_forms(classes))


def test_absolute_errors_have_large_trees_where_others_are_small() -> None:
    absolute = replace(PROBLEM, metric="mae")
    assert "boosted trees, large" in names(absolute)
    assert "boosted trees, large" not in names(PROBLEM)
    assert "boosted trees, large" not in names(replace(absolute, rows=20_000))


def test_sets_of_levels_need_fewer_rows_on_small_tables() -> None:
    needed = [next(boosted_forms(replace(PROBLEM, rows=rows))).parameters["rows_in_set"] for rows in (200, 4000, 10**6)]
    assert needed == [10, 40, 100]


def test_skewed_targets_are_tried_on_a_logarithmic_scale_too() -> None:
    skewed = replace(PROBLEM, is_skewed=True)

    def forms(problem: Problem) -> dict[str, str]:
        return {one.name: one.form for one in boosted_forms(problem) if one.form != "plain"}

    for metric in ("rmse", "r2"):
        assert forms(replace(skewed, metric=metric)) == {"boosted trees, logarithm of the target": "log_mean"}
    # Under absolute errors, means of three are means of logarithms.
    assert forms(replace(skewed, metric="mae")) == {"boosted trees, mean of three": "log_median"}
    for other in (PROBLEM, replace(PROBLEM, metric="mae"), replace(skewed, metric="poisson_deviance")):
        assert forms(other) == {}


@pytest.mark.parametrize(("rows", "classes"), [(100, 2), (3000, 4), (20_000, 26), (300_000, 2), (1_000_000, 9)])
def test_forms_are_there_for_every_size(rows: int, classes: int) -> None:
    task = "binary" if classes == 2 else "multiclass"
    problem = Problem(task=task, rows=rows, numbers=20, words=3, levels=40, classes=classes, metric="log_loss")
    forms = list(boosted_forms(problem))
    assert len(forms) >= 3
    cells = rows * 24 * problem.outputs / 1e6
    quick = seconds_per_million(problem, forms[0].parameters) * cells
    assert 0.02 < quick < 3 + rows * problem.outputs / 5e4
    assert all((one.parameters["penalty"] > 0) == (task == "multiclass") for one in forms if "random" not in one.name)
