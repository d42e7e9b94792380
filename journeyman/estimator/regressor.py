"""`JourneymanRegressor`: `journeyman.build` for numbers, behind scikit-learn's contract."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import RegressorMixin

from journeyman.estimator.estimator import Estimator
from journeyman.estimator.training import Answers
from journeyman.table.columns import Numbers


class JourneymanRegressor(RegressorMixin, Estimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Predicts numbers.

    Parameters
    ----------
    time : how long `fit` may take: ``"30s"``, ``"2m"`` or seconds. Without it and without ``trials``, a minute at most
    trials : instead of a time, how many candidates are tried besides the floors. The same rows then give the same
        model at any load
    metric : what candidates are judged by, in scikit-learn's names; default ``"rmse"``
    columns : what is known of columns, by name: ``{"zip": {"kind": "category"}, "day": {"role": "time"}}``. The
        columns of an array are x0, x1, …
    random_state : a number, a ``RandomState``, or None for another seed every time
    workers : how many processes do the trials; None for as many as there are cores, at most 8; 0 for none: then all
        is done in this process, where a fit that has begun is not stopped when time is up. Best for small tables
    memory : of this process and its workers, as ``"4GB"``; default 70 % of what is free

    Attributes
    ----------
    evaluation_, leaderboard_, model_name_, plan_, state_, schema_, findings_ : as of `JourneymanClassifier`
    n_features_in_, feature_names_in_ : as everywhere in scikit-learn
    """

    def predict(self, X: Any) -> Numbers:  # noqa: N803  # its name in scikit-learn
        """The number expected for each row, (rows,)."""
        return self._answers(X)[:, 0]

    def _answers_of(self, y: NDArray[Any]) -> Answers:
        return Answers("regression", np.asarray(y, np.float64))
