"""Each word column of many levels becomes what a level adds, all other columns held still."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step, text_array, words_of
from journeyman.plan.target import Target
from journeyman.preparation.encode.additive_effects import Factor, binned, effects
from journeyman.preparation.encode.levels import (
    codes,
    express_places,
    frequent_levels,
    pack_levels,
    places,
    unpack_levels,
)
from journeyman.preparation.made_names import made_names
from journeyman.table.columns import Columns, Integers, Numbers, Strings

#: So many numbers take part, and on large tables so many cells: those that differ most in the target from bin to bin.
_MOST_NUMBERS, _MOST_CELLS, _FEWEST_NUMBERS = 24, 2_000_000, 4


class LevelEffects(Step):
    """Effects of levels.

    For tables whose words have many levels of few rows each: sellers, postcodes, users. A mean of the target over a
    level's rows holds what other columns did in these rows; here every column, numbers in bins, has an effect of each
    of its levels, all learnt together, each drawn to 0 as far as levels differ by chance. Effects are logits for
    classes (of several, of each against the rest), and in the target's unit for numbers. They have the words' names
    (``"<name>: <class>"`` for several classes) and stand behind the other numbers; words of fewer levels than
    ``fewest`` take part, and stay.

    Training rows get effects that rows of other folds gave, so their own target does not show in them. A word that
    training did not hold, missing included, has the effect 0; missing is a level of its own where training held it.

    Parameters
    ----------
    fewest : the fewest levels of a word column that becomes effects
    folds : how many folds give the training rows their effects
    """

    answers: ClassVar[str] = needs.LEVEL_EFFECTS

    fewest: int = needs.MANY_LEVELS
    folds: int = 5

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``columns``, the places of word columns that become effects, texts not counted; their packed levels;
        ``effects`` (stacked levels, outputs); packed ``classes`` where there are several.
        """
        words = _words(columns)
        levels = [frequent_levels(word) for word in words]
        kept = [place for place, known in enumerate(levels) if len(known) >= self.fewest]
        known = tuple(levels[place] for place in kept)
        state = {
            **pack_levels(known),
            "columns": np.array(kept, np.int64),
            "classes": text_array(target.classes if target.task == "multiclass" else ()),
        }
        return {**state, "effects": _stacked(*_factors(columns, state), len(kept), target)}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Read the effects off the table."""
        return _with(columns, state["effects"][_found(state, columns)], state)

    def fit_apply(self, columns: Columns, target: Target) -> tuple[State, Columns]:
        """The state of all rows; and each row with the effects that other folds taught."""
        state = self.fit(columns, target)
        found = _found(state, columns)
        numbers = np.zeros((*found.shape, target.outputs))
        if columns.rows and found.shape[1]:
            words, others = _factors(columns, state)
            folds = target.encoding_folds(self.folds)
            for fold in range(folds.count):
                training, scored = folds.training(fold), folds.scored(fold)
                if len(training) and len(scored):
                    seen = [one.take(training) for one in words], [one.take(training) for one in others]
                    numbers[scored] = _stacked(*seen, found.shape[1], target.take(training))[found[scored]]
        return state, _with(columns, numbers, state)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """LabelEncoder per column, then one Gather."""
        levels, table = unpack_levels(state), state["effects"]
        if not levels:
            return wires
        names = _word_names(wires)
        gone = [names[place] for place in state["columns"].tolist()]
        shown = graph.select(wires, gone)
        numbers = graph.add("Gather", graph.constant(table), express_places(graph, shown, levels), axis=0)
        numbers = graph.add("Reshape", numbers, graph.constant([-1, len(levels) * table.shape[1]], np.int64))
        left = graph.select(wires, [name for name in wires.names if name not in gone])
        return graph.with_numbers(left, graph.join(left.numbers, numbers), wires.number_names + _names(wires, state))


def _factors(columns: Columns, state: State) -> tuple[list[Factor], list[Factor]]:
    """Every column as levels: words, those that get effects first; and numbers, none where no word gets any."""
    words, kept = _words(columns), state["columns"].tolist()
    known = unpack_levels(state)
    with_effects = [
        Factor(codes(words[place], levels), len(levels) + 1) for place, levels in zip(kept, known, strict=True)
    ]
    others = [Factor(word.codes.astype(np.int64), len(word.levels)) for n, word in enumerate(words) if n not in kept]
    return [*with_effects, *others], [binned(number) for number in columns.numbers.T] if kept else []


def _telling(numbers: Sequence[Factor], target: Target) -> list[Factor]:
    """Those that differ most in the target from bin to bin, as many as may take part."""
    most = max(min(_MOST_NUMBERS, _MOST_CELLS // max(len(target), 1)), _FEWEST_NUMBERS)
    if len(numbers) <= most:
        return [*numbers]
    wanted = _wanted(target) - target.mean()
    spread = [sum(_spread(one, output) for output in wanted.T) for one in numbers]
    return [numbers[place] for place in np.argsort(spread, kind="stable")[::-1][:most].tolist()]


def _spread(factor: Factor, wanted: Numbers) -> float:
    rows = np.bincount(factor.codes, minlength=factor.size)
    return float((np.bincount(factor.codes, wanted, factor.size) ** 2 / np.maximum(rows, 1)).sum())


def _stacked(words: Sequence[Factor], numbers: Sequence[Factor], first: int, target: Target) -> Numbers:
    """Effects of the first words, one under another, (levels, outputs)."""
    weights = np.ones(len(target)) if target.weights is None else target.weights
    weights = weights / max(float(weights.mean()), 1e-300) if len(target) else weights
    size = sum(one.size for one in words[:first])
    stacked = np.zeros((size, target.outputs))
    if not len(target):
        return stacked
    factors = [*words, *_telling(numbers, target)]
    for output, wanted in enumerate(_wanted(target).T):
        found = effects(factors, wanted, weights, is_share=target.task != "regression") if first else []
        stacked[:, output] = np.concatenate([np.zeros(0), *found[:first]])
    return stacked


def _wanted(target: Target) -> Numbers:
    """What effects add up to, (rows, outputs): the values, or 0 and 1."""
    if target.outputs == 1:
        return target.values[:, None]
    return np.asarray(target.codes[:, None] == np.arange(target.outputs), np.float64)


def _words(columns: Columns) -> list[Strings]:
    named = zip(columns.word_names, columns.words, strict=True)
    return [word for name, word in named if name not in columns.text_names]


def _word_names(columns: Columns | Wires) -> list[str]:
    return [name for name in columns.word_names if name not in columns.text_names]


def _found(state: State, columns: Columns) -> Integers:
    """Places in the stacked table, (rows, columns with effects)."""
    words = _words(columns)
    return places([words[place] for place in state["columns"].tolist()], unpack_levels(state), columns.rows)


def _with(columns: Columns, numbers: Numbers, state: State) -> Columns:
    """The columns with effects, (rows, columns with effects, outputs), behind the numbers in place of words."""
    if not numbers.shape[1]:
        return columns
    flat = np.asarray(numbers, np.float64).reshape(columns.rows, numbers.shape[1] * numbers.shape[2])
    names = _word_names(columns)
    gone = [names[place] for place in state["columns"].tolist()]
    left = columns.without(gone)
    return left.with_numbers(np.hstack([left.numbers, flat]), columns.number_names + _names(columns, state))


def _names(columns: Columns | Wires, state: State) -> tuple[str, ...]:
    words = _word_names(columns)
    names = [words[place] for place in state["columns"].tolist()]
    classes = words_of(state["classes"])
    return (
        made_names([f"{name}: {one}" for name in names for one in classes], columns.names) if classes else tuple(names)
    )
