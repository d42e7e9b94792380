"""A column that knows the target because it came after it must be named, and must not be learnt from."""

from __future__ import annotations

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.checks.evidence.answer import FEWEST_OF_CLASS, FEWEST_ROWS
from journeyman.job.understand import Understood
from journeyman.plan.target import Task
from journeyman.selftests.bench import Bench
from journeyman.selftests.outcome import Seen
from journeyman.selftests.subject import Subject
from journeyman.simulation.kinds import kinds
from journeyman.simulation.plants.plant import Plant
from journeyman.simulation.world import World
from journeyman.table.columns import Strings

MUST_NOT = "overlook a column that gives the target away, or learn from it"
#: Strong leaks of these kinds were found on every table of this size that was tried: 60 of each, and 300 of those that
#: are found by a margin and not by construction. So none may be missed.
FOUND: tuple[tuple[str, Task], ...] = (
    ("too_good_column", "binary"),
    ("too_good_column", "multiclass"),
    ("too_good_column", "regression"),
    ("missing_pattern", "binary"),
    ("future_column", "binary"),
    ("row_order", "binary"),
    ("row_order", "multiclass"),
    ("row_order", "regression"),
    ("group", "binary"),
    ("group", "multiclass"),
    ("group", "regression"),
)
_ROWS = 900
#: Copies are a case of their own.
_ELSEWHERE = ("copies",)
#: The most classes that the audit looks at one by one.
_MOST_CLASSES = 100


def ours(bench: Bench) -> Seen:
    """A table for each kind of leak and task."""
    missed = []
    for kind, task in FOUND:
        world = World(rows=_ROWS, seed=bench.seed, task=task, plants=(f"leaks.{kind}:strong",))
        understood = bench.understand(Subject.of_world(world))
        planted = [name for scene, plant in world.scenes() for name in plant.leaks(scene)]
        if not all(is_found(understood, name) for name in planted):
            missed.append(f"{kind} ({task})")
    total = len(FOUND)
    others = ", ".join(_not_looked_for())
    text = f"{total - len(missed)} of {total} planted leaks found and set aside"
    text += f"; missed: {', '.join(missed)}" if missed else f" (this version does not look for: {others})"
    return Seen(not missed, text, {"planted": total, "found": total - len(missed), "missed": missed})


def yours(bench: Bench, subject: Subject) -> Seen:
    """The user's table, and in it the target once more under another name."""
    if reason := _too_few(subject):
        return Seen(None, reason)
    leaking, name = subject.with_leak()
    understood = bench.understand(leaking)
    role = understood.curation.table.schema[name].role
    if not is_found(understood, name):
        return Seen(False, f"a copy of {subject.target!r} named {name!r} is not found; its role is {role}")
    return Seen(True, f"a copy of {subject.target!r} named {name!r} is found and set aside", {"role": role})


def is_found(understood: Understood, name: str) -> bool:
    """Whether a finding names the column, and nothing is learnt from it."""
    is_named = any(name in one.columns for one in understood.findings)
    return is_named and understood.curation.table.schema[name].role != "feature"


def _too_few(subject: Subject) -> str:
    """Why an audit cannot tell a leak from chance in so small a table; empty where it can."""
    rows = subject.table.rows
    if rows < FEWEST_ROWS:
        return f"{rows} rows are too few to tell a leak from chance: it takes {FEWEST_ROWS}"
    if not isinstance(subject.table.values[subject.target], Strings):
        counts = np.bincount(labelled(subject.table, subject.target)[0])
        return "" if len(counts) > 2 or counts.min() >= FEWEST_OF_CLASS else _few_of_a_class()
    counts = np.bincount(labelled(subject.table, subject.target)[0])
    large = int((counts >= FEWEST_OF_CLASS).sum())
    return "" if 2 <= large <= _MOST_CLASSES else _few_of_a_class()


def _few_of_a_class() -> str:
    return f"it takes {FEWEST_OF_CLASS} rows of at least two classes, and of not more than {_MOST_CLASSES}"


def _not_looked_for() -> list[str]:
    known = {kind for kind, _ in FOUND} | set(_ELSEWHERE)
    names = [name.removeprefix("leaks.") for name in kinds("plants", Plant) if name.startswith("leaks.")]
    return [name.replace("_", " ") for name in names if name not in known]
