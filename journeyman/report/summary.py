"""The summary of a run: ``run.json``, which ``--json`` prints and every face reads."""

from __future__ import annotations

import importlib.metadata
import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from journeyman.brief.aim import Aim
from journeyman.brief.brief import Brief
from journeyman.curation.curate import Curation
from journeyman.evaluation.confusion import confusion
from journeyman.evaluation.coverage import Coverage
from journeyman.evaluation.curves import Curves
from journeyman.evaluation.distillation import distillations
from journeyman.evaluation.earned import earned
from journeyman.evaluation.payoff_curve import payoff_curve
from journeyman.evaluation.residuals import residuals
from journeyman.evaluation.review import review
from journeyman.evaluation.ship import Shipped
from journeyman.evaluation.stakes import Stakes
from journeyman.evaluation.training_rows import training_rows
from journeyman.evaluation.uses import Uses
from journeyman.evaluation.verdict import Verdict
from journeyman.insights.explored import Explored
from journeyman.plan.data import digest
from journeyman.plan.target import Target
from journeyman.sources.personal import personal_columns
from journeyman.sources.set_aside import NAME as SET_ASIDE
from journeyman.statistics.folds import Folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns
from journeyman.table.finding import Finding
from journeyman.table.profile import profile
from journeyman.table.repairs import repairs_of
from journeyman.table.table import Ledger, Table
from journeyman.trials.trial import Trial

#: Libraries whose versions decide what a run gives.
LIBRARIES = ("journeyman", "numpy", "scipy", "scikit-learn", "lightgbm", "catboost", "polars", "onnx", "onnxruntime")


def summarise(
    *,
    brief: Brief,
    table: Table,
    aim: Aim,
    findings: Sequence[Finding],
    curation: Curation,
    trials: Sequence[Trial],
    shipped: Shipped,
    stakes: Stakes,
    verdict: Verdict,
    data_key: str,
    timings: Mapping[str, float],
    seconds: float,
    interrupted: bool,
    uses: Uses | None = None,
    curves: Curves | None = None,
    uncertainty: Coverage | None = None,
    columns: Columns | None = None,
    told: Explored | None = None,
    sources: Sequence[str] = (),
    ledger: Ledger | None = None,
    until: float | None = None,
) -> dict[str, Any]:
    """Everything a run knows, as JSON can hold it; the names are part of the contract (DESIGN 2).

    Parameters
    ----------
    until : when all of it should be known, by ``time.monotonic()``; what parts of the search earned is told as far as
        there is time. None waits for it
    """
    ledger = ledger or curation.table.ledger
    answers, target, folds = shipped.trial.answers, curation.target, curation.folds
    rule = shipped.evaluation.rule
    summary = {
        "format": 1,
        "status": "interrupted" if interrupted else "done",
        "name": table.name,
        "seconds": round(seconds, 2),
        "timings": {name: round(value, 2) for name, value in timings.items()},
        "versions": versions(),
        "bundle": "bundle",
        "task": aim.task,
        "target": aim.target,
        "classes": aim.classes,
        "positive": aim.positive,
        "metric": aim.metric,
        "aim_reason": aim.reason,
        "brief": plain(brief),
        "payoff_rule": rule.told() if rule else None,
        "origin": table.origin,
        "sources": sources,
        **({"joined": [one.as_data() for one in table.joined]} if table.joined else {}),
        "rows": ledger.as_data() | ({"file": SET_ASIDE} if ledger.set_aside else {}),
        "schema": curation.table.schema.as_data(),
        "findings": [one.as_data() for one in findings],
        "repairs": [one.as_data() for one in repairs_of(findings)],
        "profile": [one.as_data() for one in profile(curation.table, personal_columns(findings))],
        "folds": {
            "kind": folds.kind,
            "count": folds.count,
            "reason": curation.reason,
            "time": curation.time,
            "entity": curation.entity,
            **_sizes(folds),
        },
        **_told(told),
        "trials": [_trial(one) for one in trials],
        "earned": _data(earned(trials, metric_named(aim.metric), target, folds, until=until)),
        **_latency(shipped),
        **_taught(trials, metric_named(aim.metric), target, folds),
        "training_rows": training_rows(trials, shipped.trial, metric_named(aim.metric), target, folds).as_data(),
        "review": _data(
            None
            if columns is None
            else review(shipped.trial, columns, target, folds, curation.table.row_numbers, trials)
        ),
        "chosen": {"name": shipped.trial.name, "key": shipped.trial.key},
        "digests": {"source": table.digest, "data": data_key, "plan": digest(shipped.trial.plan)},
        **shipped.evaluation.as_data(),
        "payoff_curve": _data(payoff_curve(answers, target, folds, stakes, rule) if rule else None),
        "confusion": _data(confusion(answers, target, folds, metric_named(aim.metric))),
        "residuals": _data(residuals(answers, target, folds)),
        "uses": _data(uses),
        "curves": _data(curves),
        "uncertainty": _data(uncertainty),
        "verdict": verdict.as_data(),
    }
    return plain(summary)  # type: ignore[no-any-return]  # a mapping stays one


def _told(told: Explored | None) -> dict[str, Any]:
    """The insights, and beside them how much was looked at."""
    if told is None:
        return {"insights": [], "explored": None}
    data = told.as_data()
    return {"insights": data.pop("insights"), "explored": data}


def _taught(trials: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> dict[str, Any]:
    """What distillation cost, where a teacher was asked."""
    found = distillations(trials, metric, target, folds)
    return {"distillation": [one.as_data() for one in found]} if found else {}


def _latency(shipped: Shipped) -> dict[str, Any]:
    """What became of a limit on the time of an answer, where there was one."""
    return {} if shipped.latency is None else {"latency": shipped.latency.as_data()}


def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that decide what a run gives."""
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            # A checkout on the path has no metadata; there is no version to tell.
            continue
    return found


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dataclasses as objects, arrays as lists, NaN and infinite numbers as null."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _data(one: Any) -> dict[str, Any] | None:
    return None if one is None else dict(one.as_data())


def _sizes(folds: Folds) -> dict[str, Any]:
    """How many rows each fold is fitted on, and judged by."""
    places = range(folds.count)
    return {
        "training": [len(folds.training(place)) for place in places],
        "scored": [len(folds.scored(place)) for place in places],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "name": trial.name,
        "key": trial.key,
        "status": trial.status,
        "scores": trial.scores,
        "seconds": trial.seconds,
        "floor": trial.floor,
        "reason": trial.reason,
        **({} if trial.row_seconds is None else {"row_seconds": trial.row_seconds}),
    }
