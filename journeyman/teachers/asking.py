"""Asking a pretrained network that has scikit-learn's manner: our columns in, our answers out."""

from __future__ import annotations

from typing import Any

import numpy as np

from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Numbers

#: Networks compute in float32; cells are held so far inside of it that their squares are finite, too.
_LARGEST = 1e15


def inputs(learn: Columns, asked: Columns) -> tuple[Numbers, Numbers, list[int]]:
    """Cells of both (rows, columns), missing is NaN, and the places of level codes; columns that vary in ``learn``.

    A column that is empty or always the same says nothing, and some networks cannot scale it.
    """
    varies = np.array([_varies(column) for column in learn.numbers.T], np.bool_)
    names = [name for name, is_kept in zip(learn.number_names, varies, strict=True) if is_kept]
    codes = [place for place, name in enumerate(names) if name in learn.code_names]
    cells = (np.clip(one.numbers[:, varies], -_LARGEST, _LARGEST) for one in (learn, asked))
    return (*cells, codes)  # type: ignore[return-value]  # two of them


def ask(network: Any, learn: Numbers, target: Target, asked: Numbers) -> Numbers:
    """Answers (rows, outputs) of a network with ``fit`` and ``predict_proba`` or ``predict``.

    Where there is nothing to tell rows apart by, or one class alone, it is the best constant. A class that it was not
    shown has no chance. Weights of rows are not known to such networks.
    """
    if not learn.shape[1] or np.ptp(target.values) == 0:
        return np.tile(target.mean(), (len(asked), 1))
    if not target.classes:
        network.fit(learn, target.values)
        return np.asarray(network.predict(asked), np.float64)[:, None]
    network.fit(learn, target.codes)
    chances = np.zeros((len(asked), len(target.classes)))
    chances[:, np.asarray(network.classes_, np.int64)] = network.predict_proba(asked)
    return chances if target.outputs > 1 else chances[:, 1:]


def _varies(column: Numbers) -> bool:
    there = column[np.isfinite(column)]
    return bool(len(there) and (there != there[0]).any())
