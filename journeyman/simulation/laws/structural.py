"""A random causal graph: features cause one another, and some of them cause the target."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import ClassVar

import numpy as np

from journeyman.simulation.features import Features, Sizes, with_gaps
from journeyman.simulation.laws.law import Law, speaking
from journeyman.simulation.mechanisms import standardised
from journeyman.table.columns import Numbers

_PILOT_ROWS = 1000
_SPREAD = 1.3


@dataclass(frozen=True)
class Structural(Law):
    """Nodes with up to three earlier nodes as parents and mixed mechanisms; half as many again are never recorded.

    The target's parents are recorded columns, and it has no children among them: given what is recorded it depends on
    its parents alone, so its best answer is known exactly although features depend on one another and on what
    nobody recorded.
    """

    independent: ClassVar[bool] = False

    def features(self, sizes: Sizes, law: np.random.Generator, random: np.random.Generator, rows: int) -> Features:
        """Draw the graph from ``law``, then its rows; words are nodes cut at random places."""
        seen = sizes.numbers + len(sizes.words)
        count = seen + max(2, seen // 2)
        pilot, values = np.zeros((_PILOT_ROWS, count)), np.zeros((rows, count))
        for node in range(count):
            own = 1.0
            if node:
                parents = law.choice(node, min(node, int(law.integers(1, 4))), replace=False)
                caused = standardised(law, pilot[:, parents])
                weight = law.uniform(0.4, 0.95)
                own = float(np.sqrt(1 - weight**2))
                pilot[:, node] = weight * caused(pilot[:, parents])
                values[:, node] = weight * caused(values[:, parents])
            pilot[:, node] += own * law.standard_normal(_PILOT_ROWS)
            values[:, node] += own * random.standard_normal(rows)
        recorded = law.permutation(count)[:seen]
        numbers = values[:, recorded[: sizes.numbers]]
        words = np.zeros((rows, len(sizes.words)), np.int64)
        for place, (node, levels) in enumerate(zip(recorded[sizes.numbers :], sizes.words, strict=True)):
            cuts = [NormalDist().inv_cdf(step / levels) for step in range(1, levels)]
            # Words have no order: neighbours on the scale get names that are none.
            words[:, place] = law.permutation(levels)[np.searchsorted(cuts, values[:, node])]
        return with_gaps(Features(numbers=numbers, words=words, levels=sizes.words), sizes, random)

    def say(self, features: Features, law: np.random.Generator) -> Numbers:
        """The target's mechanism: three of up to three recorded numbers each, and an amount for a column of words."""
        known, many = features.known(), speaking(features)
        said = np.zeros(features.rows)
        for _ in range(3):
            parents = law.choice(many, min(many, int(law.integers(1, 4))), replace=False)
            caused = standardised(law, law.standard_normal((_PILOT_ROWS, len(parents))))
            said += caused(known[:, parents])
        if features.levels:
            place = int(law.integers(len(features.levels)))
            said += law.standard_normal(features.levels[place] + 1)[features.words[:, place]]
        return said * (_SPREAD / 2)
