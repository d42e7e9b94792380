"""Boosted symmetric trees, grown by CatBoost where it is installed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from journeyman.learners.leaf_table import express_summed, summed
from journeyman.learners.learner import Candidate, Learner, Problem, answer_names
from journeyman.learners.link import Kind, constant_score, express_link, link_of, linked
from journeyman.learners.trees import TREE_NEEDS, Trees, centred, only_leaves, told_from_zero
from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Integers, Numbers

#: Cells of the table of leaves' scores for several classes.
_TABLE_CELLS = 3_000_000
#: CatBoost learns on float32; what is larger would not be taken.
_LARGEST = float(np.finfo(np.float32).max)
_LOSSES = {"mae": "MAE", "poisson_deviance": "Poisson"}
#: Seconds of a round: whatever the table, and for a million cells.
_ROUND_SECONDS, _CELL_SECONDS = 8e-4, 0.04
#: Up to so many cells (rows times columns, times outputs) there is time for all rounds from the start; beyond, fewer
#: and bolder ones are tried first.
_FEW_CELLS = 30_000
#: For losses for which CatBoost has no rate of its own.
_RATE = 0.05


class CatBoost(Learner):
    """Gradient boosted symmetric trees.

    Every split of one level of a tree asks the same question, which regularises strongly: the best default of the
    boosters on small and middle tables, and a good companion to LightGBM. An optional extra (``journeyman[boost]``):
    without the library it proposes nothing, and what it has learnt is applied and served without it. Words must have
    become numbers. The rate is CatBoost's own, by rows and rounds.

    Missing: below every number where training held missing cells in a column; where it held none, to the side that
    more training rows went to. A class that training did not hold has about the chance of one row.

    Source: Prokhorenkova et al., CatBoost: unbiased boosting with categorical features, NeurIPS 2018.
    """

    library: ClassVar[str] = "catboost"

    rounds: int = 500
    depth: int = 6
    loss: str = ""
    seed: int = 0

    @classmethod
    def candidates(cls, problem: Problem) -> Iterator[Candidate]:
        """Where the library is there: a form of few rounds where cells are many, and one of many."""
        if not cls.is_there():
            return
        cells = max(problem.rows * (problem.columns + 1) * problem.outputs, 1)
        many = 1000 if problem.rows <= 10_000 and problem.outputs == 1 else 500
        forms = [("boosted symmetric trees", many, 0.9)]
        if cells > _FEW_CELLS:
            forms.insert(0, ("boosted symmetric trees, quick", many // 4, 0.6))
        for name, rounds, worth in forms:
            yield Candidate(
                name=name,
                learner=cls(rounds=rounds, loss=_LOSSES.get(problem.metric, ""), seed=problem.seed),
                needs=(*TREE_NEEDS, needs.LEVEL_EFFECTS, needs.WORDS_AS_TARGET_MEANS),
                optional=problem.may_pay,
                weight=12,
                most_rows=200_000,
                seconds_per_million=rounds * (_CELL_SECONDS + _ROUND_SECONDS * 1e6 / cells),
                worth=worth,
            )

    def fit(self, columns: Columns, target: Target) -> State:
        """Grow the trees."""
        kind: Kind = "rate" if self.loss == "Poisson" else target.task
        numbers = np.clip(columns.numbers, -_LARGEST, _LARGEST).astype(np.float32)
        if _differs(numbers) and np.ptp(target.values) > 0:
            trees, table, shift = self._grow(numbers, target, centred(kind, target))
        else:
            trees, table, shift = only_leaves(np.zeros(1)), np.zeros((1, target.outputs)), constant_score(kind, target)
        return {**trees.state(), "table": table, "shift": shift, "link": link_of(kind)}

    def smaller(self, share: float, trees: int, outputs: int) -> CatBoost | None:
        """Fewer rounds; how fast they learn follows from their number."""
        rounds = int(share * trees)
        return replace(self, rounds=rounds) if rounds >= 20 else None

    def apply(self, state: State, columns: Columns) -> Columns:
        """Sum the leaves, then the link."""
        trees, table = Trees.of(state), state["table"]
        score = summed(trees, table, columns.numbers)
        score = linked(state["link"], score + state["shift"])
        return Columns.of(rows=columns.rows, numbers=score, number_names=answer_names(score.shape[1]))

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """One TreeEnsemble, the table of leaves for several classes, then the link."""
        trees, table, numbers = Trees.of(state), state["table"], wires.numbers or graph.zeros(wires)
        score = express_summed(trees, table, graph, numbers)
        score = graph.add("Add", score, graph.constant(state["shift"][None, :]))
        score = express_link(state["link"], graph, score)
        return Wires(score, answer_names(len(state["shift"])), "", "", (), "", ())

    def _grow(
        self, numbers: NDArray[np.float32], target: Target, scale: tuple[float, float]
    ) -> tuple[Trees, Numbers, Numbers]:
        import catboost  # type: ignore[import-not-found, import-untyped, unused-ignore]  # an optional extra

        losses = {"regression": self.loss or "RMSE", "binary": "Logloss", "multiclass": "MultiClass"}
        known = np.unique(target.codes) if target.classes else np.zeros(1, np.int64)
        outputs = target.outputs
        rounds = min(self.rounds, _TABLE_CELLS // (outputs << self.depth)) if outputs > 1 else self.rounds
        settings: dict[str, Any] = {
            "loss_function": losses[target.task],
            "iterations": max(rounds, 20),
            "depth": self.depth,
            "boosting_type": "Plain",
            "random_seed": self.seed,
            "thread_count": 1,
            "allow_writing_files": False,
            "logging_level": "Silent",
        }
        if self.loss:
            settings["learning_rate"] = _RATE
        centre, spread = scale
        values = np.searchsorted(known, target.codes) if outputs > 1 else (target.values - centre) / spread
        booster = catboost.CatBoost(settings)
        booster.fit(catboost.Pool(numbers, values, weight=target.weights))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.json"
            booster.save_model(str(path), format="json")
            model = json.loads(path.read_text())
        width = len(known) if outputs > 1 else 1
        trees, leaves = _read(model, np.asarray(np.isnan(numbers).any(axis=0)), width)
        shift = np.array(model["scale_and_bias"][1], np.float64)
        if outputs == 1:
            return trees.moved(spread, 0.0), np.zeros((0, 0)), shift * spread + centre
        table = np.zeros((len(leaves), outputs))
        table[:, known] = leaves
        shifts = np.full(outputs, -np.log(len(target)))
        shifts[known] = shift
        return trees, table, shifts


def _differs(numbers: NDArray[np.float32]) -> bool:
    """Whether any column has two different cells."""
    return bool(numbers.size) and any(len(np.unique(column)) > 1 for column in numbers.T)


def _read(model: Mapping[str, Any], had_missing: NDArray[np.bool_], width: int) -> tuple[Trees, Numbers]:
    """CatBoost's trees as ours, and the leaves' scores, (leaves, width).

    With several scores a leaf, each tree gives the number of its leaf.
    """
    parts: dict[str, list[NDArray[Any]]] = {
        name: [np.zeros(0, np.int64)] for name in ("feature", "missing_left", "left", "right")
    }
    thresholds: list[Numbers] = [np.zeros(0)]
    values, roots, splits, leaves = [], [], 0, 0
    for tree in model["oblivious_trees"]:
        asked: Sequence[Mapping[str, Any]] = tree.get("splits") or ()
        depth = len(asked)
        inner, ends = (1 << depth) - 1, 1 << depth
        order = _paths(depth)
        weights = np.array(tree["leaf_weights"], np.float64)[order]
        for level, split in enumerate(asked):
            feature = int(split["float_feature_index"])
            side = weights.reshape(1 << (level + 1), -1).sum(axis=1)
            # Below every border, so to the left, where training told; otherwise to the heavier side.
            left = np.ones(1 << level, bool) if had_missing[feature] else side[0::2] >= side[1::2]
            parts["feature"].append(np.full(1 << level, feature))
            parts["missing_left"].append(left.astype(np.int64))
            thresholds.append(np.full(1 << level, float(split["border"])))
        child = 1 + 2 * np.arange(inner)
        for side_name, place in (("left", child), ("right", child + 1)):
            parts[side_name].append(np.where(place < inner, splits + place, -1 - leaves - (place - inner)))
        values.append(np.array(tree["leaf_values"], np.float64).reshape(ends, width)[order])
        roots.append(splits if depth else -1 - leaves)
        splits, leaves = splits + inner, leaves + ends
    scores = np.vstack(values) * float(model["scale_and_bias"][0])
    count, several = len(roots), width > 1
    outputs = count if several else 1
    arrays: dict[str, Any] = {name: np.concatenate(part) for name, part in parts.items()}
    trees = Trees(
        **arrays,
        threshold=told_from_zero(np.concatenate(thresholds)),
        is_set=np.zeros(splits, np.int64),
        leaf_value=np.arange(leaves, dtype=np.float64) if several else scores[:, 0],
        root=np.array(roots, np.int64),
        output=np.arange(count) % outputs,
        set_start=np.zeros(splits + 1, np.int64),
        set_values=np.zeros(0, np.int64),
        outputs=np.array([outputs]),
    )
    return trees, scores


def _paths(depth: int) -> Integers:
    """CatBoost's number of each leaf, from left to right: the first question is its lowest bit."""
    place = np.arange(1 << depth)
    return sum(((place >> (depth - 1 - level)) & 1) << level for level in range(depth)) + np.zeros(1 << depth, np.int64)
