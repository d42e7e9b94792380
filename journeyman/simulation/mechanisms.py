"""How a node of a causal graph follows from its parents: five kinds, drawn at random.

The same kinds as in the priors that in-context networks are trained on (Hollmann et al. 2023, TabPFN; Qu et al. 2025,
TabICL): linear, tree, network, discretised, product.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.table.columns import Numbers

#: (rows, parents) in about standard units → (rows,).
Mechanism = Callable[[Numbers], Numbers]


def linear(law: np.random.Generator, parents: int) -> Mechanism:
    """A sum with random slopes."""
    slopes = law.standard_normal(parents)
    return lambda values: np.asarray(values @ slopes)


def tree(law: np.random.Generator, parents: int) -> Mechanism:
    """A complete tree of depth 3: each level asks one parent against one threshold, each leaf has a value."""
    asked, cuts, leaves = law.integers(0, parents, 3), law.normal(0, 0.7, 3), law.standard_normal(8)
    return lambda values: np.asarray(leaves[(values[:, asked] > cuts) @ np.array([4, 2, 1])])


def network(law: np.random.Generator, parents: int) -> Mechanism:
    """One hidden layer of six hyperbolic tangents."""
    inner, shift, outer = law.standard_normal((parents, 6)), law.standard_normal(6), law.standard_normal(6)
    return lambda values: np.asarray(np.tanh(values @ inner + shift) @ outer)


def discretised(law: np.random.Generator, parents: int) -> Mechanism:
    """A sum cut into five steps of random heights."""
    slopes, cuts, heights = law.standard_normal(parents), np.sort(law.normal(0, 1, 4)), law.standard_normal(5)
    scale = np.linalg.norm(slopes) or 1.0
    return lambda values: np.asarray(heights[np.searchsorted(cuts, values @ slopes / scale)])


def product(law: np.random.Generator, parents: int) -> Mechanism:
    """The product of two parents (or the square of one), bounded, and a little of their sum."""
    first, second = law.integers(0, parents, 2)
    share = law.uniform(0.0, 0.5)
    return lambda values: np.asarray(
        np.clip(values[:, first] * values[:, second], -6, 6) + share * (values[:, first] + values[:, second])
    )


KINDS = (linear, tree, network, discretised, product)


def standardised(law: np.random.Generator, pilot: Numbers) -> Mechanism:
    """A mechanism of a random kind, with mean 0 and spread 1 on the pilot's rows (rows, parents)."""
    for _ in range(20):
        mechanism = KINDS[law.integers(len(KINDS))](law, pilot.shape[1])
        values = mechanism(pilot)
        mean, spread = float(values.mean()), float(values.std())
        if spread > 1e-3:
            break
    else:
        return linear(law, pilot.shape[1])
    return lambda given: (mechanism(given) - mean) / spread
