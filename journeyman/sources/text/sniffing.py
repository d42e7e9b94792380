"""Find the dialect of a text table: the one under which its lines have most the same number of sensible cells.

Every likely dialect takes the first lines apart; each is judged by how often neighbouring lines have as many cells, by
how many cells are numbers, dates, addresses or plain words, and by whether quotes open and close cells. (The idea of
judging patterns and types together is that of van den Burg, Nazábal and Sutton 2019.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.scoring import score, taken_apart
from journeyman.sources.text.slots import find_slots

#: Delimiters, and how much is believed in each before a line was seen.
DELIMITERS = {
    ",": 1.0,
    ";": 1.0,
    "\t": 1.0,
    "|": 1.0,
    "^": 0.98,
    "\x1f": 1.0,
    "\x1e": 0.98,
    "\x01": 0.98,
    "~": 0.95,
    "¦": 0.95,
    "§": 0.95,
    "¬": 0.95,
    "þ": 0.9,
    "#": 0.7,
    ":": 0.7,
    " ": 0.75,
}
#: So many lines of the head are looked at.
_LINES = 200
#: Below this, no dialect makes a table of the lines: each is one cell.
_LEAST = 0.2
_COMMA = re.compile(r",(?! )")
_PAIR = re.compile(r"[^\w\s\"'`.+\-()\[\]{}/\\$€£%&@*=<>,]{2,3}")


def find_dialect(lines: Sequence[str], said: str = "") -> Dialect:
    """The dialect of a table that begins with these lines (without their ends).

    Parameters
    ----------
    said : the delimiter, where the file says it
    """
    some = _sample(lines)
    if said:
        return Dialect(delimiter=said, quote=_quote_of(some, said))
    best, found = _LEAST, Dialect(delimiter="")
    for candidate, prior in _candidates(some):
        sense = prior * score(taken_apart(some, candidate), candidate)
        if sense > best + 1e-9:
            best, found = sense, candidate
    slots = find_slots(some) if found.delimiter in ("", " ") else ()
    aligned = Dialect(delimiter=" ", quote="", slots=slots)
    if slots and DELIMITERS[" "] * score(taken_apart(some, aligned), aligned) >= best:
        return aligned
    if found.delimiter:
        return found
    # few and broken lines make no sense of any delimiter; commas with blanks behind them are those of sentences
    is_likely = sum(bool(_COMMA.search(line)) for line in some) * 2 >= len(some)
    return Dialect(delimiter="," if is_likely else "", quote=_quote_of(some, ","))


def _sample(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip(" ")][:_LINES]


def _candidates(lines: Sequence[str]) -> Iterator[tuple[Dialect, float]]:
    text = "\n".join(lines)
    for delimiter, prior in [*DELIMITERS.items(), *_several(lines)]:
        if delimiter not in text:
            continue
        quote = _quote_of(lines, delimiter)
        plain = Dialect(delimiter=delimiter, quote=quote)
        yield plain, prior
        if _has_escapes(lines, text, plain):
            # where quotes are doubled, too, a backslash is likelier one of the cell
            is_doubled = re.search(rf"[^{re.escape(delimiter)}\n]{quote}{quote}[^{re.escape(delimiter)}\n]", text)
            yield replace(plain, escape="\\"), prior * (0.95 if is_doubled else 1.0)
        if delimiter == " ":
            yield replace(plain, blanks="run"), prior
        elif f"{delimiter} " in text and delimiter != "\t":
            yield from _with_blanks(plain, lines, prior)


def _has_escapes(lines: Sequence[str], text: str, plain: Dialect) -> bool:
    """Whether a backslash stands before quotes or delimiters, and lines do not make sense without it."""
    if f"\\{plain.quote}" not in text and f"\\{plain.delimiter}" not in text:
        return False
    taken = taken_apart(lines, plain)
    return taken.strays > 0 or len({len(row) for row in taken.rows}) > 1


def _with_blanks(plain: Dialect, lines: Sequence[str], prior: float) -> Iterator[tuple[Dialect, float]]:
    """The same delimiter with a blank behind it, or blanks around it, where every one of them has them."""
    delimiter = plain.delimiter
    bare = [_without_quoted(line, plain.quote) for line in lines if delimiter in line]
    count = sum(line.count(delimiter) for line in bare)
    behind = sum(len(re.findall(rf"{re.escape(delimiter)}(?: |$)", line)) for line in bare)
    before = sum(len(re.findall(rf"(?:^| ){re.escape(delimiter)}", line)) for line in bare)
    if count >= 4 and behind == count == before:
        yield replace(plain, blanks="around"), prior * 1.02
    elif count >= 4 and behind >= 0.98 * count and _matters(lines, delimiter, plain.quote):
        yield replace(plain, blanks="one"), prior * 1.02


def _matters(lines: Sequence[str], delimiter: str, quote: str) -> bool:
    """Whether a blank stands before words or quotes: before a number it changes nothing."""
    mark = re.compile(rf"{re.escape(delimiter)} (?:[^\W\d_]|{quote or 'x'})")
    return sum(bool(mark.search(line)) for line in lines) * 4 >= len(lines)


def _without_quoted(line: str, quote: str) -> str:
    if not quote or quote not in line:
        return line
    return re.sub(rf"{quote}(?:[^{quote}]|{quote}{quote})*{quote}", "", line)


def _several(lines: Sequence[str]) -> list[tuple[str, float]]:
    """Delimiters of two or three characters: marks that stand equally often in most lines."""
    counts = [Counter(_PAIR.findall(line)) for line in lines]
    found = []
    for mark in {mark for one in counts for mark in one}:
        times = Counter(one[mark] for one in counts if one[mark])
        usual, lines_of = max(times.items(), key=lambda one: one[1])
        if usual and lines_of >= max(2, 0.7 * len(lines)):
            found.append((mark, 1.0))
    return sorted(found)


def _quote_of(lines: Sequence[str], delimiter: str) -> str:
    """``'`` where cells stand between apostrophes and none between double quotes, else ``"``."""
    mark = re.escape(delimiter)
    edge = rf"(?:^|{mark} ?)"
    text = "\n".join(lines)
    double = len(re.findall(rf'{edge}"(?:[^"]|"")*"(?= ?(?:{mark}|$))', text, re.MULTILINE))
    single = len(re.findall(rf"{edge}'(?:[^']|'')*'(?= ?(?:{mark}|$))", text, re.MULTILINE))
    return "'" if single > double and single * 2 > len(lines) else '"'
