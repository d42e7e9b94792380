"""What a person should look at: targets that are likely wrong, and rows that are out of the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.evaluation.estimate import Estimate, plain
from journeyman.evaluation.judged import Judged, judged_rows
from journeyman.evaluation.second_opinions import second_opinions
from journeyman.plan.target import Target
from journeyman.statistics.doubts import contradicted, doubted_labels, doubted_numbers, doubted_together
from journeyman.statistics.folds import Folds
from journeyman.statistics.irregular import Irregular, irregular
from journeyman.statistics.proportion import proportion
from journeyman.table.columns import MISSING_WORD, Columns, Integers, Numbers
from journeyman.trials.trial import Trial

#: So many rows are listed at most, of each kind.
MOST = 20
#: A row is listed as irregular from this score on; e to the power of it is how rare it would be, were columns
#: independent. And so many cells are told of it.
LEAST_SCORE, _CELLS_TOLD = 10.0, 3
#: Of more rows so many are looked at for irregular ones, drawn at random.
MOST_COMPARED = 30_000
_FEWEST_ROWS = 50


@dataclass(frozen=True)
class DoubtedRow:
    """A row whose target is likely wrong: what is recorded, what the model would have answered, and how sure it is.

    ``row`` counts from 0 in the source. ``strength`` is by how much the model takes the answer for likelier than what
    is recorded (all models that were asked together), or how many local standard deviations a number is off.
    """

    row: int
    recorded: str | float
    answer: str | float
    strength: float


@dataclass(frozen=True)
class IrregularRow:
    """A row that is out of the way, and the cells that make it so: (column, what it holds, why)."""

    row: int
    score: float
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a person should look at. Nothing of it is changed or left out by itself.

    Parameters
    ----------
    rows : how many rows were looked at
    doubted : how many targets the rule doubts
    targets : those that it doubts most, the most doubted first
    wrong_at_most : the share of labels that can be wrong at random, at most about; NaN for numbers
    wrong_of_listed : how many of ``targets`` are wrong if so many are, a bound as well; NaN for numbers. It is loose:
        in made tables of which 5 % of the labels are wrong 46 to 80 % of those listed were, and nearly all were allowed
    irregular : rows out of the way, the farthest first
    """

    rows: int
    doubted: int
    targets: tuple[DoubtedRow, ...]
    wrong_at_most: Estimate
    wrong_of_listed: float
    irregular: tuple[IrregularRow, ...]

    def as_data(self) -> dict[str, Any]:
        """The list as ``run.json`` holds it."""
        return {
            "rows": self.rows,
            "doubted": self.doubted,
            "targets": [
                {"row": one.row, "recorded": one.recorded, "answer": one.answer, "strength": round(one.strength, 4)}
                for one in self.targets
            ],
            "wrong_at_most": self.wrong_at_most.as_data(),
            "wrong_of_listed": plain(self.wrong_of_listed),
            "irregular": [
                {
                    "row": one.row,
                    "score": round(one.score, 2),
                    "cells": [{"column": name, "holds": holds, "why": why} for name, holds, why in one.cells],
                }
                for one in self.irregular
            ],
        }


def review(
    trial: Trial, columns: Columns, target: Target, folds: Folds, row_numbers: Integers, others: Sequence[Trial] = ()
) -> Review | None:
    """What a person should look at; None where too few rows were answered.

    A label is doubted by confident learning, or by the log-odds of several models where others were tried; a number
    where it is very far from its answer. Whether it is wrong or the case is a rare one only a person can see. How many
    are wrong is bounded, not told: labels that are wrong at random contradict the surest answers as often as any, and
    so no more can be than contradict the surest tenth.

    Parameters
    ----------
    trial : what is shipped, with its out-of-fold answers
    columns : of all rows
    row_numbers : (rows,) their numbers in the source, from 0 on
    others : what else was tried on the same folds: a mistake that several kinds of model see is a mistake more often
    """
    judged = judged_rows(trial.answers, target, folds)
    if len(judged.rows) < _FEWEST_ROWS:
        return None
    numbers = row_numbers[judged.rows]
    doubted, targets, share, listed = _targets(judged, target, numbers, second_opinions(others, target, judged.rows))
    return Review(
        rows=len(judged.rows),
        doubted=doubted,
        targets=targets,
        wrong_at_most=share,
        wrong_of_listed=listed,
        irregular=_irregular(columns, row_numbers, target.seed),
    )


def _targets(
    judged: Judged, target: Target, numbers: Integers, others: Sequence[Numbers]
) -> tuple[int, tuple[DoubtedRow, ...], Estimate, float]:
    unknown = Estimate(np.nan, np.nan, np.nan)
    if target.task == "regression":
        doubts = doubted_numbers(judged.truth, judged.answers[:, 0])
    else:
        chances, codes = judged.chances()[0], judged.truth.astype(np.int64)
        doubts = doubted_together(codes, [chances, *others]) if others else doubted_labels(codes, chances)
    worst = np.flatnonzero(doubts.doubted)
    worst = worst[np.argsort(-doubts.strength[worst], kind="stable")][:MOST]
    margins = doubts.strength if doubts.margin is None else doubts.margin

    def told(place: int) -> DoubtedRow:
        recorded: str | float = float(judged.truth[place])
        answer: str | float = float(judged.answers[place, 0])
        if target.classes:
            recorded, answer = target.classes[int(recorded)], target.classes[int(doubts.other[place])]
        return DoubtedRow(int(numbers[place]), recorded, answer, float(margins[place]))

    rows = tuple(told(place) for place in worst.tolist())
    if not target.classes or not np.ptp(chances, axis=0).any():
        return int(doubts.doubted.sum()), rows, unknown, np.nan
    hits, of = contradicted(codes, chances)
    share = proportion(np.arange(of) < hits, np.ones(of), np.arange(of))
    own = chances[worst, codes[worst]]
    listed = float(_chance_wrong(own, share.value, len(target.classes)).sum())
    return int(doubts.doubted.sum()), rows, Estimate(share.value, share.low, share.high), listed


def _chance_wrong(own: Numbers, share: float, classes: int) -> Numbers:
    """How likely labels are wrong that the model gives these chances (n,), if so large a share is wrong at random.

    The chance of a recorded label is that it is right and kept, or another one was right and it came by mistake.
    """
    mistaken = share / (classes - 1)
    right = np.clip((own - mistaken) / max(1 - share - mistaken, 1e-9), 0.0, 1.0)
    by_mistake = mistaken * (1 - right)
    whole = right * (1 - share) + by_mistake
    return np.divide(by_mistake, whole, out=np.zeros_like(own), where=whole > 0)


def _irregular(columns: Columns, row_numbers: Integers, seed: int) -> tuple[IrregularRow, ...]:
    """The rows that are farthest out of the way; of very many rows some are looked at, drawn at random."""
    places = np.arange(columns.rows)
    if columns.rows > MOST_COMPARED:
        places = np.sort(np.random.default_rng(np.random.PCG64(seed)).choice(places, MOST_COMPARED, replace=False))
    some = columns.take(places)
    words = [(name, one) for name, one in zip(some.word_names, some.words, strict=True) if name not in some.text_names]
    names = (*some.number_names, *(name for name, _ in words))
    found = irregular([*some.numbers.T], [one.codes.astype(np.int64) for _, one in words])
    scores = found.scores
    worst = np.argsort(-scores, kind="stable")[:MOST].tolist()
    shown = dict(words)

    def holds(name: str, place: int) -> str:
        if name in shown:
            word = shown[name].levels[int(shown[name].codes[place])]
            return "missing" if word == MISSING_WORD else word
        value = float(some.numbers[place, some.number_names.index(name)])
        return "missing" if np.isnan(value) else f"{value:.6g}"

    return tuple(
        IrregularRow(int(row_numbers[places[one]]), float(scores[one]), tuple(_told(found, names, one, holds)))
        for one in worst
        if scores[one] >= LEAST_SCORE
    )


def _told(
    found: Irregular, names: tuple[str, ...], row: int, holds: Callable[[str, int], str]
) -> Iterator[tuple[str, str, str]]:
    """The cells that make a row irregular, the farthest first."""
    cells = found.cells[row]
    for place in np.argsort(-cells, kind="stable")[:_CELLS_TOLD].tolist():
        if cells[place] > 0:
            yield names[place], holds(names[place], row), "far out or rare"
    one, other = found.which[row].tolist()
    if one >= 0:
        yield (
            f"{names[one]} and {names[other]}",
            f"{holds(names[one], row)} and {holds(names[other], row)}",
            "hardly ever together, though each is common",
        )
