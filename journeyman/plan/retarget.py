"""A plan fitted on another scale of the target, and its answers brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step, below, within
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers

#: ``plain``: as it is; ``log``: the logarithm of one more, brought back as it is (what squared logarithmic errors
#: want); ``log_mean``: the logarithm of some more, brought back so that the mean is right; ``log_median``: the same,
#: brought back as it is.
Form = Literal["plain", "log", "log_mean", "log_median"]

#: Answers may leave the range of the training target by this share of it, on the scale that is fitted and on its own.
_WIDENED = 0.1
#: Between these lies the factor that sets the mean right; beyond, something else is wrong.
_LEAST_FACTOR, _MOST_FACTOR = 0.5, 4.0
#: What is added before logarithms are taken: what this share of the positive targets is below, or one where that is
#: less. Of shares and amounts in millions the logarithm would be a straight line otherwise; and where more than a few
#: are 0, one would put them far from all others in small units. No less than a part of the middle: dust is no unit.
_SMALL, _FEW_ZEROS, _LEAST_OF_MIDDLE = 0.05, 0.01, 1e-3
#: The logarithm of the largest number, about, and the largest number that we answer.
_MOST_LOG, _MOST = 700.0, 1e300


class Retargeted(Step):
    """A plan fitted on another scale of the target, its answers brought back.

    Changes the target of regressions only; for classes, and in the form ``plain``, it is the inner plan. Logarithms
    are taken of one more than the target, or, where training holds negative values, of one more than what it is above
    the least of them; but for ``log``, of as much more as is little for these targets. Answers stay in the training
    range, widened by a tenth on either scale, so that no logarithm can explode.

    ``log_mean`` multiplies by the ratio of the training target's mean to that of the answers to the training rows.
    Rows held out for it made answers worse: on five skewed targets and three learners each the ratio from a held-out
    fifth lost to this one 12 times of 15, because it is as uncertain as it is honest, and it costs a second fit.

    Sources: Duan, Smearing Estimate, JASA 78 (1983); Baskerville, Use of Logarithmic Regression in the Estimation of
    Plant Biomass, Canadian Journal of Forest Research 2 (1972), for the ratio of means.
    """

    inner: Step
    form: Form

    def fit(self, columns: Columns, target: Target) -> State:
        """State: ``inner/…``; of logarithms ``scores``, least and most before they are brought back, ``shift``,
        ``unit`` (what was added), ``factor``, ``answers``, least and most.
        """
        if self.form == "plain" or target.task != "regression" or not len(target):
            return below(self.inner.fit(columns, target), "inner")
        shift = min(float(target.values.min()), 0.0)
        with np.errstate(over="ignore"):  # held at once
            above = np.minimum(target.values - shift, _MOST)
            unit = 1.0 if self.form == "log" else _unit(above)
            moved = replace(target, values=np.log1p(np.minimum(above / unit, _MOST)))
        inner = self.inner.fit(columns, moved)
        back = {
            "scores": np.maximum(_widened(moved.values), 0.0).clip(max=_MOST_LOG),
            "shift": np.array([shift]),
            "unit": np.array([unit]),
            "factor": np.ones(1),
            "answers": _widened(target.values).clip(shift, _MOST),
        }
        if self.form == "log_mean":
            answers = _back(back, self.inner.apply(inner, columns).numbers) - shift
            back["factor"] = np.array([_factor(above, answers[:, 0], target.weights)])
        return {**below(inner, "inner"), **back}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Answer on the fitted scale, and bring the answers back."""
        answers = self.inner.apply(within(state, "inner"), columns)
        if "shift" in state:
            return replace(answers, numbers=_back(state, answers.numbers))
        return answers

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """The inner plan, and the way back."""
        answers = self.inner.express(within(state, "inner"), graph, wires)
        if "shift" in state:
            return graph.with_numbers(answers, _express_back(state, graph, answers.numbers), answers.number_names)
        return answers


def _widened(values: Numbers) -> Numbers:
    """The least and the largest value, widened."""
    low, high = float(values.min()), float(values.max())
    more = _WIDENED * high - _WIDENED * low
    with np.errstate(over="ignore"):
        return np.asarray(np.clip(np.array([low - more, high + more]), -_MOST, _MOST))


def _unit(above: Numbers) -> float:
    positive = above[above > 0]
    if not len(positive):
        return 1.0
    low, middle = np.quantile(positive, (_SMALL, 0.5)).tolist()
    unit = float(max(low, _LEAST_OF_MIDDLE * middle))
    return unit if (above == 0).mean() > _FEW_ZEROS else min(1.0, unit)


def _factor(wanted: Numbers, answers: Numbers, weights: Numbers | None) -> float:
    """The ratio of means, each taken in units of the largest so that no sum is infinite."""
    unit = max(float(wanted.max()), float(answers.max()))
    if not unit > 0:
        return 1.0
    mean = float(np.average(answers / unit, weights=weights))
    ratio = float(np.average(wanted / unit, weights=weights)) / mean if mean > 0 else 1.0
    return float(np.clip(ratio, _LEAST_FACTOR, _MOST_FACTOR))


def _back(state: State, scores: Numbers) -> Numbers:
    low, high = state["scores"].tolist()
    # As in the graph, which has no expm1.
    above = (np.exp(np.clip(scores, low, high)) - 1.0) * (state["unit"] * state["factor"])
    return np.asarray(np.clip(above + state["shift"], *state["answers"].tolist()))


def _express_back(state: State, graph: Graph, scores: str) -> str:
    low, high = (graph.constant(one) for one in state["scores"].tolist())
    above = graph.add("Sub", graph.add("Exp", graph.add("Clip", scores, low, high)), graph.constant(1.0))
    above = graph.add("Mul", above, graph.constant(state["unit"] * state["factor"]))
    least, most = (graph.constant(one) for one in state["answers"].tolist())
    return graph.add("Clip", graph.add("Add", above, graph.constant(state["shift"])), least, most)
