"""What a model says of some rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from journeyman.bundle.reader import Trouble
from journeyman.bundle.router import PERSON
from journeyman.plan.target import Task
from journeyman.table.columns import Numbers, Objects

#: Stands between the labels of a set where a set is one cell.
BETWEEN_LABELS = " | "


@dataclass(frozen=True, repr=False)
class Predictions:
    """Predictions in the order of the rows that were given.

    Parameters
    ----------
    classes : class labels, for binary tasks the positive class last; empty for numbers
    prediction : (rows,) class labels as objects, or float64; None or NaN where the row was refused
    probabilities : (rows, classes), NaN where the row was refused; None for numbers
    decision : (rows,) the action that promises most, None where the row was refused; None without a decision rule
    status : (rows,) ``"ok"``; ``"unusual"``, something is as training never saw it; ``"refused"``, no prediction
    troubles : which cells made rows unusual or refused, and why; the first of them
    low, high : (rows,) bounds around a number, NaN where the row was refused; None where the model states none
    prediction_set : (rows,) the labels that a row may well have, as a tuple in the order of ``classes``, None where the
        row was refused; None for numbers and where the model states none
    novelty : (rows,) float64, the p-value of each row: the share of rows like those of training that are as strange;
        NaN where the row was refused, and everywhere where the model does not tell
    route : (rows,) ``"automate"``; ``"person"``, a person decides; ``"audit"``, a person decides although the model
        is sure enough, to see later whether it was right. None where the bundle holds no router
    """

    task: Task
    classes: tuple[str, ...]
    prediction: Objects | Numbers
    probabilities: Numbers | None
    decision: Objects | None
    status: Objects
    troubles: tuple[Trouble, ...] = ()
    low: Numbers | None = None
    high: Numbers | None = None
    prediction_set: Objects | None = None
    novelty: Numbers = field(default_factory=lambda: np.empty(0))
    route: Objects | None = None

    def __post_init__(self) -> None:
        if len(self.novelty) != len(self.prediction):
            object.__setattr__(self, "novelty", np.full(len(self.prediction), np.nan))

    def __len__(self) -> int:
        return len(self.prediction)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Row by row, as `Model.predict_one` gives them."""
        columns = self.as_columns()
        if self.prediction_set is not None:
            columns["prediction_set"] = self.prediction_set
        lists = [column.tolist() for column in columns.values()]
        for cells in zip(*lists, strict=True):
            yield dict(zip(columns, cells, strict=True))

    def refusing(self, rows: Sequence[int], because: str) -> Predictions:
        """The same predictions with some rows refused."""
        if not rows:
            return self
        places = np.asarray(rows, np.int64)
        prediction, status = self.prediction.copy(), self.status.copy()
        prediction[places] = np.nan if prediction.dtype != object else None
        status[places] = "refused"
        probabilities = None if self.probabilities is None else self.probabilities.copy()
        decision = None if self.decision is None else self.decision.copy()
        if probabilities is not None:
            probabilities[places] = np.nan
        if decision is not None:
            decision[places] = None
        low = None if self.low is None else self.low.copy()
        high = None if self.high is None else self.high.copy()
        labels = None if self.prediction_set is None else self.prediction_set.copy()
        novelty = self.novelty.copy()
        novelty[places] = np.nan
        route = None if self.route is None else self.route.copy()
        if route is not None:
            route[places] = PERSON
        for bounds in (low, high):
            if bounds is not None:
                bounds[places] = np.nan
        if labels is not None:
            labels[places] = None
        troubles = (*(Trouble(int(row), "", "", because) for row in rows[:100]), *self.troubles)
        return replace(
            self,
            prediction=prediction,
            status=status,
            probabilities=probabilities,
            decision=decision,
            troubles=troubles,
            low=low,
            high=high,
            prediction_set=labels,
            novelty=novelty,
            route=route,
        )

    def counts(self) -> dict[str, int]:
        """How many rows have each status."""
        return {one: int(np.sum(self.status == one)) for one in ("ok", "unusual", "refused")}

    def as_columns(self) -> dict[str, Any]:
        """Arrays by column name: prediction, low and high, probability_<class>, prediction_set, decision, route,
        status.

        Labels of a set are joined by `BETWEEN_LABELS`.
        """
        columns: dict[str, Any] = {"prediction": self.prediction}
        if self.low is not None and self.high is not None:
            columns |= {"low": self.low, "high": self.high}
        if self.probabilities is not None:
            for place, label in enumerate(self.classes):
                columns[f"probability_{label}"] = self.probabilities[:, place]
        if self.prediction_set is not None:
            columns["prediction_set"] = joined(self.prediction_set)
        if self.decision is not None:
            columns["decision"] = self.decision
        if self.route is not None:
            columns["route"] = self.route
        columns["status"] = self.status
        return columns

    def __repr__(self) -> str:
        counts = [f"{count:,} {one}" for one, count in self.counts().items() if count]
        text = f"Predictions for {len(self):,} rows ({', '.join(counts) or 'none'})"
        for row in self._first(3):
            text += "\n  " + ", ".join(f"{name} {_shown(cell)}" for name, cell in row.items())
        return text + ("\n  …" if len(self) > 3 else "")

    def _first(self, rows: int) -> Predictions:
        part = slice(0, rows)
        return Predictions(
            self.task,
            self.classes,
            self.prediction[part],
            None if self.probabilities is None else self.probabilities[part],
            None if self.decision is None else self.decision[part],
            self.status[part],
            low=None if self.low is None else self.low[part],
            high=None if self.high is None else self.high[part],
            prediction_set=None if self.prediction_set is None else self.prediction_set[part],
            novelty=self.novelty[part],
            route=None if self.route is None else self.route[part],
        )


def joined(sets: Objects) -> Objects:
    """Sets of labels as text, (rows,): "no | yes"; None stays None."""
    texts = np.empty(len(sets), dtype=object)
    texts[:] = [None if labels is None else BETWEEN_LABELS.join(labels) for labels in sets]
    return texts


def _shown(cell: object) -> str:
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)
