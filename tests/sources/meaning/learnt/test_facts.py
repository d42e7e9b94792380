from __future__ import annotations

import numpy as np

from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.learnt.facts import GROUP, LOOKED_AT, facts_of
from journeyman.table.columns import Strings
from journeyman.table.schema import Column

RANDOM = np.random.default_rng(0)


def test_numbers_have_a_summary_and_groups_of_cells() -> None:
    values = np.append(RANDOM.integers(0, 500, 300), 0).astype(float)
    column = Column(name="x", kind="number")
    typed = facts_of(column, Evidence(name="x", cells=np.append(values, np.nan)))
    assert len(typed) == LOOKED_AT // GROUP
    assert {(one.cells, one.missing, one.distinct) for one in typed} == {(302, 1, len(np.unique(values)))}
    assert typed[0].summary is not None
    assert (typed[0].summary.low, typed[0].summary.high) == (0, values.max())
    assert all(len(one.texts) == GROUP for one in typed)
    texts = ["" if value != value else f"{value:.0f}" for value in RANDOM.permutation(np.append(values, np.nan))]
    assert facts_of(column, Evidence(name="x", cells=Strings.of(texts)))[0].texts == typed[0].texts


def test_words_and_marked_numbers_have_none() -> None:
    words = facts_of(
        Column(name="x", kind="category", missing=("na",)), Evidence(name="x", cells=Strings.of(["b", "NA", "a"]))
    )
    assert (words[0].summary, words[0].texts, words[0].missing, words[0].distinct) == (None, ("a", "b"), 1, 2)
    percent = Column(name="x", kind="number", unit="%")
    assert facts_of(percent, Evidence(name="x", cells=Strings.of(["5%", "6%"])))[0].summary is None


def test_a_column_without_cells_has_facts() -> None:
    empty = facts_of(Column(name="x", kind="number"), Evidence(name="x", cells=np.array([np.nan])))
    assert (empty[0].distinct, empty[0].texts, empty[0].summary) == (0, (), None)
