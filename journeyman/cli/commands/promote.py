"""``journeyman promote RUN CANDIDATE``: let another run serve in a run's name."""

from __future__ import annotations

import click

from journeyman.cli.called import how_called
from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for


@click.command()
@click.argument("run", metavar="RUN")
@click.argument("candidate", metavar="CANDIDATE")
@click.option("--because", metavar="TEXT", default="by hand", help="Why; it is written down.")
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says what serves now.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(run: str, candidate: str, because: str, as_json: bool, quiet: bool) -> int:
    """Let another run serve in the name of RUN.

    CANDIDATE is a run beside RUN.

    Whoever predicts with RUN, serves or monitors it gets CANDIDATE's model from now on. Nothing is copied.

    \b
    journeyman promote runs/churn-1 churn-2
    """
    from journeyman.deployment.promote import promote

    champion = promote(run, candidate, because=because)
    progress = progress_for(as_json=as_json, quiet=quiet)
    progress("promote", champion.sentence or f"{champion.folder} serves itself", True)
    progress.add("next", f"{how_called()} rollback {run}")
    if as_json:
        print_document({"format": 1, "status": "done", "run": run, "serving": str(champion.serving)})
    return 0
