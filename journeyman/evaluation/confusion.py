"""Which class was taken for which: counts of what was true against what was named."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.statistics.label_rule import labels
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.naming import named_in_folds
from journeyman.table.columns import Numbers
from journeyman.trials.paired import naming_of

#: The most classes that stand by themselves; the rarer ones are counted together.
MOST = 10


@dataclass(frozen=True, kw_only=True)
class Confusion:
    """Rows by the class that was true and the class that was named, as weights give them.

    Parameters
    ----------
    classes : the most frequent classes; the others, where there are more, are the last line and column
    counts : one line a true class, one column a named class
    others : how many classes the last line and column hold together; 0 where there are none
    right : the share of rows whose own class was named
    commonest : the share of rows of the commonest class: what always naming it gets right
    """

    classes: tuple[str, ...]
    counts: tuple[tuple[float, ...], ...]
    others: int
    right: float
    commonest: float

    def as_data(self) -> dict[str, Any]:
        """The counts as ``run.json`` holds them."""
        return asdict(self)


def confusion(answers: Numbers, target: Target, folds: Folds, judge: Metric | None = None) -> Confusion | None:
    """Count what was named against what was true, on rows that the answering model had not seen.

    Parameters
    ----------
    answers : (rows, outputs) out-of-fold answers
    judge : the metric as which they name classes; None for the likeliest

    Returns
    -------
    None for a target that is no class, or without rows.
    """
    scored = folds.all_scored
    if not target.classes or not len(scored) or not np.isfinite(answers[scored]).all():
        return None
    naming = None if judge is None else naming_of(judge, target, folds)
    target = target.take(scored)
    weights = np.ones(len(target)) if target.weights is None else target.weights
    named = labels(named_in_folds(naming, answers[scored], weights, folds.number[scored]))
    size = len(target.classes)
    whole = np.bincount(target.codes * size + named, weights, size * size).reshape(size, size)
    total = float(whole.sum())
    if not total > 0:
        return None
    shares = whole.sum(axis=1)
    # Two classes keep their order, the positive one last; of many the most frequent come first.
    order = np.arange(size) if size == 2 else np.argsort(-shares, kind="stable")
    kept, rest = order[:MOST], order[MOST:]
    counts = whole[np.ix_(kept, kept)]
    if len(rest):
        right = np.append(whole[np.ix_(kept, rest)].sum(axis=1), whole[np.ix_(rest, rest)].sum())
        below = whole[np.ix_(rest, kept)].sum(axis=0)
        counts = np.column_stack([np.vstack([counts, below]), right])
    return Confusion(
        classes=tuple(target.classes[place] for place in kept),
        counts=tuple(tuple(line) for line in counts.tolist()),
        others=len(rest),
        right=float(np.trace(whole)) / total,
        commonest=float(shares.max()) / total,
    )
