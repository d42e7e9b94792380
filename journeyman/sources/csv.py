"""Text tables: encoding, delimiter and quotes are found; every cell keeps its text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from journeyman.errors import SourceError
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source
from journeyman.table.finding import Finding, Remedy, Severity
from journeyman.table.table import Ledger, SetAside

if TYPE_CHECKING:
    import polars as pl

DELIMITERS = (",", ";", "\t", "|", "^", "\x1f")
LONGEST_LINE = 32 * 2**20
_SAMPLE = 256 * 1024
_NUMERIC = re.compile(r"\s*[+-]?[0-9]*[.,]?[0-9]+(?:[eE][+-]?[0-9]+)?\s*")
#: First bytes of files that are no text, with what to do about them.
_FOREIGN = (
    (b"PK\x03\x04", "it is a zip archive or an Excel workbook", "save the table as CSV or Parquet"),
    (b"\xd0\xcf\x11\xe0", "it is an old Excel workbook", "save the table as CSV or Parquet"),
    (b"%PDF", "it is a PDF", "export the table as CSV"),
    (b"SQLite format 3", "it is an SQLite database", "export the table as CSV or Parquet"),
    (b"ARROW1", "it is an Arrow file", "save the table as Parquet"),
)


@dataclass
class _Notes:
    """What came to light while a file was read."""

    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        severity: Severity,
        message: str,
        rows: tuple[int, ...] = (),
        words: str = "",
        **numbers: object,
    ) -> None:
        action: Remedy = Remedy(action="review", words=words) if words else Remedy()
        self.findings.append(
            Finding(code=code, severity=severity, message=message, rows=rows, numbers=numbers, remedy=action)
        )


def claims(source: Source) -> int:
    """Any file may be a text table, where no other kind knows it."""
    return int(source.path is not None and source.path.is_file())


def read_raw(source: Source) -> Raw:
    """Read a text table; every column as text, as it stands in the file.

    Rows with cells too many are set aside, rows with too few are filled with empty cells, and both are told.

    Raises
    ------
    SourceError : the file is empty, has no rows, is no text table, or is larger than it may be
    """
    path = source.file
    notes = _Notes()
    content = _text_of(path, source.content(), notes)
    delimiter, quote = _dialect(content)
    spelled = {"\t": "tab", "\x1f": "unit separator"}.get(delimiter, f"'{delimiter}'")
    if delimiter not in (",", "\t"):
        notes.add("delimiter", "info", f"cells are separated by {spelled}")
    if quote != '"':
        notes.add("quote", "info", "cells are quoted with apostrophes")
    frame, header, set_aside = _frame(path, content, delimiter, quote, notes)
    named, findings = clean_names(header)
    frame.columns = named
    notes.findings.extend(findings)
    unnamed = [place for place, name in enumerate(header) if not name.strip()]
    if unnamed[:1] == [0] and _counts_rows(frame.to_series(0)):
        name = frame.columns[0]
        notes.findings = [
            replace(one, code="index_column", message=f"the first column has no name and counts the rows; now {name!r}")
            if one.code == "unnamed_column"
            else one
            for one in notes.findings
        ]
    if unnamed and unnamed[-1] == frame.width - 1 and frame.width > 1:
        last = frame.columns[-1]
        if frame[last].null_count() == frame.height:
            frame = frame.drop(last)
            notes.findings = [one for one in notes.findings if one.columns != (last,)]
            notes.add("trailing_delimiter", "info", "every row ends with a delimiter; the empty column was dropped")
    apart = "" if delimiter == "," else f" ({spelled} separated)"
    return Raw(
        name=source.name,
        frame=frame,
        origin=f"{source.shown}: {frame.height:,} rows, {frame.width:,} columns{apart}",
        digest=source.digest(),
        ledger=Ledger(
            read=frame.height,
            used=frame.height - len(set_aside),
            set_aside=tuple(SetAside(row, code) for row, code in set_aside),
        ),
        findings=tuple(notes.findings),
        delimiter=delimiter,
    )


def _counts_rows(series: pl.Series) -> bool:
    """Whether the cells are 0, 1, 2 … or 1, 2, 3 …"""
    cells = series.to_list()
    return any(cells == [str(place) for place in range(start, start + len(cells))] for start in (0, 1))


def _text_of(path: Path, content: bytes, notes: _Notes) -> bytes:
    """The file's content as UTF-8 with line ends that are LF or CRLF."""
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise SourceError(
            f"{path} is empty",
            because=f"it holds {len(content):,} bytes and no cell",
            remedy="name another file",
            code="empty_file",
        )
    for magic, because, remedy in _FOREIGN:
        if content.startswith(magic):
            raise SourceError(f"{path} is not a text table", because=because, remedy=remedy, code="not_a_table")
    content = _decoded(content, notes)
    start = content[:512].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        raise SourceError(
            f"{path} is not a table",
            because="it holds a web page (HTML) or XML",
            remedy="open it in a browser: it may be a sign-in or error page; fetch the table itself",
            code="not_a_table",
        )
    if b"\x00" in content:
        count = content.count(b"\x00")
        notes.add("nul_bytes", "warning", f"{count:,} NUL bytes stand inside cells; they were removed", count=count)
        content = content.replace(b"\x00", b"")
    if b"\r" in content and content.count(b"\r") != content.count(b"\r\n"):
        is_old = b"\n" not in content
        if is_old or b'"' not in content:
            content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            how = "CR only (old Mac)" if is_old else "mixed (LF, CRLF, CR)"
            notes.add("newlines", "info", f"line ends are {how}; each was taken as one")
    return content


def _decoded(content: bytes, notes: _Notes) -> bytes:
    if content.startswith(b"\xef\xbb\xbf"):
        notes.add("bom", "info", "the file starts with a byte-order mark; it was removed")
        content = content[3:]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        notes.add("encoding", "info", "the file is UTF-16; it was converted")
        return content.decode("utf-16", errors="replace").encode()
    sample = content[:4096]
    for encoding, places in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(sample) >= 8 and places.count(0) * 10 >= len(places) * 7:
            notes.add("encoding", "info", f"the file is {encoding.upper()}; it was converted")
            return content.decode(encoding, errors="replace").encode()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        notes.add(
            "encoding",
            "warning",
            f"the file is not UTF-8 (byte {content[error.start]:#04x} in line {line:,}); it was read as Windows-1252",
            words="save the file as UTF-8 if letters look wrong",
            line=line,
        )
        try:
            return content.decode("cp1252").encode()
        except UnicodeDecodeError:
            return content.decode("latin-1").encode()
    return content


def _dialect(content: bytes) -> tuple[str, str]:
    """Delimiter and quote: those under which the first rows, the header among them, are of one width."""
    sample = content[:_SAMPLE]
    if len(content) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    text = sample.decode("utf-8", errors="replace")
    lines = [line for line in text.splitlines() if line.strip()]
    best, chosen = (0.0, 0), (",", '"')
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        apostrophes = re.compile(rf"(?:^|{re.escape(delimiter)})'[^'\n]*'(?={re.escape(delimiter)}|$)")
        uses_apostrophes = '"' not in text and sum(bool(apostrophes.search(line)) for line in lines) * 2 > len(lines)
        quote = "'" if uses_apostrophes else '"'
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote) if row]
        widths = Counter(len(row) for row in rows[:2000])
        width, count = max(widths.items(), key=lambda one: (one[1], one[0]))
        share = count / widths.total()
        score = (round(share, 1) + (1.0 if rows and len(rows[0]) == width else 0.0), width)
        # One column of texts: every comma in it stands between quotes.
        is_single = delimiter == "," and widths.keys() == {1}
        if (width > 1 or is_single) and score > best:
            best, chosen = score, (delimiter, quote)
    return chosen


def _frame(
    path: Path, content: bytes, delimiter: str, quote: str, notes: _Notes
) -> tuple[pl.DataFrame, list[str], list[tuple[int, str]]]:
    """The cells as text, the header's cells, and the rows that are set aside."""
    import polars as pl

    set_aside: list[tuple[int, str]] = []
    if _is_regular(path, content, delimiter, quote):
        frame = pl.read_csv(
            content,
            has_header=False,
            infer_schema=False,
            separator=delimiter,
            quote_char=quote,
            raise_if_empty=False,
        )
    else:
        rows = _irregular(content.decode(), delimiter, quote, notes, set_aside)
        frame = pl.DataFrame(
            {f"column_{place + 1}": list(cells) for place, cells in enumerate(zip(*rows, strict=True))},
            schema_overrides={f"column_{place + 1}": pl.String for place in range(len(rows[0]) if rows else 0)},
        )
    frame = frame.with_columns(pl.when(pl.all() == "").then(None).otherwise(pl.all()).name.keep())
    header = ["" if cell is None else str(cell) for cell in frame.row(0)]
    if any(cell.strip() for cell in header) and all(_NUMERIC.fullmatch(cell) for cell in header if cell.strip()):
        notes.add(
            "no_header",
            "warning",
            "the first row holds numbers, so it is data; the columns are named column_1, column_2, …",
            words="add a row of names if the first row was one",
        )
        return frame, [f"column_{place + 1}" for place in range(frame.width)], set_aside
    body = frame.slice(1)
    named = [place for place, cell in enumerate(header) if cell]
    if named:
        again = body.select(
            pl.all_horizontal([pl.nth(place) == header[place] for place in named]).fill_null(value=False)
        ).to_series()
        repeated = again.arg_true().to_list()
        if repeated:
            notes.add(
                "repeated_header",
                "warning",
                f"the header stands again in {len(repeated):,} rows (first: row {repeated[0] + 1:,}); set aside",
                rows=tuple(repeated[:100]),
            )
            set_aside += [(row, "repeated_header") for row in repeated if row not in {one for one, _ in set_aside}]
    return body, header, sorted(set_aside)


def _is_regular(path: Path, content: bytes, delimiter: str, quote: str) -> bool:
    """Whether every record has the same number of cells and every quote opens or closes one.

    One look at the bytes, so that the fast reader is given only what it cannot misread.
    """
    data = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    edges = np.concatenate([[-1], ends, [len(data)]])
    if int(np.diff(edges).max()) > LONGEST_LINE:
        raise SourceError(
            f"{path} has a line of {int(np.diff(edges).max()):,} bytes",
            because=f"a line of a table has at most {LONGEST_LINE:,}",
            remedy="look whether the file has line ends, and whether it is a table",
            code="line_too_long",
        )
    marks = np.flatnonzero(data == ord(delimiter))
    quotes = np.flatnonzero(data == ord(quote))
    if len(quotes):
        if len(quotes) % 2 or not _quotes_fit(data, quotes, delimiter):
            return False
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
        marks = marks[np.searchsorted(quotes, marks) % 2 == 0]
    if not len(ends) or ends[-1] != len(data) - 1:
        ends = np.append(ends, len(data))
    widths = np.diff(np.searchsorted(marks, ends), prepend=0)
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts
    shortest = np.flatnonzero(lengths <= 1)
    is_blank = any(not content[starts[place] : ends[place]].strip(b"\r") for place in shortest.tolist())
    return not is_blank and bool((widths == widths[0]).all())


def _quotes_fit(
    data: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
    quotes: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    delimiter: str,
) -> bool:
    """Whether each opening quote stands at the start of a cell (or doubles one), each closing one at its end."""
    padded = np.concatenate([[np.uint8(10)], data, np.frombuffer(b"\n\n", np.uint8)])
    opening, closing = quotes[::2], quotes[1::2]
    before, after = padded[opening], padded[closing + 2]
    quote = data[quotes[0]]
    marks = (ord(delimiter), ord("\n"), int(quote))
    is_return = (after == ord("\r")) & (padded[closing + 3] == ord("\n"))
    return bool(np.isin(before, marks).all() and (np.isin(after, marks) | is_return).all())


def _irregular(
    text: str, delimiter: str, quote: str, notes: _Notes, set_aside: list[tuple[int, str]]
) -> list[list[str]]:
    """Records of a file that is not quite a table, each brought to the width that most have."""
    csv.field_size_limit(LONGEST_LINE)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote))
    width = _usual_width(rows)
    by_line = [next(csv.reader([line], delimiter=delimiter, quotechar=quote), []) for line in text.splitlines()]
    if text.count(quote) % 2 and len(rows) < len(by_line):
        # A quote that nobody closes swallows lines; then a line is a record, and a quote in it a character.
        plain = [line.split(delimiter) for line in text.splitlines()]
        width = _usual_width(plain)
        rows = [
            quoted if len(quoted) == width and line.count(quote) % 2 == 0 else apart
            for line, quoted, apart in zip(text.splitlines(), by_line, plain, strict=True)
        ]
        bad = [place for place, line in enumerate(text.splitlines()) if line.count(quote) % 2]
        notes.add(
            "stray_quote",
            "warning",
            f"line {bad[0] + 1:,} has a quote that is not closed; it was kept as a character",
            rows=tuple(bad[:100]),
            words="look at the line in the file",
        )
    return _of_width(rows, width, notes, set_aside)


def _usual_width(rows: list[list[str]]) -> int:
    widths = Counter(len(row) for row in rows if row)
    return max(widths.items(), key=lambda one: (one[1], one[0]))[0]


def _of_width(rows: list[list[str]], width: int, notes: _Notes, set_aside: list[tuple[int, str]]) -> list[list[str]]:
    first = next(place for place, row in enumerate(rows) if len(row) == width)
    above = [row for row in rows[:first] if row]
    if above:
        code = "comment_lines" if all(row[0].lstrip().startswith("#") for row in above) else "preamble"
        notes.add(code, "info", f"{len(above)} lines above the header are no part of the table; they were left out")
    kept: list[list[str]] = []
    blank = comments = 0
    short: list[int] = []
    long: list[int] = []
    last = max(place for place, row in enumerate(rows) if any(row))
    if width > 1:
        blank = len(rows) - last - 1
    for row in rows[first : last + 1]:
        if not any(row) and len(row) < max(width, 2):
            if width == 1:
                kept.append([""])
            else:
                blank += 1
            continue
        if len(row) != width and row[0].lstrip().startswith("#"):
            comments += 1
            continue
        number = len(kept) - 1
        if len(row) < width:
            short.append(number)
            row = row + [""] * (width - len(row))
        elif len(row) > width:
            if any(row[width:]):
                long.append(number)
                set_aside.append((number, "ragged_rows"))
            row = row[:width]
        kept.append(row)
    if blank:
        notes.add("blank_lines", "info", f"{blank:,} blank lines were left out", count=blank)
    if comments:
        notes.add("comment_lines", "info", f"{comments:,} lines of comment (#) were left out", count=comments)
    if short:
        notes.add(
            "ragged_rows",
            "warning",
            f"{_rows(short)} fewer than {width} cells (first: row {short[0] + 1:,}); the rest is missing",
            rows=tuple(short[:100]),
            count=len(short),
        )
    if long:
        notes.add(
            "ragged_rows",
            "warning",
            f"{_rows(long)} more than {width} cells (first: row {long[0] + 1:,}), set aside",
            rows=tuple(long[:100]),
            words="look for a delimiter inside a cell",
            count=len(long),
        )
    return kept


def _rows(numbers: list[int]) -> str:
    return "1 row has" if len(numbers) == 1 else f"{len(numbers):,} rows have"
