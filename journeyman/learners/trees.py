"""A sum of decision trees as plain arrays: what every tree learner learns, applies and writes into the graph.

Applied by LightGBM's predictor, whose model text is written from the arrays; expressed as one ``TreeEnsemble`` of
``ai.onnx.ml`` 5 in float64. The two are independent of each other, and the laws hold them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from journeyman.learners.library import lightgbm
from journeyman.learners.link import Kind
from journeyman.learners.tree_text import read_text, write_text
from journeyman.plan import needs
from journeyman.plan.graph import Graph
from journeyman.plan.step import State
from journeyman.plan.target import Target
from journeyman.table.columns import Integers, Numbers

#: What any tree learner needs of texts and dates; words are its own affair.
TREE_NEEDS = (
    needs.TEXT_AS_ITEMS,
    needs.TEXT_AS_SCORES,
    needs.TEXT_AS_TOPICS,
    needs.DATES_APART,
    needs.DATES_AS_NUMBERS,
)
#: ``TreeEnsemble`` modes.
_AT_MOST, _MEMBER = 0, 6
#: Of so many columns a tree may ask for all.
_FEW_COLUMNS = 5


def share_of_columns(share: float, columns: int) -> float:
    """The share of the columns that a tree may ask for: of few, all.

    A tree of one column of two, or of two of three, cannot say what holds of them only together: a height by latitude
    and longitude was told with four times the error. From six columns on, real tables are no better with more of them.

    >>> share_of_columns(0.7, 3), share_of_columns(0.5, 8)
    (1.0, 0.5)
    """
    return 1.0 if columns <= _FEW_COLUMNS else share


def centred(kind: Kind, target: Target) -> tuple[float, float]:
    """The mean of a target, and the mean distance from it (1 where there is none); 0 and 1 of classes and rates.

    Libraries keep targets in single precision, or compare their variance with a fixed number: what spreads by a
    billionth of its unit, or stands a hundred million above 0, is to be taken to about 1 before they see it.
    """
    if kind != "regression":
        return 0.0, 1.0
    weights = np.ones(len(target)) if target.weights is None else target.weights
    centre = float(target.mean()[0])
    distances = np.abs(target.values - centre)
    most = float(distances.max(initial=0.0))
    if not (0 < most < np.inf and weights.sum() > 0):
        return 0.0, 1.0
    spread = most * float(weights @ (distances / most) / weights.sum())
    return centre, spread if spread > 0 else 1.0


def told_from_zero(threshold: Numbers) -> Numbers:
    """Thresholds at which numbers too small to be told from 0 are on one side with it, wherever they are compared.

    Where subnormal numbers are taken for 0, as some runtimes do, 5e-324 is at most 0; elsewhere it is above.
    """
    least = 2 * np.finfo(np.float64).tiny
    return np.where(np.abs(threshold) < least, least, threshold)


@dataclass(frozen=True, kw_only=True)
class Trees:
    """Trees whose leaf values are summed up for each output.

    Shapes: one entry a split, trees behind one another, children behind their parents: ``feature``, ``threshold``,
    ``is_set`` (the split asks for membership in a set), ``missing_left`` (where NaN goes), ``left`` and ``right``
    (a split's place when not negative, else −1 − a leaf's place). One entry a leaf: ``leaf_value``. One entry a tree:
    ``root`` (as a child), ``output``. Sets: the whole numbers ``set_values[set_start[s]:set_start[s + 1]]`` of split
    ``s``; a value in the set goes left, any other and NaN goes right.
    """

    feature: Integers
    threshold: Numbers
    is_set: Integers
    missing_left: Integers
    left: Integers
    right: Integers
    leaf_value: Numbers
    root: Integers
    output: Integers
    set_start: Integers
    set_values: Integers
    outputs: Integers

    def state(self) -> State:
        """The arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, state: State) -> Trees:
        """The trees of a state."""
        return cls(**{field.name: state[field.name] for field in fields(cls)})

    def score(self, numbers: Numbers, threads: int = 1) -> Numbers:
        """Sums of leaf values, (rows, outputs)."""
        outputs = int(self.outputs[0])
        if not len(numbers) or not len(self.root):
            return np.zeros((len(numbers), outputs))
        booster = lightgbm().Booster(model_str=write_text(self, max(numbers.shape[1], 1)))
        wide = numbers if numbers.shape[1] else np.zeros((len(numbers), 1))
        score = booster.predict(wide, raw_score=True, num_threads=threads)
        return np.asarray(score, np.float64).reshape(len(numbers), outputs)

    def express(self, graph: Graph, numbers: str) -> str:
        """The sums as a node: (N, outputs)."""
        splits = len(self.feature)
        # A tree that is one leaf becomes a split whose two sides are that leaf.
        single = np.flatnonzero(self.root < 0)
        feature = np.concatenate([self.feature, np.zeros(len(single), np.int64)])
        left = np.concatenate([self.left, self.root[single]])
        right = np.concatenate([self.right, self.root[single]])
        root = self.root.copy()
        root[single] = splits + np.arange(len(single))
        tree_of_leaf = self.tree_of_leaf()
        modes = np.concatenate([np.where(self.is_set == 1, _MEMBER, _AT_MOST), np.zeros(len(single), np.int64)])
        tracks = np.concatenate([np.where(self.is_set == 1, 0, self.missing_left), np.zeros(len(single), np.int64)])
        attributes: dict[str, Any] = {}
        if self.is_set.any():
            parts: list[float] = []
            for split in np.flatnonzero(self.is_set):
                parts += [*self.set_values[self.set_start[split] : self.set_start[split + 1]].tolist(), np.nan]
            attributes["membership_values"] = np.array(parts)
        return graph.add(
            "TreeEnsemble",
            numbers,
            domain="ai.onnx.ml",
            aggregate_function=1,
            leaf_targetids=self.output[tree_of_leaf].tolist(),
            leaf_weights=self.leaf_value,
            n_targets=int(self.outputs[0]),
            nodes_falseleafs=(right < 0).astype(int).tolist(),
            nodes_falsenodeids=np.where(right < 0, -1 - right, right).tolist(),
            nodes_featureids=feature.tolist(),
            nodes_missing_value_tracks_true=tracks.tolist(),
            nodes_modes=modes.astype(np.uint8),
            nodes_splits=np.concatenate([self.threshold, np.zeros(len(single))]),
            nodes_trueleafs=(left < 0).astype(int).tolist(),
            nodes_truenodeids=np.where(left < 0, -1 - left, left).tolist(),
            post_transform=0,
            tree_roots=root.tolist(),
            **attributes,
        )

    def moved(self, factor: float, shift: float, *, each: bool = False) -> Trees:
        """Trees whose sums are these times a factor, and a shift more; ``each`` every tree is shifted, not their sum.

        Only trees of one output, or of one output each, can be shifted.
        """
        shifts = np.full(len(self.root), shift)
        shifts[len(shifts) if each else 1 :] = 0.0
        return replace(self, leaf_value=self.leaf_value * factor + shifts[self.tree_of_leaf()])

    def first_splits(self) -> Integers:
        """Place of each tree's first split; a last entry is the end."""
        end = len(self.feature)
        places = np.append(np.where(self.root >= 0, self.root, end), end)
        return np.minimum.accumulate(places[::-1])[::-1]

    def first_leaves(self) -> Integers:
        """Place of each tree's first leaf: a tree has one leaf more than it has splits."""
        return self.first_splits() + np.arange(len(self.root) + 1)

    def tree_of_leaf(self) -> Integers:
        """Which tree each leaf hangs in."""
        return np.repeat(np.arange(len(self.root)), np.diff(self.first_leaves()))


def from_lightgbm(text: str, numbers: Numbers) -> Trees:
    """The trees of a LightGBM model; see `read_text`."""
    return Trees(**read_text(text, numbers))


def only_leaves(values: Numbers) -> Trees:
    """Trees of one leaf each, one for each output: the same numbers for every row."""
    none = np.zeros(0, np.int64)
    return Trees(
        feature=none,
        threshold=np.zeros(0),
        is_set=none,
        missing_left=none,
        left=none,
        right=none,
        leaf_value=np.array(values, np.float64),
        root=-1 - np.arange(len(values)),
        output=np.arange(len(values)),
        set_start=np.zeros(1, np.int64),
        set_values=none,
        outputs=np.array([len(values)]),
    )


def mean_of(several: Sequence[Trees]) -> Trees:
    """Trees whose sums are the mean of the sums of several, all for the same outputs."""
    split_at = np.cumsum([0, *(len(one.feature) for one in several)]).tolist()
    leaf_at = np.cumsum([0, *(len(one.leaf_value) for one in several)]).tolist()
    set_at = np.cumsum([0, *(len(one.set_values) for one in several)]).tolist()

    def joined(name: str) -> Any:
        return np.concatenate([getattr(one, name) for one in several])

    def linked(name: str) -> Any:
        sides = (getattr(one, name) for one in several)
        return np.concatenate(
            [
                np.where(side < 0, side - leaf, side + split)
                for side, split, leaf in zip(sides, split_at, leaf_at, strict=False)
            ]
        )

    starts = [one.set_start[:-1] + at for one, at in zip(several, set_at, strict=False)]
    plain = ("feature", "threshold", "is_set", "missing_left", "output", "set_values")
    return Trees(
        **{name: joined(name) for name in plain},
        **{name: linked(name) for name in ("left", "right", "root")},
        leaf_value=joined("leaf_value") / len(several),
        set_start=np.append(np.concatenate(starts), set_at[-1]),
        outputs=several[0].outputs,
    )
