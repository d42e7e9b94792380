"""The outline of Thrift structures."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.sources.parquet.thrift import (
    BINARY,
    INT32,
    LIST,
    MAP,
    STRUCT,
    TRUE,
    Damaged,
    as_binary,
    as_unsigned,
    binary,
    fields_of,
    items_of,
    signed,
    unsigned,
)

#: Fields 1 (150), 2 (true), 18 (bytes), 19 (a list of two numbers), 20 (a structure), 21 (a map), 22 (a double).
STRUCTURE = (
    b"\x15\xac\x02\x11\x08\x24\x03abc\x19\x25\x02\x04\x1c\x15\x02\x00\x1b\x01\x81\x01x\x01\x17" + bytes(8) + b"\x00"
)


def test_fields_are_found_in_order() -> None:
    found = list(fields_of(STRUCTURE))
    assert [(one.number, one.kind) for one in found][:6] == [
        (1, INT32),
        (2, TRUE),
        (18, BINARY),
        (19, LIST),
        (20, STRUCT),
        (21, MAP),
    ]
    assert found[6].number == 22
    assert found[-1].end == len(STRUCTURE) - 1
    assert signed(STRUCTURE, found[0].start)[0] == 150
    assert binary(STRUCTURE, found[2].start) == b"abc"
    kind, items = items_of(STRUCTURE, found[3].start)
    assert (kind, [signed(STRUCTURE, start)[0] for start, _ in items]) == (INT32, [1, 2])


@pytest.mark.parametrize("value", [0, 1, 127, 128, 300, 2**40])
def test_numbers_are_written_as_they_are_read(value: int) -> None:
    assert unsigned(as_unsigned(value), 0) == (value, len(as_unsigned(value)))
    assert binary(as_binary(b"x" * (value % 500)), 0) == b"x" * (value % 500)


def test_every_cut_is_damage() -> None:
    for end in range(len(STRUCTURE)):
        with pytest.raises(Damaged):
            list(fields_of(STRUCTURE[:end]))


@pytest.mark.parametrize(
    "data", [b"\x1c" * 100 + bytes(101), b"\x18\xff\xff\xff\xff\x0fab\x00", b"\x1f\x00", b"\x15" + b"\xff" * 12]
)
def test_nesting_lengths_and_types_are_bounded(data: bytes) -> None:
    with pytest.raises(Damaged):
        list(fields_of(data))


def test_noise_is_damage_or_fields() -> None:
    draw = np.random.default_rng(7)
    for _ in range(2_000):
        noise = draw.bytes(draw.integers(1, 60))
        try:
            found = list(fields_of(noise))
        except Damaged:
            continue
        assert all(one.end <= len(noise) for one in found)
