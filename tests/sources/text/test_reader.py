"""A text table reads back as it was written, in every dialect, mended where it is broken, however it is cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from journeyman.errors import SourceError
from journeyman.sources.raw import Raw
from journeyman.sources.source import open_source
from journeyman.sources.text.reader import Reader, Sizes

NAMES = ["day", "hour", "pieces", "article", "price", "kind", "remark", "note"]
KINDS = ("Wool hat", "Tin cup", "Leather gloves, lined", "Pan", "Soap dish", "Oak stool")
REMARKS = ("Sold at the door to a friend of ours.", "Came back, broken, the week after.", "Was a gift.")


def rows_of(count: int) -> list[list[str]]:
    """Orders of a shop that there is not."""
    return [
        [
            f"{1 + place % 28:02d}/{1 + place % 12:02d}/2019",
            f"{place % 24:02d}:{place * 7 % 60:02d}",
            str(1 + place * 5 % 17),
            f"{'ABCDE'[place % 5]}{'KLMN'[place % 4]}-{1000 + place * 37 % 9000}",
            f"${place * 13 % 90}.{place * 29 % 100:02d}",
            KINDS[place % 6],
            REMARKS[place % 3],
            "",
        ]
        for place in range(count)
    ]


def quoted(cell: str, delimiter: str, quote: str = '"', always: bool = False) -> str:
    needs = always or cell[:1] == quote or any(mark in cell for mark in (delimiter, quote, "\n", "\r"))
    return quote + cell.replace(quote, quote * 2) + quote if needs else cell


def line_of(cells: list[str], delimiter: str = ",") -> str:
    return delimiter.join(quoted(cell, delimiter, always=place == 6) for place, cell in enumerate(cells))


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path, sizes: Sizes | None = None) -> list[Raw]:
    source = open_source(path)
    with source.open() as stream:
        return list(Reader(source, stream, sizes).raws(0))


def cells_of(raws: list[Raw]) -> list[list[str]]:
    return [[cell or "" for cell in row] for row in pl.concat([raw.frame for raw in raws]).rows()]


def codes(raws: list[Raw]) -> list[str]:
    return [one.code for one in raws[-1].findings]


def broken(how: str, cells: list[str], place: int) -> tuple[str, list[str]]:
    """A line that is broken, and what it means."""
    parts = [quoted(cell, ",", always=at == 6) for at, cell in enumerate(cells)]
    meant = list(cells)
    if how == "lacks":
        parts[place - 1 : place + 1] = [parts[place - 1] + parts[place]]
    elif how == "extra":
        parts.insert(place, "")
    elif how == "quote":
        parts[place] = '"' + parts[place]
        meant[place] = '"' + meant[place]
    elif how in (" ", ";", "\t"):
        return how.join(parts), meant
    return ",".join(parts), meant


@pytest.mark.parametrize("how", ["lacks", "extra", "quote", " ", ";", "\t"])
@pytest.mark.parametrize("place", range(1, 8))
def test_a_broken_row_is_mended_and_told_with_its_line(tmp_path: Path, how: str, place: int) -> None:
    rows = rows_of(80)
    lines = [",".join(NAMES), *map(line_of, rows)]
    lines[30 + place], rows[29 + place] = broken(how, rows[29 + place], place)
    raws = read(write(tmp_path / "t.csv", "\n".join(lines) + "\n"))
    assert cells_of(raws) == rows
    (finding,) = raws[-1].findings
    assert finding.severity == "warning"
    assert finding.numbers["lines"] == [31 + place]
    assert finding.rows == (29 + place,)
    assert f"line {31 + place}" in finding.message
    assert raws[-1].ledger.set_aside == ()


def test_a_row_that_cannot_be_mended_is_set_aside_verbatim(tmp_path: Path) -> None:
    rows = rows_of(40)
    lines = [",".join(NAMES), *map(line_of, rows)]
    lines[10] = "x,y,z," * 9
    (raw,) = read(write(tmp_path / "t.csv", "\n".join(lines)))
    (aside,) = raw.ledger.set_aside
    assert (aside.row, aside.line, aside.code, aside.text) == (9, 11, "ragged_rows", lines[10])
    assert (raw.ledger.read, raw.ledger.used) == (40, 39)
    assert cells_of([raw])[:9] == rows[:9]


@pytest.mark.parametrize(
    ("delimiter", "found"),
    [(";", ";"), ("\t", "\t"), ("; ", ";"), (", ", ","), ("||", "||"), ("::", "::"), (" ", " "), ("§", "§")],
)
def test_delimiters_of_all_sorts(tmp_path: Path, delimiter: str, found: str) -> None:
    rows = rows_of(60)
    text = "\n".join(line_of(cells, delimiter) for cells in [NAMES, *rows])
    raws = read(write(tmp_path / "t.csv", text))
    assert cells_of(raws) == rows
    assert raws[-1].frame.columns == NAMES
    assert codes(raws) == ([] if found == "\t" else ["delimiter"])


def test_cells_below_each_other(tmp_path: Path) -> None:
    lines = [
        f"{'name':<9}{'age':>4}  {'born':<10}",
        *(f"{'No ' + str(n):<9}{n:>4}  1990-01-{n:02d}" for n in range(1, 9)),
    ]
    raws = read(write(tmp_path / "t.txt", "\n".join(lines)))
    assert raws[0].frame.columns == ["name", "age", "born"]
    assert cells_of(raws)[7] == ["No 8", "8", "1990-01-08"]


@pytest.mark.parametrize(
    ("above", "below", "codes_told"),
    [
        ("Orders of the year\nmade by us, on 2020-01-01\n\n", "", ["preamble", "blank_lines"]),
        ("PREAMBLE,,,,,,,\n,,,,,,,\n", "", ["preamble", "blank_lines"]),
        ("# one\n# two\n", "", ["comment_lines"]),
        ("sep=,\n", "", ["preamble"]),
        ("", "\n* preliminary\nSource: the shop\n", ["blank_lines", "footer"]),
        ("", "Total,,900,,,,,\n,,,,,,,\n,,,,,,,\n", ["footer", "blank_lines"]),
        ("", "\nTowns\ncity,year\nRome,1900\nBonn,1901\nKiel,1902\n", ["second_table"]),
        ("", ",,,,,,,\na,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,8\n1,2,3,4,5,6,7,8\n", ["second_table"]),
    ],
)
def test_what_stands_around_the_table_is_left_out(
    tmp_path: Path, above: str, below: str, codes_told: list[str]
) -> None:
    rows = rows_of(30)
    text = above + "\n".join(map(line_of, [NAMES, *rows])) + "\n" + below
    raws = read(write(tmp_path / "t.csv", text))
    assert raws[-1].frame.columns == NAMES
    assert cells_of(raws) == rows
    assert [code for code in codes(raws) if code != "blank_lines" or code in codes_told] == codes_told
    assert raws[0].lines is not None
    assert raws[0].lines[0] == above.count("\n") + 2


def test_several_rows_of_names(tmp_path: Path) -> None:
    rows = rows_of(30)
    raws = read(write(tmp_path / "t.csv", "\n".join(map(line_of, [NAMES, NAMES, NAMES, *rows]))))
    assert raws[0].frame.columns == [" ".join([name] * 3) for name in NAMES]
    assert cells_of(raws) == rows
    assert codes(raws) == ["multi_header"]


@pytest.mark.parametrize(
    "rows", [rows_of(30), [["red", "Oslo"], ["blue", "Bonn"], ["red", "Rome"], ["blue", "Oslo"]] * 5]
)
def test_no_names(tmp_path: Path, rows: list[list[str]]) -> None:
    raws = read(write(tmp_path / "t.csv", "\n".join(map(line_of, rows))))
    assert cells_of(raws) == rows
    assert codes(raws) == ["no_header"]


def summary(raws: list[Raw]) -> tuple[Any, ...]:
    """All that reading gives, of all batches together."""
    aside, start = [], 0
    for raw in raws:
        assert raw.ledger.read == raw.rows == raw.ledger.used + len(raw.ledger.set_aside)
        aside += [(start + one.row, one.code, one.line, one.text) for one in raw.ledger.set_aside]
        start += raw.rows
    lines = [int(line) for raw in raws if raw.lines is not None for line in raw.lines]
    return cells_of(raws), lines, aside, raws[-1].findings, raws[-1].origin


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_pieces_change_nothing(tmp_path: Path, ending: str, encoding: str) -> None:
    rows = rows_of(400)
    rows[50][6] = 'two\nlines, é and a "quote"'
    lines = ["Orders", ",".join(NAMES), *map(line_of, rows)]
    for at, how in ((40, "lacks"), (90, "extra"), (91, "quote"), (200, " "), (300, "quote")):
        lines[at], _ = broken(how, rows[at - 2], 2)
    lines[120:120] = ["", "# a remark", ",".join(NAMES), "x,y,z," * 9]
    lines += ["", "* all in all", ""]
    path = write(tmp_path / "t.csv", ending.join(lines), encoding)
    raws = read(path, Sizes(head=2000, lines=12))
    for piece in (700, 5000):
        pieces = read(path, Sizes(piece=piece, head=2000, lines=12))
        assert len(pieces) > 2
        assert summary(pieces) == summary(raws)


MARKS = st.text(alphabet="abcXYZ019 ,;|^\t\"'\n\r#.-éß$%/:\x1f\\", max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(1, 5))
    return [[draw(MARKS) for _ in range(width)] for _ in range(draw(st.integers(1, 8)))]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tables(),
    st.sampled_from([",", ";", "\t", "|", "^", "\x1f"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(['"', "'"]),
    st.booleans(),
    st.booleans(),
)
def test_any_table_in_any_dialect_reads_back_the_same(
    tmp_path: Path, rows: list[list[str]], delimiter: str, ending: str, quote: str, always: bool, final: bool
) -> None:
    """Cells that are alone in their row may be notes, and a column alone has no delimiter to be found."""
    width = len(rows[0])
    if width == 1:
        delimiter, quote, always = ",", '"', True
    else:
        assume(all(sum(bool(cell.strip()) for cell in row) > 1 for row in rows))
    names = ["name", "age", "city of", "Score", "kind"][:width]
    always = always or quote == "'"
    lines = [delimiter.join(quoted(cell, delimiter, quote, always) for cell in row) for row in [names, *rows]]
    raws = read(write(tmp_path / "t.csv", ending.join(lines) + (ending if final else "")))
    assert raws[-1].frame.columns == names
    assert cells_of(raws) == rows


def test_markup_and_foreign_files_are_refused(tmp_path: Path) -> None:
    for content in (b"%PDF-1.7 x", b"<?xml version='1.0'?><a/>"):
        path = tmp_path / "t.csv"
        path.write_bytes(content)
        with pytest.raises(SourceError) as caught:
            read(path)
        assert caught.value.code == "not_a_table"
