"""What --join says."""

from __future__ import annotations

import pytest

from journeyman.errors import BriefError, SourceError
from journeyman.sources.joins.said import Said, pairs, said


@pytest.mark.parametrize(
    ("text", "source", "keys"),
    [
        ("weather.csv:origin,time_hour", "weather.csv", "origin,time_hour"),
        ("a/b:c.csv:dest=faa", "a/b:c.csv", "dest=faa"),
        ("shop.sqlite#cities:city", "shop.sqlite#cities", "city"),
        ("postgresql://ada@db:5432/shop#t:a", "postgresql://ada@db:5432/shop#t", "a"),
        ("https://example.org:8443/a.csv:k", "https://example.org:8443/a.csv", "k"),
    ],
)
def test_the_key_stands_behind_the_last_colon(text: str, source: str, keys: str) -> None:
    assert said(text) == Said(source, keys)


@pytest.mark.parametrize(
    "text", ["weather.csv", "weather.csv:", ":key", "", "https://example.org/a.csv", "postgresql://db/x"]
)
def test_without_a_file_or_a_key_it_says_how_to_write_it(text: str) -> None:
    with pytest.raises(BriefError, match="FILE:KEY"):
        said(text)


@pytest.mark.parametrize("text", ["postgresql://ada:s3cret@db/shop#t:a", "https://a.org/b.csv?token=s3cret:a"])
def test_what_may_be_secret_is_not_written_down(text: str) -> None:
    with pytest.raises(BriefError, match="secret") as caught:
        said(text)
    assert "s3cret" not in str(caught.value)


def test_keys_pair_columns_of_both_tables() -> None:
    left, right = ["dest", "day", "a,b", "x"], ["faa", "day", "a,b", "y=z"]
    for keys, found in (
        ("day", {"day": "day"}),
        ("dest=faa", {"dest": "faa"}),
        (" dest = faa , day", {"dest": "faa", "day": "day"}),
        ("a,b", {"a,b": "a,b"}),
        ("x=y=z", {"x": "y=z"}),
        ("day,", {"day": "day"}),
    ):
        assert pairs(Said("f.csv", keys), left, right, "main", "other") == found


@pytest.mark.parametrize(
    ("keys", "place"), [("dset=faa", "main"), ("dest=fa", "other"), ("dest", "other"), ("day,q", "main")]
)
def test_a_key_that_is_no_column_says_of_which_table(keys: str, place: str) -> None:
    with pytest.raises(SourceError, match=f"{place} has no column") as caught:
        pairs(Said("f.csv", keys), ["dest", "day"], ["faa", "day"], "main", "other")
    assert caught.value.code == "column_missing"
    assert "'day'" in caught.value.remedy
