"""JSON from the file to typed cells."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeyman.errors import SourceError
from journeyman.sources.json.json import batches, claims, read_raw
from journeyman.sources.raw import Raw
from journeyman.sources.source import Source, open_source

RECORDS: list[dict[str, Any]] = [
    {"id": 12345678901234567890, "n": 1, "x": 1.5, "t": "a", "o": {"p": True, "q": [1, 2]}},
    {"id": 2, "n": None, "x": 2, "t": "007", "o": {"p": None, "q": []}},
    {"id": 3, "n": 3, "x": None, "t": None, "o": {"p": False, "q": None}},
]


def source_of(folder: Path, content: str | bytes, name: str = "t.json") -> Source:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_source(path)


def raw_of(folder: Path, content: str | bytes, name: str = "t.json") -> Raw:
    return read_raw(source_of(folder, content, name))


def codes(raw: Raw) -> list[str]:
    return [one.code for one in raw.findings]


@pytest.mark.parametrize("form", ["document", "pretty", "lines", "packed"])
def test_records_are_rows_of_typed_cells(tmp_path: Path, form: str) -> None:
    if form == "lines":
        raw = raw_of(tmp_path, "\n".join(json.dumps(one) for one in RECORDS), "t.jsonl")
    elif form == "packed":
        raw = raw_of(tmp_path, gzip.compress(json.dumps(RECORDS).encode()), "t.json.gz")
    else:
        raw = raw_of(tmp_path, json.dumps(RECORDS, indent=2 if form == "pretty" else None))
    assert raw.frame.rows() == [
        ("12345678901234567890", 1, 1.5, "a", True, "[1, 2]"),
        ("2", None, 2.0, "007", None, "[]"),
        ("3", 3, None, None, False, None),
    ]
    assert raw.frame.columns == ["id", "n", "x", "t", "o.p", "o.q"]
    assert raw.frame.dtypes == [pl.String(), pl.Int64(), pl.Float64(), pl.String(), pl.Boolean(), pl.String()]
    assert raw.findings == ()
    assert raw.name == "t"
    assert raw.ledger.read == raw.ledger.used == 3
    assert (raw.lines is None) == (form in ("document", "packed"))


def test_bad_lines_stay_in_the_ledger(tmp_path: Path) -> None:
    raw = raw_of(tmp_path, '{"a": 1}\nbroken\n{"a": 3}\n', "t.jsonl")
    assert raw.frame["a"].to_list() == [1, None, 3]
    assert (raw.ledger.read, raw.ledger.used) == (3, 2)
    (aside,) = raw.ledger.set_aside
    assert (aside.row, aside.line, aside.text) == (1, 2, "broken")
    assert codes(raw) == ["json_invalid"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty_file"),
        ("[]", "no_rows"),
        ("{}", "no_rows"),
        ('[{"a": 1}, {"a":', "file_truncated"),
        ("<html>", "not_a_table"),
        ('{"a": 1}\n{"a": 2}\n{"a": "x', "file_truncated"),
        ('{"a": [{"x": 1}], "b": [{"x": 2}]}', "ambiguous_table"),
        ("a\n5\n[1\n", "not_a_table"),
    ],
)
def test_what_holds_no_table_is_refused(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        raw_of(tmp_path, content)
    assert caught.value.code == code
    assert caught.value.because


def test_names_that_meet_are_numbered(tmp_path: Path) -> None:
    raw = raw_of(tmp_path, '[{"a": {"b": 1}, "a.b": 2, " c ": 3}]')
    assert raw.frame.columns == ["a.b", "a.b_2", "c"]
    assert codes(raw) == ["name_whitespace", "duplicate_names"]


def test_marks_and_encodings_are_told(tmp_path: Path) -> None:
    assert codes(raw_of(tmp_path, json.dumps(RECORDS).encode("utf-8-sig"))) == ["bom"]
    assert codes(raw_of(tmp_path, json.dumps(RECORDS).encode("utf-16"))) == ["encoding"]


def test_very_many_nested_keys_stay_text(tmp_path: Path) -> None:
    wide = [{"m": {f"k{row}_{place}": 1 for place in range(4_000)}} for row in range(3)]
    raw = raw_of(tmp_path, json.dumps(wide))
    assert raw.frame.columns == ["m"]
    assert json.loads(raw.frame["m"][2]) == wide[2]["m"]
    assert codes(raw) == ["nested_values"]


def test_one_deep_cell_does_no_harm(tmp_path: Path) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    raw = raw_of(tmp_path, f'[{{"a": 1, "m": []}}, {{"a": 2, "m": {deep}}}]')
    assert raw.frame.rows() == [(1, "[]"), (2, deep)]
    assert codes(raw) == ["nested_values"]


@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
def test_batches_are_the_same_rows(tmp_path: Path, name: str) -> None:
    records = [
        {"a": place, "b": "x" if place == 70 else place / 2} | ({"late": True} if place > 60 else {})
        for place in range(100)
    ]
    lines = [json.dumps(one) for one in records]
    lines[5] = lines[66] = "5"
    source = source_of(tmp_path, "\n".join(lines) if name == "t.jsonl" else f"[{','.join(lines)}]", name)
    whole = read_raw(source)
    for rows in (1, 7, 50, 1000):
        found = list(batches(source, rows))
        assert pl.concat([one.frame for one in found]).equals(whole.frame)
        assert all(one.rows <= rows for one in found)
        assert found[-1].findings == whole.findings
        aside = [start * rows + one.row for start, batch in enumerate(found) for one in batch.ledger.set_aside]
        assert aside == [one.row for one in whole.ledger.set_aside] == [5, 66]


@pytest.mark.parametrize(
    ("head", "suffix", "sure"),
    [
        (b'[{"a": 1}]', "", 3),
        (b' \n{"a": 1}\n{"a": 2}', ".txt", 3),
        (b'{"a": [1, {"b": "x', "", 3),
        (b'\xef\xbb\xbf{"a": 1}', "", 3),
        (b"<html>", ".json", 2),
        (b"", ".ndjson", 2),
        (b"a,b\n1,2", ".csv", 0),
        (b'{"x":1},b\n2,3', ".csv", 0),
        (b"[a],b\n2,3", ".csv", 0),
        (b"{a;b}\n", ".csv", 0),
    ],
)
def test_claims(tmp_path: Path, head: bytes, suffix: str, sure: int) -> None:
    assert claims(Source(given="", name="t", path=tmp_path / "t", head=head, suffix=suffix)) == sure


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
)


@given(
    st.lists(st.tuples(st.integers(0, 9), CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(["t.json", "t.jsonl"])
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_reads_back(tmp_path: Path, rows: list[tuple[Any, ...]], name: str) -> None:
    records = [dict(zip(("k", "a", "b"), row, strict=True)) for row in rows]
    lines = [json.dumps(one, ensure_ascii=False) for one in records]
    raw = raw_of(tmp_path, "\n".join(lines) + "\n" if name == "t.jsonl" else f"[{','.join(lines)}]", name)
    for key in ("k", "a", "b"):
        cells = [one[key] for one in records]
        read = raw.frame[key].to_list()
        kinds = {type(cell) for cell in cells if cell is not None}
        if raw.frame[key].dtype == pl.String:
            assert [None if one is None else as_text(one) for one in cells] == read
        else:
            assert read == cells
            assert kinds <= {int, float} or len(kinds) < 2


def as_text(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)
