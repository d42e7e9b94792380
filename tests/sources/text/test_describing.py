"""What there is to tell of a text table before its rows are read."""

from __future__ import annotations

from journeyman.sources.text.describing import described
from journeyman.sources.text.opening import open_table

ROWS = "".join(f"{row};{row * 3 % 7};w{row % 5}\n" for row in range(20))


def test_the_dialect_is_told_where_it_is_not_the_usual_one() -> None:
    found = described(open_table("n;m;word\n" + ROWS))
    assert (found.names, found.kept) == (("n", "m", "word"), (0, 1, 2))
    assert [one.code for one in found.findings] == ["delimiter"]
    assert described(open_table(("n;m;word\n" + ROWS).replace(";", ","))).findings == ()


def test_columns_are_numbered_where_there_are_no_names() -> None:
    found = described(open_table(ROWS))
    assert found.names == ("column_1", "column_2", "column_3")
    assert "no_header" in {one.code for one in found.findings}


def test_a_column_that_counts_rows_and_one_that_is_empty_are_left_out() -> None:
    text = ",n,word,\n" + "".join(f"{row},{row * 3 % 7},w{row % 5},\n" for row in range(20))
    found = described(open_table(text))
    assert (found.names, found.kept, found.counts_from, found.is_trailing) == (("n", "word"), (1, 2), 0, True)
    assert {one.code for one in found.findings} == {"index_column", "trailing_delimiter"}
