"""Copies say nothing new: with every row twice, the score is the same, and no copy judges what learnt the other."""

from __future__ import annotations

from typing import Any

import numpy as np

from journeyman.job.understand import Understood
from journeyman.selftests.bench import Bench, Built
from journeyman.selftests.outcome import Seen
from journeyman.selftests.subject import Subject
from journeyman.simulation.world import World

MUST_NOT = "be fooled by copies: have a better score with every row twice, or a row's copy on the other side of a split"
_ROWS = 300


def ours(bench: Bench) -> Seen:
    """A table in which there is little to learn, and much to learn by heart."""
    world = World(law="trees", rows=_ROWS, seed=bench.seed, strength=0.7)
    return compared(bench, Subject.of_world(world), may_be_alike=False)


def yours(bench: Bench, subject: Subject) -> Seen:
    """The user's table, without the copies that it has, and then with every row twice."""
    return compared(bench, subject.without_copies(), may_be_alike=True)


def compared(bench: Bench, subject: Subject, *, may_be_alike: bool) -> Seen:
    """Build with and without copies; ``may_be_alike``: the rows may be so poor that chance makes them equal."""
    doubled = subject.doubled()
    understood = bench.understand(doubled)
    seen = [one for one in understood.findings if one.code == "duplicate_rows"]
    if not seen:
        return Seen(False, f"none of {doubled.table.rows:,} rows is found to have a copy, and all have one")
    if seen[0].remedy.action != "group" and may_be_alike:
        return Seen(None, "rows of so few different cells are alike by themselves: copies cannot be told from them")
    apart = copies_apart(understood)
    if apart:
        return Seen(False, f"{apart:,} rows have a copy on the other side of a split", {"apart": apart})
    bench.say("every row once")
    once = bench.build(subject)
    bench.say("every row twice")
    twice = bench.build(doubled)
    if once.shipped.evaluation.too_few:
        return Seen(None, f"it says itself that there are too few rows: {once.shipped.evaluation.too_few_reason}")
    is_fooled = _is_better(once, twice)
    text = f"{once.metric.name} {once.score} with every row once, {twice.score} with every row twice"
    text += "; no copy is on another side" if not is_fooled else ""
    numbers: dict[str, Any] = {"once": once.score.as_data(), "twice": twice.score.as_data(), "apart": apart}
    return Seen(not is_fooled, text, numbers)


def copies_apart(understood: Understood) -> int:
    """How many rows are scored in another fold than their copy."""
    numbers, folds = understood.curation.table.row_numbers, understood.data.folds.number
    order = np.argsort(numbers, kind="stable")
    is_copy = numbers[order][1:] == numbers[order][:-1]
    return int((is_copy & (folds[order][1:] != folds[order][:-1])).sum())


def _is_better(once: Built, twice: Built) -> bool:
    """Whether the score with copies lies outside the interval without them, on the good side.

    Over 48 tables the scores differed by 0.15 half widths of that interval (a standard deviation), by 0.5 at most. Of a
    product that lets copies judge what learnt them they differ by 3 to 19.
    """
    sign = once.metric.sign
    best = max(sign * once.score.low, sign * once.score.high)
    return sign * twice.score.value > best
