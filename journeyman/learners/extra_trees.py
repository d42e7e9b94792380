"""The mean of many trees with random thresholds, grown by scikit-learn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from journeyman.learners.leaf_table import express_summed, summed
from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.middle import express_middle, middle
from journeyman.learners.trees import TREE_NEEDS, Trees, centred, only_leaves, told_from_zero
from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers

#: On longer tables it mostly loses to boosted trees, at more than their time; so it comes late, and at last not at all.
_FEW_ROWS, _MOST_ROWS = 12_000, 50_000
#: Cells of the table of leaves' answers for several classes; a model stays well under what a bundle may have.
_TABLE_CELLS = 3_000_000
#: What is nearer to the middle of the trees than this share of the target's spread counts as the middle does.
_NEAR = 0.05
#: Rows that are answered at a time where every tree's answer is kept.
_ROWS_AT_A_TIME = 1 << 15
#: scikit-learn grows trees on float32; what is larger would not be taken.
_LARGEST = float(np.finfo(np.float32).max)


class ExtraTrees(Learner):
    """Extremely randomised trees.

    A diverse companion of boosted trees on small and middle tables. Every tree is grown on all rows; each split takes
    the best of thresholds drawn at random, one a column, for a share of the columns (``column_share``; 0: the root of
    their number). Answers are means over the trees, for classes mixed with the overall shares (half a tree's worth),
    so that no chance is ever 0. When trees would have more than ``most_leaves`` leaves in all, leaves are made larger.
    With the ``absolute`` loss, for numbers, the answer is the middle of the trees (`journeyman.learners.middle`): where
    targets have long tails it has up to a fifth less absolute error than the mean.

    Missing: as learnt where training held missing cells in a column; where it held none, to the side that more
    training rows went to. Words must have become numbers.

    Source: Geurts, Ernst, Wehenkel, Extremely randomized trees, Machine Learning 63, 2006.
    """

    library: ClassVar[str] = "sklearn.ensemble"

    trees: int = 100
    rows_in_leaf: int = 2
    column_share: float = 0.5
    most_leaves: int = 300_000
    loss: str = ""
    seed: int = 0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """One form, for tables that are not long; and one for absolute errors."""
        if problem.rows > _MOST_ROWS:
            return
        # Of several classes words become as many columns of means; a split looks at a column once, for all classes.
        width = problem.columns + problem.words * (problem.outputs - 1) + 1
        shares = 2.0 if problem.outputs > 1 else 0.0
        seconds = (8.0 * width / problem.outputs + shares) / (problem.columns + 1)
        mean = Candidate(
            name="extra trees",
            learner=cls(seed=problem.seed),
            # Thresholds are drawn evenly between the least and the most, so hardly any fall where a long tail's rows
            # are: with logarithms the error on eleven tables of 1,500 rows was .977 in the mean (.85 to 1.01).
            needs=(*TREE_NEEDS, needs.LEVEL_EFFECTS, needs.WORDS_AS_TARGET_MEANS, needs.SKEW_EVENED),
            optional=problem.may_pay,
            weight=12,
            seconds_per_million=seconds,
            worth=0.4 if problem.rows <= _FEW_ROWS else 0.2,
        )
        yield mean
        if problem.metric == "mae":
            # Leaves of one row: the middle of a few rows' mean is drawn towards the tail.
            learner = cls(rows_in_leaf=1, loss="absolute", seed=problem.seed)
            yield replace(mean, name="extra trees, middle", learner=learner, seconds_per_million=1.5 * seconds)

    def fit(self, columns: Columns, target: Target) -> State:
        """Grow the trees."""
        prior = target.mean()
        several = target.outputs > 1
        scale = centred(target.task, target)
        mixed = np.array([0.5 / (self.trees + 0.5) if target.task != "regression" else 0.0])
        if not columns.number_names or np.ptp(target.values) == 0:
            trees = only_leaves(np.zeros(1) if several else prior)
            table = prior[None, :] if several else np.zeros((0, 0))
        else:
            trees, table = self._grow(columns, target, scale)
        near = {"near": np.array([_NEAR * scale[1]])} if self._has_middle(target) else {}
        return {**trees.state(), "table": table, "prior": prior, "mixed": mixed, **near}

    def smaller(self, share: float, trees: int, outputs: int) -> ExtraTrees | None:
        """Fewer trees."""
        trees = int(share * self.trees)
        return replace(self, trees=trees) if trees >= 10 else None

    def apply(self, state: State, columns: Columns) -> Columns:
        """The mean of the trees' leaves, or their middle."""
        trees, table = Trees.of(state), state["table"]
        if "near" in state:
            near = float(state["near"][0])
            starts = range(0, columns.rows, _ROWS_AT_A_TIME)
            blocks = [middle(trees.score(columns.numbers[at : at + _ROWS_AT_A_TIME]), near) for at in starts]
            answers = np.concatenate([np.zeros((0, 1)), *blocks])
            return Columns.of(rows=columns.rows, numbers=answers, number_names=answer_names(1))
        score = summed(trees, table, columns.numbers)
        score = score * (1 - state["mixed"]) + state["prior"] * state["mixed"]
        return Columns.of(rows=columns.rows, numbers=score, number_names=answer_names(score.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """One TreeEnsemble; for several classes it tells the leaves, whose answers are looked up and averaged."""
        trees, table, numbers = Trees.of(state), state["table"], wires.numbers or graph.zeros(wires)
        if "near" in state:
            found = express_middle(graph, trees.express(graph, numbers), int(trees.outputs[0]), float(state["near"][0]))
            return Wires(found, answer_names(1), "", "", (), "", ())
        score = express_summed(trees, table, graph, numbers)
        mixed = float(state["mixed"][0])
        score = graph.add("Mul", score, graph.constant(1 - mixed))
        score = graph.add("Add", score, graph.constant(state["prior"][None, :] * mixed))
        return Wires(score, answer_names(len(state["prior"])), "", "", (), "", ())

    def _has_middle(self, target: Target) -> bool:
        return self.loss == "absolute" and target.task == "regression"

    def _grow(self, columns: Columns, target: Target, scale: tuple[float, float]) -> tuple[Trees, Numbers]:
        from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor

        numbers = np.clip(columns.numbers, -_LARGEST, _LARGEST).astype(np.float32)
        several = target.outputs > 1
        # What spreads little, or little beside its size, is no spread at all to scikit-learn.
        centre, spread = scale
        # Squared errors of 0 and 1 split two classes as Gini's index does, and need one number a leaf.
        kind = ExtraTreesClassifier if several else ExtraTreesRegressor
        most = min(self.most_leaves, _TABLE_CELLS // target.outputs if several else self.most_leaves)

        def grown(count: int, rows_in_leaf: int) -> list[Any]:
            forest = kind(
                n_estimators=count,
                min_samples_leaf=rows_in_leaf,
                max_features=self.column_share or "sqrt",
                n_jobs=1,
                random_state=self.seed,
            )
            forest.fit(numbers, target.codes if several else (target.values - centre) / spread, target.weights)
            return [one.tree_ for one in forest.estimators_]

        rows_in_leaf = self.rows_in_leaf
        while int(grown(1, rows_in_leaf)[0].n_leaves) * self.trees > most and rows_in_leaf < len(target) // 2:
            rows_in_leaf *= 2
        apart = self._has_middle(target)
        trees, table = _read(grown(self.trees, rows_in_leaf), columns.numbers, target, apart=apart)
        return trees.moved(spread, centre, each=apart), table


def _read(grown: list[Any], numbers: Numbers, target: Target, *, apart: bool) -> tuple[Trees, Numbers]:
    """scikit-learn's trees as ours: for several classes each tree gives the number of its leaf, with a table of all
    leaves' answers; otherwise the leaf's share of the mean, and no table. ``apart`` each tree gives its own answer.
    """
    had_missing = np.asarray(np.isnan(numbers).any(axis=0), np.bool_)
    several = target.outputs > 1
    parts: dict[str, list[Any]] = {name: [] for name in ("feature", "threshold", "missing_left", "left", "right")}
    answers, roots, splits, leaves = [], [], 0, 0
    for tree in grown:
        is_split = tree.children_left >= 0
        # Splits and leaves in the order of the nodes, in which children stand behind their parents.
        own = np.where(is_split, splits + is_split.cumsum() - 1, -leaves - (~is_split).cumsum())
        left, right = tree.children_left[is_split], tree.children_right[is_split]
        feature = tree.feature[is_split].astype(np.int64)
        rows = tree.weighted_n_node_samples
        heavier = rows[left] >= rows[right]
        parts["feature"].append(feature)
        parts["threshold"].append(told_from_zero(tree.threshold[is_split]))
        learnt = np.asarray(tree.missing_go_to_left, np.bool_)[is_split]
        parts["missing_left"].append(np.where(had_missing[feature], learnt, heavier).astype(np.int64))
        parts["left"].append(own[left])
        parts["right"].append(own[right])
        answers.append(tree.value[~is_split][:, 0, :])
        roots.append(int(own[0]))
        splits, leaves = splits + len(feature), leaves + len(answers[-1])
    values = np.vstack(answers)
    count = len(grown)
    if several:
        table = np.zeros((leaves, target.outputs))
        table[:, np.unique(target.codes)] = values / count
        outputs, leaf_value = count, np.arange(leaves, dtype=np.float64)
    elif apart:
        table, outputs, leaf_value = np.zeros((0, 0)), count, values[:, 0]
    else:
        table, outputs, leaf_value = np.zeros((0, 0)), 1, values[:, 0] / count
    arrays: dict[str, Any] = {name: np.concatenate(part) for name, part in parts.items()}
    trees = Trees(
        **arrays,
        is_set=np.zeros(splits, np.int64),
        leaf_value=leaf_value,
        root=np.array(roots, np.int64),
        output=np.arange(count) % outputs,
        set_start=np.zeros(splits + 1, np.int64),
        set_values=np.zeros(0, np.int64),
        outputs=np.array([outputs]),
    )
    return trees, table
