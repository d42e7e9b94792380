"""What a join has to tell."""

from __future__ import annotations

import numpy as np
import polars as pl

from journeyman.sources.joins.keys import find
from journeyman.sources.joins.told import nothing_matches, of_join, several_rows
from journeyman.sources.raw import Raw
from journeyman.table.joined import Joined
from journeyman.table.table import Ledger


def raw_of(name: str, **columns: object) -> Raw:
    frame = pl.DataFrame(columns)
    return Raw(name=name, frame=frame, origin=name, digest="0" * 64, ledger=Ledger(read=len(frame), used=len(frame)))


WHAT = Joined(
    said="o.csv:k",
    name="other",
    origin="o.csv",
    digest="1" * 64,
    to="0" * 64,
    keys={"k": "k"},
    columns={"v": "other_v"},
)


def test_matches_spellings_and_rows_without_a_match_are_counted() -> None:
    raw, right = raw_of("main", k=["a", "A", "b", "c"], v=[1, 2, 3, 4]), pl.Series(["a"])
    found = find([raw.frame["k"]], [right])
    joined, spelling, unmatched = of_join(raw, WHAT, found, [raw.frame["k"]], [right])
    assert (joined.code, joined.numbers["matched"], joined.numbers["renamed"]) == ("joined", 2, {"v": "other_v"})
    assert (spelling.code, spelling.severity, spelling.rows) == ("join_key_spelling", "warning", (1,))
    assert spelling.numbers["examples"] == [[2, "'A'", "'a'"]]
    assert (unmatched.code, unmatched.severity, unmatched.rows) == ("join_unmatched", "warning", (2, 3))
    assert unmatched.numbers["count"] == 2


def test_few_rows_without_a_match_are_no_warning() -> None:
    raw = raw_of("main", k=["a"] * 999 + ["b"])
    found = find([raw.frame["k"]], [pl.Series(["a"])])
    assert [one.severity for one in of_join(raw, WHAT, found, [raw.frame["k"]], [pl.Series(["a"])])] == ["info", "info"]


def test_rows_count_as_in_the_source_where_only_some_are_held() -> None:
    raw = Raw(**{**vars(raw_of("main", k=["a", "b"])), "row_numbers": np.array([10, 20])})
    found = find([raw.frame["k"]], [pl.Series(["a"])])
    assert of_join(raw, WHAT, found, [raw.frame["k"]], [pl.Series(["a"])])[-1].rows == (20,)


def test_what_cannot_be_joined_says_why_with_keys_and_rows() -> None:
    other = raw_of("other", k=["x", "y", "x"], v=[1, 2, 3])
    error = several_rows(other, {"k": "k"}, other.frame["k"], "main")
    assert error.code == "duplicate_keys"
    assert "k = 'x' in rows 1 and 3" in error.because
    assert "GROUP BY k" in error.remedy
    error = nothing_matches(raw_of("main", k=["a"]), other, {"k": "k"})
    assert (error.code, error.because) == (
        "join_unmatched",
        "keys look like k = 'a' in the one, and like k = 'x' in the other",
    )
