"""Trees and LightGBM's text of a model: read after growing, written so that its predictor can apply any trees.

Both go over all trees at once, since a model may have tens of thousands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from journeyman.table.columns import Integers, Numbers

if TYPE_CHECKING:
    from journeyman.learners.trees import Trees

#: Name → what stands behind it, once for each line that has it.
Lines = dict[str, list[str]]
#: Bits of LightGBM's ``decision_type``: membership in a set, missing goes left, and how missing is told (2: as NaN).
_IS_SET, _LEFT, _MISSING_KIND = 1, 1, 2


def read_text(text: str, numbers: Numbers) -> dict[str, NDArray[Any]]:
    """The arrays of `Trees` from a LightGBM model.

    Missing values: where a column had missing cells in training, they go where LightGBM learnt to send them; where
    it had none they go to the side that more training rows went to (LightGBM itself would read them as 0).

    Parameters
    ----------
    text : the model as LightGBM writes it
    numbers : the training rows, to tell which columns had missing cells
    """
    lines = _lines(text)
    outputs = int(lines["num_tree_per_iteration"][0])
    counts = _integers(lines.get("num_leaves", [])) - 1
    leaf_value = _floats(lines.get("leaf_value", []))
    trees, splits = len(counts), int(counts.sum())
    first_split = counts.cumsum() - counts
    first_leaf = first_split + np.arange(trees)
    decision = _integers(lines.get("decision_type", []))
    feature, threshold = _integers(lines.get("split_feature", [])), _floats(lines.get("threshold", []))
    # A tree of one leaf may say nothing of splits, or has empty lines for them.
    tree_of_split = np.repeat(np.arange(trees), counts)
    own_split, own_leaf = first_split[tree_of_split], first_leaf[tree_of_split]
    children, rows_below = [], []
    rows = np.concatenate([_integers(lines.get("internal_count", [])), _leaf_rows(lines, counts)])
    for side in ("left", "right"):
        child = _integers(lines.get(f"{side}_child", []))
        child = np.where(child < 0, child - own_leaf, child + own_split)
        children.append(child)
        rows_below.append(rows[np.where(child < 0, splits - 1 - child, child)])
    is_set = decision & _IS_SET
    had_missing = np.isnan(numbers).any(axis=0) if numbers.size else np.zeros(0, bool)
    can_learn = np.asarray(had_missing, np.int64)[feature] * (decision >> 2 == _MISSING_KIND)
    heavier = np.greater_equal(rows_below[0], rows_below[1]).astype(np.int64)
    set_start, set_values = _read_sets(lines, is_set, threshold, tree_of_split)
    # A split of missing from all others has an infinite threshold; no number is beyond the largest one.
    largest = np.finfo(np.float64).max
    return {
        "feature": feature,
        "threshold": np.where(is_set == 1, 0.0, np.clip(threshold, -largest, largest)),
        "is_set": is_set,
        "missing_left": np.where(can_learn == 1, (decision >> _LEFT) & 1, heavier),
        "left": children[0],
        "right": children[1],
        "leaf_value": leaf_value,
        "root": np.where(counts > 0, np.minimum(first_split, max(splits - 1, 0)), -1 - first_leaf),
        "output": np.arange(trees) % outputs,
        "set_start": set_start,
        "set_values": set_values,
        "outputs": np.array([outputs]),
    }


def write_text(trees: Trees, columns: int) -> str:
    """The trees as LightGBM reads them; every split knows where NaN goes.

    Parameters
    ----------
    columns : how many numbers a row has
    """
    outputs = int(trees.outputs[0])
    first_split, first_leaf = trees.first_splits(), trees.first_leaves()
    counts = np.diff(first_split)
    own_split, own_leaf = (np.repeat(first[:-1], counts) for first in (first_split, first_leaf))
    sets_before = np.concatenate([[0], trees.is_set.cumsum()])[first_split]
    place_of_set = trees.is_set.cumsum() - 1 - np.repeat(sets_before[:-1], counts)
    fields = {
        "split_feature": _words(trees.feature),
        "split_gain": ["0"] * len(trees.feature),
        "threshold": _words(np.where(trees.is_set == 1, place_of_set, trees.threshold)),
        "decision_type": _words(np.where(trees.is_set == 1, _IS_SET, 8 + 2 * trees.missing_left)),
        "left_child": _words(np.where(trees.left < 0, trees.left + own_leaf, trees.left - own_split)),
        "right_child": _words(np.where(trees.right < 0, trees.right + own_leaf, trees.right - own_split)),
    }
    leaf_words = _words(trees.leaf_value)
    names = " ".join(f"c{place}" for place in range(columns))
    text = [
        (
            f"tree\nversion=v4\nnum_class={outputs}\nnum_tree_per_iteration={outputs}\nlabel_index=0\n"
            f"max_feature_idx={columns - 1}\nfeature_names={names}\nfeature_infos={' '.join(['none'] * columns)}\n"
        )
    ]
    split_ends, leaf_ends, set_ends = first_split.tolist(), first_leaf.tolist(), sets_before.tolist()
    for tree in range(len(trees.root)):
        start, end = split_ends[tree], split_ends[tree + 1]
        sets = set_ends[tree + 1] - set_ends[tree]
        text.append(f"\nTree={tree}\nnum_leaves={end - start + 1}\nnum_cat={sets}\n")
        text += [f"{name}={' '.join(words[start:end])}\n" for name, words in fields.items()]
        text.append(f"leaf_value={' '.join(leaf_words[leaf_ends[tree] : leaf_ends[tree + 1]])}\n")
        if sets:
            text.append(_sets_text(trees, np.flatnonzero(trees.is_set[start:end]) + start))
        text.append("is_linear=0\nshrinkage=1\n\n")
    return "".join(text) + "\nend of trees\n"


def _leaf_rows(lines: Lines, counts: Integers) -> Integers:
    """Training rows of each leaf; trees of one leaf may not say."""
    told = lines.get("leaf_count", [])
    rows = np.zeros(int(counts.sum()) + len(counts), np.int64)
    has_splits = np.repeat(counts > 0, counts + 1)
    if len(told) == len(counts):
        found = [line for line, count in zip(told, counts.tolist(), strict=True) if count]
    else:
        found = told
    rows[has_splits] = _integers(found)
    return rows


def _read_sets(
    lines: Lines, is_set: Integers, threshold: Numbers, tree_of_split: Integers
) -> tuple[Integers, Integers]:
    """Where each split's set starts (and a last entry, the end), and all sets' whole numbers."""
    set_start, places = np.zeros(len(is_set) + 1, np.int64), np.flatnonzero(is_set)
    if not len(places):
        return set_start, np.zeros(0, np.int64)
    words = _integers(lines.get("cat_threshold", [])).astype(np.uint32)
    bounds_of_trees = [_integers([line]) for line in lines.get("cat_boundaries", [])]
    # Each tree with sets has a line of bounds that starts at 0; bounds of all trees count on.
    starts, ends, before = [], [], 0
    for bounds in bounds_of_trees:
        starts.append(bounds[:-1] + before)
        ends.append(bounds[1:] + before)
        before += int(bounds[-1])
    first = np.concatenate([[0], np.cumsum([len(one) for one in starts])])
    _, tree = np.unique(tree_of_split[places], return_inverse=True)
    number = first[tree] + threshold[places].astype(np.int64)
    start, end = np.concatenate(starts)[number], np.concatenate(ends)[number]
    bits = np.unpackbits(words.view(np.uint8), bitorder="little")
    values = [
        np.flatnonzero(bits[32 * one : 32 * other]) for one, other in zip(start.tolist(), end.tolist(), strict=True)
    ]
    sizes = np.zeros(len(is_set), np.int64)
    sizes[places] = [len(one) for one in values]
    set_start[1:] = sizes.cumsum()
    return set_start, np.concatenate(values).astype(np.int64)


def _sets_text(trees: Trees, splits: Integers) -> str:
    bounds, bits = [0], []
    for split in splits.tolist():
        values = trees.set_values[trees.set_start[split] : trees.set_start[split + 1]]
        size = (int(values.max(initial=0)) // 32 + 1) * 32
        flags = np.zeros(size, np.uint8)
        flags[values] = 1
        bits += np.packbits(flags, bitorder="little").view(np.uint32).tolist()
        bounds.append(len(bits))
    return f"cat_boundaries={' '.join(map(str, bounds))}\ncat_threshold={' '.join(map(str, bits))}\n"


def _lines(text: str) -> Lines:
    """What stands behind each name, in the order of the trees."""
    found: Lines = {}
    for line in text[: text.index("\nend of trees")].split("\n"):
        name, sign, value = line.partition("=")
        if sign:
            found.setdefault(name, []).append(value)
    return found


def _words(numbers: NDArray[Any]) -> list[str]:
    return list(map(repr, numbers.tolist()))


def _floats(lines: list[str]) -> Numbers:
    return np.array(" ".join(lines).split(), np.float64)


def _integers(lines: list[str]) -> Integers:
    return np.fromstring(" ".join(lines), np.int64, sep=" ")
