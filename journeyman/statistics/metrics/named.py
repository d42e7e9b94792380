"""Metrics by name, found by walking the shelf, and those that a task is judged by unless the brief says otherwise."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

from journeyman.errors import BriefError, nearest
from journeyman.statistics.metrics.metric import Metric

#: Task → the metric that candidates are chosen by, and those that are shown beside it.
_DEFAULTS = {
    "binary": ("log_loss", "roc_auc"),
    "multiclass": ("log_loss", "accuracy"),
    "regression": ("rmse", "mae", "r2"),
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


def metric_named(name: str) -> Metric:
    """The metric of a name.

    Raises
    ------
    BriefError : there is none; near names are offered
    """
    known = metrics()
    if name not in known:
        raise BriefError(
            f"there is no metric {name!r}", because="metrics go by scikit-learn's names", remedy=nearest(name, known)
        )
    return known[name]


def default_metrics(task: str) -> tuple[Metric, ...]:
    """The metric that a task's candidates are chosen by, then those shown beside it."""
    return tuple(metric_named(name) for name in _DEFAULTS[task])


def _shelf(name: str) -> list[ModuleType]:
    try:
        folder = import_module(name)
    except ModuleNotFoundError:
        return []
    return [import_module(one.name) for one in pkgutil.iter_modules(folder.__path__, folder.__name__ + ".")]
