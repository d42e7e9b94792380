from __future__ import annotations

import time

import numpy as np
import pytest
from onnx import AttributeProto, helper

from journeyman.bundle import protobuf
from journeyman.bundle.protobuf import Field, walk
from journeyman.errors import BundleError

PAIR = {1: Field("name", "bytes"), 2: Field("number", "int")}
SCHEMA = {
    1: Field("name", "bytes"),
    2: Field("number", "int"),
    3: Field("pairs", "message", repeated=True, schema=PAIR),
    8: Field("ints", "ints"),
    9: Field("texts", "bytes", repeated=True),
}


def varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


def field(number: int, wire: int, content: bytes) -> bytes:
    return varint(number << 3 | wire) + (varint(len(content)) if wire == 2 else b"") + content


def test_a_message_is_read_as_it_was_written() -> None:
    content = field(1, 2, b"x") + field(2, 0, varint(-5)) + field(3, 2, field(1, 2, b"y")) + field(9, 2, b"z") * 2
    assert walk(content, SCHEMA) == {"name": b"x", "number": -5, "pairs": [{"name": b"y"}], "texts": [b"z", b"z"]}


def test_absent_fields_are_missing_or_empty() -> None:
    assert walk(b"", SCHEMA) == {"pairs": [], "texts": []}


@pytest.mark.parametrize("count", [0, 1, 5, 6, 7, 40, 4000])
@pytest.mark.parametrize("is_packed", [True, False])
def test_lists_of_numbers_are_read_packed_or_not(count: int, is_packed: bool) -> None:
    random = np.random.default_rng(count)
    edges = [0, 1, -1, 127, 128, 2**31, 2**63 - 1, -(2**63)]
    numbers = [edges[one] if one < 8 else int(one) << 20 for one in random.integers(0, 16, count)]
    packed = field(8, 2, b"".join(map(varint, numbers)))
    content = packed if is_packed else b"".join(field(8, 0, varint(one)) for one in numbers)
    # What stands behind a list is no part of it, whatever bytes it holds.
    found = walk(content + field(9, 2, b"\x40" * 50), SCHEMA)
    if count or is_packed:
        assert found["ints"].tolist() == numbers
    assert found["texts"] == [b"\x40" * 50]


def test_lists_as_onnx_writes_them_are_read() -> None:
    numbers = [0, 5, 300, -1, 2**40]
    content = helper.make_attribute("n", numbers).SerializeToString()
    schema = {1: Field("name", "bytes"), 8: Field("ints", "ints"), 20: Field("type", "int")}
    found = walk(content, schema)
    assert found["ints"].tolist() == numbers
    assert found["type"] == AttributeProto.INTS


@pytest.mark.parametrize(
    "content",
    [
        field(4, 0, b"\x01"),
        field(0, 0, b"\x01"),
        field(1, 0, b"\x01"),
        field(2, 2, b"x"),
        field(2, 1, b"12345678"),
        field(1, 5, b"1234"),
        field(1, 3, b""),
        field(1, 2, b"x") * 2,
        field(2, 0, b"\x01") * 2,
        field(8, 2, b"\x01") * 2,
        field(8, 0, b"\x01") + field(2, 0, b"\x01") + field(8, 0, b"\x01"),
        field(1, 2, b"xyz")[:-1],
        b"\x0a\xff\xff\xff\xff\x0f",
        b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        field(2, 0, b"\x80\x00"),
        field(2, 0, b"\xff" * 9 + b"\x02"),
        field(2, 0, b"\xff" * 10 + b"\x01"),
        field(2, 0, b"\x80"),
        b"\x80",
        field(8, 0, b"\x80\x00"),
        field(8, 0, b"\xff" * 10 + b"\x01"),
        field(8, 0, b"\xff" * 9 + b"\x02"),
        field(8, 0, b"\x80"),
        field(8, 2, b"\x80"),
        field(8, 2, b"\x01\x80"),
        field(8, 2, b"\xff" * 9 + b"\x02"),
        field(3, 2, field(3, 2, b"")),
        b"\x90\x80\x00\x01",
    ],
)
def test_what_is_not_exactly_a_message_is_refused(content: bytes) -> None:
    with pytest.raises(BundleError) as caught:
        walk(content, SCHEMA)
    assert "\n" not in str(caught.value)


def test_too_many_fields_or_numbers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protobuf, "MOST_FIELDS", 10)
    monkeypatch.setattr(protobuf, "MOST_NUMBERS", 10)
    with pytest.raises(BundleError, match="10 fields"):
        walk(field(9, 2, b"") * 11, SCHEMA)
    monkeypatch.setattr(protobuf, "MOST_MESSAGES", 4)
    message = next(number for number, one in SCHEMA.items() if one.kind == "message" and one.repeated)
    with pytest.raises(BundleError, match="4 messages"):
        walk(field(message, 2, b"") * 5, SCHEMA)
    with pytest.raises(BundleError, match="10 numbers"):
        walk(field(8, 2, b"\x01" * 11), SCHEMA)
    with pytest.raises(BundleError, match="10 numbers"):
        walk(field(8, 0, b"\x01") * 11, SCHEMA)


def test_random_bytes_are_refused_or_read() -> None:
    random = np.random.default_rng(0)
    good = field(1, 2, b"x") + field(3, 2, field(1, 2, b"y")) + field(8, 0, varint(700)) * 3 + field(9, 2, b"z")
    refused = 0
    for _ in range(2000):
        content = bytearray(good)
        for place in random.integers(0, len(good), random.integers(1, 4)):
            content[place] = random.integers(0, 256)
        try:
            walk(bytes(content), SCHEMA)
        except BundleError:
            refused += 1
    assert 500 < refused < 2000


def test_a_million_numbers_take_a_blink() -> None:
    content = np.tile(np.array([0x40, 0x85, 0x07], np.uint8), 1_000_000).tobytes()
    start = time.process_time()
    assert walk(content, SCHEMA)["ints"].sum() == 1_000_000 * 0x385
    assert time.process_time() - start < 1.0
