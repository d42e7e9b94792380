"""What F1 and balanced accuracy gain where classes are named by the metric's own rule, on real tables.

    python benchmarks/named_classes.py --tasks DIR [--only NAME,NAME] [--rows 2500] [--seeds 1]
    python benchmarks/named_classes.py --table [--out FILE]

Of each task of classes at most ``--rows`` training and test rows are drawn; of two classes once more with positives
thinned to one in twenty, from four times the rows. Quick candidates learn from three quarters of the training rows, the
last quarter makes their greedy blend, and its answers there say how classes are to be named: the rule asks answers
alone, beside it stands the threshold with the best score on those rows (of two classes). Test rows judge. One row a
table and seed is appended; one that is there is not run again.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from adding import Parted, fitted, real
from sampled import card_of
from study import Tables, study

from journeyman.errors import JourneymanError
from journeyman.statistics.label_rule import LabelRule, certain, labels
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named

METRICS = ("f1", "balanced_accuracy")
#: Candidates that are guessed to take longer have no part.
MOST_SECONDS = 3.0
#: How rare positives are made; fewer of them in a part judge nothing.
RARE, FEWEST = 0.05, 5


def judged(asked: tuple[str, Parted]) -> dict[str, Any] | None:
    """Scores of a blend by how classes are named; None where a part holds too few rows of a class."""
    task, parted = asked
    target = parted.target
    counts = [np.bincount(target.codes[rows], minlength=len(target.classes)) for rows in (parted.fit, parted.held)]
    if min(map(min, counts)) < FEWEST or np.bincount(parted.truth.astype(int)).min() < FEWEST:
        return None
    tried = fitted(parted, MOST_SECONDS)
    held, test = tried.blended(tried.names)
    row: dict[str, Any] = {"task": task, "rows": len(parted.fit), "classes": len(target.classes)}
    row["rarest"] = round(float(min(counts[0]) / len(parted.fit)), 4)
    for name in METRICS:
        metric = metric_named(name)
        row[name] = {
            "likeliest": metric.score(parted.truth, test),
            "rule": _score(metric, parted.truth, test, metric.rule_of(held)),
        }
        if held.shape[1] == 1:
            searched = _searched(metric, target.values[parted.held], held)
            row[name]["searched"] = _score(metric, parted.truth, test, searched)
    return row


def _score(metric: Metric, truth: np.ndarray, answers: np.ndarray, rule: LabelRule | None) -> float:
    return metric.score(truth, certain(labels(answers, rule), answers.shape[1]))


def _searched(metric: Metric, truth: np.ndarray, answers: np.ndarray) -> LabelRule:
    """The threshold of the best score on rows whose truth is known."""
    rules = [LabelRule.from_chance(float(one)) for one in np.unique(answers)]
    return max(rules, key=lambda one: _score(metric, truth, answers, one))


def page(rows: list[dict[str, Any]]) -> str:
    """Mean scores of all tables of a sort."""
    sorts = {
        "two classes": [one for one in rows if one["classes"] == 2 and not one["table"].endswith("rare")],
        "two classes, positives made rare": [one for one in rows if one["table"].endswith("rare")],
        "several classes": [one for one in rows if one["classes"] > 2],
    }
    lines = ["# How classes are named", "", "Means over tables of the scores on test rows.", ""]
    lines += [
        "| metric | tables | | likeliest | rule | better, worse | threshold searched |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for name in METRICS:
        for sort, own in sorts.items():
            if own:
                lines.append(
                    f"| {name.replace('_', ' ')} | {sort} | {len(own)} | {_line([one[name] for one in own])} |"
                )
    return "\n".join(lines) + "\n"


def _line(scores: list[dict[str, float]]) -> str:
    gains = np.array([one["rule"] - one["likeliest"] for one in scores])
    told = [f"{np.mean([one[kind] for one in scores]):.3f}" for kind in ("likeliest", "rule")]
    searched = [one["searched"] for one in scores if "searched" in one]
    last = f"{np.mean(searched):.3f}" if searched else ""
    return " | ".join([*told, f"{(gains > 1e-3).sum()}, {(gains < -1e-3).sum()}", last])


def _rare(folder: Path, most: int, seed: int) -> Parted:
    """Rows of a task of two classes, positives thinned in every part."""
    parted, random = real(folder, 4 * most, seed), np.random.default_rng(seed)

    def thinned(rows: np.ndarray) -> np.ndarray:
        is_positive = parted.target.values[rows] == 1
        others = random.permutation(rows[~is_positive])[: max(len(rows) // 4, 1)]
        few = random.permutation(rows[is_positive])[: int(RARE / (1 - RARE) * len(others))]
        return np.sort(np.concatenate([others, few]))

    fit, held, test = (thinned(rows) for rows in (parted.fit, parted.held, parted.test))
    return replace(parted, fit=fit, held=held, test=test, truth=parted.target.values[test])


def _made(name: str, make: Any, *given: Any) -> tuple[str, Parted] | None:
    try:
        return name, replace(make(*given), metric="log_loss")
    except JourneymanError:
        return None


def _all(given: argparse.Namespace) -> Tables[tuple[str, Parted] | None]:
    """Every task of classes, as it is and with rare positives, seed by seed."""
    folders = sorted(one.parent for one in given.tasks.glob("*/card.json"))
    wanted = given.only.split(",") if given.only else [one.name for one in folders]
    for seed in range(given.seeds):
        for folder in folders:
            task = card_of(folder)["task"]
            if folder.name not in wanted or task == "regression":
                continue
            yield folder.name, seed, partial(_made, folder.name, real, folder, given.rows, seed)
            if task == "binary":
                yield f"{folder.name} rare", seed, partial(_made, folder.name, _rare, folder, given.rows, seed)


if __name__ == "__main__":
    study(__doc__, "named_classes", 2500, _all, lambda made: None if made is None else judged(made), page)
