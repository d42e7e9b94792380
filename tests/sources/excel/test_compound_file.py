"""Streams of compound files."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from journeyman.sources.excel.compound_file import stream

FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def compound(streams: dict[str, bytes], small: bool = False) -> bytes:
    """A container of 512-byte sectors: the table of chains, the directory, then the streams (or the small ones)."""
    chains, sectors = [0xFFFFFFFD, END], [b"", b""]
    links: list[int] = []
    mini = b""
    entries = [entry("Root Entry", 5, END, 0)]
    for name, content in streams.items():
        if small:
            start, count = len(links), -(-len(content) // 64)
            links += [*range(start + 1, start + count), END]
            mini += content.ljust(count * 64, b"\0")
        else:
            start = len(sectors)
            add(sectors, chains, content)
        entries.append(entry(name, 2, start, len(content)))
    table = END
    if small:
        entries[0] = entry("Root Entry", 5, len(sectors), len(mini))
        add(sectors, chains, mini)
        table = len(sectors)
        add(sectors, chains, struct.pack(f"<{len(links)}I", *links).ljust(512, b"\xff"))
    assert len(entries) <= 4
    sectors[1] = b"".join(entries).ljust(512, b"\0")
    sectors[0] = struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    head = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, table, 1, END, 0
    )
    return (head + struct.pack("<I", 0)).ljust(512, b"\xff") + b"".join(one.ljust(512, b"\0") for one in sectors)


def add(sectors: list[bytes], chains: list[int], content: bytes) -> None:
    count = max(-(-len(content) // 512), 1)
    chains += [*range(len(chains) + 1, len(chains) + count), END]
    sectors += [content[at * 512 : at * 512 + 512] for at in range(count)]


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack(
        "<HBB3I36xIII", len(encoded), kind, 1, FREE, FREE, FREE, start, size, 0
    )


@pytest.mark.parametrize("small", [True, False])
def test_streams_are_read_whole(small: bool) -> None:
    contents = {"Workbook": bytes(range(200)) * 5, "Other": b"x" * 900}
    if not small:
        contents = {name: content * 9 for name, content in contents.items()}
    whole = compound(contents, small)
    assert stream(whole, "Book", "Workbook") == contents["Workbook"]
    assert stream(whole, "Other") == contents["Other"]
    assert stream(whole, "None") == b""


def test_damage_is_told_and_no_chain_goes_round() -> None:
    whole = compound({"Workbook": b"x" * 5000})
    with pytest.raises(ValueError, match=r"early|sectors"):
        stream(whole[:600], "Workbook")
    with pytest.raises(ValueError, match=r"early|sectors"):
        stream(b"", "Workbook")
    draw = np.random.default_rng(2)
    for _ in range(1_000):
        noisy = bytearray(whole)
        noisy[int(draw.integers(8, 1600))] = int(draw.integers(256))
        try:
            found = stream(bytes(noisy), "Workbook")
        except ValueError:
            continue
        assert len(found) <= len(whole)
