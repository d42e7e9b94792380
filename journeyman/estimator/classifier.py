"""`JourneymanClassifier`: `journeyman.build` for classes, behind scikit-learn's contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets

from journeyman.errors import BriefError
from journeyman.estimator.estimator import Estimator
from journeyman.estimator.refused import Refused
from journeyman.estimator.training import Answers
from journeyman.plan.target import Task
from journeyman.statistics.label_rule import chances_of, labels
from journeyman.table.columns import Numbers, Objects, Strings


class JourneymanClassifier(ClassifierMixin, Estimator):  # type: ignore[misc]  # scikit-learn ships no types
    """Tells classes.

    Parameters
    ----------
    time : how long `fit` may take: ``"30s"``, ``"2m"`` or seconds. Without it and without ``trials``, a minute at most
    trials : instead of a time, how many candidates are tried besides the floors. The same rows then give the same
        model at any load
    metric : what candidates are judged by, in scikit-learn's names; default ``"log_loss"``
    gain : what decisions are worth, as ``{"call:true": 300, "call:false": -20}``, for `decide`
    columns : what is known of columns, by name: ``{"zip": {"kind": "category"}, "day": {"role": "time"}}``. The
        columns of an array are x0, x1, …
    random_state : a number, a ``RandomState``, or None for another seed every time
    workers : how many processes do the trials; None for as many as there are cores, at most 8; 0 for none: then all
        is done in this process, where a fit that has begun is not stopped when time is up. Best for small tables
    memory : of this process and its workers, as ``"4GB"``; default 70 % of what is free

    Attributes
    ----------
    classes_ : (classes,) sorted; of two, the second is the positive one
    evaluation_ : what the model is worth, with intervals, corrected for having chosen the best of several
    leaderboard_ : every candidate that finished, the one in use first
    model_name_, plan_, state_ : the one in use: its name, its plan as data, its arrays
    schema_, findings_ : what each column is, and what the audit saw
    n_features_in_, feature_names_in_ : as everywhere in scikit-learn
    """

    def __init__(
        self,
        *,
        time: str | float | None = None,
        trials: int | None = None,
        metric: str | None = None,
        gain: Any = None,
        columns: Mapping[str, Mapping[str, str]] | None = None,
        random_state: Any = 0,
        workers: int | None = None,
        memory: str | int | None = None,
    ) -> None:
        super().__init__(
            time=time,
            trials=trials,
            metric=metric,
            columns=columns,
            random_state=random_state,
            workers=workers,
            memory=memory,
        )
        self.gain = gain

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803  # its name in scikit-learn
        """The likeliest class of each row, (rows,), or the one that the metric would have named, as F1 does."""
        answers = self._answers(X)
        predicted: NDArray[Any] = self.classes_[labels(answers, self.evaluation_.label_rule)]
        return predicted

    def predict_proba(self, X: Any) -> Numbers:  # noqa: N803  # its name in scikit-learn
        """The probability of each class, (rows, classes), in the order of ``classes_``."""
        answers = self._answers(X)
        return chances_of(answers)

    def decide(self, X: Any) -> Objects:  # noqa: N803  # its name in scikit-learn
        """The action that promises most for each row, (rows,), by ``gain``; ``"none"`` where none promises anything."""
        probabilities = self.predict_proba(X)
        if self._rule is None:
            raise Refused(
                "nothing can be decided",
                because="it was not said what decisions are worth",
                remedy='give gain={"call:true": 300, "call:false": -20}, and fit again',
            )
        return self._rule.decide(probabilities, self._classes)[0]

    def _answers_of(self, y: NDArray[Any]) -> Answers:
        try:
            check_classification_targets(y)
            self.classes_, places = np.unique(y, return_inverse=True)
        except TypeError as error:
            raise BriefError(
                "y holds cells of several types", because=str(error), remedy="give labels of one type, none missing"
            ) from error
        if len(self.classes_) < 2:
            raise BriefError(
                "y holds one class only",
                because=f"every row that counts is of the class {self.classes_[0]!r}",
                remedy="give rows of another class, too",
                code="one_class",
            )
        names = tuple(str(label) for label in self.classes_.tolist())
        if len(set(names)) < len(names):
            # A bundle knows classes by their names.
            names = tuple(f"{name} ({place})" for place, name in enumerate(names))
        task: Task = "binary" if len(names) == 2 else "multiclass"
        return Answers(task, Strings(places.astype(np.int32), names), names)
