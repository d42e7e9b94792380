"""``journeyman explore SOURCE``: what a table tells, each insight confirmed on rows it was not found on."""

from __future__ import annotations

from pathlib import Path

import click

from journeyman.cli.naming import NAMING
from journeyman.cli.opening import open_file
from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for
from journeyman.sources.addresses.shown import called, shown
from journeyman.sources.named import Named


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--predict", metavar="COLUMN", help="The column of interest: most kinds of insights are about it.")
@click.option("-o", "--out", metavar="FILE", help="Where to write the page. [default: runs/<table>-explore.html]")
@click.option("--time", metavar="TIME", help="About how long it may take, as 10s: fewer rows where that is little.")
@click.option("--seed", metavar="N", type=int, default=0, help="Where chance begins. [default: 0]")
@click.option("--entity", metavar="COLUMN", help="Rows of one value of it stay on one side.")
@click.option("--when", metavar="COLUMN", help="The time of each row: what earlier rows show, later ones confirm.")
@click.option("--ignore", metavar="COL,…", help="Columns that are not looked at.")
@click.option("--open", "open_it", is_flag=True, help="Open the page when it is written.")
@click.option("--json", "as_json", is_flag=True, help="Print only the insights, one JSON document.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@NAMING
def command(
    source: str,
    predict: str | None,
    out: str | None,
    time: str | None,
    seed: int,
    entity: str | None,
    when: str | None,
    ignore: str | None,
    open_it: bool,
    as_json: bool,
    quiet: bool,
    named: Named,
) -> int:
    """Say what a table tells, with numbers and pictures.

    Insights are ranked. Each is found on one half of the rows and confirmed on the other, and everything that was
    looked at is counted.

    \b
    journeyman explore churn.csv --predict Churn
    """
    from journeyman.job.explore import explore
    from journeyman.report.words import counted

    progress = progress_for(as_json=as_json, quiet=quiet)
    progress("read", shown(source), False)
    path = Path(out) if out else Path("runs") / f"{called(source)}-explore.html"
    try:
        found = explore(
            source,
            predict,
            seed=seed,
            time=time,
            out=path,
            entity=entity,
            when=when,
            ignore=ignore,
            progress=progress,
            **named,
        )
    finally:
        progress.close()
    progress("explore", f"{found.summary} ({found.split})" if found.split else found.summary, True)
    for one in found.left_out:
        progress.add("mind", one)
    for place, insight in enumerate(found.insights, 1):
        progress.add(f"{place}", f"{insight.sentence} {insight.held_words}")
    if not found.insights:
        progress.add("", "nothing stood out on one half of the rows and held on the other")
    else:
        progress.add("told", f"{counted(len(found.insights), 'insight')}, those that say most first")
    progress.add("report", str(path))
    if as_json:
        print_document({"format": 1, "status": "done", "name": called(source), **found.as_data()})
    if open_it:
        open_file(path)
    return 0
