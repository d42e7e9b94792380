"""New rows against a deployed model: what broke, what is new, what drifts, what it does, and whether it still holds."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.model import load
from journeyman.bundle.reader import Cells
from journeyman.errors import InputError, ResourceError, nearest
from journeyman.job.run import Progress, Run, say_nothing
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.effects import effects_of
from journeyman.monitoring.kinds.schema_breaks import broken
from journeyman.monitoring.monitored import Monitored
from journeyman.monitoring.read_batch import read_batch
from journeyman.monitoring.reference import FOLDER, Reference, load_reference
from journeyman.monitoring.seen import News, news_of, row_hashes
from journeyman.monitoring.state import State, load_state, save_state
from journeyman.monitoring.two_samples import tell_apart
from journeyman.monitoring.watch import Watching, standing, watch
from journeyman.report.monitor import write_monitor
from journeyman.sources.join import joins_of, require_joined
from journeyman.sources.meaning import understand
from journeyman.sources.named import Named
from journeyman.sources.raw import Raw
from journeyman.sources.read import read_raw
from journeyman.store.champion import champion_of
from journeyman.store.files import locked, sweep, write_whole
from journeyman.store.run_folder import run_in
from journeyman.table.columns import Integers
from journeyman.table.table import Dates

PAGE = "monitor.html"
#: So long a call waits for another one to end, in seconds.
PATIENCE = 60.0
_DAY = 86_400_000_000


def monitor(
    run: str | os.PathLike[str] | Run,
    source: Any,
    *,
    outcome: str | None = None,
    when: str | None = None,
    progress: Progress | None = None,
    require_signature: str | os.PathLike[str] | None = None,
    **named: Unpack[Named],
) -> Monitored:
    """Hold new rows against the model that a run serves, and go on with its tests.

    Parameters
    ----------
    run : a run directory, or a `Run`; where another run was promoted, that one is monitored; of an automation the
        run of its model
    source : the rows, as the model is given them; a file that holds rows of earlier calls first is counted from there
    outcome : the column that says what came; rows in which it is empty have no outcome yet
    when : a column of dates by which the rows are cut into days, each a batch of its own
    progress : told what happens
    require_signature : the file of a public key; only a bundle that its holder signed is taken then
    named : which table, which query, what to join (`journeyman.sources.named.Named`): what was joined at the build is
        to be joined here, too

    Rows are counted once, however often they are given; their outcomes too, whenever they come. Of all healthy models
    at most 5 % ever raise an alarm, however often this is called (`journeyman.statistics.e_process`).

    Raises
    ------
    InputError : the run, the rows or the column of outcomes cannot be used
    ResourceError : the disk says no, or another call holds the run for longer than a minute
    """
    say = progress or say_nothing
    champion = champion_of(run_in(Path(run.folder if isinstance(run, Run) else run)))
    if champion.sentence:
        say("monitor", champion.sentence, True)
    folder = champion.serving
    # Its own bundle: a pointer is followed once. Where there is none, the run itself is what cannot be loaded.
    own = folder / BUNDLE if (folder / BUNDLE).is_dir() else folder
    model = load(own, require_signature=require_signature)
    reference = load_reference(folder)
    names = [one.name for one in model.columns]
    given = read_raw(source, known=joins_of(model.manifest.facts), names=names, **named)
    require_joined(given, model.manifest.facts, names)
    raw = replace(given.usable(), ledger=given.ledger, findings=given.findings)
    cells = raw.cells()
    batch = read_batch(model, reference, cells, raw.rows, outcome)
    if not batch.stops and not len(batch):
        raise InputError(f"{raw.name} has no rows", because="nothing can be told from none", remedy="name another file")
    with _patiently(folder / FOLDER):
        sweep(folder / FOLDER)
        state = load_state(folder, reference)
        told = _Told(folder, raw, reference)
        if batch.stops:
            found = told.of(watch(reference, state, batch), None, batch)
            found = replace(found, batches=state.batches)
        else:
            names = [one for one in _columns(folder, reference) if one != outcome] or list(cells)
            news = news_of(state.counted, row_hashes(cells, names, len(batch)), batch.known)
            found = told.of(_counted(reference, state, batch, news, _days(cells, when, len(batch))), news, batch)
            if news.rows.any() or news.outcomes.any():
                save_state(folder, reference, told.state)
        page = write_monitor(found, folder / FOLDER / PAGE)
        found = replace(found, page=page)
        write_whole(folder / FOLDER / "latest.json", json.dumps(found.as_data(), ensure_ascii=False, indent=1) + "\n")
    return found


class _Told:
    """Puts together what is told of a batch."""

    def __init__(self, folder: Path, raw: Raw, reference: Reference) -> None:
        self.folder, self.raw, self.reference = folder, raw, reference
        self.state: State

    def of(self, watching: Watching, news: News | None, batch: Batch) -> Monitored:
        self.state = watching.state
        apart = None if not len(batch) else tell_apart(self.reference.codes, batch.codes, self.state.memory)
        return Monitored(
            folder=self.folder,
            name=self.raw.name,
            reference=self.reference,
            rows=self.raw.ledger.read,
            new=0 if news is None else int(news.rows.sum()),
            outcomes=0 if news is None else int(news.outcomes.sum()),
            set_aside=len(self.raw.ledger.set_aside),
            batches=self.state.batches,
            counted=self.state.rows,
            raised=watching.alarms,
            evidence=watching.evidence,
            facts=self.state.recent[-1] if self.state.recent and not batch.stops else None,
            drift=tuple(effects_of(self.reference, batch.codes)),
            told_apart=None if apart is None else apart.auc,
            recent=self.state.recent,
        )


def _counted(reference: Reference, state: State, batch: Batch, news: News, days: Integers) -> Watching:
    """The tests after all that is new, day by day."""
    if not (news.rows.any() or news.outcomes.any()):
        return standing(reference, state)
    counted = list(state.counted)
    if news.replaces is None:
        counted.append({**news.entry, "at": round(time.time(), 3)})
    else:
        counted[news.replaces] = {**counted[news.replaces], **news.entry}
    watching = Watching(replace(state, counted=tuple(counted)), (), {})
    breaks: tuple[Any, ...] = ()
    for day in np.unique(days[news.rows | news.outcomes]).tolist():
        there = days == day
        rows, outcomes = batch.take(there & news.rows), batch.take(there & news.outcomes)
        if len(rows) or len(outcomes):
            watching = watch(reference, watching.state, replace(rows, breaks=()), outcomes)
    if news.rows.any() and batch.breaks:
        breaks = tuple(broken(reference, one) for one in batch.breaks)
    return replace(watching, alarms=(*breaks, *watching.alarms))


def _columns(folder: Path, reference: Reference) -> list[str]:
    """The columns by which rows are known again: all of the training table but the target."""
    try:
        summary: Mapping[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
        names = [str(one["name"]) for one in summary["schema"]]
    except (OSError, ValueError, KeyError, TypeError):
        names = list(reference.names)
    return [one for one in names if one != reference.target.name]


def _days(cells: Mapping[str, Cells], when: str | None, rows: int) -> Integers:
    """The day of each row, (rows,); all the same where nobody asks."""
    if when is None:
        return np.zeros(rows, np.int64)
    if when not in cells:
        raise InputError(f"there is no column {when!r}", remedy=nearest(when, cells), code="column_missing")
    values = understand(when, cells[when], is_target=False, wishes={"kind": "date"}).read.values
    if not isinstance(values, Dates) or values.missing.all():
        raise InputError(
            f"{when!r} holds no dates", because="rows cannot be cut into days by it", remedy="leave it out"
        )
    days = values.at // _DAY
    # Rows without a date come with the last day.
    return np.where(values.missing, days[~values.missing].max(), days)


@contextmanager
def _patiently(folder: Path) -> Iterator[None]:
    """Hold a folder; wait for whoever holds it."""
    until = time.monotonic() + PATIENCE
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(locked(folder))
                break
            except ResourceError as error:
                if time.monotonic() >= until or not error.happened.endswith("is in use"):
                    raise
                time.sleep(0.1)
        yield
