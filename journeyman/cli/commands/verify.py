"""``journeyman verify RUN``: recompute what a run claims, and say what holds."""

from __future__ import annotations

import click

from journeyman.cli.naming import NAMING
from journeyman.cli.printing import print_document, print_error
from journeyman.cli.progress import progress_for
from journeyman.cli.signing import REQUIRE_SIGNATURE
from journeyman.errors import GateClosed
from journeyman.sources.named import Named

_MARKS = {"holds": "holds", "fails": "FAILS", "note": "note", "not checked": "not told"}


@click.command()
@click.argument("run", metavar="RUN")
@click.option("--data", metavar="SOURCE", multiple=True, help="The table that it was built from; several of one shape.")
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says what holds.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@REQUIRE_SIGNATURE
@NAMING
def command(
    run: str, data: tuple[str, ...], as_json: bool, quiet: bool, require_signature: str | None, named: Named
) -> int:
    """Recompute what a run claims, and say what holds.

    Nothing is fitted again: the answers to rows that were held back lie in the run. With the table they are judged
    again, and every claim is compared. Exit 4 if anything differs.

    \b
    journeyman verify runs/churn-1 --data churn.csv
    """
    from journeyman.verification.verify import verify

    progress = progress_for(as_json=as_json, quiet=quiet)
    progress("verify", run, False)
    try:
        found = verify(run, list(data) or None, require_signature=require_signature, **named)
    finally:
        progress.close()
    for one in found.checks:
        progress.add(_MARKS[one.state], str(one))
    progress("verify", f"{run}: {found.sentence}", True)
    if as_json:
        print_document({"format": 1, "status": "done", "run": run, **found.as_data()})
    if found.holds:
        return 0
    closed = GateClosed(
        f"the certificate of {run} does not hold",
        because=found.first_difference,
        remedy="get an undamaged copy of the run and its table, or build again",
    )
    # With --json the document is printed already, and holds the same.
    print_error(closed)
    return closed.exit_code
