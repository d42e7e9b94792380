"""Each word column becomes the mean of the target over its level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import Array, State, Step, text_array, words_of
from journeyman.plan.target import Target
from journeyman.preparation.encode.levels import (
    Levels,
    express_places,
    frequent_levels,
    pack_levels,
    places,
    starts,
    unpack_levels,
)
from journeyman.preparation.made_names import made_names
from journeyman.table.columns import Columns, Integers, Numbers


class TargetMean(Step):
    """Target means of levels.

    For word columns with many levels. A level's number is ``(sum + smoothing · prior) / (rows + smoothing)``, the
    prior being the mean over all rows (Micci-Barreca 2001); rows count by their weights. A binary task gives the
    positive class's share, several classes one column each, regression the mean. Numbers have the words' names
    (``"<name>: <class>"`` for several classes) and stand behind the other numbers.

    Training rows get numbers that rows of other folds gave, so their own target does not show in them. A word that
    training did not hold, missing included, gets the prior; missing is a level of its own where training held it.

    Parameters
    ----------
    smoothing : how many rows the prior counts for
    folds : how many folds give the training rows their numbers
    """

    answers: ClassVar[str] = needs.WORDS_AS_TARGET_MEANS

    smoothing: float = 10.0
    folds: int = 5

    def fit(self, columns: Columns, target: Target) -> State:
        """State: packed levels, ``means`` (stacked levels, outputs), packed ``classes`` where there are several."""
        columns = columns.without_texts()
        levels = tuple(frequent_levels(column) for column in columns.words)
        found = places(columns.words, levels, columns.rows)
        wanted, weights = _wanted(target), _weights(target)
        means = _means(found, levels, wanted, weights, self.smoothing, _prior(wanted, weights))
        classes = target.classes if target.task == "multiclass" else ()
        return {**pack_levels(levels), "means": means, "classes": text_array(classes)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Read the means off the table."""
        columns = columns.without_texts()
        levels = unpack_levels(state)
        return _with(columns, _read(state["means"], places(columns.words, levels, columns.rows)), state)

    def fit_apply(self, columns: Columns, target: Target) -> tuple[State, Columns]:
        """The state of all rows; and each row with the mean over other folds."""
        columns = columns.without_texts()
        state = self.fit(columns, target)
        levels = unpack_levels(state)
        found = places(columns.words, levels, columns.rows)
        wanted, weights = _wanted(target), _weights(target)
        prior = _prior(wanted, weights)
        numbers = np.tile(prior, (columns.rows, len(levels)))
        if columns.rows and levels:
            folds = target.encoding_folds(self.folds)
            for fold in range(folds.count):
                training, scored = folds.training(fold), folds.scored(fold)
                if len(training) and len(scored):
                    part = _prior(wanted[training], weights[training])
                    means = _means(found[training], levels, wanted[training], weights[training], self.smoothing, part)
                    numbers[scored] = _read(means, found[scored])
        return state, _with(columns, numbers, state)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """LabelEncoder per column, then one Gather."""
        wires = graph.without_texts(wires)
        if not wires.word_names:
            return wires
        levels, means = unpack_levels(state), state["means"]
        outputs = means.shape[1]
        found = express_places(graph, wires, levels)
        table = graph.constant(means[:, 0] if outputs == 1 else means)
        numbers = graph.add("Gather", table, found, axis=0)
        if outputs > 1:
            numbers = graph.add("Reshape", numbers, graph.constant([-1, len(levels) * outputs], np.int64))
        return replace(
            wires,
            numbers=graph.join(wires.numbers, numbers),
            number_names=wires.number_names + _names(wires.word_names, state, wires.names),
            words="",
            word_names=(),
        )


def _wanted(target: Target) -> Numbers:
    """What is averaged, (rows, outputs): the values, or for several classes a 0/1 column each."""
    if target.outputs == 1:
        return target.values[:, None]
    return np.asarray(target.codes[:, None] == np.arange(target.outputs), np.float64)


def _weights(target: Target) -> Numbers:
    return np.ones(len(target.values)) if target.weights is None else target.weights


def _prior(wanted: Numbers, weights: Numbers) -> Numbers:
    total = weights.sum()
    if not total > 0:
        return np.zeros(wanted.shape[1])
    # No matrix product: its sums could depend on the number of threads.
    return np.asarray((weights[:, None] * wanted).sum(axis=0) / total)


def _means(
    found: Integers, levels: Levels, wanted: Numbers, weights: Numbers, smoothing: float, prior: Numbers
) -> Numbers:
    """The stacked table of smoothed means, (stacked levels, outputs); levels without rows have the prior."""
    size = starts(levels)[-1]
    means = np.empty((size, wanted.shape[1]))
    flat = found.ravel()
    each = np.repeat(weights, found.shape[1])
    counts = np.bincount(flat, weights=each, minlength=size)
    divisor = np.where(counts + smoothing > 0, counts + smoothing, 1.0)
    for output in range(wanted.shape[1]):
        # Differences from the prior: a level whose rows all have the prior's value has exactly the prior.
        excess = np.repeat(wanted[:, output] - prior[output], found.shape[1]) * each
        means[:, output] = prior[output] + np.bincount(flat, weights=excess, minlength=size) / divisor
    return means


def _read(means: Array, found: Integers) -> Numbers:
    """Means at places, (rows, columns · outputs), the outputs of one column side by side."""
    return np.asarray(means[found], np.float64).reshape(len(found), found.shape[1] * means.shape[1])


def _with(columns: Columns, numbers: Numbers, state: State) -> Columns:
    return replace(
        columns,
        numbers=np.hstack([columns.numbers, numbers]),
        number_names=columns.number_names + _names(columns.word_names, state, columns.names),
        words=(),
        word_names=(),
    )


def _names(names: Sequence[str], state: State, there: Sequence[str]) -> tuple[str, ...]:
    classes = words_of(state["classes"])
    return made_names([f"{name}: {one}" for name in names for one in classes], there) if classes else tuple(names)
