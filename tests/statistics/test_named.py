from __future__ import annotations

import pytest

from journeyman.errors import BriefError
from journeyman.statistics.metrics.named import default_metrics, metric_named, metrics


def test_all_of_the_contract_are_there():
    assert set(metrics()) == {
        "log_loss", "roc_auc", "average_precision", "accuracy", "balanced_accuracy", "f1", "brier",
        "rmse", "mae", "r2", "rmsle", "poisson_deviance",
    }  # fmt: skip


def test_a_metric_is_named_as_its_file():
    for name, metric in metrics().items():
        assert metric.name == name
        assert metric.part.__module__ == f"journeyman.statistics.metrics.{name}"


@pytest.mark.parametrize(
    ("task", "names"),
    [
        ("binary", ["log_loss", "roc_auc"]),
        ("multiclass", ["log_loss", "accuracy"]),
        ("regression", ["rmse", "mae", "r2"]),
    ],
)
def test_defaults_fit_their_task(task, names):
    assert [metric.name for metric in default_metrics(task)] == names
    assert all(task in metric.tasks for metric in default_metrics(task))


def test_unknown_name_is_refused_with_near_ones():
    with pytest.raises(BriefError, match="roc_auc"):
        metric_named("roc_acu")
