"""Lines that a look at the bytes finds sound are those that the parser reads without a doubt."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.parsing import parse_line
from journeyman.sources.text.regular import Lines, is_plain, line_ends, lines_of, records_of

_DIALECTS = (
    Dialect(),
    Dialect(delimiter=";", quote="'"),
    Dialect(quote=""),
    Dialect(blanks="one"),
    Dialect(delimiter="::"),
    Dialect(delimiter="þ"),
    Dialect(escape="\\"),
)


def _cells(text: bytes, lines: Lines, place: int, dialect: Dialect) -> list[str]:
    """The stretches between the delimiters of a line."""
    start, stop, step = int(lines.starts[place]), int(lines.stops[place]), len(dialect.delimiter.encode())
    found, begin = [], start
    for at in range(start, stop):
        if lines.delimits[at]:
            found.append(text[begin:at])
            begin = at + step
    return [one.decode() for one in [*found, text[begin:stop]]]


@pytest.mark.parametrize("dialect", _DIALECTS)
def test_a_sound_line_is_one_that_the_parser_cuts_at_the_same_places(dialect: Dialect) -> None:
    draw = np.random.default_rng(0)
    marks = ["a", "ö", " ", "\\", dialect.delimiter, dialect.delimiter, dialect.quote or '"']
    written = ["".join(draw.choice(marks, draw.integers(9))) for _ in range(4_000)]
    text = "\n".join(written).encode()
    lines = lines_of(text, dialect, 3, final=True)
    sound = 0
    for place, line in enumerate(written[: len(lines)]):
        if not lines.sound[place]:
            continue
        sound += 1
        parsed = parse_line(line, dialect)
        assert parsed.open is None, line
        assert not parsed.stray, line
        assert dialect.quote == "" or not parsed.literal, line
        assert len(parsed.cells) == 3, line
        cut = _cells(text, lines, place, dialect)
        if dialect.blanks == "one":
            cut = [cut[0], *(raw.removeprefix(" ") for raw in cut[1:])]
        quote = dialect.quote
        read = [
            raw[1:-1].replace(quote * 2, quote) if is_quoted else raw
            for raw, is_quoted in zip(cut, parsed.quoted, strict=True)
        ]
        assert read == parsed.cells, line
    assert sound > 100


def test_plain_lines_are_sound_and_broken_ones_are_not() -> None:
    text = b'a,b\n"c,d",e\n"f"g,h\n\ni\nj,"k\nl",m\nn,o'
    lines = lines_of(text, Dialect(), 2, final=True)
    assert lines.sound.tolist() == [True, True, False, False, False, False, False, True]
    assert len(lines_of(text, Dialect(), 2, final=False)) == 7


def test_every_kind_of_line_end_ends_a_line() -> None:
    text = b"a,b\r\nc,d\re,f\ng,h\r"
    assert line_ends(text).tolist() == [4, 8, 12, 16]
    lines = lines_of(text, Dialect(), 2, final=True)
    found = [text[start:stop] for start, stop in zip(lines.starts, lines.stops, strict=True)]
    assert found == [b"a,b", b"c,d", b"e,f", b"g,h"]
    assert len(lines_of(text, Dialect(), 2, final=False)) == 3


def test_records_may_hold_line_ends_where_every_one_is_sound() -> None:
    text = b'1,"two\nlines"\n3,"4 ""x""\r\n"\n'
    found = records_of(text, Dialect(), 2, final=True)
    assert found is not None
    assert [text[start:stop] for start, stop in zip(found.starts, found.stops, strict=True)] == [
        b'1,"two\nlines"',
        b'3,"4 ""x""\r\n"',
    ]
    assert records_of(text + b"5\n", Dialect(), 2, final=True) is None
    assert records_of(text + b'5,"6', Dialect(), 2, final=True) is None
    assert records_of(text + b'5,"6"7"\n', Dialect(), 2, final=True) is None


def test_positions_and_runs_of_blanks_are_not_proved_sound() -> None:
    assert [is_plain(one) for one in (Dialect(), Dialect(blanks="one"))] == [True, True]
    for dialect in (Dialect(delimiter=" ", blanks="run"), Dialect(slots=(0, 3)), Dialect(delimiter="|||")):
        assert not is_plain(dialect)
        assert not lines_of(b"a b\nc d\n", dialect, 2, final=True).sound.any()
