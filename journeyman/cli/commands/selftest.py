"""``journeyman selftest [SOURCE]``: what the product must never do, tried on this machine and on the user's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journeyman.cli.naming import NAMING
from journeyman.cli.printing import print_document, print_error
from journeyman.cli.progress import Progress, progress_for
from journeyman.errors import GateClosed
from journeyman.sources.addresses.shown import shown
from journeyman.sources.named import Named

if TYPE_CHECKING:
    from journeyman.selftests.outcome import Outcome

_MARKS = {"passed": "passed", "failed": "FAILED", "not told": "not told"}


@click.command()
@click.argument("source", metavar="[SOURCE]", required=False)
@click.option("--predict", metavar="COLUMN", help="The column of SOURCE that is to be predicted.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of everything drawn by chance.")
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says what was seen.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@NAMING
def command(source: str | None, predict: str | None, seed: int, as_json: bool, quiet: bool, named: Named) -> int:
    """Try on this machine what must never happen.

    On tables whose truth is known: nothing is found in a shuffled target, a planted leak is found, doubled rows fool
    nobody, no score beats the best possible one, the bundle answers as the plan does, two runs of one seed are equal.
    With SOURCE the first three are tried on your table, too. Takes about a minute. Exit 4 if anything fails.

    \b
    journeyman selftest churn.csv --predict Churn
    """
    from journeyman.selftests.selftest import selftest

    progress = progress_for(as_json=as_json, quiet=quiet)
    try:
        found = selftest(source, predict, seed=seed, progress=lambda said: _show(progress, said), **named)
    finally:
        progress.close()
    progress("selftest", f"{found.sentence}; tried on {found.about}", True)
    if as_json:
        told = None if source is None else shown(source)
        print_document({"format": 1, "status": "done", "source": told, "target": predict, **found.as_data()})
    if found.passed:
        return 0
    first = found.failed[0]
    closed = GateClosed(
        f"this must never happen: {first.must_not}",
        because=str(first),
        remedy=found.remedy,
    )
    # With --json the document is printed already, and holds the same.
    print_error(closed)
    return closed.exit_code


def _show(progress: Progress, said: str | Outcome) -> None:
    if isinstance(said, str):
        progress("selftest", said, False)
    else:
        progress.close()
        progress.add(_MARKS[said.state], str(said))
