"""``journeyman report RUN``: write the report of a run again, and open it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from journeyman.cli.opening import has_screen, open_file
from journeyman.cli.printing import print_document
from journeyman.cli.progress import progress_for
from journeyman.errors import InputError

#: A summary is a few hundred kilobytes; one of this size is not ours.
LARGEST = 256 * 2**20


@click.command()
@click.argument("run", metavar="RUN")
@click.option("-o", "--out", metavar="FILE", help="Where to write. [default: RUN/report.html]")
@click.option(
    "--open/--no-open", "open_it", default=None, help="Open it in the browser. [default: where there is a screen]"
)
@click.option("--json", "as_json", is_flag=True, help="Print only the summary of the run.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(run: str, out: str | None, open_it: bool | None, as_json: bool, quiet: bool) -> int:
    """Write the report of a run again, and open it.

    Of an automation, its page.
    """
    from journeyman.report.automate import write_automation
    from journeyman.report.report import write_report

    is_automation = (Path(run) / "automate.json").is_file()
    summary = read_summary(Path(run), "automate.json" if is_automation else "run.json")
    name, write = ("automate.html", write_automation) if is_automation else ("report.html", write_report)
    path = write(summary, Path(out) if out else Path(run) / name)
    progress_for(as_json=as_json, quiet=quiet).add("report", str(path))
    if as_json:
        print_document(summary)
    if has_screen() and not as_json if open_it is None else open_it:
        open_file(path)
    return 0


def read_summary(folder: Path, name: str = "run.json") -> dict[str, Any]:
    """The summary of a run, or of an automation.

    Raises
    ------
    InputError : there is no finished run in that folder, or its summary is damaged
    """
    from journeyman.store.files import read_bounded

    path = folder / name
    if not path.is_file():
        raise InputError(
            f"there is no finished run in {folder}",
            because="run.json, which a run writes when it is done, is not there",
            remedy="name a run directory, as runs/churn-1",
        )
    try:
        summary = json.loads(read_bounded(path, LARGEST))
    except ValueError as error:
        raise InputError(f"{path} is damaged", because=str(error), remedy="build again") from error
    if not isinstance(summary, dict) or summary.get("format") != 1:
        raise InputError(
            f"{path} is no summary that this version reads", because="its format is not 1", remedy="build again"
        )
    return summary
