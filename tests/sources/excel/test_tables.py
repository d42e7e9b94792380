"""Tables on a sheet."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.sources.excel.grid import Grid
from journeyman.sources.excel.table_model import SheetTable
from journeyman.sources.excel.tables import header_alone, single_column, tables_on

ROWS: list[list[object]] = [["key", "x", "y"], ["a", 1, 2], ["b", 3, 4], ["c", 5, 6], ["d", 7, 8]]
EMPTY: list[object] = [None, None, None]


def only(rows: list[list[object]]) -> SheetTable:
    (found,) = tables_on(Grid(rows))
    return found


def test_titles_and_logos_above_are_told() -> None:
    found = only([["Title", None, None], EMPTY, ["made by us", None, None], *ROWS])
    assert (found.header, found.body, found.names) == ((3,), (4, 5, 6, 7), ("key", "x", "y"))
    assert [(one.row, one.why) for one in found.apart] == [(0, "preamble"), (2, "preamble")]


def test_rows_go_on_below_an_empty_row_where_they_are_alike() -> None:
    found = only([*ROWS, EMPTY, ["e", 9, 10], EMPTY, EMPTY, ["f", 11, 12]])
    assert found.body == (1, 2, 3, 4, 6, 9)
    assert found.apart == ()


def test_another_header_begins_another_table() -> None:
    first, second = tables_on(Grid([*ROWS, EMPTY, ["who", "what", "why"], ["p", "q", "z"], ["r", "s", "t"]]))
    assert (first.last, second.first, second.names) == (4, 6, ("who", "what", "why"))


def test_tables_side_by_side_are_two() -> None:
    rows = [[*row, None, *(["m", "n"] if place == 0 else [place, place])] for place, row in enumerate(ROWS)]
    longer = [*rows, *[["e", 1, 2, None, None, None]] * 6]
    left, right = tables_on(Grid(longer))
    assert (left.names, right.names) == (("key", "x", "y"), ("m", "n"))
    assert (left.size, right.size) == (30, 8)


def test_notes_and_totals_below_are_told() -> None:
    rows = [*ROWS, ["Total", 16, 20], EMPTY, ["* as of May", None, None], ["see also the other sheet", None, None]]
    found = only(rows)
    assert found.body == (1, 2, 3, 4)
    assert sorted((one.row, one.why) for one in found.apart) == [(5, "footer"), (7, "footer"), (8, "footer")]


def test_a_last_row_with_one_short_text_is_a_row_of_two_columns() -> None:
    assert only([["key", "note"], ["a", "x"], ["b", "y"], ["c", None]]).body == (1, 2, 3)


def test_labels_among_the_rows_are_told() -> None:
    wide = [["year", "a", "b", "c"], ["North", None, None, None], [2019, 1, 2, 3], [2020, 4, 5, 6]]
    found = only([*wide, ["South", None, None, None], [2019, 7, 8, 9], [2020, 1, 1, 1], [2021, 2, 2, 2]])
    assert found.body == (2, 3, 5, 6, 7)
    assert [one.row for one in found.apart if one.why == "label"] == [1, 4]


def test_a_header_above_an_empty_row_names_what_is_below() -> None:
    found = only([ROWS[0], EMPTY, EMPTY, *ROWS[1:]])
    assert (found.header, found.body, found.names) == ((0,), (3, 4, 5, 6), ("key", "x", "y"))


def test_no_header_is_no_header() -> None:
    found = only(ROWS[1:])
    assert (found.header, found.body, found.names) == ((), (0, 1, 2, 3), ("", "", ""))


def test_one_column_and_a_header_alone() -> None:
    grid = Grid([["x"], [1], [2], [None], ["y"]])
    assert tables_on(grid) == []
    alone = single_column(grid)
    assert alone is not None
    assert (alone.names, alone.body) == (("x",), (1, 2))
    names = header_alone(Grid([["a", "b"]]))
    assert names is not None
    assert (names.names, names.body) == (("a", "b"), ())
    assert header_alone(Grid([])) is None


def test_words_and_what_they_say_above_a_table_are_no_table() -> None:
    facts: list[list[object]] = [["Report", "sales", None], ["Date", "May", None]]
    long = [ROWS[0], *[[f"k{place}", place, place] for place in range(30)]]
    for above in (facts, [*facts, EMPTY]):
        found = only([*above, *long])
        assert found.names == ("key", "x", "y")
        assert [(one.row, one.why) for one in found.apart] == [(0, "preamble"), (1, "preamble")]
    found = only([*long, EMPTY, ["Author", "Ada", None], ["Source", "our books", None]])
    assert [(one.row, one.why) for one in found.apart] == [(32, "footer"), (33, "footer")]


def test_group_names_that_repeat_are_not_needed_where_the_row_below_is_enough() -> None:
    rows = [[*row, *row[1:]] for row in ROWS]
    rows[0] = ["key", "x", "y", "p", "q"]
    found = only([["who", "pay", "pay", "pay", "pay"], *rows])
    assert (found.header, found.names) == ((0, 1), ("key", "x", "y", "p", "q"))
    found = only([["who", "pay", "cost"], ["key", "x", "x"], *ROWS[1:]])
    assert found.names == ("who key", "pay x", "cost x")


CITIES = ("Oslo", "Leeds", "Lyon", "São Paulo")
ROW = st.tuples(
    st.sampled_from(CITIES),
    st.integers(18, 90),
    st.one_of(st.none(), st.floats(1, 1e5)),
    st.sampled_from(("yes", "no")),
)


@given(
    rows=st.lists(ROW, min_size=4, max_size=30),
    title=st.lists(st.sampled_from(["Quarterly report", "(confidential)", None]), max_size=3),
    facts=st.booleans(),
    gap=st.integers(0, 2),
    left=st.integers(0, 3),
    banner=st.booleans(),
    total=st.sampled_from([None, "Total", "Grand total:", "Summe"]),
    notes=st.lists(
        st.sampled_from(["* estimated", "Source: our own books, closed in March of the year after"]), max_size=2
    ),
    below=st.integers(0, 2),
)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_around_it_the_table_is_found(
    rows: list[tuple[object, ...]],
    title: list[str | None],
    facts: bool,
    gap: int,
    left: int,
    banner: bool,
    total: str | None,
    notes: list[str],
    below: int,
) -> None:
    names = ["city", "age", "income", "churn"]
    sheet: list[list[object]] = [[word, None, None, None] for word in title]
    if facts:
        sheet += [["Made by", "Ada", None, None], ["Date", "May", None, None]]
    sheet += [[None] * 4] * gap
    sheet += [["Customer", None, "Contract", None]] * banner
    start = len(sheet) + 1
    sheet += [names, *[list(row) for row in rows]]
    if total is not None:
        incomes = [row[2] for row in rows if isinstance(row[2], float)]
        sheet.append([total, None, sum(incomes), None])
    sheet += [[None] * 4] * below
    sheet += [[note, None, None, None] for note in notes]
    found = only([[None] * left + row for row in sheet])
    assert found.names == tuple(names)
    assert list(found.body) == list(range(start, start + len(rows)))
    told = {one.row for one in found.apart}
    assert told == {place for place, row in enumerate(sheet) if any(row)} - {*found.header, *found.body}


CELL = st.one_of(
    st.none(), st.none(), st.integers(0, 3), st.sampled_from(["a", "Total", "b", "12", "n/a"]), st.booleans()
)


@given(
    rows=st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=14),
    merged=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=3),
)
@settings(max_examples=300, deadline=None)
def test_any_cells_give_tables_that_lie_on_the_sheet(
    rows: list[list[object]], merged: list[tuple[int, int, int, int]]
) -> None:
    ranges = tuple(((top, left), (top + high, left + wide)) for top, left, high, wide in merged)
    grid = Grid(rows, merged=ranges)
    seen: set[tuple[int, int]] = set()
    for table in tables_on(grid):
        assert len(table.names) == len(table.kinds) == table.right - table.left + 1 > 1
        assert list(table.body) == sorted({*table.body})
        assert {*table.body} <= {*range(len(rows))}
        assert not {*table.body} & {*table.header}
        cells = {(row, place) for row in table.body for place in range(table.left, table.right + 1)}
        assert not cells & seen
        seen |= cells
