"""Columns that say more than all others together, or are tied to them only through the target: written from it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.afterwards import says_afterwards
from journeyman.checks.evidence.alone import Alone, alone_of, guess_alone
from journeyman.checks.evidence.answer import Answer, answer_of, score_of
from journeyman.checks.evidence.rest import rest_of
from journeyman.checks.evidence.through_target import tie_of
from journeyman.checks.evidence.together import few, guess_together, measure_of, without_copies
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: Below these, a column is one among others: area under the curve, share of variance.
FEWEST_AREA, FEWEST_SHARE = 0.65, 0.2
#: So many others are added up before trees are asked.
MOST_ADDED = 10
#: How much more than all others together a column says: where it is tied to them only through the target, and else.
MORE, MUCH_MORE = 0.05, 0.1
#: What it must say by itself where nothing else speaks against it: any column, and one of two or three values.
STRONG_AREA, STRONG_SHARE, COARSE_AREA = 0.93, 0.85, 0.7
#: Two or three values that say so much, and so much more than all others, are more than a remark.
COARSE_STRONG, FAR_MORE = 0.92, 0.2
#: A column with no more values than this is a code.
MOST_LEVELS = 20
#: Copies are left out where this share of the rows is left.
FEWEST_DISTINCT = 0.5


@dataclass(frozen=True)
class Seen:
    """A column against all others.

    Parameters
    ----------
    alone, rest : what it says, and what the others say together
    is_tied : whether it is tied to the others only through the target
    is_coarse, is_code : whether it has two or three values; whether it has few
    """

    name: str
    alone: float
    rest: float
    is_tied: bool
    is_coarse: bool
    is_code: bool


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for a column that says more of the target than all others do together.

    A warning where it is tied to the other columns only through the target, as what was written from it is
    (`through_target`), says nearly all, and is a code, or the target a number; else a remark: honest columns may be
    strong. None where it is a cause beside the others. Columns that give the target away alone are not asked again.
    The others are held against it by small boosted trees, out of fold, on at most 4,000 rows.
    """
    answer, alone = answer_of(table, brief), alone_of(table, brief)
    if isinstance(answer, Skip) or isinstance(alone, Skip):
        return answer if isinstance(answer, Skip) else Skip("no column can be asked")
    answer = few(answer)
    name = _strongest(table, brief, alone, answer)
    seen = _seen(table, brief, name, alone[name], answer) if name else None
    told = None if seen is None else _finding(seen, brief, answer)
    return () if told is None else (told,)


def _strongest(table: Table, brief: Brief, alone: Mapping[str, Alone], answer: Answer) -> str:
    """The column that says the most, of those that do not give the target away; empty where that is not much."""
    fewest = FEWEST_SHARE if answer.is_number else FEWEST_AREA
    worth = {name: max(one.low, one.gaps_low) for name, one in alone.items() if not one.gives_away}
    given = [one for one in looked_at(table, brief) if worth.get(one.name, 0.0) >= fewest]
    given = [one for one in given if brief.columns.get(one.name, {}).get("role") != "feature"]
    given.sort(key=lambda one: -worth[one.name])
    return next((one.name for one in given if not why_identifier(table, one)), "")


def _seen(table: Table, brief: Brief, name: str, alone: Alone, answer: Answer) -> Seen | None:
    rest = rest_of(table, brief, {name})
    answer = _distinct(table, [name, *rest], answer)
    score = max(alone.score, alone.gaps)
    if answer.values.shape[1] > 1:
        # Of many classes only some are told by trees.
        score = score_of(guess_alone(table, name, answer), answer)
    if score < _added(table, brief, rest, answer) + MORE:
        return None
    others = guess_together(table, rest, answer)
    without = score_of(others, answer)
    if score < without + MORE:
        return None
    is_tied = False
    if answer.values.shape[1] == 1:
        tie = tie_of(guess_alone(table, name, answer)[:, 0], others[:, 0], answer)
        if tie.is_cause and not alone.is_coarse:
            return None
        is_tied = tie.is_through_target
    values = table.values[name]
    cells = values.codes if isinstance(values, Strings) else values.at if isinstance(values, Dates) else values
    is_code = len(np.unique(cells[answer.rows])) <= MOST_LEVELS
    return Seen(name, score, without, is_tied, alone.is_coarse, is_code)


def _added(table: Table, brief: Brief, names: tuple[str, ...], answer: Answer) -> float:
    """What the best other columns say when what each says alone is added up: less than trees find, at no cost."""
    alone = alone_of(table, brief)
    if isinstance(alone, Skip) or not names:
        return 0.0
    best = sorted(names, key=lambda name: -alone[name].score)[:MOST_ADDED]
    guesses = [guess_alone(table, name, answer) for name in best]
    added = np.empty_like(answer.values)
    for output, values in enumerate(answer.values.T):
        design = np.column_stack([np.ones(len(values)), *(one[:, output] for one in guesses)])
        added[:, output] = design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return score_of(added, answer)


def _distinct(table: Table, names: list[str], answer: Answer) -> Answer:
    """Rows without copies, where these are few enough to do without; few different cells make equal rows of others."""
    distinct = without_copies(table, names, answer)
    return distinct if len(distinct.rows) >= FEWEST_DISTINCT * len(answer.rows) else answer


def _finding(seen: Seen, brief: Brief, answer: Answer) -> Finding | None:
    is_strong = seen.alone >= (STRONG_SHARE if answer.is_number else STRONG_AREA)
    is_alone = seen.alone >= seen.rest + MUCH_MORE
    if not seen.is_tied and not (is_alone and (is_strong or (seen.is_coarse and seen.alone >= COARSE_AREA))):
        return None
    # A measurement of the very thing is tied so, too, and may be honest; a code is not measured. A sign of the thing,
    # as a symptom is, may be a code, but seldom so strong.
    is_certain = seen.is_tied and is_strong and (seen.is_code or answer.is_number)
    is_certain |= seen.is_coarse and seen.alone >= max(COARSE_STRONG, seen.rest + FAR_MORE)
    is_told = says_afterwards(seen.name)
    measure = measure_of(answer)
    message = (
        f"{seen.name!r} alone says more of {brief.predict!r} ({measure} {seen.alone:.2f}) than all others together"
    )
    message += f" ({seen.rest:.2f})"
    if seen.is_tied:
        message += ", and is tied to them only through it, as what is written from it would be"
    if is_told:
        message += "; its name speaks of something known only afterwards"
    words = "if it is not known when the decision is made, leave it out with --ignore"
    return Finding(
        code="leak",
        severity="warning" if is_certain or is_told else "info",
        message=f"{message}: is it known beforehand?",
        columns=(seen.name,),
        numbers={"kind": "dominant", "score": round(seen.alone, 4), "rest": round(seen.rest, 4), "tied": seen.is_tied},
        remedy=Remedy(action="review", words=f"it is used; {words}"),
    )
