"""A sum of decision trees as plain arrays: what every tree learner learns, applies and writes into the graph.

Applied by LightGBM's predictor, whose model text is written from the arrays; expressed as one ``TreeEnsemble`` of
``ai.onnx.ml`` 5 in float64. The two are independent of each other, and the laws hold them together.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.plan.graph import Graph
from journeyman.plan.step import State
from journeyman.table.columns import Integers, Numbers

#: ``TreeEnsemble`` modes.
_AT_MOST, _MEMBER = 0, 6


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
        import lightgbm

        booster = lightgbm.Booster(model_str=_as_text(self, max(numbers.shape[1], 1)))
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
        tree_of_leaf = self._tree_of_leaf()
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

    def _tree_of_leaf(self) -> Integers:
        """Which tree each leaf hangs in."""
        tree_of_leaf = np.zeros(len(self.leaf_value), np.int64)
        first = self._first_leaves()
        for tree in range(len(self.root)):
            tree_of_leaf[first[tree] : first[tree + 1]] = tree
        return tree_of_leaf

    def _first_splits(self) -> Integers:
        """Place of each tree's first split; a last entry is the end."""
        starts = np.zeros(len(self.root) + 1, np.int64)
        starts[-1] = at = len(self.feature)
        for tree in range(len(self.root) - 1, -1, -1):
            at = int(self.root[tree]) if self.root[tree] >= 0 else at
            starts[tree] = at
        return starts

    def _first_leaves(self) -> Integers:
        """Place of each tree's first leaf: a tree has one leaf more than it has splits."""
        return self._first_splits() + np.arange(len(self.root) + 1)


def from_lightgbm(text: str, numbers: Numbers) -> Trees:
    """The trees of a LightGBM model.

    Missing values: where a column had missing cells in training, they go where LightGBM learnt to send them; where
    it had none they go to the side that more training rows went to (LightGBM itself would read them as 0).

    Parameters
    ----------
    text : the model as LightGBM writes it
    numbers : the training rows, to tell which columns had missing cells
    """
    head, *trees = text.split("\nTree=")
    outputs = int(_field(head, "num_tree_per_iteration"))
    had_missing = np.isnan(numbers).any(axis=0) if numbers.size else np.zeros(0, bool)
    parts: dict[str, list[NDArray[Any]]] = {field.name: [] for field in fields(Trees)}
    splits = leaves = in_sets = 0
    set_ends: list[NDArray[Any]] = [np.zeros(1, np.int64)]
    for place, tree in enumerate(trees):
        lines = dict(line.split("=", 1) for line in tree.split("\n") if "=" in line)
        leaf_value = _floats(lines["leaf_value"])
        count = len(leaf_value) - 1
        parts["leaf_value"].append(leaf_value)
        parts["output"].append(np.array([place % outputs]))
        parts["root"].append(np.array([splits if count else -1 - leaves]))
        if count:
            decision = _integers(lines["decision_type"])
            feature, threshold = _integers(lines["split_feature"]), _floats(lines["threshold"])
            left, right = _integers(lines["left_child"]), _integers(lines["right_child"])
            is_set = decision & 1
            rows = np.concatenate([_integers(lines["internal_count"]), _integers(lines["leaf_count"])])
            rows_left, rows_right = (rows[np.where(side < 0, count - 1 - side, side)] for side in (left, right))
            heavier = np.greater_equal(rows_left, rows_right).astype(np.int64)
            can_learn: Integers = np.asarray(had_missing, np.int64)[feature] * (decision >> 2 == 2)
            parts["missing_left"].append(np.where(can_learn == 1, (decision >> 1) & 1, heavier))
            sets = _sets(lines, is_set, threshold)
            parts["set_values"] += sets
            sizes = np.array([len(one) for one in sets], np.int64)
            set_ends.append(in_sets + sizes.cumsum())
            in_sets += int(sizes.sum())
            parts["feature"].append(feature)
            # A split of missing from all others has an infinite threshold; no number is beyond the largest one.
            largest = np.finfo(np.float64).max
            parts["threshold"].append(np.where(is_set == 1, 0.0, np.clip(threshold, -largest, largest)))
            parts["is_set"].append(is_set)
            parts["left"].append(np.where(left < 0, left - leaves, left + splits))
            parts["right"].append(np.where(right < 0, right - leaves, right + splits))
        splits, leaves = splits + count, leaves + count + 1
    parts["set_start"], parts["outputs"] = set_ends, [np.array([outputs])]
    real = ("threshold", "leaf_value")
    arrays: dict[str, Any] = {
        name: np.concatenate([np.zeros(0), *found]).astype(np.float64 if name in real else np.int64)
        for name, found in parts.items()
    }
    return Trees(**arrays)


def _sets(lines: dict[str, str], is_set: Integers, threshold: Numbers) -> list[Integers]:
    """The whole numbers of each split's set, empty where the split asks for none."""
    empty = np.zeros(0, np.int64)
    if not is_set.any():
        return [empty] * len(is_set)
    bounds = _integers(lines["cat_boundaries"])
    bits = _integers(lines["cat_threshold"]).astype(np.uint32)
    sets = []
    for one, place in zip(is_set.tolist(), threshold.tolist(), strict=True):
        if not one:
            sets.append(empty)
            continue
        words = bits[bounds[int(place)] : bounds[int(place) + 1]]
        sets.append(np.flatnonzero(np.unpackbits(words.view(np.uint8), bitorder="little")).astype(np.int64))
    return sets


def _as_text(trees: Trees, columns: int) -> str:
    """The trees as LightGBM reads them; every split knows where NaN goes."""
    outputs = int(trees.outputs[0])
    first_split, first_leaf = trees._first_splits(), trees._first_leaves()
    names = " ".join(f"c{place}" for place in range(columns))
    text = [
        (
            f"tree\nversion=v4\nnum_class={outputs}\nnum_tree_per_iteration={outputs}\nlabel_index=0\n"
            f"max_feature_idx={columns - 1}\nfeature_names={names}\nfeature_infos={' '.join(['none'] * columns)}\n"
        )
    ]
    for tree in range(len(trees.root)):
        splits = slice(int(first_split[tree]), int(first_split[tree + 1]))
        leaves = trees.leaf_value[int(first_leaf[tree]) : int(first_leaf[tree + 1])]
        is_set = trees.is_set[splits]
        threshold = trees.threshold[splits].copy()
        threshold[is_set == 1] = np.arange(int(is_set.sum()))
        left, right = (_own(child[splits], splits.start, int(first_leaf[tree])) for child in (trees.left, trees.right))
        decision = np.where(is_set == 1, 1, 8 + 2 * trees.missing_left[splits])
        text.append(
            f"\nTree={tree}\nnum_leaves={len(leaves)}\nnum_cat={int(is_set.sum())}\n"
            f"split_feature={_join(trees.feature[splits])}\nsplit_gain={_join(np.zeros(len(is_set), int))}\n"
            f"threshold={_join(threshold)}\ndecision_type={_join(decision)}\n"
            f"left_child={_join(left)}\nright_child={_join(right)}\nleaf_value={_join(leaves)}\n"
        )
        if is_set.any():
            text.append(_sets_text(trees, np.flatnonzero(is_set) + splits.start))
        text.append("is_linear=0\nshrinkage=1\n\n")
    return "".join(text) + "\nend of trees\n"


def _sets_text(trees: Trees, splits: Integers) -> str:
    bounds, bits = [0], []
    for split in splits.tolist():
        values = trees.set_values[trees.set_start[split] : trees.set_start[split + 1]]
        size = (int(values.max(initial=0)) // 32 + 1) * 32
        flags = np.zeros(size, np.uint8)
        flags[values] = 1
        bits += np.packbits(flags, bitorder="little").view(np.uint32).tolist()
        bounds.append(len(bits))
    return f"cat_boundaries={_join(np.array(bounds))}\ncat_threshold={_join(np.array(bits))}\n"


def _own(child: Integers, first_split: int, first_leaf: int) -> Integers:
    """Children counted inside their own tree."""
    return np.where(child < 0, child + first_leaf, child - first_split)


def _join(numbers: NDArray[Any]) -> str:
    return " ".join(map(repr, numbers.tolist()))


def _field(text: str, name: str) -> str:
    start = text.index(f"\n{name}=") + len(name) + 2
    return text[start : text.index("\n", start)]


def _floats(text: str) -> Numbers:
    return np.array(text.split(), np.float64)


def _integers(text: str) -> Integers:
    return np.array(text.split(), np.float64).astype(np.int64)
