"""``journeyman automate LOG --decision COLUMN``: which share of a human decision can run unattended."""

from __future__ import annotations

import shlex
import time
from typing import Any

import click

from journeyman.cli.called import how_called
from journeyman.cli.naming import NAMING
from journeyman.cli.opening import open_file
from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for
from journeyman.errors import GateClosed
from journeyman.sources.addresses.shown import shown
from journeyman.sources.named import Named


@click.command()
@click.argument("log", metavar="LOG")
@click.option("--decision", metavar="COLUMN", help="What people decided. Without it: which decisions the table holds.")
@click.option("--outcome", metavar="COLUMN", help="What came of it.")
@click.option("--actor", metavar="COLUMN", help="Who decided; the model never sees it.")
@click.option(
    "--max-error",
    metavar="RATE",
    default="2%",
    show_default=True,
    help='How much of what runs unattended may be wrong; or for each decision: "approve=1%,reject=5%".',
)
@click.option("--minutes", metavar="N", type=float, help="What a human decision takes.")
@click.option("--hourly", metavar="AMOUNT", type=float, help="What an hour of the people who decide costs.")
@click.option(
    "--audit",
    metavar="SHARE",
    type=float,
    default=0.02,
    show_default=True,
    help="Of what could run unattended, the share that a person decides all the same.",
)
@click.option("--when", metavar="COLUMN", help="The time of decision: the newest cases are the test. [default: found]")
@click.option("--entity", metavar="COLUMN", help="Cases of one entity stay together. [default: found]")
@click.option("--ignore", metavar="COL,...", help="Columns that are not used, as those filled in after the decision.")
@click.option("--time", metavar="TIME", help="Wall clock for all of it. [default: 60s]")
@click.option("--trials", metavar="N", type=int, help="A fixed amount of work instead of time; repeatable.")
@click.option("--seed", metavar="N", type=int, default=0, show_default=True, help="Where chance begins.")
@click.option("--out", metavar="DIR", help="The folder. [default: runs/<table>-automate-<n>]")
@click.option("--gate", is_flag=True, help="Exit 4 unless something can run unattended.")
@click.option("--open", "open_it", is_flag=True, help="Open the page when it is written.")
@click.option("--json", "as_json", is_flag=True, help="Print only the result, one JSON document.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@NAMING
def command(
    log: str,
    decision: str | None,
    gate: bool,
    open_it: bool,
    as_json: bool,
    quiet: bool,
    named: Named,
    **given: Any,
) -> int:
    """Say what of a human decision can run unattended.

    With a guarantee: at most so many of the automated cases are wrong. A router that does it is written to a folder.

    LOG is a table of past cases, one row each, with what people decided.

    \b
    journeyman automate loans.csv
    journeyman automate loans.csv --decision approved --max-error 2% --minutes 12 --hourly 45
    """
    # Importing is part of the wall clock, too.
    began = time.monotonic()
    from journeyman.job.automate import automate
    from journeyman.job.decision_log import decisions_in, which_decision

    progress = progress_for(as_json=as_json, quiet=quiet)
    if decision is None:
        found = decisions_in(log, **named)
        if as_json:
            print_document({"format": 1, "status": "choose", "decisions": [one.as_data() for one in found]})
            return 0
        if not found:
            raise which_decision(found)
        for one in found:
            progress.add("decision", one.sentence)
        name = shlex.quote(found[0].name) if found[0].signs else "COLUMN"
        progress.add("next", f"{how_called()} automate {shlex.quote(shown(log))} --decision {name}")
        return 0
    progress("read", shown(log), False)
    try:
        done = automate(log, decision, progress=progress, began=began, **named, **given)
    finally:
        progress.close()
    folder = shlex.quote(str(done.folder))
    progress.add("next", f"{how_called()} predict {folder} NEW.csv")
    if as_json:
        print_document(done.summary)
    if open_it and done.folder is not None:
        open_file(done.folder / "automate.html")
    if gate and not done.policy.automates:
        raise GateClosed(
            "nothing can run unattended", because=done.policy.answer, remedy=f"read {done.folder}/automate.html"
        )
    return 0
