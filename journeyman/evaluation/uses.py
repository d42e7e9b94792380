"""What a model uses: how far its answers move when the cells of a column are swapped among rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from journeyman.table.columns import MISSING_WORD, Columns, Integers, Numbers

#: Rows of a round, and rounds: each round swaps every column once, on rows of its own where there are enough.
ROWS, ROUNDS = 400, 3
#: Rows answered in all, whatever the width of the table; and the fewest rows of a round.
MOST_ANSWERS, FEWEST_ROWS = 60_000, 60
#: Of more columns it is asked first which of them move any answer at all.
WIDE = 100
#: Points of an effect, and the fewest answers that make one.
POINTS, FEWEST_ANSWERS = 8, 12


@dataclass(frozen=True)
class Point:
    """The mean answer where a column holds this value: a word, or numbers around one; every other column as it is."""

    at: str | float | None
    answer: float
    answers: int


@dataclass(frozen=True, kw_only=True)
class Use:
    """How much a model uses a column.

    Parameters
    ----------
    change : how far an answer moves on average when the column's cell is another row's: in the target's unit, or as
        the share of probability that goes to other classes
    share : of the changes of all columns together
    effect : the mean answer by the column's value, ``at`` None being missing; empty for several
        classes and for texts
    """

    name: str
    change: float
    share: float
    effect: tuple[Point, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Uses:
    """The columns by how much the model uses them, most first.

    ``answer`` is the mean answer with nothing swapped; ``rows`` and ``rounds`` say on how much this stands. A column
    that carries the same message as another shares its change with it: each alone seems to matter less than both do.
    """

    columns: tuple[Use, ...]
    answer: float | None
    rows: int
    rounds: int
    seconds: float = field(default=0.0, compare=False)

    def as_data(self) -> dict[str, Any]:
        """The uses as ``run.json`` holds them."""
        return {**asdict(self), "seconds": round(self.seconds, 3), "columns": [asdict(one) for one in self.columns]}


def uses(
    answer: Callable[[Columns], Numbers],
    columns: Columns,
    *,
    seed: int = 0,
    seconds: float | None = 1.0,
) -> Uses | None:
    """Swap each column's cells among rows, and see how far the answers move. No outcome is looked at.

    So it says what the model goes by, on rows like those it learnt from; not how much worse it would do without the
    column, for that takes a new fit, and rows that the model has not seen. (Fisher, Rudin and Dominici 2019 call it
    model reliance, and take the loss for the answer.)

    Parameters
    ----------
    answer : the shipped model: typed columns in, (rows, outputs) out
    columns : the user's columns, as the model takes them
    seconds : about how long it may take; only whole rounds count. None where nothing may depend on the clock

    Returns
    -------
    None where there is nothing to swap, or the time is not enough for one round.
    """
    if columns.rows < 2 or not columns.names or (seconds is not None and seconds <= 0):
        return None
    began = time.monotonic()
    until = None if seconds is None else began + seconds
    names = moving(answer, columns, seed, until) if len(columns.names) > WIDE else columns.names
    if names is None:
        return None
    rows = _affordable(answer, columns, len(names), seconds)
    random = np.random.default_rng(np.random.PCG64(seed))
    swaps: dict[str, list[_Swap]] = {name: [] for name in columns.names}
    bases: list[Numbers] = []
    for chosen in _samples(columns.rows, rows, random):
        if bases and seconds is not None and time.monotonic() - began > seconds * len(bases) / (len(bases) + 1):
            break
        sample = columns.take(chosen)
        base = answer(sample)
        found: dict[str, _Swap] = {}
        for name in names:
            if seconds is not None and time.monotonic() - began > 2 * seconds:
                break
            donors = _donors(rows, random)
            found[name] = _Swap(sample.select([name]).take(donors), base, answer(_swapped(sample, [name], donors)))
        if len(found) < len(names):
            break
        bases.append(base)
        for name, swap in found.items():
            swaps[name].append(swap)
    if not bases:
        return None
    mean = float(np.concatenate(bases).mean()) if bases[0].shape[1] == 1 else None
    told = _told(swaps, mean, columns.texts)
    return Uses(columns=told, answer=mean, rows=rows, rounds=len(bases), seconds=time.monotonic() - began)


def moving(
    answer: Callable[[Columns], Numbers], columns: Columns, seed: int, until: float | None = None
) -> tuple[str, ...] | None:
    """The columns that move any answer, found by swapping many at once and halving what moves one.

    A wide table has few of them, so that this takes few questions to the model. None where ``until`` comes first.
    """
    random = np.random.default_rng(np.random.PCG64([seed, 1]))
    sample = columns.take(random.permutation(columns.rows)[: ROWS * ROUNDS])
    donors = _donors(sample.rows, random)
    base = answer(sample)
    found: set[str] = set()
    waiting = [columns.names]
    while waiting:
        if until is not None and time.monotonic() > until:
            return None
        some = waiting.pop()
        if np.array_equal(answer(_swapped(sample, some, donors)), base, equal_nan=True):
            continue
        if len(some) == 1:
            found.update(some)
            continue
        middle = len(some) // 2
        waiting += [some[:middle], some[middle:]]
    return tuple(name for name in columns.names if name in found)


def _affordable(answer: Callable[[Columns], Numbers], columns: Columns, names: int, seconds: float | None) -> int:
    """Rows of a round: fewer where the table is wide, or where some of them took the model long.

    Parameters
    ----------
    names : how many columns are swapped
    """
    each = ROUNDS * max(names, 1)
    rows = min(columns.rows, ROWS, max(MOST_ANSWERS // each, FEWEST_ROWS))
    if seconds is None or rows <= FEWEST_ROWS:
        return rows
    probe = columns.take(np.arange(FEWEST_ROWS))
    began = time.monotonic()
    answer(probe)
    a_row = (time.monotonic() - began) / FEWEST_ROWS
    return min(rows, max(int(0.6 * seconds / each / max(a_row, 1e-9)), FEWEST_ROWS))


def _told(swaps: dict[str, list[_Swap]], mean: float | None, texts: tuple[str, ...]) -> tuple[Use, ...]:
    """The columns, most used first."""
    changes = {
        name: float(np.concatenate([one.change for one in swapped]).mean()) if swapped else 0.0
        for name, swapped in swaps.items()
    }
    total = sum(changes.values())
    found = [
        Use(
            name=name,
            change=change,
            share=change / total if total > 0 else 0.0,
            effect=() if mean is None or not change or name in texts else _effect(swaps[name], mean),
        )
        for name, change in changes.items()
    ]
    return tuple(sorted(found, key=lambda one: -one.change))


@dataclass(frozen=True)
class _Swap:
    """One column after swapping, and the answers before and after, (rows, outputs)."""

    column: Columns
    before: Numbers
    after: Numbers

    @property
    def change(self) -> Numbers:
        """How far each answer moved, (rows,)."""
        moved = np.abs(self.after - self.before)
        # Probability that leaves a class arrives at another: half of all changes is what moved.
        return moved[:, 0] if moved.shape[1] == 1 else moved.sum(axis=1) / 2

    def cells(self) -> Iterator[str | float | None]:
        """The cells after swapping; None is missing."""
        if self.column.words:
            for cell in self.column.words[0].cells():
                yield None if cell == MISSING_WORD else str(cell)
        elif self.column.date_names:
            for at, gone in zip(self.column.dates[:, 0].tolist(), self.column.dates_missing[:, 0], strict=True):
                yield None if gone else float(at)
        else:
            for number in self.column.numbers[:, 0].tolist():
                yield None if np.isnan(number) else number


def _samples(rows: int, wanted: int, random: np.random.Generator) -> Iterator[Integers]:
    """Rows for each round, in chance order; each round takes those that no round before it took while there are any."""
    order = random.permutation(rows)
    for place in range(ROUNDS):
        yield np.take(order, np.arange(place * wanted, (place + 1) * wanted), mode="wrap").astype(np.int64)


def _donors(rows: int, random: np.random.Generator) -> Integers:
    """From which row each row takes the cell: a chance order, turned once so that none takes its own."""
    order = random.permutation(rows)
    donors = np.empty(rows, np.int64)
    donors[order] = np.roll(order, 1)
    return donors


def _swapped(sample: Columns, names: Sequence[str], donors: Integers) -> Columns:
    """The sample with the cells of some columns taken from other rows, from the same one for all of them."""
    numbers, dates, missing, words = sample.numbers, sample.dates, sample.dates_missing, list(sample.words)
    wanted = set(names)
    if places := [place for place, name in enumerate(sample.number_names) if name in wanted]:
        numbers = numbers.copy()
        numbers[:, places] = numbers[donors][:, places]
    if places := [place for place, name in enumerate(sample.date_names) if name in wanted]:
        dates, missing = dates.copy(), missing.copy()
        dates[:, places], missing[:, places] = dates[donors][:, places], missing[donors][:, places]
    for place, name in enumerate(sample.word_names):
        if name in wanted:
            words[place] = words[place].take(donors)
    return replace(sample, numbers=numbers, dates=dates, dates_missing=missing, words=tuple(words))


def _effect(swaps: list[_Swap], mean: float) -> tuple[Point, ...]:
    """The mean answer by value: how much a donor's value moves answers, added to the mean answer.

    The rows that receive a value are of every sort, so this is what the value does with the others as they are.
    (Partial dependence, Friedman 2001, with the row's own answer as control.)
    """
    cells = [cell for one in swaps for cell in one.cells()]
    moves = np.concatenate([one.after[:, 0] - one.before[:, 0] for one in swaps])
    missing = np.array([cell is None for cell in cells])
    groups: list[tuple[str | float | None, Any]] = []
    known = np.flatnonzero(~missing)
    if any(isinstance(cell, str) for cell in cells):
        words = np.array(["" if cell is None else str(cell) for cell in cells], dtype=object)
        levels, counts = np.unique(words[known].astype(str), return_counts=True)
        order = np.lexsort((levels, -counts))[:POINTS]
        groups = [(str(levels[place]), known[words[known] == levels[place]]) for place in order]
    elif len(known):
        values = np.array([cells[place] for place in known], np.float64)
        different = np.unique(values)
        cuts = different[1:] if len(different) <= POINTS else np.unique(np.quantile(values, _inner()))
        bins = np.searchsorted(cuts, values, side="right")
        groups = [(float(np.median(values[bins == one])), known[bins == one]) for one in np.unique(bins)]
    if missing.any():
        groups.append((None, np.flatnonzero(missing)))
    return tuple(
        Point(at, mean + float(moves[places].mean()), len(places))
        for at, places in groups
        if len(places) >= FEWEST_ANSWERS
    )


def _inner() -> Numbers:
    return np.linspace(0, 1, POINTS + 1)[1:-1]
