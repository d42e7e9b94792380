"""The door: cells → what their column means, how they are read, and what that brought to light."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from journeyman.bundle.reader import Cells, ReadCells
from journeyman.bundle.wishes import as_wished, require_wishes
from journeyman.sources.meaning.deciders import proposals, refinements, tellers
from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Values


@dataclass(frozen=True)
class Meaning:
    """What a column is, its cells read accordingly, and what that brought to light."""

    column: Column
    read: ReadCells
    findings: tuple[Finding, ...] = ()


def understand(name: str, cells: Cells, *, is_target: bool = False, wishes: Mapping[str, str] | None = None) -> Meaning:
    """Find what a column is and read its cells.

    The order of the rows changes nothing but the rows that findings name.

    Parameters
    ----------
    is_target : a target's words stay words and its numbers numbers; it is never a flag, a text or an id
    wishes : what the user says about the column, as ``{"kind": "category", "unit": "kg"}``; it wins
        (`journeyman.bundle.wishes`)

    Raises
    ------
    BriefError : a wish is not one of those that a column has
    """
    said = dict(wishes or {})
    require_wishes(name, said)
    evidence = Evidence(name=name, cells=cells, is_target=is_target, kind=said.get("kind"))
    column = as_wished(_proposed(evidence), said)
    for refine in refinements():
        column = as_wished(refine(column, evidence), said)
    read = evidence.reading(column)
    seen = Seen(column=column, evidence=evidence, read=read, wishes=said)
    findings = [finding for tell in tellers() for finding in _listed(tell(seen))]
    return Meaning(_with_range(column, read.values), read, tuple(findings))


def _proposed(evidence: Evidence) -> Column:
    for propose in proposals():
        column = propose(evidence)
        if column is not None:
            return column
    return Column(name=evidence.name, kind="category")


def _listed(told: Finding | Iterable[Finding] | None) -> Iterable[Finding]:
    if told is None:
        return ()
    return (told,) if isinstance(told, Finding) else told


def _with_range(column: Column, values: Values) -> Column:
    """The column with its levels, most frequent first, or the range of its values."""
    if isinstance(values, Strings):
        if column.kind != "category":
            return column
        counts = values.counts()
        order = sorted(range(len(values.levels)), key=lambda place: (-int(counts[place]), values.levels[place]))
        return replace(
            column, levels=tuple(values.levels[place] for place in order if values.levels[place] != MISSING_WORD)
        )
    if column.kind == "flag":
        return column
    there = values.at[~values.missing] if isinstance(values, Dates) else values[~np.isnan(values)]
    if not len(there):
        return column
    return replace(column, low=float(there.min()), high=float(there.max()))
