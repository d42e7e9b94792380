"""Names in Arrow's schema messages."""

from __future__ import annotations

import io

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from journeyman.sources.arrow.schema_message import footer_renamed, length_of, names_in_footer, names_of, renamed

TABLE = pa.table([pa.array([1]), pa.array([{"a": 1}]), pa.array(["x"])], names=["a", "s", "a"])


def stream(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def test_names_are_read_and_written() -> None:
    whole = stream(TABLE)
    message = whole[: length_of(whole)]
    assert names_of(message) == ["a", "s", "a"]
    again = renamed(message, ["a", "s", "ä twin with a longer name"])
    assert len(again) % 8 == 0
    assert names_of(again) == ["a", "s", "ä twin with a longer name"]
    frame = pl.read_ipc_stream(io.BytesIO(again + whole[len(message) :]))
    assert frame.rows() == [(1, {"a": 1}, "x")]
    with pytest.raises(ValueError, match="number of columns"):
        renamed(message, ["a"])


def test_a_footer_names_the_columns_too() -> None:
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, TABLE.schema) as writer:
        writer.write_table(TABLE)
    whole = sink.getvalue()
    footer = whole[-10 - int.from_bytes(whole[-10:-6], "little") : -10]
    assert names_in_footer(footer) == ["a", "s", "a"]
    again = footer_renamed(footer, ["a", "s", "ä twin with a longer name"])
    data = whole[: -10 - len(footer)] + again + len(again).to_bytes(4, "little") + b"ARROW1"
    assert pl.read_ipc(io.BytesIO(data)).rows() == [(1, {"a": 1}, "x")]


def test_what_is_no_message_is_refused() -> None:
    for start in (b"", b"\xff\xff\xff\xff", b"\xff\xff\xff\xff\x04\0\0\0", b"\xff\xff\xff\xff\xff\xff\xff\x7f"):
        with pytest.raises(ValueError, match=r"early|length"):
            length_of(start)


def test_noise_is_refused_or_read() -> None:
    whole = stream(TABLE)
    message = bytearray(whole[: length_of(whole)])
    draw = np.random.default_rng(5)
    for _ in range(2_000):
        noisy = bytearray(message)
        noisy[draw.integers(8, len(noisy))] = draw.integers(256)
        try:
            names = names_of(bytes(noisy))
            renamed(bytes(noisy), names)
        except ValueError:
            continue
        assert len(names) <= len(noisy)
