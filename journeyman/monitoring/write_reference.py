"""The reference of a run: made at build from out-of-fold answers, so that nothing in it flatters the model."""

from __future__ import annotations

import math
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np

from journeyman.evaluation.evaluation import Evaluation
from journeyman.evaluation.judged import Judged, judged_rows
from journeyman.evaluation.policy import payoffs_of
from journeyman.evaluation.stakes import Stakes
from journeyman.monitoring.bins import Codes
from journeyman.monitoring.column_shares import SMALL_CHANGE, watched_columns
from journeyman.monitoring.loss_model import learn_loss_model
from journeyman.monitoring.losses import expected_errors, row_losses
from journeyman.monitoring.reference import SURE, Measure, Reference, save_reference
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.statistics.label_rule import chances_of
from journeyman.statistics.proportion import proportion
from journeyman.table.columns import Integers, Numbers
from journeyman.table.table import Table

#: Facts are of at most so many rows, of wide tables of fewer; of some of them the codes are kept.
MOST_ROWS, FEWEST_OF_WIDE, MOST_CELLS, KEPT_ROWS = 20_000, 3_000, 1_000_000, 4_000
#: Worse than promised is what also loses this share of what the model brings, or of what it costs at the least.
SHARE_OF_GAIN, SHARE_OF_LOSS = 0.1, 0.02
#: A certified interval is never taken to say that losses could be more than so many times their value.
_WIDEST = 3.0
_FEWEST = 30


def write_reference(
    folder: Path,
    *,
    answers: Numbers,
    target: Target,
    folds: Folds,
    table: Table,
    predicted: str,
    stakes: Stakes,
    evaluation: Evaluation,
) -> Path | None:
    """Write ``monitoring/`` into a run's folder; the same build gives the same bytes.

    Parameters
    ----------
    answers : (rows, outputs) out of fold, of the trial that is shipped
    table : the same rows, with the schema that is deployed
    predicted : the name of the target
    evaluation : whose certified interval gives the tolerances

    Returns
    -------
    The path of the facts; None where too few rows were judged to hold anything against.
    """
    reference = make_reference(answers, target, folds, table, predicted, stakes, evaluation)
    return None if reference is None else save_reference(folder, reference)


def make_reference(
    answers: Numbers,
    target: Target,
    folds: Folds,
    table: Table,
    predicted: str,
    stakes: Stakes,
    evaluation: Evaluation,
) -> Reference | None:
    """The reference as a value; None where fewer than 30 rows were judged."""
    most = min(MOST_ROWS, max(FEWEST_OF_WIDE, MOST_CELLS // max(len(table.schema.features), 1)))
    judged = _some(judged_rows(answers, target, folds), most, target.seed)
    if len(judged.rows) < _FEWEST:
        return None
    own = judged.answers if target.task == "regression" else chances_of(judged.answers)
    rule = evaluation.label_rule
    losses = row_losses(target.task, judged.truth, own, rule)
    z = NormalDist().inv_cdf(0.5 + evaluation.share / 2)
    stretch = NormalDist().inv_cdf(SURE) / z
    measures = _measures(losses, judged, target, evaluation, stretch)
    first = measures[0]
    first_losses = np.clip(losses[first.name], first.least, first.least + first.span)
    columns, codes, strange = watched_columns(table, judged, first_losses, own)
    codes = codes[:, :-1]
    expected = None if target.task == "regression" else expected_errors(own, rule)
    model = learn_loss_model(own, codes, first_losses, expected)
    raw = model.raw(own, codes) if expected is None else expected
    estimates = model.corrected(raw)
    promise = None
    if evaluation.rule is not None and stakes.rule is not None:
        paid, promised = _payoffs(evaluation, stakes.take(judged.rows), target.take(judged.rows), judged)
        value, low, gain = evaluation.estimates["payoff"], evaluation.estimates["payoff"].low, evaluation.gain.value
        allowed = _finite(stretch * (value.value - low) / 1000), SHARE_OF_GAIN * max(_finite(gain), 0.0) / 1000
        measures += _money("lost_payoff", -paid, judged, allowed)
        promise = next(iter(_money("promised_loss", -promised, judged, (0.0, allowed[1]))), None)
    seen = proportion(strange, np.ones(len(strange)), judged.clusters, 2 * SURE - 1)
    return Reference(
        task=target.task,
        classes=target.classes,
        rows=len(judged.rows),
        columns=columns[:-1],
        answer=columns[-1],
        measures=measures,
        estimated=_estimated(estimates, first, judged),
        model=model,
        estimate_error=_error_of_mean(first_losses - estimates, judged.clusters),
        strange=seen.value,
        strange_limit=min(max(1.5 * seen.high, seen.high + SMALL_CHANGE), 1.0),
        target=table.schema[predicted],
        payoff=_payoff(evaluation),
        promise=promise,
        certified=_certified(evaluation),
        label_rule=rule,
        codes=codes[: min(KEPT_ROWS, len(codes))] if len(codes) <= KEPT_ROWS else _sample(codes, target.seed),
    )


def _some(judged: Judged, most: int, seed: int) -> Judged:
    if len(judged.rows) <= most:
        return judged
    random = np.random.default_rng(np.random.PCG64(seed))
    return judged.take(np.sort(random.choice(len(judged.rows), most, replace=False)))


def _sample(codes: Codes, seed: int) -> Codes:
    random = np.random.default_rng(np.random.PCG64(seed))
    return codes[np.sort(random.choice(len(codes), KEPT_ROWS, replace=False))]


def _measures(
    losses: dict[str, Numbers], judged: Judged, target: Target, evaluation: Evaluation, stretch: float
) -> tuple[Measure, ...]:
    """Each loss, with a tolerance from the certified interval, never below what chance alone allows."""
    worse = _worse(evaluation, stretch)
    constant = _constant_losses(target, judged)
    found = []
    for name, one in losses.items():
        span = 1.0
        if name == "log_loss":
            span = max(float(one.max()), -math.log(0.01))
        elif name == "absolute_error":
            span = max(float(np.quantile(one, 0.995)), 1e-12)
        held = np.minimum(one, span)
        mean = float(held.mean())
        brought = max(float(np.minimum(constant[name], span).mean()) - mean, 0.0)
        margin = max(SHARE_OF_GAIN * brought, SHARE_OF_LOSS * mean)
        limit = max(_upper(held / span, judged.clusters) * span, mean * worse) + margin
        found.append(Measure(name, 0.0, span, mean, limit))
    return tuple(found)


def _worse(evaluation: Evaluation, stretch: float) -> float:
    """How many times its value the certified loss may be, at the confidence that alarms ask for."""
    for name in ("log_loss", "mae", "rmse"):
        one = evaluation.estimates.get(name)
        if one is not None and math.isfinite(one.high) and one.value > 0:
            return float(np.clip(1.0 + stretch * (one.high / one.value - 1.0), 1.0, _WIDEST))
    return 1.0


def _constant_losses(target: Target, judged: Judged) -> dict[str, Numbers]:
    """What always the same answer would cost."""
    if target.task == "regression":
        return row_losses(target.task, judged.truth, np.full((len(judged.truth), 1), np.median(judged.truth)))
    shares = np.bincount(judged.truth.astype(np.int64), minlength=len(target.classes)) / len(judged.truth)
    return row_losses(target.task, judged.truth, np.tile(shares, (len(judged.truth), 1)))


def _money(name: str, losses: Numbers, judged: Judged, allowed: tuple[float, float]) -> tuple[Measure, ...]:
    """Amounts as losses; nothing where all rows have one."""
    least, most = (float(one) for one in np.quantile(losses, [0.002, 0.998]))
    if not most - least > 1e-9:
        return ()
    held = np.clip(losses, least, most)
    mean, span = float(held.mean()), most - least
    limit = max(_upper((held - least) / span, judged.clusters) * span + least, mean + allowed[0]) + allowed[1]
    return (Measure(name, least, span, mean, limit),)


def _payoffs(evaluation: Evaluation, stakes: Stakes, target: Target, judged: Judged) -> tuple[Numbers, Numbers]:
    """What decisions earned, and what they promised, (rows,) each."""
    rule: Any = evaluation.rule
    if target.task == "regression":
        actions, promised = rule.decide_numbers(judged.answers[:, 0], stakes.values)
    else:
        actions, promised = rule.decide(chances_of(judged.answers), target.classes, stakes.values)
    return payoffs_of(rule, stakes, target, actions, judged.answers), np.nan_to_num(promised)


def _estimated(estimates: Numbers, first: Measure, judged: Judged) -> Measure:
    margin = first.limit - first.mean
    mean = float(np.clip(estimates, 0.0, first.span).mean())
    upper = _upper(np.clip(estimates / first.span, 0.0, 1.0), judged.clusters) * first.span
    return Measure(f"estimated_{first.name}", 0.0, first.span, mean, max(upper, mean) + margin / 2)


def _upper(losses: Numbers, clusters: Integers) -> float:
    """What the mean of losses of 0 to 1 is at most, at `SURE`, where rows of a cluster count as they are alike."""
    z = NormalDist().inv_cdf(SURE)
    return float(losses.mean()) + z * _error_of_mean(losses, clusters) + z * z / (3 * len(losses))


def _error_of_mean(values: Numbers, clusters: Integers) -> float:
    units = np.unique(clusters, return_inverse=True)[1].reshape(-1)
    away = np.bincount(units, values - values.mean())
    return math.sqrt(float(away @ away) * len(away) / max(len(away) - 1, 1)) / len(values)


def _payoff(evaluation: Evaluation) -> dict[str, float] | None:
    one = evaluation.estimates.get("payoff")
    if one is None or not all(map(math.isfinite, (one.value, one.low, one.high))):
        return None
    return {"value": one.value, "low": one.low, "high": one.high}


def _certified(evaluation: Evaluation) -> dict[str, Any]:
    one = evaluation.estimates[evaluation.metric]
    return {"metric": evaluation.metric, "share": evaluation.share, **one.as_data()}


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0
