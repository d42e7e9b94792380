"""From trees that ask for one column or two to the sum of tables that they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from journeyman.learners.terms import Term, Terms, cells_along
from journeyman.learners.trees import Trees
from journeyman.table.columns import Flags, Integers, Numbers

#: Rounds at most in which what a pair says of one column alone goes to that column, and when that is done.
_ROUNDS, _DONE = 200, 1e-10
#: What a cell without rows counts for, as a share of all rows, where cells are weighed against each other.
_NOTHING = 1e-9

#: Columns, one or two, rising.
Key = tuple[int, ...]
#: Columns → the table over their cells, (cells, …, outputs).
Tables = dict[Key, Numbers]
Cuts = Mapping[int, Numbers]


def terms_of(
    mains: Sequence[Trees], pairs: Sequence[Trees], numbers: Numbers, weights: Numbers, codes: Collection[int]
) -> Terms:
    """The mean of several models, each a sum of trees, as terms with standard errors.

    What a pair says of one of its columns alone is told by that column's own term (functional ANOVA), and every term's
    mean over the training rows is 0: so each can be read by itself. A missing cell in a column where training had none
    adds nothing. Standard errors are those of the jackknife: each model left a part of its own of the rows out.

    Sources: Lengerich et al., Purifying interaction effects with the functional ANOVA, AISTATS 2020; Efron, The
    jackknife, the bootstrap and other resampling plans, 1982.

    Parameters
    ----------
    mains : for each model, trees of which each asks for one column
    pairs : for each model, trees of which no path asks for more than two columns; none where there are no pairs
    numbers, weights : the training rows, (rows, columns), and how much each counts, (rows,)
    codes : places of columns of level codes 0, 1, …
    """
    outputs = int(mains[0].outputs[0])
    fine, coarse = _cuts([*mains, *pairs], numbers, codes), _cuts(pairs, numbers, codes)
    models = []
    for place, trees in enumerate(mains):
        tables, start = _tables(trees, fine, outputs)
        if pairs:
            more, later = _tables(pairs[place], coarse, outputs)
            tables, start = _joined(tables, more, fine, coarse), start + later
        models.append((tables, start))
    keys = {key for tables, _ in models for key in tables}
    keys |= {(place,) for key in keys for place in key}
    ordered = sorted(keys, key=lambda key: (len(key), key))
    cuts = {key: tuple((fine if len(key) == 1 else coarse)[place] for place in key) for key in ordered}
    counts = {key: _counts(key, cuts[key], numbers, weights) for key in ordered}
    pure = [_pure(_filled(tables, cuts, outputs), start, cuts, counts) for tables, start in models]
    terms = []
    for key in ordered:
        values = np.stack([tables[key].reshape(-1, outputs) for tables, _ in pure])
        rows = _counts(key, cuts[key], numbers, np.ones(len(numbers))).ravel()
        spread = _jackknife(values)
        terms.append(Term(columns=key, cuts=cuts[key], values=values.mean(axis=0), spread=spread, rows=rows))
    return Terms(terms=tuple(terms), intercept=np.mean([start for _, start in pure], axis=0))


def _jackknife(values: Numbers) -> Numbers:
    """Standard errors, (cells, outputs), of the mean of models that each left one of as many parts out, (models, …)."""
    models = len(values)
    moved = values - values.mean(axis=0)
    return np.asarray(np.sqrt((models - 1) / models * (moved**2).sum(axis=0)))


def _cuts(every: Sequence[Trees], numbers: Numbers, codes: Collection[int]) -> dict[int, Numbers]:
    """For each column that is asked for, its cuts: all thresholds, or for codes one between each two."""
    none = np.zeros(0)
    features = np.concatenate([none, *(trees.feature for trees in every)]).astype(np.int64)
    thresholds = np.concatenate([none, *(trees.threshold for trees in every)])
    found = {}
    for place in np.unique(features).tolist():
        if place in codes:
            found[place] = np.arange(np.nanmax(numbers[:, place], initial=0.0)) + 0.5
        else:
            asked = np.unique(thresholds[features == place])
            # A split of missing from all others lies beyond every number.
            found[place] = asked[asked < np.finfo(np.float64).max]
    return found


def _tables(trees: Trees, cuts: Cuts, outputs: int) -> tuple[Tables, Numbers]:
    """The tables that trees sum up to, and what they add to all rows alike, (outputs,)."""
    tables: Tables = {}
    start = np.zeros(outputs)
    masks = _masks(trees, cuts)
    features, left, right = trees.feature.tolist(), trees.left.tolist(), trees.right.tolist()
    for root, output in zip(trees.root.tolist(), trees.output.tolist(), strict=True):
        waiting: list[tuple[int, dict[int, Flags]]] = [(root, {})]
        while waiting:
            node, box = waiting.pop()
            if node < 0:
                _add(tables, start, box, float(trees.leaf_value[-1 - node]), output)
                continue
            feature, goes = features[node], masks[node]
            for side, mask in ((left[node], goes), (right[node], ~goes)):
                waiting.append((side, {**box, feature: box[feature] & mask if feature in box else mask}))
    return tables, start


def _masks(trees: Trees, cuts: Cuts) -> list[Flags]:
    """For each split, which cells of its column's axis go left."""
    masks = []
    for split, (feature, threshold) in enumerate(zip(trees.feature.tolist(), trees.threshold.tolist(), strict=True)):
        axis = cuts[feature]
        mask = np.zeros(len(axis) + 2, np.bool_)
        if trees.is_set[split]:
            members = trees.set_values[trees.set_start[split] : trees.set_start[split + 1]]
            mask[members[members <= len(axis)]] = True
        else:
            mask[: int(np.searchsorted(axis, threshold, side="left")) + 1] = True
            mask[-1] = bool(trees.missing_left[split])
        masks.append(mask)
    return masks


def _add(tables: Tables, start: Numbers, box: Mapping[int, Flags], value: float, output: int) -> None:
    """Add a leaf's value to the cells that its path leads to."""
    if not box:
        start[output] += value
        return
    key = tuple(sorted(box))
    if key not in tables:
        tables[key] = np.zeros((*(len(box[one]) for one in key), len(start)))
    if len(key) == 1:
        tables[key][box[key[0]], output] += value
    else:
        tables[key][..., output] += value * np.outer(box[key[0]], box[key[1]])


def _joined(tables: Tables, more: Tables, fine: Cuts, coarse: Cuts) -> Tables:
    """Tables of single columns beside those of pairs, in which a path may have asked for one column only."""
    joined = dict(tables)
    for key, table in more.items():
        if len(key) == 1:
            own = _finer(table, coarse[key[0]], fine[key[0]])
            joined[key] = joined[key] + own if key in joined else own
        else:
            joined[key] = table
    return joined


def _finer(table: Numbers, coarse: Numbers, fine: Numbers) -> Numbers:
    """A table over one axis on an axis that has all of its cuts, and more."""
    cells = np.searchsorted(coarse, np.append(fine, np.inf), side="left")
    return np.asarray(table[np.append(cells, len(coarse) + 1)])


def _filled(tables: Tables, cuts: Mapping[Key, tuple[Numbers, ...]], outputs: int) -> Tables:
    """A table for every key; 0 where a model has none."""
    return {
        key: tables[key] if key in tables else np.zeros((*(len(axis) + 2 for axis in axes), outputs))
        for key, axes in cuts.items()
    }


def _counts(key: Key, cuts: Sequence[Numbers], numbers: Numbers, weights: Numbers) -> Numbers:
    """The weight of the training rows in each cell, in the shape of the table."""
    sizes = [len(axis) + 2 for axis in cuts]
    cells: Integers = np.zeros(len(numbers), np.int64)
    for place, axis, size in zip(key, cuts, sizes, strict=True):
        cells = cells * size + cells_along(axis, numbers[:, place])
    return np.bincount(cells, weights, int(np.prod(sizes))).reshape(sizes).astype(np.float64)


def _pure(
    tables: Tables, start: Numbers, cuts: Mapping[Key, tuple[Numbers, ...]], counts: Mapping[Key, Numbers]
) -> tuple[Tables, Numbers]:
    """The same sum, with all that one column can say in its own term, and the mean of every term 0."""
    pure, start = dict(tables), start.copy()
    for key in [one for one in tables if len(one) == 2]:
        pure[key], sides = _without_sides(tables[key], counts[key])
        for place, axis, side in zip(key, cuts[key], sides, strict=True):
            pure[place,] = pure[place,] + _finer(side, axis, cuts[place,][0])
    for alone in [one for one in tables if len(one) == 1]:
        rows = counts[alone]
        mean = rows @ pure[alone] / max(float(rows.sum()), 1e-300)
        pure[alone], start = pure[alone] - mean, start + mean
        if not rows[-1]:
            # What training never had missing says nothing where it is.
            pure[alone][-1] = 0.0
    return pure, start


def _without_sides(pair: Numbers, counts: Numbers) -> tuple[Numbers, tuple[Numbers, Numbers]]:
    """A pair's table (cells, cells, outputs) less what each of its columns says alone, and that, (cells, outputs)."""
    weights = counts + _NOTHING * max(float(counts.sum()), 1.0)
    sides = [np.zeros((size, pair.shape[-1])) for size in counts.shape]
    for _ in range(_ROUNDS):
        most = 0.0
        for axis in (0, 1):
            share = weights / weights.sum(axis=1 - axis, keepdims=True)
            alone = (pair * share[..., None]).sum(axis=1 - axis)
            pair = pair - np.expand_dims(alone, 1 - axis)
            sides[axis] += alone
            most = max(most, float(np.abs(alone).max(initial=0.0)))
        if most <= _DONE * float(np.abs(pair).max(initial=0.0)):
            break
    pair[-1] *= float(counts[-1].sum() > 0)
    pair[:, -1] *= float(counts[:, -1].sum() > 0)
    return pair, (sides[0], sides[1])
