"""The learnt trees: read from a file that is data, and walked with numpy alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.sources.meaning.learnt.features import Features

#: The files beside this one: the trees, and what their numbers mean.
TREES, FACTS = "column_types.npy", "column_types.json"


def tree_type(leaves: int) -> np.dtype[np.void]:
    """One tree: its splits (cells go left where their number is not above the threshold), and its leaves' values.

    A child that is not below 0 is a split; one below is the leaf ``-1 - child``.
    """
    return np.dtype(
        [
            ("feature", "<u2", (leaves - 1,)),
            ("threshold", "<f4", (leaves - 1,)),
            ("left", "i1", (leaves - 1,)),
            ("right", "i1", (leaves - 1,)),
            ("leaf", "<f4", (leaves,)),
        ]
    )


@dataclass(frozen=True, eq=False)
class Trees:
    """Boosted trees for several classes: tree ``t`` speaks for class ``t % len(classes)``.

    Parameters
    ----------
    trees : (trees,) of `tree_type`
    temperature : what scores are divided by, so that the chances come true on files that were not learnt from
    """

    classes: tuple[str, ...]
    trees: NDArray[np.void]
    temperature: float

    def chances(self, features: Features) -> NDArray[np.float64]:
        """The chance of each class, (rows, classes), for features (rows, features)."""
        scores = self._scores(np.atleast_2d(features)) / self.temperature
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
        return found

    @cached_property
    def _flat(self) -> dict[str, NDArray[Any]]:
        """The trees' fields, one behind the other."""
        return {name: np.ascontiguousarray(self.trees[name]).reshape(-1) for name in self.trees.dtype.names or ()}

    def _scores(self, rows: Features) -> NDArray[np.float64]:
        """The sums of the leaves that rows come to, (rows, classes)."""
        flat = self._flat
        splits, leaves = self.trees["feature"].shape[1], self.trees["leaf"].shape[1]
        count, width = rows.shape
        # Every row goes down every tree; who has come to a leaf stays there.
        first = np.tile(np.arange(len(self.trees)) * splits, count)
        cells = np.repeat(np.arange(count) * width, len(self.trees))
        values = np.ascontiguousarray(rows).reshape(-1)
        place = np.zeros(len(first), np.int64)
        going = np.arange(len(first))
        while len(going):
            at = first[going] + place[going]
            is_left = values[cells[going] + flat["feature"][at]] <= flat["threshold"][at]
            place[going] = np.where(is_left, flat["left"][at], flat["right"][at])
            going = going[place[going] >= 0]
        leaf = np.tile(np.arange(len(self.trees)) * leaves, count) - 1 - place
        found = flat["leaf"][leaf].astype(np.float64).reshape(count, -1, len(self.classes))
        return np.asarray(found.sum(axis=1))


@cache
def shipped() -> Trees:
    """The trees that come with the package."""
    facts = shipped_facts()
    folder = files(__package__)
    with folder.joinpath(TREES).open("rb") as file:
        trees = np.load(file, allow_pickle=False)
    return Trees(tuple(facts["classes"]), trees, float(facts["temperature"]))


def shipped_facts() -> dict[str, Any]:
    """What is known of the trees that come with the package: classes, features, what they were learnt from."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath(FACTS).read_text("utf-8"))
    return found
