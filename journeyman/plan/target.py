"""What a step learns from besides columns: the target, weights, and which rows belong together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from journeyman.statistics.folds import FoldKind, Folds, make_folds
from journeyman.table.columns import Integers, Numbers

Task = Literal["binary", "multiclass", "regression"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """The target of some rows.

    Shapes: ``values`` (rows,) float64, for classes the class's place in ``classes`` (for binary tasks the positive
    class is place 1); ``weights`` (rows,) or None; ``groups`` (rows,) codes of rows that must stay on one side of
    every split, or None; ``order`` (rows,) int64, the time of each row, or None. Nothing is missing.
    """

    task: Task
    values: Numbers
    classes: tuple[str, ...] = ()
    weights: Numbers | None = None
    groups: Integers | None = None
    order: Integers | None = None
    fold_kind: FoldKind = "random"
    seed: int = 0

    def __len__(self) -> int:
        return len(self.values)

    @property
    def outputs(self) -> int:
        """How many numbers a model gives a row: 1 (a value, or the positive class's probability), or one a class."""
        return len(self.classes) if self.task == "multiclass" else 1

    @property
    def codes(self) -> Integers:
        """The classes as integers."""
        return self.values.astype(np.int64)

    def mean(self) -> Numbers:
        """The best constant answer, (outputs,): the mean, the positive class's share, or every class's share."""
        weights = np.ones(len(self)) if self.weights is None else self.weights
        total = max(float(weights.sum()), 1e-300)
        if self.task == "multiclass":
            return np.bincount(self.codes, weights, len(self.classes)) / total
        return np.array([float(weights @ self.values) / total])

    def take(self, rows: Any) -> Target:
        """Some rows."""
        return replace(
            self,
            values=self.values[rows],
            weights=None if self.weights is None else self.weights[rows],
            groups=None if self.groups is None else self.groups[rows],
            order=None if self.order is None else self.order[rows],
        )

    def weighted(self, weights: Numbers) -> Target:
        """The same rows, each counting so much, (rows,), times what it counts already."""
        return replace(self, weights=weights if self.weights is None else self.weights * weights)

    def encoding_folds(self, count: int) -> Folds:
        """Split these rows so that each is scored: at random, whole groups together, also where they come in time.

        For out-of-fold encodings. In forward folds the earliest rows would be encoded by nothing and the next by few,
        while rows to come are encoded by all of these: a model would learn to trust its encodings too little.
        """
        return make_folds(
            "stratified" if self.classes else "random",
            count,
            rows=len(self),
            classes=self.codes if self.classes else None,
            groups=self.groups,
            seed=self.seed + 1,
        )

    def folds(self, count: int) -> Folds:
        """Split these rows further, in the same manner as the rows were split that judge the model.

        For what is fitted inside a fold and needs rows of its own: out-of-fold encoding, the rows that stop training.
        """
        return make_folds(
            self.fold_kind,
            count,
            rows=len(self),
            classes=self.codes if self.classes else None,
            groups=self.groups,
            order=self.order,
            seed=self.seed + 1,
        )
