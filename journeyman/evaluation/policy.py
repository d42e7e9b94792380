"""A policy: how rows are acted on by somebody's answers, and what that earned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.evaluation.stakes import Stakes
from journeyman.plan.target import Target
from journeyman.statistics.label_rule import chances_of
from journeyman.table.columns import Flags, Numbers, Objects

#: The residuals over which a number's amounts are expected: so many quantiles, evenly spread.
_RESIDUALS = 19


@dataclass(frozen=True)
class Policy:
    """What is done in each row, and what it earned.

    Shapes: ``actions`` and ``payoffs`` (rows,); a row whose amounts are not known is not acted on, and earns 0.
    """

    rule: DecisionRule
    actions: Objects
    payoffs: Numbers


def bound(stakes: Stakes, target: Target, answer: Numbers, counts: Numbers) -> tuple[DecisionRule, Numbers, Numbers]:
    """The rule with all that it learns from rows, what each action promises, and the best promise.

    With a number as target it learns by how much answers are off; with a capacity, the least promise that is acted on.

    Parameters
    ----------
    counts : (rows,) how much each row counts for what is learnt; 0 for rows that judge
    """
    rule = stakes.rule
    if rule is None:
        raise ValueError("there is no decision rule")
    if target.task == "regression":
        rule = rule.with_residuals(residual_quantiles(target.values - answer[:, 0], counts))
        promises = rule.promises_numbers(answer[:, 0], stakes.values)
    else:
        promises = rule.promises(chances_of(answer), target.classes, stakes.values)
    known: Flags = np.asarray(np.isfinite(promises).all(axis=1), np.bool_)
    acting = np.where(known[:, None], promises, 0.0)
    best = np.asarray(acting.max(axis=1))
    return rule.with_cutoff(price_of_capacity(best, counts, stakes.share)), promises, best


def policy_of(stakes: Stakes, target: Target, answer: Numbers, counts: Numbers) -> Policy:
    """Decide every row by an answer, (rows, outputs). ``counts`` is as in `bound`."""
    rule, promises, _ = bound(stakes, target, answer, counts)
    actions, _ = rule.choose(promises)
    return Policy(rule, actions, payoffs_of(rule, stakes, target, actions, answer))


def payoffs_of(rule: DecisionRule, stakes: Stakes, target: Target, actions: Objects, answer: Numbers) -> Numbers:
    """What actions earned, (rows,)."""
    if target.task == "regression":
        earned = rule.payoff_numbers(actions, answer[:, 0], target.values, stakes.values)
    else:
        earned = rule.payoff(actions, target.codes, target.classes, stakes.values)
    return np.asarray(np.nan_to_num(earned, nan=0.0))


def price_of_capacity(promises: Numbers, counts: Numbers, share: float | None) -> float:
    """The least cutoff, at least 0, above which at most this share of the rows is.

    Parameters
    ----------
    promises : (rows,) what the best action promises
    counts : (rows,) how much each row counts
    """
    total = float(counts.sum())
    if share is None or not total > 0:
        return 0.0
    order = np.argsort(-promises, kind="stable")
    reached = np.cumsum(counts[order]) / total
    above = promises[order]
    # Rows of one promise are acted on together, or not at all.
    last = np.append(above[1:] < above[:-1], True)
    fits = np.flatnonzero(last & (reached <= share * (1 + 1e-12)))
    count = int(fits[-1]) + 1 if len(fits) else 0
    return max(0.0, float(above[count])) if count < len(above) else 0.0


def residual_quantiles(residuals: Numbers, counts: Numbers) -> tuple[float, ...]:
    """Evenly spread weighted quantiles of residuals, (rows,)."""
    order = np.argsort(residuals, kind="stable")
    reached = np.cumsum(counts[order])
    wanted = (np.arange(_RESIDUALS) + 0.5) / _RESIDUALS * reached[-1]
    return tuple(residuals[order][np.searchsorted(reached, wanted)].tolist())


def always(action: str, stakes: Stakes, target: Target, answer: Numbers) -> Numbers:
    """What each row earns, were this action taken in every row that there is capacity for, drawn at random."""
    if stakes.rule is None or action == NO_ACTION:
        return np.zeros(len(target))
    actions = np.full(len(target), action, dtype=object)
    share = 1.0 if stakes.share is None else min(1.0, stakes.share)
    return share * payoffs_of(stakes.rule, stakes, target, actions, answer)
