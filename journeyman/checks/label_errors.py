"""Targets that are likely wrong: two quick models agree that another answer fits the row better."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.anomalies.cells import cells_of
from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, sample, some
from journeyman.checks.identifier import why_identifier
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.plan.opinions import doubts_by, opinions_of
from journeyman.plan.target import Target
from journeyman.statistics.doubts import Doubts
from journeyman.table.columns import Columns, Integers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: An audit asks it, a build does not.
THOROUGH = True
#: Fewer rows, or rows of a class, say nothing; of more rows so many are looked at.
_FEWEST_ROWS, _FEWEST_OF_CLASS, _MOST_ROWS = 200, 10, 1_500
_MOST_CLASSES, _MOST_COLUMNS = 10, 60
#: Told where so many are doubted, and this share of those looked at: hard cases are doubted in any table.
_FEWEST_DOUBTED, _SHARE = 3, 0.003
#: Numbers are told from so many local standard deviations on, and where no more than this share is so far: more of them
#: are a heavy tail.
_FAR, _MOST_FAR = 10.0, 0.01
#: And only between classes that the columns tell apart: rows surest of one bear the other so much less often than all.
_TOLD_APART = 0.3
_FOLDS = 3
_TREES = LightGBM(rounds=40, rate=0.1, leaves=8, column_share=0.5, bins=31)
_LINEAR = Linear(strength=3.0)


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """How many of the targets looked at two quick models would take for wrong, and which.

    A linear model and a few boosted trees answer at most 1,500 rows, out of fold and after they have seen them. A label
    is doubted where the log-odds of both together are for another class, a number where it is more than ten local
    standard deviations from what is expected. Nothing is changed: it may be wrong, or the case a rare one.
    """
    target = _target(table, brief)
    if isinstance(target, Skip):
        return target
    rows, aim = target
    names = _compared(table, brief)
    cells = cells_of(table.take(rows), set(table.schema.names) - set(names))
    if not cells.names:
        return Skip("there is no column to tell it by")
    values = cells.scaled.values
    columns = Columns.of(rows=len(rows), numbers=values, number_names=[str(place) for place in range(values.shape[1])])
    opinions = opinions_of([_LINEAR, _TREES], columns, aim, _FOLDS)
    if not opinions.are_whole:
        return Skip("the rows cannot be split so that each is answered")
    doubts = doubts_by(aim, opinions, told_apart=_TOLD_APART)
    if aim.classes:
        doubted = doubts.doubted
        is_told = doubted.sum() >= max(_FEWEST_DOUBTED, _SHARE * len(rows))
    else:
        doubted = doubts.strength > _FAR
        is_told = 0 < doubted.sum() <= _MOST_FAR * len(rows)
    return _finding(table, brief.predict, rows, aim, replace(doubts, doubted=doubted)) if is_told else None


def _finding(table: Table, name: str, rows: Integers, aim: Target, doubts: Doubts) -> Finding:
    worst = np.flatnonzero(doubts.doubted)
    worst = worst[np.argsort(-doubts.strength[worst], kind="stable")]
    what = "labels are less likely than another" if aim.classes else "values are far from what their rows let expect"
    reasons = [
        {"row": row + 1, "recorded": aim.classes[aim.codes[place]], "likelier": aim.classes[int(doubts.other[place])]}
        for row, place in zip(row_numbers(table, rows[worst[:20]]), worst[:20].tolist(), strict=True)
        if aim.classes
    ]
    return Finding(
        code="label_errors",
        severity="info",
        message=f"of {some(len(rows), 'row')} looked at {len(worst):,} {what}: {name!r} may be wrong there,"
        " or the cases rare ones",
        columns=(name,),
        rows=row_numbers(table, rows[worst]),
        numbers={"doubted": len(worst), "looked_at": len(rows), "reasons": reasons},
        remedy=Remedy(action="review", words="look at them; a build tries to do without them, and keeps what helps"),
    )


def _target(table: Table, brief: Brief) -> tuple[Integers, Target] | Skip:
    """The rows that are looked at, and their target."""
    if brief.predict not in table.schema:
        return Skip("no target is named")
    value = table.values[brief.predict]
    if isinstance(value, Dates):
        return Skip("the target is a date")
    known = np.flatnonzero(~table.missing(brief.predict))
    if len(known) < _FEWEST_ROWS:
        return Skip(f"there are fewer than {_FEWEST_ROWS} rows with a target")
    rows = known[sample(len(known), _MOST_ROWS)]
    cells, labels = labelled(table, brief.predict)
    if not isinstance(value, Strings) and len(labels) > 2 and brief.task != "multiclass":
        numbers = np.asarray(value, dtype=np.float64)[rows]
        if not np.isfinite(numbers).all() or np.ptp(numbers) == 0:
            return Skip("the target is constant, or not finite")
        return rows, Target(task="regression", values=numbers)
    codes = cells[rows]
    large = np.flatnonzero(np.bincount(codes, minlength=len(labels)) >= _FEWEST_OF_CLASS)
    if not 2 <= len(large) <= _MOST_CLASSES:
        return Skip(f"there are not two classes of {_FEWEST_OF_CLASS} rows, or too many")
    kept = np.isin(codes, large)
    places = np.searchsorted(large, codes[kept]).astype(np.float64)
    names = tuple(str(labels[code]) for code in large.tolist())
    return rows[kept], Target(task="binary" if len(large) == 2 else "multiclass", values=places, classes=names)


def _compared(table: Table, brief: Brief) -> list[str]:
    names = [one.name for one in looked_at(table, brief) if one.name != brief.predict]
    if len(names) > _MOST_COLUMNS:
        names = [names[place] for place in np.linspace(0, len(names) - 1, _MOST_COLUMNS).astype(int)]
    return [name for name in names if not why_identifier(table, table.schema[name])]
