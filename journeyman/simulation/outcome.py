"""What the law says of each row's target: drawing it, and the scores that an answer can expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from journeyman.plan.target import Task
from journeyman.simulation.laws.counts import mean_count
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Numbers

Noise = Literal["normal", "poisson", "mixed"]
SCORES = {
    "binary": ("log_loss", "roc_auc", "accuracy"),
    "multiclass": ("log_loss", "accuracy"),
    "regression": ("rmse", "mae", "r2"),
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The target's distribution given what a row says.

    Shapes: ``best`` (rows, outputs): the positive class's probability, one probability a class, or the mean;
    ``variance`` (rows,) of a number around its mean (zeros for classes); ``noise``: the form of that distribution,
    ``mixed`` where only mean and variance are known.
    """

    task: Task
    best: Numbers
    variance: Numbers
    noise: Noise = "normal"

    def take(self, rows: Any) -> Outcome:
        """Some rows."""
        return replace(self, best=self.best[rows], variance=self.variance[rows])


def outcome_at(task: Task, signal: Numbers, spread: Numbers, noise: Noise) -> Outcome:
    """The distribution at one signal (rows, outputs); ``spread`` (rows,) is a number's standard deviation."""
    nothing = np.zeros(len(signal))
    if task == "binary":
        return Outcome(task=task, best=1 / (1 + np.exp(-signal)), variance=nothing)
    if task == "multiclass":
        odds = np.exp(signal - signal.max(axis=1, keepdims=True))
        return Outcome(task=task, best=odds / odds.sum(axis=1, keepdims=True), variance=nothing)
    if noise == "poisson":
        mean = mean_count(signal)
        return Outcome(task=task, best=mean, variance=mean[:, 0], noise="poisson")
    return Outcome(task=task, best=signal, variance=spread**2)


def mixed(parts: Sequence[tuple[float, Outcome]]) -> Outcome:
    """The mean over distributions with weights: what is known of a row where something about it is not."""
    if len(parts) == 1:
        return parts[0][1]
    total = sum(weight for weight, _ in parts)
    best = sum((weight / total) * one.best for weight, one in parts)
    square = sum((weight / total) * (one.variance + (one.best**2).sum(axis=1)) for weight, one in parts)
    first = parts[0][1]
    if first.task != "regression":
        return replace(first, best=np.asarray(best))
    variance = np.maximum(0.0, square - np.asarray(best)[:, 0] ** 2)
    return replace(first, best=np.asarray(best), variance=np.asarray(variance), noise="mixed")


def drawn(outcome: Outcome, random: np.random.Generator) -> Numbers:
    """Targets (rows,): class codes or values. From ``mixed`` numbers nothing can be drawn.

    Raises
    ------
    ValueError : the distribution is known only by mean and variance
    """
    rows = len(outcome.best)
    if outcome.task == "binary":
        return (random.uniform(size=rows) < outcome.best[:, 0]).astype(np.float64)
    if outcome.task == "multiclass":
        passed = random.uniform(size=(rows, 1)) > outcome.best.cumsum(axis=1)[:, :-1]
        return np.asarray(passed.sum(axis=1), np.float64)
    if outcome.noise == "poisson":
        return random.poisson(outcome.best[:, 0]).astype(np.float64)
    if outcome.noise == "mixed":
        raise ValueError("a distribution known only by its mean and variance gives no draws")
    return outcome.best[:, 0] + np.sqrt(outcome.variance) * random.standard_normal(rows)


def best_scores(outcome: Outcome) -> dict[str, float]:
    """The scores that the best answers expect; a score that is not known is not among them."""
    if outcome.task != "regression":
        return class_scores(outcome, outcome.best)
    within, between = float(outcome.variance.mean()), float(outcome.best.var())
    known = {"rmse": float(np.sqrt(within)), "r2": 1 - within / (within + between)}
    if outcome.noise == "normal":
        known["mae"] = float(np.sqrt(outcome.variance * 2 / np.pi).mean())
    elif outcome.noise == "poisson":
        known["mae"] = float(_poisson_deviation(outcome.best[:, 0]).mean())
    return {name: known[name] for name in SCORES["regression"] if name in known}


def trivial_scores(outcome: Outcome, truth: Numbers) -> dict[str, float]:
    """The scores of always giving the same answer, the best of its kind for each score.

    The deviation from the median is that of the drawn targets; all else follows from the law.
    """
    if outcome.task != "regression":
        scores = class_scores(outcome, np.broadcast_to(outcome.best.mean(axis=0), outcome.best.shape).copy())
        # Exactly one half, without the rounding of a long sum.
        return scores | ({"roc_auc": 0.5} if "roc_auc" in scores else {})
    spread = float(np.sqrt(outcome.variance.mean() + outcome.best.var()))
    return {"rmse": spread, "mae": float(np.abs(truth - np.median(truth)).mean()), "r2": 0.0}


def class_scores(outcome: Outcome, answer: Numbers) -> dict[str, float]:
    """Expected scores of answers (rows, outputs) to classes, over the targets that the law gives."""
    chances = np.column_stack([1 - outcome.best, outcome.best]) if outcome.task == "binary" else outcome.best
    rows, classes = chances.shape
    # Each row stands once with every class, weighted by how likely that is.
    truth = np.repeat(np.arange(classes, dtype=np.float64), rows)
    every, weights = np.tile(answer, (classes, 1)), chances.T.ravel()
    return {name: metric_named(name).score(truth, every, weights) for name in SCORES[outcome.task]}


def _poisson_deviation(mean: Numbers) -> Numbers:
    """The mean distance of Poisson counts from their median, (rows,): E|Y − m| = μ − m + 2 (m F(m) − μ F(m − 1))."""
    chance = np.exp(-mean)
    below, up_to = np.zeros_like(mean), chance.copy()
    deviation = np.full_like(mean, np.nan)
    for count in range(int(mean.max(initial=0) + 12 * np.sqrt(mean.max(initial=0) + 1)) + 2):
        found = np.isnan(deviation) & (up_to >= 0.5)
        deviation[found] = (mean - count + 2 * (count * up_to - mean * below))[found]
        chance = chance * mean / (count + 1)
        below, up_to = up_to, up_to + chance
    return deviation
