"""What the learnt model of column types looks at: a few numbers about a column, and a few of its cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.bundle.cells import spell
from journeyman.bundle.reader import missing_of
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.sampling import some_numbers, some_of
from journeyman.table.columns import Numbers
from journeyman.table.schema import Column

#: So many different cells are looked at, in groups of so many.
LOOKED_AT, GROUP = 20, 5
#: From so many numbers on, polars counts different ones faster than a sort.
_MANY = 50_000


@dataclass(frozen=True)
class Summary:
    """Numbers about numbers; only columns that hold nothing but numbers as programs write them have them."""

    mean: float
    deviation: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class ColumnFacts:
    """A column as the model sees it.

    Parameters
    ----------
    cells, missing, distinct : how many cells there are, are missing, and differ
    texts : different cells, stripped, at most `GROUP` of them
    """

    name: str
    cells: int
    missing: int
    distinct: int
    summary: Summary | None
    texts: tuple[str, ...]


def facts_of(column: Column, evidence: Evidence) -> tuple[ColumnFacts, ...]:
    """What is to be known of a column that is read as somebody proposed, once with each of several groups of cells.

    The groups depend on nothing but the cells' texts, in whatever order they stand.
    """
    missing = int(missing_of(evidence.reading(column).values).sum())
    values = _values(column, evidence)
    if values is None:
        words = evidence.sample.without(column.missing)
        places = some_of(words.texts, LOOKED_AT)
        texts = [words.texts[place].strip() for place in places]
        distinct = evidence.distinct - (len(evidence.sample.texts) - len(words.texts))
    else:
        texts = [spell(float(value)) for value in some_numbers(values, LOOKED_AT)] if len(values) else []
        distinct = _count(values)
    count = max(1, -(-len(texts) // GROUP))
    return tuple(
        ColumnFacts(
            name=evidence.name,
            cells=evidence.rows,
            missing=missing,
            distinct=distinct,
            summary=None if values is None else _summary(values),
            texts=tuple(texts[place::count]),
        )
        for place in range(count)
    )


def _values(column: Column, evidence: Evidence) -> Numbers | None:
    """The numbers of a column that holds nothing else, none missing; None where it holds words, or marks of its own."""
    is_plain = evidence.typed == "number" or (evidence.plain is not None and evidence.distinct > 0)
    if not is_plain and column.kind == "number":
        way = (column.decimal, column.thousands, column.unit, column.other_units, column.notation, column.ranges)
        is_plain = way == (".", "", "", (), "plain", "refused") and not evidence.reading(column).refused.any()
    if not is_plain:
        return None
    read = evidence.numbers(Column(name=column.name, kind="number", missing=column.missing))
    return read[~np.isnan(read)]


def _summary(values: Numbers) -> Summary | None:
    if not len(values):
        return None
    return Summary(float(values.mean()), float(values.std()), float(values.min()), float(values.max()))


def _count(values: Numbers) -> int:
    """How many numbers differ."""
    if len(values) < _MANY:
        return len(np.unique(values))
    import polars as pl

    return int(pl.Series(values).n_unique())
