"""Long tables, scored part after part: with memory for a few parts, on all cores, in the order of the rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from journeyman.bundle.cores import cores
from journeyman.bundle.model import Model
from journeyman.bundle.places import Places
from journeyman.bundle.predictions import Predictions
from journeyman.bundle.reader import MOST_TROUBLES, Trouble
from journeyman.bundle.table_in_parts import Part, Seen, TableInParts
from journeyman.sources.part_cells import PartCells
from journeyman.sources.personal import some_texts
from journeyman.sources.raw import Raw
from journeyman.sources.write import beside, write_parts
from journeyman.table.finding import Finding
from journeyman.table.schema import Column

if TYPE_CHECKING:
    import polars as pl

#: A table of so many rows is scored as a whole; of a longer one so many are read, and scored, at a time.
ROWS = 2**16
#: Why a row is refused that is no row of the table.
NO_ROW = "the row does not fit the columns"


@dataclass
class Parts:
    """What became of a table that was scored in parts.

    Parameters
    ----------
    counts : how many rows have each status
    troubles : the first of them, with the numbers of their rows in the table
    lines : the lines of those rows, where rows have lines
    findings : of reading, and what is not as in training
    names : of the source's columns
    texts : some cells of each column, by which personal data is told
    """

    path: Path
    counts: dict[str, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    names: tuple[str, ...] = ()
    texts: dict[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Scored:
    """One part: its rows with predictions beside them, and what was seen of it."""

    raw: Raw
    frame: pl.DataFrame
    part: Part
    predictions: Predictions


def predict_in_parts(
    model: Model,
    parts: Iterator[Raw],
    path: Path,
    place: Callable[[Raw], Places],
    *,
    for_spreadsheets: bool = False,
    tell: Callable[[int], None] | None = None,
) -> Parts:
    """Score the parts of a table and write them one below the other.

    Each column is read once; graphs run on as many threads as there are cores, each on parts of its own, so that no
    answer depends on how many there are.

    Parameters
    ----------
    parts : at least one; each is scored in pieces
    place : says where the rows of a part stand
    tell : told after each part how many rows are written

    Raises
    ------
    InputError : the rows do not fit the model
    PartsDiffer : the parts are not alike, so that the table has to be scored as a whole; nothing is written
    """
    pieces = (piece for raw in parts for piece in raw.in_pieces(ROWS))
    first = next(pieces)
    delimiter = first.delimiter
    done = Parts(path, names=tuple(first.frame.columns))
    done.texts = {name: some_texts(cells) for name, cells in first.at(range(min(first.rows, 5000))).cells().items()}
    rule_columns = [one for one in model.manifest.rule_columns if one not in model.columns]
    looking, seen = TableInParts([*model.columns, *rule_columns]), Seen()
    work = _Work(model, looking, place)
    frames = _in_order(work, chain(once([first]), pieces), seen, done, tell or _say_nothing)
    del first
    write_parts(frames, delimiter, path, for_spreadsheets)
    done.findings = (*done.findings, *seen.findings(looking.columns))
    return done


class _Work:
    """What is done with each part, by several threads at a time once the first is done."""

    def __init__(self, model: Model, looking: TableInParts, place: Callable[[Raw], Places]) -> None:
        self._model, self._looking, self._place = model, looking, place
        plain: tuple[Column, ...] = (*model.columns, *model.manifest.rule_columns)
        self._numbers = frozenset(one.name for one in plain if one.kind == "number" and one.decimal == ".")
        self._here: Model | None = None

    def first(self, raw: Raw) -> _Scored:
        """The first part, which says how the table is spelt."""
        return self.do(raw, 0)

    def do(self, raw: Raw, start: int) -> _Scored:
        """Read, look, score; ``start`` is the number of the part's first row."""
        cells, lost = PartCells(raw, self._numbers), [one.row for one in raw.ledger.set_aside]
        numbers = np.arange(start, start + raw.rows)
        if lost:
            usable = raw.usable()
            part = self._looking.see(
                PartCells(usable, self._numbers), usable.rows, self._place(usable), numbers[raw.kept()]
            )
        else:
            part = self._looking.see(cells, raw.rows, self._place(raw), numbers)
        if self._here is None:
            self._here = self._model.reading_as(self._looking.columns)
        predictions = self._here.predict_cells(cells, raw.rows, None if lost else part.reads, threads=1)
        predictions = predictions.refusing(lost, NO_ROW)
        return _Scored(raw, beside(raw, predictions.as_columns()), part, predictions)


def _in_order(
    work: _Work, parts: Iterator[Raw], seen: Seen, done: Parts, tell: Callable[[int], None]
) -> Iterator[pl.DataFrame]:
    """The frames to write, in the order of the parts; what was seen is added up on the way."""
    workers = cores()
    start = 0
    waiting: deque[tuple[int, Future[_Scored]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for raw in parts:
                if not start and not waiting:
                    # Alone: the others are read as this one says.
                    found: Future[_Scored] = pool.submit(work.first, raw)
                    found.result()
                else:
                    found = pool.submit(work.do, raw, start)
                waiting.append((start, found))
                start += raw.rows
                while len(waiting) > workers:
                    yield _taken(*waiting.popleft(), seen, done)
                    tell(sum(done.counts.values()))
            while waiting:
                yield _taken(*waiting.popleft(), seen, done)
                tell(sum(done.counts.values()))
        finally:
            for _, found in waiting:
                found.cancel()


def _taken(start: int, found: Future[_Scored], seen: Seen, done: Parts) -> pl.DataFrame:
    scored = found.result()
    seen.add(scored.part)
    for status, count in scored.predictions.counts().items():
        done.counts[status] = done.counts.get(status, 0) + count
    for one in scored.predictions.troubles[: MOST_TROUBLES - len(done.troubles)]:
        done.troubles.append(replace(one, row=start + one.row))
        if scored.raw.lines is not None:
            done.lines[start + one.row] = int(scored.raw.lines[one.row])
    done.findings = (*done.findings, *scored.raw.findings)
    return scored.frame


def once(held: list[Raw]) -> Iterator[Raw]:
    """What a list holds, which is let go of."""
    while held:
        yield held.pop(0)


def _say_nothing(rows: Any) -> None:
    """The progress of who does not want to be told."""
