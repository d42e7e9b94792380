"""Cells that the source itself says are numbers or dates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.bundle.cells import spell
from journeyman.sources.meaning.epochs import numbered_format
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.missing import IN_NUMBERS, IN_WORDS
from journeyman.sources.meaning.sampling import some_numbers
from journeyman.table.columns import Numbers
from journeyman.table.schema import Column

#: Asked first: what the source says needs no guessing.
TURN = 10


def propose(evidence: Evidence) -> Column | None:
    """The column as the source has it, or in the kind that was wished for."""
    kind = evidence.kind
    plain = Column(name=evidence.name, kind="number", missing=IN_NUMBERS)
    if evidence.typed == "date":
        dated = replace(plain, kind="date", reason="it holds dates")
        return replace(dated, kind=kind) if kind else dated  # type: ignore[arg-type]  # one of KINDS
    if evidence.typed != "number":
        return None
    if kind in (None, "number"):
        return replace(plain, reason="it holds numbers")
    if kind in ("category", "text", "id"):
        return replace(plain, kind=kind, missing=IN_WORDS, numeric_spelling=True)  # type: ignore[arg-type]  # as above
    if kind == "date":
        return replace(plain, kind="date", date_format=numbered_format(evidence.numbers(plain)))
    return _with_words(replace(plain, kind="flag"), evidence.numbers(plain))


def _with_words(column: Column, values: Numbers) -> Column:
    """A flag with the numbers that are true and false, where it has two others than 1 and 0: the larger one is true."""
    two = some_numbers(values[~np.isnan(values)], 3).tolist()
    if len(two) != 2 or two == [0.0, 1.0]:
        return column
    return replace(column, true_words=(spell(two[1]),), false_words=(spell(two[0]),))
