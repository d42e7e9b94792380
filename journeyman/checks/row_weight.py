"""Columns that say how much a row counts, or for how long it was at risk: no features."""

from __future__ import annotations

import re

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.table.finding import Finding, Remedy
from journeyman.table.said import number
from journeyman.table.table import Table

#: Names that survey offices and makers of tables give to weights.
_WEIGHT = re.compile(
    r"(?i)(?:.*[\W_])?(?:(?:sample|sampling|survey|case|row|obs|person|final|design|analysis|freq|prob)[\W_]?"
    r"(?:wt|wgt|weights?)|fnlwgt|fnlwt|finalwgt|pweight|fweight|aweight|iweight|perwt|asecwt|wtssall|wgts?)|gewichtung"
)
#: A plain "weight" may be of a body: those of rows spread further than bodies do.
_PLAIN = re.compile(r"(?i)weights?|wt")
SPREAD_OF_BODIES = 200.0
_EXPOSURE = re.compile(
    r"(?i)(?:.*[\W_])?(?:exposure|expos|exposures|person[\W_]?years|earned[\W_]years|time[\W_]at[\W_]risk)(?:[\W_].*)?"
)


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column of positive numbers with the name of a weight (``weight``) or an exposure."""
    found = []
    for column in looked_at(table, brief):
        value = table.values[column.name]
        name = column.name.strip()
        if column.kind != "number" or not isinstance(value, np.ndarray):
            continue
        is_exposure = _EXPOSURE.fullmatch(name) is not None
        if not (is_exposure or _WEIGHT.fullmatch(name) or _PLAIN.fullmatch(name)):
            continue
        there = value[~np.isnan(value)]
        if len(there) < 2 or float(there.min()) < 0 or float(there.min()) == float(there.max()):
            continue
        low, high = np.quantile(there, [0.001, 0.999])
        if is_exposure:
            found.append(_exposure(column.name, float(there.min()), float(there.max())))
        elif _WEIGHT.fullmatch(name) or high > SPREAD_OF_BODIES * max(low, 1e-300):
            found.append(_weight(column.name, float(there.min()), float(there.max()), brief))
    return tuple(found)


def _weight(name: str, low: float, high: float, brief: Brief) -> Finding:
    is_given = f"; {brief.weight!r} is the weight of this job" if brief.weight else ""
    return Finding(
        code="weight",
        severity="info",
        message=f"{name!r} ({number(low)} to {number(high)}) looks like how many cases a row stands for, which is no "
        f"fact about it{is_given}",
        columns=(name,),
        numbers={"low": low, "high": high},
        remedy=Remedy(action="review", words=f"if so, say --weight {name}; if not, it is a feature as any other"),
    )


def _exposure(name: str, low: float, high: float) -> Finding:
    return Finding(
        code="exposure",
        severity="info",
        message=f"{name!r} ({number(low)} to {number(high)}) looks like how long a row was at risk: what is counted "
        "grows with it, whatever the risk",
        columns=(name,),
        numbers={"low": low, "high": high},
        remedy=Remedy(action="review", words="predict the count per unit of it, or use it as --weight of such a rate"),
    )
