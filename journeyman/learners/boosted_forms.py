"""Which forms of boosted trees are worth a trial on a table, and how long they take.

Sources: tuned defaults of Holzmüller et al., Better by default, NeurIPS 2024; random thresholds after the portfolios of
Erickson et al., TabArena, 2025. Rounds, leaves and rates were measured on tables of 150 to 50,000 rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from journeyman.learners.learner import Problem
from journeyman.plan import needs
from journeyman.plan.retarget import Form

#: From so many rows on, as with many classes, fewer and bolder rounds are there in time and lose little.
MANY_ROWS = 100_000
#: Up to so many rows, the mean of models that different inner parts stopped is worth its price.
FEW_ROWS = 20_000
#: What words may become.
MEANS, CODES = (needs.WORDS_AS_TARGET_MEANS,), (needs.WORDS_AS_CODES,)
EFFECTS = (needs.LEVEL_EFFECTS, *MEANS)
#: More levels than this share of the rows: sets of levels overfit, and target means come first.
_LEVELS_SHARE = 0.008
#: Metric → the loss that trees are grown for; all others take the squared one.
_LOSSES = {"mae": "absolute", "poisson_deviance": "rate"}
#: Leaves of large trees.
_LARGE = 48
#: Seconds that a tree takes: for each leaf, and for each cell and doubling of leaves.
_LEAF_SECONDS, _CELL_SECONDS = 2.5e-5, 1.2e-9


@dataclass(frozen=True, kw_only=True)
class BoostedForm:
    """A form of boosted trees.

    Parameters
    ----------
    name, worth, form, tells : as in `Candidate`
    parameters : of the learner
    words : what words become: target means, those of many levels effects first where that pays, or codes
    """

    name: str
    parameters: dict[str, Any]
    words: tuple[str, ...]
    worth: float
    form: Form = "plain"
    tells: bool = False


def boosted_forms(problem: Problem) -> Iterator[BoostedForm]:
    """The forms, the quick one first.

    Of six tables with words of 100 levels or more, 4,000 rows of each, effects in place of means made the error of the
    quick form smaller by 0.7 to 32 % on five, of random thresholds by 0.6 to 3.4 % on four, and never larger by more
    than 0.8 %; on one the tuned form lost 5 %, so the mean of three keeps to means.
    """
    rows = problem.rows
    means_first = problem.words > 0 and problem.levels > _LEVELS_SHARE * rows
    first, second = (EFFECTS, CODES) if means_first else (CODES, EFFECTS)
    loss = _LOSSES.get(problem.metric, "") if problem.task == "regression" else ""
    yield BoostedForm(
        name="boosted trees, quick",
        parameters={**_quick(problem), "loss": loss},
        words=first,
        worth=0.7,
        tells=True,
    )
    tuned = _tuned(problem)
    yield BoostedForm(
        name="boosted trees, tuned",
        parameters={**tuned, "loss": loss},
        words=first,
        worth=0.95,
    )
    if not problem.has_many_classes:
        yield BoostedForm(
            name="boosted trees, mean of three",
            # Under another metric than the squared error, the squared loss makes them differ, and is at times better;
            # means of a long tail are far from its medians, those of logarithms are not (errors on two skewed tables
            # and two made ones were 1 to 20 % smaller).
            parameters={**tuned, "parts": 3, "seed": problem.seed + 1, "loss": "" if loss == "absolute" else loss},
            form=(problem.log_form or "plain") if loss == "absolute" else "plain",
            words=MEANS if means_first else CODES,
            worth=0.9 if rows <= FEW_ROWS else 0.5,
        )
    if loss == "absolute" and tuned["leaves"] < _LARGE:
        # Gradients that are mere signs ask for more leaves: on the four of our tables that are judged by absolute
        # errors, 2,000 rows of each, they made it smaller by 3, 4 and 1 %, and on one larger by 1 %.
        yield BoostedForm(
            name="boosted trees, large",
            parameters={**tuned, "leaves": _LARGE, "seed": problem.seed + 5, "loss": loss},
            words=first,
            worth=0.6,
        )
    if problem.words:
        yield BoostedForm(
            name=f"boosted trees, {'sets of levels' if means_first else 'target means'}",
            parameters={**tuned, **_several(problem), "seed": problem.seed + 2, "loss": loss},
            words=second,
            worth=0.6,
        )
    if not problem.has_many_classes:
        yield BoostedForm(
            name="boosted trees, random thresholds",
            parameters={**_random(problem, tuned), "loss": loss},
            words=EFFECTS,
            worth=0.5 if rows < FEW_ROWS // 2 else 0.3,
        )
    if problem.log_form == "log_mean" and not loss:
        yield BoostedForm(
            name="boosted trees, logarithm of the target",
            parameters={**tuned, **_several(problem), "seed": problem.seed + 4},
            words=first,
            worth=0.6,
            form="log_mean",
        )


def seconds_per_million(problem: Problem, parameters: dict[str, Any]) -> float:
    """About how long a fold takes, for a million cells (rows, times columns and one more, times outputs)."""
    leaves, rate, parts = parameters["leaves"], parameters["rate"], parameters.get("parts", 1)
    cells = max(problem.rows * (problem.columns + 1), 1)
    tree = _LEAF_SECONDS * leaves + _CELL_SECONDS * math.log2(leaves) * cells * parameters.get("column_share", 1.0)
    rounds, fits = parameters["rounds"], 1.0
    if parameters.get("patience"):
        # Most stop before rounds times rate is as much as this; and without several parts they are grown anew.
        slow = bool(parameters.get("extra")) or problem.rows >= FEW_ROWS
        rounds = min(rounds, (30 if slow else 15) / rate)
        fits = 0.9 * parts if parts > 1 else 1.8
    return float((0.02 + tree * problem.outputs * rounds * fits) / (cells * problem.outputs / 1e6))


def _rows_in_leaf(problem: Problem) -> int:
    most = 20 if problem.task != "regression" else 8
    return max(2, min(most, problem.rows // 60))


def _rows_in_set(problem: Problem) -> int:
    """LightGBM's hundred is for large tables.

    On 25 tables with words, 1,000 or so rows of each, the error with ten was smaller by 1.3 % on average (18 times
    smaller, 4 times larger); with 4,000 rows thirty made the quick form's smaller by 1.1 % on eleven.
    """
    return max(10, min(100, problem.rows // 100))


def _penalty(problem: Problem) -> float:
    """A class with few rows has hardly any second derivative, and without a penalty its leaves run away.

    On a table of nine classes the log loss of forty bold rounds was 1.8 to 6.0 without one.
    """
    return 0.5 if problem.task == "multiclass" else 0.0


def _quick(problem: Problem) -> dict[str, Any]:
    rows, bold = problem.rows, problem.has_many_classes
    if bold:
        size = {"rounds": 60, "rate": 0.15, "leaves": 31, "bins": 63, "column_share": 0.5}
    elif rows >= MANY_ROWS:
        size = {"rounds": 60, "rate": 0.2, "leaves": 63, "bins": 63, "column_share": 0.8}
    elif rows >= 10_000:
        size = {"rounds": 100, "rate": 0.1, "leaves": 31}
    elif rows >= 1500:
        size = {"rounds": 100, "rate": 0.07, "leaves": 16, "column_share": 0.7}
    else:
        size = {"rounds": 80, "rate": 0.06, "leaves": 10, "column_share": 0.7}
    return {
        **size,
        "rows_in_leaf": _rows_in_leaf(problem),
        "rows_in_set": _rows_in_set(problem),
        "penalty": _penalty(problem),
        "seed": problem.seed,
    }


def _tuned(problem: Problem) -> dict[str, Any]:
    rows = problem.rows
    if problem.has_many_classes:
        size = {"rounds": 250, "rate": 0.1, "leaves": 31, "bins": 63, "column_share": 0.5, "patience": 15}
    elif rows >= MANY_ROWS:
        size = {"rounds": 500, "rate": 0.1, "leaves": 100, "bins": 127, "column_share": 0.7, "patience": 20}
    elif rows >= 10_000:
        size = {"rounds": 1500, "rate": 0.05, "leaves": 50, "column_share": 0.7, "patience": 40}
    else:
        size = {"rounds": 2000, "rate": 0.03, "leaves": 16, "column_share": 0.7, "patience": 50}
    return {
        **size,
        "row_share": 0.75,
        "rows_in_leaf": _rows_in_leaf(problem),
        "rows_in_set": _rows_in_set(problem),
        "penalty": _penalty(problem),
        "seed": problem.seed,
    }


def _random(problem: Problem, tuned: dict[str, Any]) -> dict[str, Any]:
    return {
        **tuned,
        **_several(problem),
        "rate": 2 * tuned["rate"],
        "leaves": 24,
        "rows_in_leaf": 3,
        "row_share": 0.9,
        "column_share": 0.5,
        "penalty": 0.4,
        "extra": True,
        "seed": problem.seed + 3,
    }


def _several(problem: Problem) -> dict[str, Any]:
    """Small tables are quick, and what stops their growing is noisy."""
    return {"parts": 3} if problem.rows < 5000 and not problem.has_many_classes else {}
