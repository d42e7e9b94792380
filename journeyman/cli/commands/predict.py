"""``journeyman predict RUN SOURCE``: the table with predictions beside it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from journeyman.cli.naming import NAMING
from journeyman.cli.printing import MARKS, print_document, remedy_of
from journeyman.cli.progress import progress_for
from journeyman.cli.signing import REQUIRE_SIGNATURE
from journeyman.sources.addresses.shown import shown
from journeyman.sources.named import Named

#: How many strange cells are told on the screen.
SHOWN = 5
#: How many rows' reasons the JSON document holds; the file holds all.
MOST_EXPLAINED = 1000


@click.command()
@click.argument("run", metavar="RUN")
@click.argument("source", metavar="SOURCE")
@click.option(
    "-o", "--out", metavar="FILE", help="Where to write, as .csv or .parquet. [default: <source>-predicted.csv here]"
)
@click.option("--explain", is_flag=True, help="Add a column that says which columns move each answer most.")
@click.option(
    "--for-spreadsheets", is_flag=True, help="Make cells harmless that a spreadsheet would take for formulas."
)
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says what was written.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@REQUIRE_SIGNATURE
@NAMING
def command(
    run: str,
    source: str,
    out: str | None,
    explain: bool,
    for_spreadsheets: bool,
    as_json: bool,
    quiet: bool,
    require_signature: str | None,
    named: Named,
) -> int:
    """Write a table with predictions beside its cells.

    Each row of SOURCE gets a prediction, probabilities, a decision where its worth is known, and a status.

    RUN is a run directory, or the bundle in it. Rows keep their order and their cells. They count from 1, the header
    aside.

    \b
    journeyman predict runs/churn-1 new.csv -o scored.csv
    """
    from journeyman.job.predict import predict as write_predictions
    from journeyman.store.champion import champion_of

    progress = progress_for(as_json=as_json, quiet=quiet)
    champion = champion_of(Path(run))
    if champion.sentence:
        progress("predict", champion.sentence, True)
    progress("predict", f"{shown(source)} with the model of {run}", False)
    try:
        scored = write_predictions(
            run,
            source,
            out=out,
            explain=explain,
            for_spreadsheets=for_spreadsheets,
            tell=lambda rows: progress("predict", f"{rows:,} rows {'explained' if explain else 'done'}", False),
            require_signature=require_signature,
            **named,
        )
    finally:
        progress.close()
    for finding in scored.findings:
        progress.add(MARKS[finding.severity], finding.message + remedy_of(finding))
    counts, troubles = scored.counts, scored.troubles
    told = ", ".join(f"{count:,} {status}" for status, count in counts.items() if count) or "no rows"
    progress("predict", f"{scored.path}: {told}", True)
    for one in troubles[:SHOWN]:
        where = scored.places.at(one.row) + (f", {one.column} {one.value!r}" if one.column else "")
        progress.add("", f"{where}: {one.because}")
    if len(troubles) > SHOWN:
        progress.add("", "…")
    if as_json:
        document: dict[str, Any] = {
            "format": 1,
            "status": "done",
            "run": run,
            "source": shown(source),
            "out": str(scored.path),
        }
        # Rows count from 1 in all that people and other programs read.
        told_rows = [{**asdict(one), "row": one.row + 1, **scored.places.as_data(one.row)} for one in troubles]
        document |= {"rows": counts, "findings": [one.as_data() for one in scored.findings], "troubles": told_rows}
        if scored.reasons is not None:
            first = scored.reasons[:MOST_EXPLAINED]
            document["reasons"] = [
                {"row": row + 1, "reasons": [one.as_data() for one in reasons]} for row, reasons in enumerate(first)
            ]
        print_document(document)
    return 0
