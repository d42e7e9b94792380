"""Can new rows be told from those of training? A classifier is asked that learnt from earlier rows only.

Its score of a new row is between 0 and 1; on rows as those of training it has a mean that is read off rows which the
classifier never saw, with a bound that holds for every classifier to come (predictive two-sample tests by betting:
Podkopaev and Ramdas 2023). It sees what no column shows alone: that columns hang together in another way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from journeyman.learners.library import lightgbm
from journeyman.monitoring.bins import Codes
from journeyman.monitoring.memory import Memory
from journeyman.statistics.e_process import share_for
from journeyman.table.columns import Numbers

#: Below so many rows of training on either side nothing is asked.
_FEWEST = 300
#: The bound on all classifiers' means fails in at most this share of models.
_FAILS = 0.0005
_SMALL = 0.01
_TREES, _LEAVES = 20, 6


@dataclass(frozen=True)
class Told:
    """Scores (rows,) of 0 to 1, what their mean is at most where nothing changed, and scores of rows of training."""

    scores: Numbers
    limit: float
    of_training: Numbers

    @property
    def auc(self) -> float:
        """The chance that a new row has a higher score than one of training: 0.5 where they are alike."""
        order = np.sort(self.of_training)
        below = np.searchsorted(order, self.scores, side="left") + np.searchsorted(order, self.scores, side="right")
        return float(below.mean() / (2 * len(order))) if len(self.scores) else 0.5


def tell_apart(training: Codes, codes: Codes, memory: Memory) -> Told | None:
    """Score new rows by a classifier of all but them; None before there is enough to learn from.

    Parameters
    ----------
    training : (rows, columns) codes of rows of training: one half teaches, the other tells the mean
    """
    half = len(training) // 2
    if half < _FEWEST or not len(memory.learnt) or not training.shape[1]:
        return None
    model, least, most = _learnt(training[::2].tobytes(), memory.learnt.tobytes(), training.shape[1])
    held, scores = (np.clip(_scores(model, one), least, most) for one in (training[1::2], codes))
    spread = math.log(1.0 / (_FAILS * share_for(max(memory.pieces, 1))))
    # Maurer and Pontil's empirical Bernstein bound (2009).
    bound = float(held.std()) * math.sqrt(2 * spread / len(held)) + 7 * (most - least) * spread / (3 * (len(held) - 1))
    return Told(scores, min(float(held.mean()) + bound + _SMALL, 1.0), held)


@lru_cache(maxsize=2)
def _learnt(training: bytes, recent: bytes, columns: int) -> tuple[Any, float, float]:
    """A classifier, and the least and the largest of its scores of the rows that it learnt from."""
    library = lightgbm()
    parts = [np.frombuffer(one, np.uint8).reshape(-1, columns) for one in (training, recent)]
    label = np.repeat([0.0, 1.0], [len(one) for one in parts])
    weight = np.repeat([1.0 / len(one) for one in parts], [len(one) for one in parts]) * len(label) / 2
    settings = {
        "objective": "binary",
        "num_leaves": _LEAVES,
        "learning_rate": 0.1,
        "min_data_in_leaf": 20,
        "lambda_l2": 5.0,
        "max_bin": 16,
        "min_data_in_bin": 1,
        "num_threads": 1,
        "deterministic": True,
        "force_col_wise": True,
        "seed": 0,
        "verbosity": -1,
    }
    rows = np.concatenate(parts).astype(np.float64)
    data = library.Dataset(rows, label, weight=weight, params={"verbosity": -1, "max_bin": 16, "min_data_in_bin": 1})
    model = library.train(settings, data, num_boost_round=_TREES)
    scores = _scores(model, rows)
    return model, float(scores.min()), float(scores.max())


def _scores(model: Any, codes: Codes | Numbers) -> Numbers:
    return np.asarray(model.predict(codes.astype(np.float64), num_threads=1)) if len(codes) else np.empty(0)
