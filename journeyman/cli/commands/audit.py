"""``journeyman audit SOURCE``: what is in a table, and what to do about it, in seconds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journeyman.cli.naming import NAMING
from journeyman.cli.opening import open_file
from journeyman.cli.printing import MARKS, print_document, remedy_of
from journeyman.cli.progress import progress_for
from journeyman.errors import GateClosed
from journeyman.sources.addresses.shown import called, shown
from journeyman.sources.named import Named

if TYPE_CHECKING:
    from journeyman.repairs.write import WrittenCopy


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--predict", metavar="COLUMN", help="The column that is to be predicted: more can be checked then.")
@click.option("-o", "--out", metavar="FILE", help="Where to write the page. [default: runs/<table>-audit.html]")
@click.option(
    "--write-clean",
    metavar="FILE",
    help="Write a copy in which cells are repaired, as .csv or .parquet, with a log of them and the rules beside it.",
)
@click.option("--rules", metavar="FILE", help="Repair by the rules of an earlier --write-clean, not by new ones.")
@click.option("--gate", is_flag=True, help="Exit 4 on a finding that blocks.")
@click.option("--open", "open_it", is_flag=True, help="Open the page when it is written.")
@click.option("--json", "as_json", is_flag=True, help="Print only the findings and the schema, one JSON document.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@NAMING
def command(
    source: str,
    predict: str | None,
    out: str | None,
    write_clean: str | None,
    rules: str | None,
    gate: bool,
    open_it: bool,
    as_json: bool,
    quiet: bool,
    named: Named,
) -> int:
    """Say what is wrong with a table, and what to do.

    \b
    journeyman audit churn.csv --predict Churn
    journeyman audit churn.csv --write-clean clean.csv
    journeyman audit new.csv --write-clean new-clean.csv --rules clean-rules.json
    """
    from journeyman.job.audit import audit
    from journeyman.repairs.write import require_clean_place
    from journeyman.repairs.write import write_clean as write_copy
    from journeyman.report.audit import write_audit
    from journeyman.report.sentences import rows_line
    from journeyman.report.words import to_know
    from journeyman.sources.set_aside import NAME as SET_ASIDE
    from journeyman.sources.set_aside import content as records_of
    from journeyman.store.files import write_whole

    if rules and not write_clean:
        raise click.UsageError("--rules says how --write-clean repairs: name a file to write")
    if write_clean:
        require_clean_place(source, Path(write_clean))
    progress = progress_for(as_json=as_json, quiet=quiet)
    progress("read", shown(source), False)
    try:
        found = audit(source, predict, **named)
    finally:
        progress.close()
    name = called(source)
    summary = {"format": 1, "status": "done", "name": name, "target": predict or "", **found.as_data()}
    progress("read", found.origin, True)
    progress.add("audit", to_know(len(found.findings)))
    for finding in found.findings:
        progress.add(MARKS[finding.severity], finding.message + remedy_of(finding))
    path = Path(out) if out else Path("runs") / f"{name}-audit.html"
    if found.ledger.set_aside:
        beside = write_whole(path.with_name(f"{path.stem}-{SET_ASIDE}"), records_of(found.ledger))
        summary["rows"]["file"] = beside.name
        progress.add("rows", rows_line(found.ledger, str(beside)))
    if write_clean:
        copy = write_copy(source, Path(write_clean), Path(rules) if rules else None, **named)
        summary["clean"] = copy.as_data()
        progress.add("clean", cleaned_line(copy))
    progress.add("report", str(write_audit(summary, path)))
    if as_json:
        print_document(summary)
    if open_it:
        open_file(path)
    blocking = [one for one in found.findings if one.severity == "error"]
    if gate and blocking:
        raise GateClosed(
            f"{len(blocking)} finding{'s' if len(blocking) > 1 else ''} of {len(found.findings)} must be settled first",
            because=blocking[0].message,
            remedy=blocking[0].remedy.words or f"read {path}",
        )
    return 0


def cleaned_line(copy: WrittenCopy) -> str:
    """What was written, in one line."""
    cells = f"{copy.changed:,} cell{'s' if copy.changed != 1 else ''} changed"
    left = copy.suspects - copy.changed
    kept = f", {left:,} more likely wrong and left as they are" if left else ""
    return f"{copy.copy}: {cells}{kept} (each in {copy.changes.name}; rules in {copy.rules.name})"
