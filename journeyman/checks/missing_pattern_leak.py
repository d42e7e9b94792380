"""Columns of which the empty cells tell the target: they were filled, or left out, when it was known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, some
from journeyman.checks.evidence.alone import COARSE_TOO_GOOD, alone_of
from journeyman.checks.evidence.answer import Answer, answer_of, area_under
from journeyman.table import said
from journeyman.table.columns import Flags
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Table

#: What honest gaps do not reach: area under the curve; and, of numbers, also this share of the ranks' variance.
MUCH, MUCH_SHARE = 0.85, 0.3
#: Fewer gaps, or fewer cells, say nothing.
FEWEST = 20
#: Rows that have a cell, or have none, and are all of one class (but for this share): so unlikely by chance, and so few
#: of all rows.
IMPURE, CHANCE, FEW = 0.005, 1e-9, 0.5


@dataclass(frozen=True)
class Gaps:
    """What the empty cells of a column say.

    Parameters
    ----------
    apart : how often, of a row with a cell and one without, the same one has the event, or the larger number
    pure : what all rows with a cell, or all without, have in common, in words; empty where nothing
    """

    name: str
    apart: float
    pure: str


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each column whose empty cells alone tell much of the target, or tell one class for certain.

    Asked is how often, of a row with a cell and a row without, the first has the event, or the larger number; ties
    count half. Beyond 0.85 that is told. Gaps that say nearly all are set aside: of classes by the check of single
    columns, of numbers here. Told, too, is a mostly empty column of which every row with a cell is of one class.
    """
    answer, alone = answer_of(table, brief), alone_of(table, brief)
    if isinstance(answer, Skip) or isinstance(alone, Skip):
        return answer if isinstance(answer, Skip) else Skip("no column can be asked")
    found = []
    for column in looked_at(table, brief):
        gaps = table.missing(column.name)[answer.rows]
        if FEWEST <= gaps.sum() <= len(gaps) - FEWEST and not alone[column.name].gives_away:
            apart = apart_by(gaps, answer)
            is_much = apart >= MUCH and (not answer.is_number or alone[column.name].gaps >= MUCH_SHARE)
            seen = Gaps(column.name, apart, _pure(gaps, answer))
            if is_much or seen.pure:
                found.append(_finding(table, brief, seen, answer))
    return tuple(found)


def apart_by(flags: Flags, answer: Answer) -> float:
    """How far two groups of rows lie apart in the target: the area under the curve, the best of all classes."""
    areas = [area_under(flags.astype(np.float64), values) for values in answer.values.T]
    return max(max(one, 1 - one) for one in areas)


def _pure(gaps: Flags, answer: Answer) -> str:
    """Which rows, those with a cell, if they are few, are of one class and could not be by chance."""
    if answer.is_number or answer.values.shape[1] > 1:
        return ""
    values, filled = answer.values[:, 0], ~gaps
    count, ones = int(filled.sum()), float(values[filled].mean())
    if filled.mean() > FEW:
        return ""
    wrong, base = (ones, 1 - values.mean()) if ones < 0.5 else (1 - ones, values.mean())
    if wrong > IMPURE or count * np.log(base) > np.log(CHANCE):
        return ""
    return f"all {some(count, 'row')} with a cell are of one class ({said.share(base)} of all rows are)"


def _finding(table: Table, brief: Brief, seen: Gaps, answer: Answer) -> Finding:
    name, apart = seen.name, seen.apart
    share = float(table.missing(name).mean())
    is_much = apart >= MUCH
    if is_much:
        how = (
            f"in {said.share(apart)} of pairs the row with a cell is on the same side"
            if answer.is_number
            else f"AUC {apart:.2f}"
        )
        message = f"which cells of {name!r} are empty ({said.share(share)}) tells {brief.predict!r}: {how}"
    else:
        message = f"{name!r} has a cell in {said.share(1 - share)} of the rows, and {seen.pure}"
    remedy = Remedy(action="review", words="it is used; if it is filled in afterwards, leave it out with --ignore")
    if apart > COARSE_TOO_GOOD and brief.columns.get(name, {}).get("role") != "feature":
        words = f"it is not used; to use it, say --column {name}:role=feature"
        remedy = Remedy(action="role", value="ignored", words=words)
    return Finding(
        code="leak",
        severity="warning",
        message=f"{message}: it looks filled in when that was known",
        columns=(name,),
        numbers={"kind": "gaps", "score": round(apart, 4), "missing": round(share, 4), "pure": bool(seen.pure)},
        remedy=remedy,
    )
