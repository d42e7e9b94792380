"""The best rule on a single column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, text_array, words_of
from journeyman.plan.target import Target
from journeyman.table.columns import MISSING_WORD, Columns, Numbers

#: State ``kind``: no rule could be made, a threshold on a number, one level of words against the rest.
NONE, NUMBER, WORD = 0, 1, 2


class BestRule(Learner):
    """The best single rule: one column, one question, two answers.

    The question is "number <= threshold" or "word is level"; the answers are the training means on either side, drawn
    a little towards the overall mean (``smoothing`` rows' worth). What a person would do with one look at the table,
    and so the floor that a model has to beat to be worth its keep.

    Missing numbers get the answer of the training rows where that column was missing, or the overall mean where
    training held none. Unseen and missing words are "not the level". Texts are not asked.
    """

    thresholds: int = 31
    smoothing: float = 10.0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """Always on the board."""
        yield Candidate(name="best single rule", learner=cls(), floor=True, weight=1, seconds_per_million=0.3)

    def fit(self, columns: Columns, target: Target) -> State:
        """Try every column; keep the question that explains most of the target's variance."""
        wanted = _one_hot(target)
        weights = np.ones(len(target)) if target.weights is None else target.weights
        overall = target.mean()
        total = np.concatenate([[weights.sum()], weights @ wanted])
        best_gain, best = 0.0, (NONE, 0, 0.0, "")
        for place in range(len(columns.number_names)):
            gain, threshold = self._best_threshold(columns.numbers[:, place], wanted, weights)
            if gain > best_gain:
                best_gain, best = gain, (NUMBER, place, threshold, "")
        for place, column in enumerate(columns.words):
            if columns.word_names[place] in columns.text_names:
                continue
            sums: Numbers = np.column_stack(
                [np.bincount(column.codes, weights, len(column.levels))]
                + [np.bincount(column.codes, weights * one, len(column.levels)) for one in wanted.T]
            )
            gains = _gain(sums, total[None, :] - sums)
            if len(gains) and float(gains.max()) > best_gain:
                level = int(gains.argmax())
                best_gain, best = float(gains.max()), (WORD, place, 0.0, column.levels[level])
        kind, place, threshold, level_word = best
        side = self._sides(columns, kind, place, threshold, level_word)
        answers = np.vstack([self._smoothed(wanted, weights, side == one, overall) for one in (0, 1, 2)])
        names = columns.number_names if kind == NUMBER else columns.word_names if kind == WORD else ("",)
        return {
            "kind": np.array([kind], np.int64),
            "column": text_array([names[place]]),
            "threshold": np.array([threshold]),
            "level": text_array([level_word]),
            "answers": answers,
        }

    def apply(self, state: State, columns: Columns) -> Columns:
        """Ask the question of every row."""
        kind, place = self._place(state, columns.number_names, columns.word_names)
        side = self._sides(columns, kind, place, float(state["threshold"][0]), words_of(state["level"])[0])
        numbers = state["answers"][side]
        return Columns.of(rows=columns.rows, numbers=numbers, number_names=answer_names(numbers.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """A comparison or a look-up, then one of the answers."""
        kind, place = self._place(state, wires.number_names, wires.word_names)
        answers = state["answers"]
        other, yes, gone = (graph.constant(row[None, :]) for row in answers)
        if kind == NUMBER:
            number = graph.pick(wires.numbers, [place], len(wires.number_names))
            below = graph.add("LessOrEqual", number, graph.constant(state["threshold"]))
            answer = graph.add("Where", below, yes, other)
            answer = graph.add("Where", graph.add("IsNaN", number), gone, answer)
        elif kind == WORD:
            word = graph.pick(wires.words, [place], len(wires.word_names))
            answer = graph.lookup(word, words_of(state["level"]), answers[[1, 0]])
        else:
            answer = graph.add("Add", graph.zeros(wires), other)
        return Wires(answer, answer_names(answers.shape[1]), "", "", (), "", ())

    def sentence(self, state: State) -> str:
        """The rule in words: "PAY_0 <= 1.5" or "Contract = month-to-month"."""
        column, level = words_of(state["column"])[0], words_of(state["level"])[0]
        kind = int(state["kind"][0])
        if kind == NUMBER:
            return f"{column} <= {float(state['threshold'][0]):.6g}"
        if kind == WORD:
            return f"{column} is missing" if level == MISSING_WORD else f"{column} = {level}"
        return "no column helps"

    def _best_threshold(self, numbers: Numbers, wanted: Numbers, weights: Numbers) -> tuple[float, float]:
        there = ~np.isnan(numbers)
        if not there.any():
            return 0.0, 0.0
        present = numbers[there]
        cuts = np.unique(np.quantile(present, np.linspace(0, 1, self.thresholds + 2)[1:-1], method="lower"))
        cuts = cuts[cuts < present.max()]
        if not len(cuts):
            return 0.0, 0.0
        bins = np.searchsorted(cuts, present, side="left")
        sums = np.column_stack(
            [np.bincount(bins, weights[there], len(cuts) + 1)]
            + [np.bincount(bins, (weights * one)[there], len(cuts) + 1) for one in wanted.T]
        ).cumsum(axis=0)
        gains = _gain(sums[:-1], sums[-1][None, :] - sums[:-1])
        best = int(gains.argmax())
        return float(gains[best]), float(cuts[best])

    def _sides(self, columns: Columns, kind: int, place: int, threshold: float, level: str) -> np.ndarray:
        """1 where the answer to the question is yes, 0 where it is no, 2 where the number is missing."""
        if kind == NUMBER:
            numbers = columns.numbers[:, place]
            return np.where(np.isnan(numbers), 2, (numbers <= threshold).astype(np.int64))
        if kind == WORD:
            column = columns.words[place]
            return np.array([int(word == level) for word in column.levels] or [0], np.int64)[column.codes]
        return np.zeros(columns.rows, np.int64)

    def _smoothed(self, wanted: Numbers, weights: Numbers, rows: np.ndarray, overall: Numbers) -> Numbers:
        mass = float(weights[rows].sum())
        if mass + self.smoothing == 0:
            return overall
        mean: Numbers = (weights[rows] @ wanted[rows] + self.smoothing * overall) / (mass + self.smoothing)
        return mean

    @staticmethod
    def _place(state: State, numbers: tuple[str, ...], words: tuple[str, ...]) -> tuple[int, int]:
        kind, column = int(state["kind"][0]), words_of(state["column"])[0]
        names = numbers if kind == NUMBER else words if kind == WORD else (column,)
        return kind, names.index(column)


def _one_hot(target: Target) -> Numbers:
    if target.task == "multiclass":
        return np.eye(len(target.classes))[target.codes]
    return target.values[:, None]


def _gain(left: Numbers, right: Numbers) -> Numbers:
    """Variance explained by splitting, up to a constant. Rows: candidate splits; column 0: mass, the rest: sums."""

    def part(side: Numbers) -> Numbers:
        mass = np.maximum(side[:, 0], 1e-300)
        return np.where(side[:, 0] > 0, (side[:, 1:] ** 2).sum(axis=1) / mass, 0.0)

    both = left + right
    return np.where((left[:, 0] > 0) & (right[:, 0] > 0), part(left) + part(right) - part(both), 0.0)
