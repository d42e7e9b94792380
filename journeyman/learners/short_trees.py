"""Boosted trees that ask for few columns each, as often as there are parts of the rows to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from journeyman.learners.directions import held_to
from journeyman.learners.library import lightgbm
from journeyman.learners.trees import Trees, from_lightgbm
from journeyman.plan.target import Target
from journeyman.table.columns import Integers, Numbers

#: Shares of the columns and of the rows that each tree is shown: so the columns take turns, and trees differ.
_COLUMN_SHARE, _ROW_SHARE = 0.5, 0.75
#: Where nothing can stop the growing there are so many rounds.
_ROUNDS_UNSTOPPED = 150
_OBJECTIVES = {"": "regression", "absolute": "regression_l1", "rate": "poisson"}


@dataclass(frozen=True, kw_only=True)
class ShortTrees:
    """How trees are grown.

    Parameters
    ----------
    numbers : (rows, columns)
    target : of these rows
    codes : places of columns of level codes
    directions : places of columns in which scores may only rise (1) or only fall (−1)
    loss, rounds, rate, rows_in_leaf, parts, patience, seed : as in `journeyman.learners.additive.Additive`
    """

    numbers: Numbers
    target: Target
    codes: tuple[int, ...]
    directions: dict[int, int]
    loss: str
    rounds: int
    rate: float
    rows_in_leaf: int
    parts: int
    patience: int
    seed: int

    @cached_property
    def weights(self) -> Numbers:
        """How much each row counts, (rows,)."""
        return np.ones(len(self.target)) if self.target.weights is None else self.target.weights

    @cached_property
    def split(self) -> tuple[tuple[Integers, Integers], ...]:
        """For each model the rows that it learns from, and those that it does not see."""
        folds = self.target.encoding_folds(self.parts)
        pairs = [(folds.training(fold), folds.scored(fold)) for fold in folds.usable]
        there = [pair for pair in pairs if len(pair[1]) and np.ptp(self.target.values[pair[0]]) > 0]
        everything = np.arange(len(self.target))
        return tuple(there) or ((everything, np.zeros(0, np.int64)),)

    def grown(
        self, groups: Sequence[Sequence[int]], leaves: int, bins: int, before: Sequence[Trees] = ()
    ) -> list[Trees]:
        """One model a part.

        Parameters
        ----------
        groups : places of the columns that a path may ask for together
        before : for each part a model whose scores these are added to
        """
        data = self._data(bins)
        rounds = self._rounds_in_time(data, groups, leaves, before)
        found = []
        for place, (learn, judge) in enumerate(self.split):
            if before:
                data.set_init_score(before[place].score(self.numbers).ravel(order="F"))
            stop = judge if rounds is None else None
            booster = self._train(data, learn, stop, groups, leaves, rounds or self.rounds)
            best = booster.best_iteration if stop is not None and len(stop) else booster.current_iteration()
            found.append(from_lightgbm(booster.model_to_string(num_iteration=max(best, 1)), self.numbers[learn]))
        return found

    def held_out(self, models: Sequence[Trees]) -> Numbers:
        """Scores of each row by the model that did not see it, (rows, outputs); NaN where every model did."""
        scores = np.full((len(self.target), self.target.outputs), np.nan)
        for trees, (_, judge) in zip(models, self.split, strict=True):
            scores[judge] = trees.score(self.numbers[judge])
        return scores

    def _rounds_in_time(
        self, data: Any, groups: Sequence[Sequence[int]], leaves: int, before: Sequence[Trees]
    ) -> int | None:
        """In time order the newest rows say how many rounds; None where each part stops its own growing."""
        folds = self.target.folds(self.parts)
        if folds.kind != "forward":
            return None if len(self.split[0][1]) else _ROUNDS_UNSTOPPED
        usable = [fold for fold in folds.usable if np.ptp(self.target.values[folds.training(fold)]) > 0]
        if not usable:
            return _ROUNDS_UNSTOPPED
        if before:
            data.set_init_score(before[0].score(self.numbers).ravel(order="F"))
        learn, judge = folds.training(usable[-1]), folds.scored(usable[-1])
        booster = self._train(data, learn, judge, groups, leaves, self.rounds)
        return max(int(booster.best_iteration), 1)

    def _settings(self) -> dict[str, Any]:
        target = self.target
        settings: dict[str, Any] = {
            "objective": _OBJECTIVES[self.loss] if target.task == "regression" else target.task,
            "learning_rate": self.rate,
            "min_data_in_leaf": min(self.rows_in_leaf, max(2, len(target) // 60)),
            "min_sum_hessian_in_leaf": 1e-3,
            "feature_fraction": _COLUMN_SHARE,
            "bagging_fraction": _ROW_SHARE,
            "bagging_freq": 1,
            # A class with few rows has hardly any second derivative, and without a penalty its leaves run away.
            "lambda_l2": 0.5 if target.task == "multiclass" else 0.0,
            "seed": self.seed,
            "num_threads": 1,
            "deterministic": True,
            "force_col_wise": True,
            "verbosity": -1,
        }
        if target.task == "multiclass":
            settings["num_class"] = len(target.classes)
        return held_to(self.directions, self.numbers.shape[1], settings)

    def _data(self, bins: int) -> Any:
        data = lightgbm().Dataset(
            self.numbers,
            self.target.values,
            weight=self.target.weights,
            categorical_feature=list(self.codes),
            params={**self._settings(), "max_bin": bins},
            free_raw_data=False,
        )
        return data.construct()

    def _train(
        self,
        data: Any,
        learn: Integers,
        judge: Integers | None,
        groups: Sequence[Sequence[int]],
        leaves: int,
        rounds: int,
    ) -> Any:
        library = lightgbm()
        settings = {**self._settings(), "num_leaves": leaves, "interaction_constraints": [list(one) for one in groups]}
        if judge is None or not len(judge):
            return library.train(settings, data.subset(learn), rounds)
        stopping = library.early_stopping(self.patience, verbose=False)
        return library.train(
            settings, data.subset(learn), rounds, valid_sets=[data.subset(judge)], callbacks=[stopping]
        )


def places_of(wanted: Sequence[str], names: Sequence[str]) -> tuple[int, ...]:
    """Places of names; of two columns of one name, the last is meant."""
    places = {name: place for place, name in enumerate(names)}
    return tuple(sorted(places[name] for name in wanted if name in places))
