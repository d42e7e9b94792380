"""Laws of reading: what holds for every table, whatever stands in it."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from journeyman.bundle.new_table import look_at
from journeyman.bundle.places import Places
from journeyman.cli.printing import one_line
from journeyman.job.audit import audit
from journeyman.report.audit import write_audit
from journeyman.sources.names import clean_names
from journeyman.sources.raw import Raw
from journeyman.sources.read import gathered, meant, read, read_raw
from journeyman.sources.set_aside import with_records
from journeyman.sources.write import write_table
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger

#: Text that programs stumble over, wherever it stands.
AWKWARD = (
    "",
    " ",
    "NULL",
    "None",
    "nan",
    "-",
    "0",
    "1e309",
    "-0",
    "007",
    "true",
    "=1+2",
    "@SUM(A1)",
    "+1",
    "'",
    '"',
    '""',
    "a,b",
    "a;b",
    "a\tb",
    "a|b",
    "line\nbreak",
    "car\rriage",
    "\\",
    "\\n",
    "#",
    "# no comment",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%s %d {0}",
    "$HOME; rm x",
    "'; DROP TABLE t; --",
    "../../etc/passwd",
    "con",
    "\x00",
    "\x1b[31mred",
    "\x1f",
    "\ufeffbom",
    "a\u200bb",
    "\u202eright",
    "ﬁ",
    "é",
    "e\u0301",
    "İ",
    "ß",
    "🂡",
    "👩\u200d🔬",
    "𝟘",
    "٣",
    "١٢٣",
    "½",
    "∞",
    "x" * 3000,
)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELL = some.sampled_from(("7", "8.5", "Oslo", "Lyon", "", "2024-03-01", "n/a", "a b", "12"))


def text(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    import csv

    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def told(findings: Sequence[Finding]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(one.code, one.severity, tuple(sorted(one.columns))) for one in findings}


def kinds(raw: Raw) -> dict[str, tuple[Any, ...]]:
    schema = meant(raw).schema
    return {
        one.name: (one.kind, one.decimal, one.thousands, one.unit, one.date_format, one.low, one.high) for one in schema
    }


@FEW
@given(some.lists(some.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=25))
def test_rows_read_are_rows_used_and_rows_set_aside_for_any_ragged_table(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("ragged") / "t.csv"
    path.write_text(text([["a", "b", "c"], *rows]))
    raw = read_raw(path)
    ledger = raw.ledger
    assert ledger.read == ledger.used + len(ledger.set_aside) == raw.rows
    assert len({one.row for one in ledger.set_aside}) == len(ledger.set_aside)
    assert all(0 <= one.row < raw.rows and one.code for one in ledger.set_aside)
    held = gathered(path)
    assert (held.ledger.used, held.rows) == (ledger.used, ledger.used)
    filled = with_records(held.ledger, raw)
    assert with_records(filled, raw) == filled
    assert all(one.text for one in filled.set_aside)


@FEW
@given(
    some.lists(
        some.lists(some.sampled_from(("7", "8.5", "Oslo", "", "a b", "x;y", "12")), min_size=1, max_size=5)
        | some.tuples(some.integers(0, 99).map(str), some.just("Oslo"), some.just("1.5")).map(list),
        min_size=6,
        max_size=20,
    )
)
def test_every_line_is_a_row_or_is_told_and_what_is_set_aside_stands_there_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("lines") / "t.csv"
    path.write_text(text([["count", "city", "size"], *[["1", "Oslo", "2.5"]] * 9, *rows]))
    lines = path.read_text().splitlines()
    raw = read_raw(path)
    assert raw.lines is not None
    told = {line for one in raw.findings for line in one.numbers.get("lines", ())}
    # Of another table below the first it is told where it begins, and that all of it is left out.
    second = [one.numbers["lines"][0] for one in raw.findings if one.code == "second_table"]
    held = {line for line, text in enumerate(lines, 1) if text.strip(',"')}
    assert {line for line in held if line < min(second, default=10**9)} - {1} <= set(raw.lines.tolist()) | told
    for one in raw.ledger.set_aside:
        assert one.text == lines[one.line - 1]
        assert raw.lines[one.row] == one.line
    mended = told | {one.line for one in raw.ledger.set_aside}
    for row, line in enumerate(raw.lines.tolist()):
        if line not in mended:
            assert [cell or "" for cell in raw.frame.row(row)] == lines[line - 1].split(",")


COLUMNS = {
    "plain": [str(place * 37 % 100) for place in range(40)],
    "comma": [f"{place * 13 % 50},{place % 10}5" for place in range(40)],
    "day": [f"{place % 28 + 1:02d}.03.2024" for place in range(40)],
    "city": [("Oslo", "Lyon", "Leeds")[place % 3] for place in range(40)],
    "gone": [("", "n/a", "7")[place % 3] for place in range(40)],
}


@FEW
@given(some.permutations(range(40)), some.permutations(sorted(COLUMNS)))
def test_the_order_of_rows_and_columns_changes_nothing_that_is_found(order: list[int], names: list[str]) -> None:
    first = read_raw(COLUMNS)
    moved = read_raw({name: [COLUMNS[name][place] for place in order] for name in names})
    assert kinds(moved) == kinds(first)
    assert told(meant(moved).findings) == told(meant(first).findings)


def test_other_columns_beside_them_and_other_names_change_nothing_of_a_column() -> None:
    first = kinds(read_raw(COLUMNS))
    beside = kinds(read_raw({"more": ["x", "y"] * 20, **COLUMNS, "rest": list(map(str, range(0, 400, 10)))}))
    assert {name: beside[name] for name in first} == first
    renamed = kinds(read_raw({f"x{name}": cells for name, cells in COLUMNS.items()}))
    assert {name.removeprefix("x"): one for name, one in renamed.items()} == first


@FEW
@given(
    some.lists(
        some.tuples(
            some.integers(-9, 99).map(str),
            some.sampled_from(["Oslo", "Lyon", "São Paulo", "a b", ""]),
            some.sampled_from(["0.5", "12.25", "n/a", "", "7.0"]),
        ),
        min_size=4,
        max_size=12,
    ),
    some.sampled_from(",;\t|"),
)
def test_what_was_read_is_read_the_same_again_and_needs_no_second_repair(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], delimiter: str
) -> None:
    folder = tmp_path_factory.mktemp("again")
    path = folder / "t.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text([["a ", "b", "c"], *rows], delimiter).replace("\n", "\r").encode())
    first = read_raw(path)
    again = read_raw(write_table(first, {}, folder / "again.csv"))
    assert again.frame.equals(first.frame, null_equal=True)
    assert {one.code for one in again.findings} <= {one.code for one in first.findings} - {
        "bom",
        "newlines",
        "name_whitespace",
    }
    third = read_raw(write_table(again, {}, folder / "third.csv"))
    assert (third.frame.equals(again.frame), told(third.findings)) == (True, told(again.findings))


@FEW
@given(some.lists(some.sampled_from(AWKWARD), min_size=1, max_size=8))
def test_names_that_were_cleaned_are_clean(names: list[str]) -> None:
    cleaned, _ = clean_names(names)
    assert len(set(cleaned)) == len(names)
    assert all(name.strip() for name in cleaned)
    again, findings = clean_names(cleaned)
    assert (again, {one.code for one in findings} - {"lookalike_names"}) == (cleaned, set())


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=6,
)


@FEW
@given(some.text(), some.lists(some.text(), max_size=3), some.lists(some.integers(0, 10**12), max_size=3), JSON)
def test_a_finding_of_anything_comes_back_from_json(message: str, names: list[str], rows: list[int], told: Any) -> None:
    finding = Finding(
        code="x", severity="info", message=message, columns=tuple(names), rows=tuple(rows), numbers={"told": told}
    )
    data = finding.as_data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data


@pytest.mark.parametrize("awkward", [AWKWARD[start::6] for start in range(6)], ids=range(6))
def test_awkward_text_is_read_audited_and_shown_wherever_it_stands(tmp_path: Path, awkward: Sequence[str]) -> None:
    names = [f"{one}" for one in awkward]
    count = 30
    cells = {
        f"{place} {name}"[:200]: [(names[(place + row) % len(names)]) for row in range(count)]
        for place, name in enumerate(names)
    }
    cells["label"] = [names[row % 2] or "none" for row in range(count)]
    source = pl.DataFrame(cells)
    path = tmp_path / "t.csv"
    path.write_bytes(source.write_csv().encode())
    for given_as in (source, path):
        found = audit(given_as, "label")
        data = {"name": "t", **found.as_data()}
        assert json.loads(json.dumps(data, allow_nan=False, default=_no)) == json.loads(json.dumps(data))
        page = write_audit(data, tmp_path / "page.html").read_text("utf-8")
        assert "<script>alert" not in page
        assert "<b>bold" not in page
        assert "7 * 7" in page if any("7 * 7" in name for name in found.schema.names) else True
        assert not any(
            mark in one_line(finding.message) for finding in found.findings for mark in ("\x1b", "\n", "\u202e")
        )


def test_rows_of_awkward_cells_are_seen_by_a_model_without_harm() -> None:
    columns = read({"n": [str(one) for one in range(40)], "c": ["Oslo", "Lyon"] * 20}).schema.columns
    for one in AWKWARD:
        cells = {
            "n": ["7", one, "9", "11", "12", "13", "14"],
            "c": ["Oslo", one, "Lyon", "Oslo", "Oslo", "Lyon", "Oslo"],
        }
        seen = look_at(columns, cells, 7, Places())
        for finding in seen.findings:
            assert json.loads(json.dumps(finding.as_data(), allow_nan=False, default=_no))["code"] == finding.code


def test_numbers_in_the_findings_of_real_tables_are_plain_json() -> None:
    odd = {
        "n": ["1", "2", "inf", "x", "n/a"] * 8,
        "d": ["2024-02-31", *["2024-01-05"] * 39],
        "m": [*["1,5"] * 20, *["2.5"] * 20],
        "r": [math.nan] * 40,
        "k": np.arange(40),
    }
    for finding in audit(odd).findings:
        assert json.loads(json.dumps(finding.as_data(), allow_nan=False, default=_no))


def _no(value: object) -> Any:
    raise TypeError(type(value))


def test_a_ledger_counts_what_it_lists() -> None:
    assert Ledger(read=3, used=3).as_data() == {"read": 3, "used": 3, "set_aside": 0}
