"""How well a column alone tells a target: what leaks are judged by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.statistics.metrics.named import metric_named


@pytest.fixture
def told_by() -> Callable[[Any, Any], float]:
    return area


def area(cells: Any, truth: Any) -> float:
    """AUC of a column against the upper half (or last class) of a target; words and gaps by their mean target."""
    event = truth == truth.max() if len(np.unique(truth)) < 10 else truth > np.median(truth)
    if isinstance(cells, list):
        codes = np.unique([str(cell) for cell in cells], return_inverse=True)[1]
        score = (np.bincount(codes, event) / np.bincount(codes))[codes]
    else:
        score = np.asarray(cells, np.float64)
    score = 1 / (1 + np.exp(-(score - score.mean()) / (score.std() or 1.0)))
    value = metric_named("roc_auc").score(event.astype(np.float64), score[:, None])
    return max(value, 1 - value)
