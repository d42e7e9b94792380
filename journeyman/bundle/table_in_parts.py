"""A new table, seen by a model part after part, so that no more of it has to be held than a part.

The first part says how columns are spelt; every further one must agree. Where one does not, or where whole columns look
as if they were something else, the table has to be seen as a whole (`journeyman.bundle.new_table`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.bundle.new_table import is_another, is_strange, respelt_findings
from journeyman.bundle.places import Places
from journeyman.bundle.reader import Cells, ReadCells, read_cells, require_names
from journeyman.bundle.seen_in_table import Evidence, evidence_of, findings_of
from journeyman.bundle.spelling import Respelt, differs, is_as_declared, respelt
from journeyman.errors import InternalError
from journeyman.table.columns import Integers
from journeyman.table.finding import Finding
from journeyman.table.schema import Column


class PartsDiffer(InternalError):
    """The parts of a table are not alike, so that it has to be seen as a whole."""


@dataclass(frozen=True)
class Part:
    """What a model sees in a part of a table.

    Parameters
    ----------
    reads : the cells by column, read as this table spells them
    evidence : what each column's cells say
    respelt : columns that are spelt otherwise: what is to be told, and how many cells were read so
    """

    rows: int
    reads: Mapping[str, ReadCells]
    evidence: Mapping[str, Evidence]
    respelt: Mapping[str, tuple[Finding | None, int]]


class TableInParts:
    """Sees the parts of one table.

    Parameters
    ----------
    columns : as the model declares them
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._declared = tuple(columns)
        self._here: dict[str, Column] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns as this table spells them; known once the first part was seen."""
        here = self._here or {}
        return tuple(here.get(one.name, one) for one in self._declared)

    def see(self, cells: Mapping[str, Cells], rows: int, places: Places, numbers: Integers) -> Part:
        """See a part. The first has to come alone; of the others several may be seen at a time, in any order.

        Parameters
        ----------
        numbers : (rows,) of the rows in the table, from 0

        Raises
        ------
        InputError : a column is missing (near names are offered)
        PartsDiffer : the table has to be seen as a whole
        """
        require_names([one.name for one in self._declared], list(cells))
        here: dict[str, Column] = {}
        reads: dict[str, ReadCells] = {}
        spelt: dict[str, tuple[Finding | None, int]] = {}
        for column in self._declared:
            name = column.name
            as_spelt = column if self._here is None else self._here[name]
            read = read_cells(as_spelt, cells[name])
            if as_spelt != column or not is_as_declared(column, read):
                found = respelt(column, cells[name])
                if found is not None and not isinstance(found, Respelt):
                    raise PartsDiffer(f"column {name!r} may be meant in two ways")
                now = column if found is None else found.column
                if found is not None:
                    finding = next(respelt_findings({name: found}, cells, places))
                    spelt[name] = finding, int(found.changed.sum())
                    read = found.read
                elif as_spelt != column:
                    # Too few cells to tell by themselves.
                    spelt[name] = None, int(differs(read_cells(column, cells[name]), read).sum())
                if self._here is not None and found is not None and now != as_spelt:
                    raise PartsDiffer(f"column {name!r} is spelt in several ways")
                as_spelt = as_spelt if found is None else now
            if is_another(read, rows):
                raise PartsDiffer(f"column {name!r} may be another one")
            here[name], reads[name] = as_spelt, read
        if sum(is_strange(here[name], reads[name]) for name in here) > 1:
            raise PartsDiffer("cells may stand under the names of other columns")
        if self._here is None:
            self._here = here
        evidence = {name: evidence_of(here[name], cells[name], reads[name], places, numbers) for name in here}
        return Part(rows, reads, evidence, spelt)


class Seen:
    """Adds up what was seen in the parts of a table, in their order."""

    def __init__(self) -> None:
        self._rows = 0
        self._evidence: dict[str, Evidence] = {}
        self._respelt: dict[str, tuple[Finding | None, int]] = {}

    def add(self, part: Part) -> None:
        """One part more."""
        self._rows += part.rows
        for name, one in part.evidence.items():
            self._evidence[name] = self._evidence[name] + one if name in self._evidence else one
        for name, (finding, count) in part.respelt.items():
            first, before = self._respelt.get(name, (None, 0))
            self._respelt[name] = first or finding, before + count

    def findings(self, columns: Sequence[Column]) -> Iterator[Finding]:
        """What is not as in training, of the whole table."""
        for finding, count in self._respelt.values():
            if finding is None:
                continue
            own = finding.numbers["count"]
            message = finding.message.replace(f"; {own:,} cells were read so", f"; {count:,} cells were read so")
            yield replace(finding, message=message, numbers={**finding.numbers, "count": count})
        yield from findings_of(columns, self._evidence, self._rows)


def numbers_from(start: int, rows: int) -> Integers:
    """The numbers of rows that follow each other."""
    return np.arange(start, start + rows)
