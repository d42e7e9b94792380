"""Boosted trees, grown by LightGBM."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.link import express_link, link_of, linked
from journeyman.learners.trees import Trees, from_lightgbm
from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, text_array, words_of
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers

_CODES = (needs.DATES_AS_NUMBERS, needs.WORDS_AS_CODES)
_MEANS = (needs.DATES_AS_NUMBERS, needs.WORDS_AS_TARGET_MEANS)


class LightGBM(Learner):
    """Gradient boosted trees.

    Columns named in ``set_columns`` (all columns that a step made of words, when it is None) are split by set
    membership. With ``patience`` > 0 an inner part of the training rows stops the growing, and the trees are then grown
    anew on all training rows with as many rounds, scaled up by their share; the rows that judge the fold are never
    seen. One thread and a fixed order: the same rows give the same trees.

    Missing: as learnt where training held missing cells in a column; where it held none, to the side that more
    training rows went to. Unseen levels: to the side of the levels that are not in the set.

    Source: Ke et al., LightGBM, NeurIPS 2017; defaults after Holzmüller et al., Better by default, NeurIPS 2024.
    """

    rounds: int = 100
    rate: float = 0.1
    leaves: int = 31
    rows_in_leaf: int = 20
    row_share: float = 1.0
    column_share: float = 1.0
    penalty: float = 0.0
    extra: bool = False
    patience: int = 0
    seed: int = 0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """Quick trees first, then the tuned default, then two forms that differ from it."""
        rows, classes, task, seed = problem.rows, problem.classes, problem.task, problem.seed
        small = rows < 2000
        leaf_rows = max(2, min(20, rows // 40))
        # Each round grows one tree a class, so many classes want fewer and bolder rounds.
        is_many = classes >= 8
        # And with very many rows fewer and bolder rounds are there in time, and lose little.
        is_long = rows >= 150_000
        quick = (40, 0.2) if is_many or is_long else (80, 0.06) if small else (100, 0.1)
        # A class with few rows has hardly any second derivative, and without a penalty its leaves run away: on a table
        # of nine classes the log loss of forty bold rounds was 1.8 to 6.0 without, 0.13 with it.
        penalty = 1.0 if task == "multiclass" else 0.0
        yield Candidate(
            name="boosted trees, quick",
            learner=cls(
                rounds=quick[0],
                rate=quick[1],
                leaves=8 if small else 31,
                rows_in_leaf=leaf_rows,
                penalty=penalty,
                seed=seed,
            ),
            needs=_CODES,
            weight=10,
            seconds_per_million=0.4 if is_many or is_long else 2.0 if small else 1.0,
        )
        yield Candidate(
            name="boosted trees, tuned",
            learner=cls(
                rounds=1000,
                rate=0.03 if small else 0.05,
                leaves=10 if small else 50,
                rows_in_leaf=leaf_rows if task != "regression" else max(2, leaf_rows // 3),
                row_share=0.75,
                column_share=0.8,
                penalty=penalty,
                patience=60,
                seed=seed,
            ),
            needs=_CODES,
            weight=11,
            seconds_per_million=3.0,
        )
        yield Candidate(
            name="boosted trees, random thresholds, target means",
            learner=cls(
                rounds=1200,
                rate=0.04,
                leaves=10 if small else 39,
                rows_in_leaf=3,
                row_share=0.88,
                column_share=0.46,
                penalty=0.4,
                extra=True,
                patience=60,
                seed=seed,
            ),
            needs=_MEANS,
            weight=12,
            seconds_per_million=4.5,
        )

    def fit(self, columns: Columns, target: Target) -> State:
        """Grow the trees; see the class for how their number is found."""
        state: dict[str, Any] = {
            "link": link_of(target.task),
            "columns": text_array(columns.number_names),
        }
        constant = not columns.number_names or np.ptp(target.values) == 0
        if constant:
            return {**state, **_flat(target).state()}
        rounds = self._rounds(columns, target)
        return {**state, **self._grow(columns, target, rounds, None)[0].state()}

    def apply(self, state: State, columns: Columns) -> Columns:
        """Sum the leaves, then the link."""
        score = Trees.of(state).score(columns.numbers)
        score = linked(state["link"], score)
        return Columns.of(rows=columns.rows, numbers=score, number_names=answer_names(score.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """One TreeEnsemble, then the link."""
        trees = Trees.of(state)
        if wires.numbers:
            score = trees.express(graph, wires.numbers)
        else:
            score = graph.add("Add", graph.zeros(wires), graph.constant(trees.leaf_value[None, :]))
        score = express_link(state["link"], graph, score)
        return Wires(score, answer_names(int(trees.outputs[0])), "", "", (), "", ())

    def names(self, state: State) -> tuple[str, ...]:
        """The columns that the trees ask for."""
        return words_of(state["columns"])

    def _rounds(self, columns: Columns, target: Target) -> int:
        if not self.patience:
            return self.rounds
        folds = target.folds(5)
        train, stop = folds.training(folds.count - 1), folds.scored(folds.count - 1)
        if len(stop) < 20 or len(np.unique(target.values[train])) < 2:
            return min(self.rounds, 100)
        judge = (columns.take(stop), target.take(stop))
        _, best = self._grow(columns.take(train), target.take(train), self.rounds, judge)
        return max(5, round(best * len(target) / len(train)))

    def _grow(
        self, columns: Columns, target: Target, rounds: int, stop: tuple[Columns, Target] | None
    ) -> tuple[Trees, int]:
        import lightgbm

        objective = {"regression": "regression", "binary": "binary", "multiclass": "multiclass"}[target.task]
        settings: dict[str, Any] = {
            "objective": objective,
            "num_leaves": self.leaves,
            "learning_rate": self.rate,
            "min_data_in_leaf": self.rows_in_leaf,
            "min_sum_hessian_in_leaf": 1e-3,
            "bagging_fraction": self.row_share,
            "bagging_freq": 1 if self.row_share < 1 else 0,
            "feature_fraction": self.column_share,
            "lambda_l2": self.penalty,
            "extra_trees": self.extra,
            "seed": self.seed,
            "num_threads": 1,
            "deterministic": True,
            "force_col_wise": True,
            "verbosity": -1,
        }
        if target.task == "multiclass":
            settings["num_class"] = len(target.classes)
        sets = [place for place, name in enumerate(columns.number_names) if name in columns.code_names]
        data = lightgbm.Dataset(
            _sized(columns.numbers),
            target.values,
            weight=target.weights,
            categorical_feature=sets,
            params=settings,
            free_raw_data=True,
        )
        judged: list[Any] = []
        calls: list[Any] = []
        if stop is not None:
            judged = [data.create_valid(_sized(stop[0].numbers), stop[1].values, weight=stop[1].weights)]
            calls = [lightgbm.early_stopping(self.patience, verbose=False)]
        booster = lightgbm.train(settings, data, rounds, valid_sets=judged, callbacks=calls)
        best = booster.best_iteration if stop is not None and booster.best_iteration > 0 else rounds
        if stop is not None:
            return _flat(target), best
        return from_lightgbm(booster.model_to_string(), columns.numbers), best


def _sized(numbers: Numbers) -> Numbers:
    return np.ascontiguousarray(numbers)


def _flat(target: Target) -> Trees:
    """Trees of one leaf each that give the constant answer."""
    shares = target.mean()
    if target.task != "regression":
        shares = np.clip(shares, 1e-6, 1 - 1e-6)
        shares = np.log(shares / (1 - shares)) if target.outputs == 1 else np.log(shares)
    outputs = target.outputs
    none = np.zeros(0, np.int64)
    return Trees(
        feature=none,
        threshold=np.zeros(0),
        is_set=none,
        missing_left=none,
        left=none,
        right=none,
        leaf_value=shares,
        root=-1 - np.arange(outputs),
        output=np.arange(outputs),
        set_start=np.zeros(1, np.int64),
        set_values=none,
        outputs=np.array([outputs]),
    )
