"""Probabilities calibrated on the log scale: sharper or softer, and each class more or less likely."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from journeyman.learners.calibrator import Calibrator
from journeyman.learners.learner import answer_names
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State
from journeyman.plan.target import Target, Task
from journeyman.table.columns import Columns, Numbers

#: Probabilities nearer to 0 or 1 than this are taken as this.
_LEAST = 1e-9
#: How strongly the parameters are held at "as it is": as so many rows would.
_PRIOR_ROWS = 20.0
#: It learns from no more probabilities than these, those of evenly spread rows: its few parameters want no more.
_MOST_CELLS = 2_000_000


class Affine(Calibrator):
    """One slope for all log-probabilities, and one shift a class (for two classes, of the log-odds).

    The order of two rows' probabilities stays as it is for two classes, so rankings do not change. Slope and shifts
    are found by Newton's method on the log loss, held near 1 and 0 by a weak prior so that few rows change little.
    Answers that hold no probability of 0 or 1 stay away from them.

    Source: Guo et al., On calibration of modern neural networks, ICML 2017 (temperature and vector scaling), with one
    slope for all classes; Platt 1999 on log-odds for two.
    """

    tasks: ClassVar[tuple[Task, ...]] = ("binary", "multiclass")

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``slope`` (1,), ``shifts`` (outputs,)."""
        outputs = columns.numbers.shape[1]
        most = max(1000, _MOST_CELLS // max(outputs, 1))
        if len(target) > most:
            rows = np.linspace(0, len(target) - 1, most).astype(np.int64)
            columns, target = columns.take(rows), target.take(rows)
        weights = np.ones(len(target)) if target.weights is None else target.weights
        if not len(target) or not weights.sum() > 0:
            return {"slope": np.ones(1), "shifts": np.zeros(outputs)}
        logits = _logits(columns.numbers)
        if outputs == 1:
            # Two classes are two columns of which only the difference counts.
            pairs = np.hstack([np.zeros_like(logits), logits])
            slope, shifts = _newton(pairs, target.codes, weights)
            return {"slope": np.array([slope]), "shifts": np.array([shifts[1] - shifts[0]])}
        slope, shifts = _newton(logits, target.codes, weights)
        return {"slope": np.array([slope]), "shifts": shifts - shifts.mean()}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Logarithm, slope and shifts, and back."""
        score = _logits(columns.numbers) * state["slope"] + state["shifts"]
        if score.shape[1] == 1:
            answers = 1.0 / (1.0 + np.exp(-score))
        else:
            powers = np.exp(score - score.max(axis=1, keepdims=True)) if len(score) else score
            answers = powers / powers.sum(axis=1, keepdims=True)
        return Columns.of(rows=columns.rows, numbers=answers, number_names=answer_names(answers.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The same as nodes."""
        outputs = len(state["shifts"])
        held = graph.add("Clip", wires.numbers, graph.constant(_LEAST), graph.constant(1 - _LEAST))
        logs = graph.add("Log", held)
        if outputs == 1:
            logs = graph.add("Sub", logs, graph.add("Log", graph.add("Sub", graph.constant(1.0), held)))
        score = graph.add(
            "Add", graph.add("Mul", logs, graph.constant(state["slope"])), graph.constant(state["shifts"])
        )
        answers = graph.add("Sigmoid", score) if outputs == 1 else graph.add("Softmax", score, axis=1)
        return graph.with_numbers(wires, answers, answer_names(outputs))


def _logits(answers: Numbers) -> Numbers:
    held = np.clip(answers, _LEAST, 1 - _LEAST)
    logs = np.log(held)
    return logs - np.log(1 - held) if answers.shape[1] == 1 else logs


def _newton(logits: Numbers, codes: np.ndarray, weights: Numbers) -> tuple[float, Numbers]:
    """Slope and shifts (classes,) of least log loss, by damped Newton steps from "as it is"."""
    rows, classes = logits.shape
    wanted = np.zeros((rows, classes))
    wanted[np.arange(rows), codes] = 1.0
    at = np.concatenate([[1.0], np.zeros(classes)])
    prior = _PRIOR_ROWS * weights.sum() / rows

    def loss(at: Numbers) -> float:
        score = logits * at[0] + at[1:]
        top = score.max(axis=1)
        normal = top + np.log(np.exp(score - top[:, None]).sum(axis=1))
        own = normal - score[np.arange(rows), codes]
        return float(weights @ own + prior / 2 * ((at[0] - 1) ** 2 + (at[1:] ** 2).sum()))

    best = loss(at)
    for _ in range(50):
        score = logits * at[0] + at[1:]
        powers = np.exp(score - score.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        excess = (shares - wanted) * weights[:, None]
        gradient = np.concatenate([[(excess * logits).sum()], excess.sum(axis=0)])
        gradient += prior * (at - np.concatenate([[1.0], np.zeros(classes)]))
        weighted = shares * weights[:, None]
        mean = (shares * logits).sum(axis=1)
        curve = np.zeros((classes + 1, classes + 1))
        curve[0, 0] = float((weighted * logits**2).sum() - (weights * mean**2).sum())
        curve[0, 1:] = curve[1:, 0] = (weighted * (logits - mean[:, None])).sum(axis=0)
        curve[1:, 1:] = np.diag(weighted.sum(axis=0)) - weighted.T @ shares
        step = np.linalg.solve(curve + prior * np.eye(classes + 1), gradient)
        length = 1.0
        while length > 1e-6 and not (now := loss(at - length * step)) <= best:
            length /= 2
        if length <= 1e-6 or best - now < 1e-10 * max(1.0, abs(best)):
            break
        at, best = at - length * step, now
    # A negative slope would turn the ranking round: then there is nothing to calibrate.
    return (float(at[0]), at[1:]) if at[0] > 0.05 else (1.0, np.zeros(classes))
