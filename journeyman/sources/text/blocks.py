"""From the text of a table to frames, block by block, however the text is cut into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from journeyman.sources.text.form import Form, Window
from journeyman.sources.text.records import Judge
from journeyman.sources.text.regular import Lines, line_ends, lines_of, records_of
from journeyman.sources.text.writing import Block, Writer

#: Where so few lines are no sound records, they are looked at one by one; else it is tried whether cells hold line
#: ends.
_FEW = 64


def blocks(pieces: Iterable[bytes], form: Form) -> Iterator[Block]:
    """The rows of a table whose data begin with the first piece, in blocks of the pieces' size.

    After a block with an ``end`` there is none.
    """
    judge = Judge(form)
    text, base = b"", form.first
    for piece, final in _with_final(pieces):
        text += piece
        window = Window(text, lines_of(text, form.dialect, form.width, final=final), base, final)
        if np.count_nonzero(~window.lines.sound) > _FEW:
            records = records_of(text, form.dialect, form.width, final=final)
            if records is not None:
                yield Writer(Window(text, records, base, final), form).records()
                used = int(records.nexts[-1])
                base += len(line_ends(text[:used])) + (final and not text.endswith((b"\n", b"\r")))
                text = text[used:]
                continue
        writer = Writer(window, form)
        block, lines = writer.lines(judge)
        if len(block.lines) or block.left_out or block.end:
            yield block
        if block.end is not None:
            return
        text = text[window.lines.starts[lines] :] if lines < len(window) else text[_end_of(window.lines) :]
        base += lines


def _with_final(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and at the end an empty one that says that it is the end."""
    for piece in pieces:
        yield piece, False
    yield b"", True


def _end_of(lines: Lines) -> int:
    return int(lines.nexts[-1]) if len(lines) else 0
