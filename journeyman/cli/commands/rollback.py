"""``journeyman rollback RUN``: what served before serves again."""

from __future__ import annotations

import click

from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for


@click.command()
@click.argument("run", metavar="RUN")
@click.option("--because", metavar="TEXT", default="by hand", help="Why; it is written down.")
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says what serves now.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(run: str, because: str, as_json: bool, quiet: bool) -> int:
    """Take the newest promotion back.

    The run that served in the name of RUN before it serves again.

    \b
    journeyman rollback runs/churn-1
    """
    from journeyman.deployment.rollback import rollback

    champion = rollback(run, because=because)
    progress = progress_for(as_json=as_json, quiet=quiet)
    progress("rollback", champion.sentence or f"{champion.folder} serves itself again", True)
    if as_json:
        print_document({"format": 1, "status": "done", "run": run, "serving": str(champion.serving)})
    return 0
