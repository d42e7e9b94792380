from __future__ import annotations

import numpy as np

from journeyman.sources.meaning.learnt.facts import ColumnFacts, Summary
from journeyman.sources.meaning.learnt.features import FEATURES, PIECES, UNKNOWN, features_of, name_pieces

FACTS = ColumnFacts(
    name="zip_code", cells=10, missing=2, distinct=4, summary=Summary(5.0, 2.0, 1.0, 9.0), texts=("1", "5", "9")
)


def test_every_number_has_a_name_and_is_finite() -> None:
    row = features_of(FACTS)
    assert row.shape == (len(FEATURES) + PIECES,)
    assert len(set(FEATURES)) == len(FEATURES)
    assert np.isfinite(row).all()
    told = dict(zip(FEATURES, row.tolist(), strict=False))
    assert (told["missing"], told["distinct_of_there"], told["is_number"], told["low"]) == (np.float32(0.2), 0.5, 1, 1)
    assert (told["shape_whole"], told["length_mean"], told["name_underscores"]) == (1, 1, 1)


def test_what_is_not_known_is_below_everything() -> None:
    empty = ColumnFacts(name="", cells=0, missing=0, distinct=0, summary=None, texts=())
    told = dict(zip(FEATURES, features_of(empty).tolist(), strict=False))
    assert told["mean"] == told["shape_word"] == np.float32(UNKNOWN)
    huge = ColumnFacts(
        name="x", cells=3, missing=0, distinct=3, summary=Summary(1e308, 0.0, -1e308, 1e308), texts=("",)
    )
    assert np.isfinite(features_of(huge)).all()


def test_names_are_told_by_their_pieces() -> None:
    assert {"^zi", "ip", "de$", "w:zip", "w:code"} <= name_pieces("zipCode") | name_pieces("zip_code")
    assert name_pieces("") == {"^$"}
    assert len(name_pieces("x" * 10_000)) < 100
