"""What the learnt model says a column is: the chance of each class that people label columns with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from journeyman.sources.meaning.learnt.facts import ColumnFacts
from journeyman.sources.meaning.learnt.features import features_of
from journeyman.sources.meaning.learnt.trees import Trees, shipped


def chances_of(facts: Sequence[ColumnFacts], trees: Trees | None = None) -> Mapping[str, float]:
    """The chance of each class of `Trees.classes`, the likeliest first.

    Parameters
    ----------
    facts : one column, seen with one group of its cells or several
    trees : those that come with the package, unless others are given
    """
    trees = trees or shipped()
    mean = trees.chances(np.stack([features_of(one) for one in facts])).mean(axis=0)
    order = np.argsort(-mean, kind="stable").tolist()
    return {trees.classes[place]: float(mean[place]) for place in order}
