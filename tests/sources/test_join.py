"""Tables joined to another: its rows keep their number and order, whatever the joined table holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.errors import InputError, SourceError
from journeyman.sources.join import join, joins_of, require_joined, without_joined
from journeyman.sources.raw import Raw
from journeyman.table.table import Ledger, SetAside


def raw_of(name: str, columns: Mapping[str, Any], **ledger: Any) -> Raw:
    frame = pl.DataFrame(columns)
    read = Ledger(**{"read": len(frame), "used": len(frame), **ledger})
    return Raw(name=name, frame=frame, origin=name, digest=f"{len(frame):064d}", ledger=read)


def reader(**tables: Raw) -> Callable[[str], Raw]:
    return lambda source: tables[source]


MAIN = raw_of("main", {"k": ["a", "b", "a", "c"], "year": [1, 2, 3, 4]})
OTHER = raw_of("other", {"k": ["c", "a"], "v": [30, 10], "year": [7, 8]})


def test_each_row_gets_the_cells_of_the_row_with_its_key() -> None:
    raw = join(MAIN, ["o:k"], reader(o=OTHER))
    assert raw.frame.to_dict(as_series=False) == {
        "k": ["a", "b", "a", "c"],
        "year": [1, 2, 3, 4],
        "v": [10, None, 10, 30],
        "other_year": [8, None, 8, 7],
    }
    (joined,) = raw.joined
    assert (joined.said, joined.to, joined.columns) == ("o:k", MAIN.digest, {"v": "v", "year": "other_year"})
    assert raw.digest != MAIN.digest
    assert MAIN.frame.columns == ["k", "year"]
    assert without_joined(raw).frame.equals(MAIN.frame)


def test_the_second_join_may_use_columns_of_the_first() -> None:
    more = raw_of("more", {"v": [10, 30], "w": ["x", "y"]})
    raw = join(MAIN, ["o:k", "m:v"], reader(o=OTHER, m=more))
    assert raw.frame["w"].to_list() == ["x", None, "x", "y"]
    assert [one.name for one in raw.joined] == ["other", "more"]


def test_what_was_joined_is_not_joined_again() -> None:
    once = join(MAIN, ["o:k"], reader(o=OTHER))
    assert join(once, ["o:k"], reader()) is once


def test_several_rows_for_one_key_are_refused_and_copies_taken_once() -> None:
    twice = raw_of("other", {"k": ["a", "a"], "v": [1, 2]})
    with pytest.raises(SourceError) as caught:
        join(MAIN, ["o:k"], reader(o=twice))
    assert caught.value.code == "duplicate_keys"
    copies = raw_of("other", {"k": ["a", "a", "b"], "v": [1, 1, 2]})
    raw = join(MAIN, ["o:k"], reader(o=copies))
    assert raw.frame["v"].to_list() == [1, 2, 1, None]
    assert "duplicate_rows" in [one.code for one in raw.findings]
    missing = raw_of("other", {"k": [None, None, "a"], "v": [1, 2, 3]})
    assert join(MAIN, ["o:k"], reader(o=missing)).frame["v"].to_list() == [3, None, 3, None]


def test_rows_of_the_joined_table_that_are_set_aside_are_not_joined() -> None:
    other = raw_of("other", {"k": ["a", "b"], "v": [1, 2]}, used=1, set_aside=(SetAside(0, "ragged_rows"),))
    assert join(MAIN, ["o:k"], reader(o=other)).frame["v"].to_list() == [None, 2, None, None]


def test_without_one_match_or_a_column_to_bring_it_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        join(MAIN, ["o:k"], reader(o=raw_of("other", {"k": ["z"], "v": [1]})))
    assert caught.value.code == "join_unmatched"
    with pytest.raises(SourceError, match="brings nothing"):
        join(MAIN, ["o:k"], reader(o=raw_of("other", {"k": ["a"]})))


def test_columns_are_called_as_they_were_in_the_run_whatever_the_new_rows_hold() -> None:
    known = join(MAIN, ["o:k"], reader(o=OTHER)).joined
    new = raw_of("new", {"k": ["a"], "z": [0]})
    raw = join(new, ["moved:k"], reader(moved=OTHER), known)
    assert raw.frame.columns == ["k", "z", "v", "other_year"]
    grown = raw_of("other", {"k": ["a"], "z": [5], "year": [8], "v": [1]})
    assert join(new, ["o:k"], reader(o=grown), known).frame.columns == ["k", "z", "other_z", "other_year", "v"]
    with pytest.raises(SourceError) as caught:
        join(raw_of("new", {"k": ["a"], "v": [0]}), ["o:k"], reader(o=OTHER), known)
    assert caught.value.code == "ambiguous_join"


def test_rows_that_lack_what_was_joined_are_told_which_join_is_missing() -> None:
    facts = {"joined": [one.as_data() for one in join(MAIN, ["o:k"], reader(o=OTHER)).joined]}
    new = raw_of("new", {"k": ["a"], "year": [1]})
    with pytest.raises(InputError, match="--join o:k") as caught:
        require_joined(new, facts, ["v", "other_year", "k"])
    assert caught.value.code == "column_missing"
    require_joined(new, facts, ["k", "year"])
    require_joined(raw_of("new", {"k": ["a"], "v": [1]}), facts, ["v"])
    require_joined(new, {}, ["v"])


@pytest.mark.parametrize("data", [None, [], "x", [{}], [{"said": 1}], 7, [None]])
def test_what_a_bundle_tells_of_joins_is_believed_only_where_it_is_that(data: Any) -> None:
    assert joins_of({"joined": data}) == ()


KEYS = st.lists(st.sampled_from(["a", "A", "b ", "b", "7", "07", None, "zz"]), min_size=1, max_size=12)


@given(left=KEYS, right=KEYS)
def test_the_main_table_never_changes(left: list[Any], right: list[Any]) -> None:
    main = raw_of("main", {"k": pl.Series(left, dtype=pl.String), "n": range(len(left))})
    other = raw_of("other", {"k": pl.Series(right, dtype=pl.String), "v": range(len(right))})
    distinct = [one for one in right if one is not None]
    if len(set(distinct)) < len(distinct):
        with pytest.raises(SourceError, match="duplicate keys"):
            join(main, ["o:k"], reader(o=other))
        return
    try:
        raw = join(main, ["o:k"], reader(o=other))
    except SourceError:
        # not one row has a match
        assert not set(left) & set(distinct)
        return
    assert raw.frame.select("k", "n").equals(main.frame)
    assert raw.ledger == main.ledger
