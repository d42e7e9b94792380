"""The odometer: how often rows have judged builds before, and how much less sure their next answer is.

Who builds on one table until the score is nice keeps the build that luck favoured, and no single build can know. So
each build notes in its journal which rows judged it, and counts the builds beside it that the same rows judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np

from journeyman.errors import SourceError
from journeyman.store.digest import digest_arrays, digest_data
from journeyman.store.files import read_bounded
from journeyman.store.journal import Journal
from journeyman.store.run_folder import JOURNAL
from journeyman.table.columns import Strings
from journeyman.table.table import Dates, Table

#: The name of the event.
LOOK = "look"
#: So many builds may be judged by the same rows. Up to there the rule below keeps its word also where builds are made
#: of what earlier ones showed to help. Where every answer is used against the rows, no rule of this kind does
#: (`benchmarks/looks.py`).
MOST_BUILDS = 20
#: What an interval leaves out, and the largest journal that is looked into.
_LEFT_OUT, _LARGEST = 0.05, 1 << 28


@dataclass(frozen=True, kw_only=True)
class Look:
    """Which rows judged a build, and which build it was.

    Parameters
    ----------
    source : digest of the source's bytes
    target : name of the column that is predicted
    outcomes : digest of its cells, in order: the rows are the same ones also where other columns have changed
    request : digest of brief, seed among it, data, code and libraries
    """

    source: str
    target: str
    outcomes: str
    request: str


@dataclass(frozen=True)
class Odometer:
    """The builds that the same rows have judged before, and what follows.

    Parameters
    ----------
    before : the digests of their requests, oldest first
    """

    before: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many builds there were."""
        return len(self.before)

    @property
    def left_out(self) -> float:
        """The share that this build's intervals leave out: 0.05 at first, then 0.05 / (k (k + 1)) after k builds.

        Of all later builds together that is another 0.05, as 1/2 + 1/6 + 1/12 + … = 1. So however many there are,
        whenever one stops, and whichever one keeps: the end of the interval that flatters it is wrong with a
        probability of at most 0.025 for the first and 0.025 for all others. That is the union bound; it holds for
        builds that do not depend on what earlier ones showed, and as measured for those that keep what helped.

        Source: spending a level over looks, Lan & DeMets, Biometrika 1983; over an endless sequence of hypotheses,
        Foster & Stine, JRSS B 2008; why looks at held-back rows need it, Dwork et al., Science 2015.
        """
        return _LEFT_OUT if not self.count else _LEFT_OUT / (self.count * (self.count + 1))

    @property
    def share(self) -> float:
        """What this build's intervals hold, 0.95 at first: what `journeyman.evaluation.evaluate.evaluate` is given."""
        return 1 - self.left_out

    @property
    def stretch(self) -> float:
        """How many times as wide intervals are as those of the first build.

        It is the ratio of the normal quantiles: 200 replays hold no quantile that is rarer than one of them.
        """
        quantile = NormalDist().inv_cdf
        return quantile(1 - self.left_out / 2) / quantile(1 - _LEFT_OUT / 2)

    @property
    def refusal(self) -> str:
        """Why these rows can say no more, in words; empty where they can."""
        if self.count < MOST_BUILDS:
            return ""
        return f"{self.count} builds were judged by the same rows before, and it takes rows that judged none"

    @property
    def sentence(self) -> str:
        """What was counted, and what follows, in words."""
        if not self.count:
            return "no other build was judged by these rows before"
        builds = f"{self.count} other build{'s were' if self.count > 1 else ' was'} judged by these rows before"
        return self.refusal or f"{builds}: intervals are {self.stretch:.2f} times as wide"


def cells_digest(table: Table, *names: str) -> str:
    """The digest of some columns' names and cells, of all of them without a name; the same from whatever file.

    Of the target alone it names the rows that judge, whatever the other columns hold.
    """
    found = {}
    for name in names or tuple(table.values):
        value = table.values[name]
        arrays: dict[str, Any]
        if isinstance(value, Strings):
            arrays = {"codes": value.codes, "levels": np.array(value.levels, dtype=object)}
        elif isinstance(value, Dates):
            arrays = {"at": value.at, "missing": value.missing}
        else:
            arrays = {"numbers": value}
        found[name] = digest_arrays(arrays)
    return digest_data(found)


def looks_before(runs: Path, look: Look, *, own: Path | None = None) -> Odometer:
    """Count the builds below a folder that the same rows judged: the same target of the same source, or equal outcomes.

    A repeat of the same request shows nothing new, and has the count of what it repeats; so has a run that goes on.
    (Under a clock a repeat may try one candidate more or less; that is not counted.) What lies in other folders, or was
    deleted, is not known.

    Parameters
    ----------
    runs : the folder in which run directories lie
    own : this build's own run directory
    """
    there = _looks(runs)
    if own is not None:
        kept = [before for _, folder, found, before in there if folder == own.name and found == look]
        if kept:
            return Odometer(kept[0])
    earlier: list[str] = []
    for _, folder, found, before in there:
        same_source = found.target == look.target and found.source == look.source
        if (own is not None and folder == own.name) or not (same_source or found.outcomes == look.outcomes):
            continue
        if found == look:
            return Odometer(before)
        if found.request not in earlier:
            earlier.append(found.request)
    return Odometer(tuple(earlier))


def note_look(journal: Journal, look: Look, odometer: Odometer) -> None:
    """Note in a run's journal that its rows have judged, and how many builds they had judged before."""
    if journal.last(LOOK, **asdict(look)) is None:
        journal.add(LOOK, **asdict(look), before=list(odometer.before))


def _looks(runs: Path) -> list[tuple[float, str, Look, tuple[str, ...]]]:
    """Every look below a folder, in order of time: when, in which folder, which, and what it counted."""
    names = list(Look.__dataclass_fields__)
    found = []
    for path in sorted(runs.glob(f"*/{JOURNAL}")):
        for event in _events(path):
            at, before = event.get("at"), event.get("before")
            if not isinstance(before, list) or not all(isinstance(event.get(name), str) for name in names):
                continue
            look = Look(**{name: event[name] for name in names})
            when = float(at) if isinstance(at, int | float) else 0.0
            found.append((when, path.parent.name, look, tuple(str(one) for one in before)))
    return sorted(found, key=lambda one: one[:2])


def _events(path: Path) -> Iterator[dict[str, Any]]:
    """The looks in a journal; what lies beside a run may be anything, and what cannot be read holds none."""
    try:
        content = read_bounded(path, _LARGEST)
    except SourceError:
        return
    for line in content.split(b"\n"):
        if f'"event": "{LOOK}"'.encode() in line:
            try:
                event = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(event, dict) and event.get("event") == LOOK:
                yield event
