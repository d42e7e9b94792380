"""What the commands that build share: the options on time and output, and how a finished run is shown."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journeyman.cli.called import how_called
from journeyman.cli.opening import open_file
from journeyman.cli.progress import progress_for
from journeyman.errors import GateClosed

if TYPE_CHECKING:
    from journeyman.job.run import Run

_OPTIONS = (
    click.option("--time", metavar="TIME", help="Wall clock for the whole command, as 30s or 2m; a hard limit."),
    click.option(
        "--trials", metavar="N", type=int, help="A fixed amount of work instead of time; repeatable to the byte."
    ),
    click.option("--memory", metavar="SIZE", help="At most this much memory, as 4GB."),
    click.option("--seed", metavar="N", type=int, help="Where chance begins. [default: 0]"),
    click.option("--out", metavar="DIR", help="The run directory. [default: runs/<table>-<n>]"),
    click.option("--open", "open_it", is_flag=True, help="Open the report when it is written."),
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Print only the summary, one JSON document; progress goes to standard error.",
    ),
    click.option("--quiet", is_flag=True, help="Print nothing but errors."),
)


def BUILDING(command: Callable[..., int]) -> Callable[..., int]:  # noqa: N802 - it is used as click's decorators are
    """Give a command the options that every build has."""
    return reduce(lambda one, option: option(one), reversed(_OPTIONS), command)


def given_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was given: everything else is for the brief to find, and to say."""
    return {name: value for name, value in options.items() if value is not False and value not in (None, (), {})}


def build_and_show(
    sources: Sequence[str],
    options: Mapping[str, Any],
    *,
    gate: bool = False,
    as_json: bool = False,
    quiet: bool = False,
    open_it: bool = False,
) -> int:
    """Do the job, show where its results are, and give the exit code.

    Raises
    ------
    GateClosed : ``gate``, and the verdict is not to deploy
    """
    # Importing is part of the wall clock, too.
    began = time.monotonic()
    from journeyman.job.build import build

    progress = progress_for(as_json=as_json, quiet=quiet)
    try:
        run = build(*sources, progress=progress, began=began, **options)
    finally:
        progress.close()
    report = run.folder / "report.html"
    folder = shlex.quote(str(run.folder))
    again = how_called()
    progress.add("next", f"{again} predict {folder} NEW.csv · {again} report {folder}")
    if as_json:
        # The very text of run.json, so that who reads one has read the other.
        click.echo((run.folder / "run.json").read_text(encoding="utf-8").rstrip("\n"))
    if open_it:
        open_file(report)
    return _code(run, gate)


def _code(run: Run, gate: bool) -> int:
    if run.exit_code:
        return run.exit_code
    decision = run.summary["verdict"]["decision"]
    if gate and decision != "deploy":
        # Each is a sentence with its own full stop.
        reasons = " ".join(run.summary["verdict"].get("reasons", ()))
        raise GateClosed(
            f"the verdict is {decision.replace('_', ' ')}",
            because=reasons,
            remedy=f"read {Path(run.folder) / 'report.html'}: it says what would change that",
        )
    return 0
