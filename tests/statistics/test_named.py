from __future__ import annotations

import pytest

from journeyman.errors import BriefError
from journeyman.statistics.metrics.named import default_metrics, metric_named, metrics, metrics_for


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
        ("binary", ["log_loss", "roc_auc", "accuracy"]),
        ("multiclass", ["log_loss", "accuracy"]),
        ("regression", ["rmse", "mae", "r2"]),
    ],
)
def test_defaults_fit_their_task(task, names):
    assert [metric.name for metric in default_metrics(task)] == names
    assert all(task in metric.tasks for metric in default_metrics(task))


@pytest.mark.parametrize(
    ("said", "task", "first"),
    [
        ("roc_acu", "binary", "roc_auc"),
        ("auroc", "binary", "roc_auc"),
        ("AUC", "binary", "roc_auc"),
        ("logloss", "multiclass", "log_loss"),
        ("mse", "regression", "rmse"),
        ("mean_absolute_error", "regression", "mae"),
    ],
)
def test_an_unknown_name_is_refused_with_all_that_fit_the_nearest_first(said, task, first):
    with pytest.raises(BriefError) as caught:
        metric_named(said, task)
    offered = caught.value.remedy.partition("there are ")[2]
    assert offered.startswith(f"for a {task} target: {first!r}, ")
    assert {one.strip("'") for one in offered.partition(": ")[2].split(", ")} == set(metrics_for(task))
    assert metrics_for(task, said)[0] == first


def test_what_people_call_a_metric_is_known_and_never_taken_in_silence():
    with pytest.raises(BriefError, match=r"did you mean 'roc_auc'\? there are in all: 'roc_auc', "):
        metric_named("auroc")
    with pytest.raises(BriefError) as caught:
        metric_named("mse", "binary")
    assert "rmse" not in caught.value.remedy
