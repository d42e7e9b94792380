"""Metrics by name, found by walking the shelf, and those that a task is judged by unless the brief says otherwise."""

from __future__ import annotations

import difflib
import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

from journeyman.errors import BriefError
from journeyman.statistics.metrics.metric import Metric

#: Task → the metric that candidates are chosen by, and those that are shown beside it.
_DEFAULTS = {
    "binary": ("log_loss", "roc_auc", "accuracy"),
    "multiclass": ("log_loss", "accuracy"),
    "regression": ("rmse", "mae", "r2"),
}

#: What else people call them, folded; nothing is taken for one of them without being said.
_ALIASES = {
    "auc": "roc_auc",
    "auroc": "roc_auc",
    "rocauc": "roc_auc",
    "aucroc": "roc_auc",
    "gini": "roc_auc",
    "prauc": "average_precision",
    "auprc": "average_precision",
    "aucpr": "average_precision",
    "ap": "average_precision",
    "logloss": "log_loss",
    "neglogloss": "log_loss",
    "crossentropy": "log_loss",
    "acc": "accuracy",
    "bacc": "balanced_accuracy",
    "f1score": "f1",
    "fscore": "f1",
    "brierscore": "brier",
    "mse": "rmse",
    "meansquarederror": "rmse",
    "rootmeansquarederror": "rmse",
    "l2": "rmse",
    "meanabsoluteerror": "mae",
    "l1": "mae",
    "r2score": "r2",
    "rsquared": "r2",
    "msle": "rmsle",
    "poisson": "poisson_deviance",
    "meanpoissondeviance": "poisson_deviance",
}


@cache
def metrics() -> dict[str, Metric]:
    """Every metric on the shelf by its name; packages of other people join as they do on the other shelves."""
    found: dict[str, Metric] = {}
    # This room lies below `journeyman.plan.shelf`, so it walks its own shelf.
    houses = ("journeyman", *sorted({point.value for point in entry_points(group="journeyman.shelves")}))
    for house in houses:
        for module in _shelf(f"{house}.statistics.metrics"):
            metric = getattr(module, "METRIC", None)
            if isinstance(metric, Metric):
                found.setdefault(metric.name, metric)
    return found


def metric_named(name: str, task: str = "") -> Metric:
    """The metric of a name.

    Parameters
    ----------
    task : only metrics that fit it are offered in place of a name that there is not; empty for all

    Raises
    ------
    BriefError : there is none; all that fit are offered, the nearest first
    """
    known = metrics()
    if name not in known:
        fitting = metrics_for(task, name)
        meant = _ALIASES.get(_folded(name))
        near = f"did you mean {meant!r}? " if meant in fitting else ""
        kind = f"for a {task} target" if task else "in all"
        raise BriefError(
            f"there is no metric {name!r}",
            because="metrics go by one name each",
            remedy=f"{near}there are {kind}: {', '.join(repr(one) for one in fitting)}",
        )
    return known[name]


def metrics_for(task: str, wanted: str = "") -> list[str]:
    """The names of the metrics that fit a task (all where it is empty), the nearest to what was wanted first.

    >>> metrics_for("regression", "mse")[0], metrics_for("binary", "AUROC")[0]
    ('rmse', 'roc_auc')
    """
    names = [name for name, one in metrics().items() if not task or task in one.tasks]
    meant, folded = _ALIASES.get(_folded(wanted)), _folded(wanted)

    def distance(name: str) -> tuple[bool, float, str]:
        return name != meant, -difflib.SequenceMatcher(None, _folded(name), folded).ratio(), name

    return sorted(names, key=distance)


def _folded(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum())


def default_metrics(task: str) -> tuple[Metric, ...]:
    """The metric that a task's candidates are chosen by, then those shown beside it."""
    return tuple(metric_named(name) for name in _DEFAULTS[task])


def _shelf(name: str) -> list[ModuleType]:
    try:
        folder = import_module(name)
    except ModuleNotFoundError:
        return []
    return [import_module(one.name) for one in pkgutil.iter_modules(folder.__path__, folder.__name__ + ".")]
