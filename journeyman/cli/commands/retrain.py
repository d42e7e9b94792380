"""``journeyman retrain RUN SOURCE…``: built anew on old and new rows, and promoted only by test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from journeyman.cli.called import how_called
from journeyman.cli.naming import NAMING
from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for
from journeyman.errors import BriefError, GateClosed


@click.command()
@click.argument("run", metavar="RUN")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--old", metavar="FILE", multiple=True, help="Where the rows that RUN was built from lie now.")
@click.option("--new-only", is_flag=True, help="Learn from the new rows alone.")
@click.option("--time", metavar="TIME", help="Wall clock for all of it, as 5m. [default: twice what RUN had]")
@click.option("--trials", metavar="N", type=int, help="A fixed amount of work for each of the two builds.")
@click.option("--memory", metavar="SIZE", help="At most this much memory, as 4GB.")
@click.option("--sign", metavar="KEY", help="Sign the new bundle with the private key in this file.")
@click.option("--gate", is_flag=True, help="Exit 4 unless the new model was promoted.")
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says what came of it.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@NAMING
def command(
    run: str,
    sources: tuple[str, ...],
    old: tuple[str, ...],
    new_only: bool,
    gate: bool,
    as_json: bool,
    quiet: bool,
    named: Mapping[str, Any],
    **given: Any,
) -> int:
    """Build on old and new rows; a test decides what serves.

    The newest half of the new rows judges champion and challenger, neither of which learnt from it. The new run lies
    beside RUN. Promoted, it serves in RUN's name; otherwise it is kept, and `promote` can put it there by hand.

    \b
    journeyman retrain runs/churn-1 june.csv
    journeyman retrain runs/churn-1 june.csv --old archive/churn.csv --time 5m
    """
    from journeyman.job.retrain import retrain

    if old and new_only:
        raise BriefError("--old and --new-only contradict each other", remedy="leave one of them out")
    options = {name: value for name, value in given.items() if value is not None} | dict(named)
    progress = progress_for(as_json=as_json, quiet=quiet)
    try:
        found = retrain(run, *sources, old=old, new_only=new_only, progress=progress, **options)
    finally:
        progress.close()
    progress.add("report", str(found.run.folder / "report.html"))
    name = found.run.folder.name
    undo = f"rollback {run}" if found.promoted else f"promote {run} {name}"
    # What its own verdict or the test speaks against is not offered.
    offered = found.promoted or not found.is_worse
    if offered:
        progress.add("next", f"{how_called()} {undo}")
    if as_json:
        print_document({"format": 1, "status": "done", "run": run, **found.as_data()})
    if gate and not found.promoted:
        remedy = f"{how_called()} {undo}" if offered else f"keep {run}, which goes on to serve"
        raise GateClosed(f"{found.run.folder} was not promoted", because=found.because, remedy=remedy)
    return 0
