"""Which encoding a text has, by its first bytes; and lines that are not of it."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding, and how many bytes of a mark say so."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    sample = head[:4096]
    count = sample.count(0)
    if len(sample) < 8 or not count:
        return "utf-8", 0
    quarters = [sample[place::4].count(0) for place in range(4)]
    if sum(quarters[1:]) >= 0.7 * len(sample) * 0.75 and quarters[0] == 0:
        return "utf-32-le", 0
    if sum(quarters[:3]) >= 0.7 * len(sample) * 0.75 and quarters[3] == 0:
        return "utf-32-be", 0
    for encoding, zeros, others in (
        ("utf-16-le", quarters[1] + quarters[3], quarters[0] + quarters[2]),
        ("utf-16-be", quarters[0] + quarters[2], quarters[1] + quarters[3]),
    ):
        if others == 0 and zeros >= 3 and zeros * 10 >= len(sample):
            return encoding, 0
    return "utf-8", 0


def line_as_utf8(line: bytes) -> bytes | None:
    """A line that is no UTF-8, read as Windows-1252 (or Latin-1, where that has no such byte); None where it is."""
    try:
        line.decode()
    except UnicodeDecodeError:
        try:
            return line.decode("cp1252").encode()
        except UnicodeDecodeError:
            return line.decode("latin-1").encode()
    return None
