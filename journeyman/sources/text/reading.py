"""The cells that a stretch of a broken record may be, and what each reading must assume about its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.shapes import mask_of

#: In nats: a quote at the edge of a cell is a character, a quote inside is one, blanks stand around a quoted cell.
_EDGE, _INNER, _BLANKS = 5.0, 0.5, 2.0
#: A quote that should be doubled and is not.
_SINGLE = 5.0
#: A cell that begins or ends with a delimiter.
_HANGING = 5.0
#: Cells that end a quoted stretch: so many are tried.
_TRIED = 6
#: Where a stretch is longer, cells are split only where the kind of character changes.
_SHORT = 48


@dataclass(frozen=True)
class Piece:
    """A reading of a stretch between delimiters as one cell.

    Parameters
    ----------
    text : the cell
    raw : the stretch as it stands
    end : how many pieces between delimiters lie before its end
    cost : what the reading assumes, in nats
    how : ``"quote"``, ``"joined"`` or ``""``: what it assumes, in a word
    quoted : whether quotes around it were taken away
    """

    text: str
    raw: str
    end: int
    cost: float
    how: str = ""
    quoted: bool = False

    @property
    def bare(self) -> str:
        """The cell without quotes at its edges that are taken for characters: what the column is asked about."""
        return self.text.strip("\"'") if self.how == "quote" else self.text


@dataclass(frozen=True)
class Record:
    """A record cut at every delimiter, also those between quotes."""

    text: str
    dialect: Dialect
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    inside: float

    def __len__(self) -> int:
        return len(self.starts)

    def is_empty(self, place: int) -> bool:
        """Whether nothing stands between two delimiters."""
        return not self.text[self.starts[place] : self.ends[place]].strip(" ")

    def pieces(self, place: int, longest: int) -> Iterator[Piece]:
        """Readings of what begins at a place as one cell; without quotes it spans at most ``longest`` delimiters."""
        quote = self.dialect.quote
        start = self.starts[place]
        is_quoted = bool(quote) and self.text.startswith(quote, start)
        has_quote = bool(quote) and quote in self.text[start : self.ends[place]]
        tried = 0
        for last in range(place, len(self.starts)):
            raw = self.text[start : self.ends[last]]
            count = last - place
            if is_quoted and len(raw) > len(quote) and raw.endswith(quote):
                inner = read_quoted(raw, quote, self.dialect.escape)
                yield Piece(inner[0], raw, last + 1, inner[1], "quote" if inner[1] else "", quoted=True)
                tried += 1
                if inner[1] == 0.0 and count == 0:
                    return
            if count < (min(longest, 3) if is_quoted else longest):
                cost = read_plain(raw, quote) + count * self._cost_inside(raw)
                how = "quote" if quote and quote in raw and cost >= _EDGE else "joined" if count else ""
                yield Piece(raw, raw, last + 1, cost, how)
            elif not is_quoted and not (has_quote and tried < _TRIED):
                return
            elif has_quote and raw.endswith(quote):
                tried += 1
                yield Piece(raw, raw, last + 1, float("inf"))  # only to be split
            if tried >= _TRIED:
                return

    def _cost_inside(self, raw: str) -> float:
        if raw.strip(" ").startswith(self.dialect.delimiter) or raw.rstrip(" ").endswith(self.dialect.delimiter):
            return self.inside + _HANGING
        is_prose = self.dialect.delimiter == "," and raw.count(", ") == raw.count(",")
        return self.inside * (0.6 if is_prose else 1.0)


def pieces_of(text: str, dialect: Dialect, inside: float) -> Record:
    """The record cut at its delimiters.

    Parameters
    ----------
    inside : what a delimiter inside a cell without quotes costs, in nats
    """
    step = len(dialect.delimiter)
    places = [found.start() for found in re.finditer(re.escape(dialect.delimiter), text)]
    starts = [0, *(place + step for place in places)]
    if dialect.blanks == "one":
        starts = [starts[0], *(start + text.startswith(" ", start) for start in starts[1:])]
    return Record(text, dialect, tuple(starts), (*places, len(text)), inside)


def read_quoted(raw: str, quote: str, escape: str = "") -> tuple[str, float]:
    """The cell of a stretch that begins and ends with a quote, and what must be assumed of the quotes inside."""
    inner = raw[len(quote) : -len(quote)]
    if escape:
        inner = inner.replace(escape + quote, "\x00")
    single = sum(len(run) % 2 for run in re.findall(f"(?:{re.escape(quote)})+", inner))
    text = re.sub(f"(?:{re.escape(quote)})+", lambda run: quote * ((len(run[0]) + 1) // 2), inner)
    return text.replace("\x00", quote) if escape else text, _SINGLE * single


def read_plain(raw: str, quote: str) -> float:
    """What must be assumed where a stretch is a cell as it stands, its quotes characters of it."""
    if not quote or quote not in raw:
        return 0.0
    edges = raw.startswith(quote) + (raw.endswith(quote) and len(raw) > len(quote))
    return _EDGE * edges + _INNER * (raw.count(quote) - edges)


def split_places(piece: Piece, dialect: Dialect) -> Iterator[tuple[Piece, Piece, float]]:
    """Ways to take a stretch apart into two cells whose delimiter is missing, with what each assumes beyond that."""
    raw, quote = piece.raw, dialect.quote
    has_quote = bool(quote) and quote in raw
    if piece.quoted and piece.cost == 0.0 and quote not in raw[len(quote) : -len(quote)]:
        return
    classes = mask_of(raw) if not has_quote else raw
    for place in range(1, len(raw)):
        extra = 0.0
        if has_quote:
            if raw[place] != quote and raw[place - 1] != quote:
                continue
            extra = -2.0 if raw[place] == quote == raw[place - 1] else 0.0
        elif classes[place] == classes[place - 1]:
            if len(raw) > _SHORT:
                continue
            extra = 2.0 if classes[place] in "aA" else 0.5
        yield _part(raw[:place], dialect), _part(raw[place:], dialect), extra
        if raw[place] in " ;\t|" and place + 1 < len(raw):
            # another mark stands where the delimiter should
            yield _part(raw[:place], dialect), _part(raw[place + 1 :], dialect), 1.0


def _part(raw: str, dialect: Dialect) -> Piece:
    quote = dialect.quote
    if quote and len(raw) > 1 and raw.startswith(quote) and raw.endswith(quote):
        text, cost = read_quoted(raw, quote, dialect.escape)
        return Piece(text, raw, 0, cost, "quote" if cost else "", quoted=True)
    cost = read_plain(raw, quote)
    return Piece(raw, raw, 0, cost + raw.count(dialect.delimiter) * 4.0, "quote" if cost >= _EDGE else "")
