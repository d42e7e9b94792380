"""``journeyman monitor RUN SOURCE``: new rows against a deployed model; one test that goes on from call to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journeyman.cli.naming import NAMING
from journeyman.cli.opening import open_file
from journeyman.cli.printing import print_document
from journeyman.cli.progress import Progress, progress_for
from journeyman.cli.signing import REQUIRE_SIGNATURE
from journeyman.errors import GateClosed
from journeyman.sources.addresses.shown import shown
from journeyman.sources.named import Named

if TYPE_CHECKING:
    from journeyman.monitoring.monitored import Monitored

#: So many columns that drift are told on the screen.
_SHOWN = 5


@click.command()
@click.argument("run", metavar="RUN")
@click.argument("source", metavar="SOURCE")
@click.option("--outcome", metavar="COLUMN", help="The column that says what came; empty where it is not known yet.")
@click.option("--when", metavar="COLUMN", help="Dates by which the rows are cut into days, each a batch.")
@click.option("--gate", is_flag=True, help="Exit 4 on an alarm.")
@click.option("--open", "open_it", is_flag=True, help="Open the page when it is written.")
@click.option("--json", "as_json", is_flag=True, help="Print only a JSON document that says what was seen.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@REQUIRE_SIGNATURE
@NAMING
def command(
    run: str,
    source: str,
    outcome: str | None,
    when: str | None,
    gate: bool,
    open_it: bool,
    as_json: bool,
    quiet: bool,
    require_signature: str | None,
    named: Named,
) -> int:
    """Hold new rows against a deployed model.

    Says what broke, what is new, what drifts and what that does to predictions, how well the model is expected to do,
    and with outcomes whether it still does what its build promised. Call it as often as you like: all calls together
    raise a false alarm for at most 5 % of healthy models. Rows and outcomes that were counted are not counted again.

    \b
    journeyman monitor runs/churn-1 monday.csv
    journeyman monitor runs/churn-1 monday-with-outcomes.csv --outcome Churn
    """
    from journeyman.job.monitor import monitor

    progress = progress_for(as_json=as_json, quiet=quiet)
    progress("monitor", f"{shown(source)} against {run}", False)
    try:
        found = monitor(
            run, source, outcome=outcome, when=when, progress=progress, require_signature=require_signature, **named
        )
    finally:
        progress.close()
    _show(found, progress)
    if as_json:
        print_document({"format": 1, "status": "done", "run": run, "source": shown(source), **found.as_data()})
    if open_it and found.page is not None:
        open_file(found.page)
    if gate and found.alarms:
        raise GateClosed(
            f"{len(found.alarms)} alarm{'s' if len(found.alarms) > 1 else ''}",
            because=found.alarms[0].sentence,
            remedy=found.alarms[0].remedy,
        )
    return 0


def _show(found: Monitored, progress: Progress) -> None:
    old = found.rows - found.set_aside - found.new
    before = f", {old:,} were counted before" if old and found.new else ", all counted before" if old else ""
    if found.facts is None and not found.drift:
        before = ", which cannot be predicted"
    late = f", {found.outcomes:,} new outcomes" if found.outcomes else ""
    progress("read", f"{found.rows:,} rows{before}{late}", True)
    data = found.as_data()
    if data["estimated"] is not None:
        one = data["estimated"]
        progress.add(
            "estimated",
            f"{one['measure'].replace('_', ' ')} {one['value']:.4g} [{one['low']:.4g}, {one['high']:.4g}], "
            f"{one['at_build']:.4g} at the build; it cannot see concept drift",
        )
    for one in data["real"]:
        if one["value"] is not None and one["measure"] != "lost_payoff":
            progress.add(
                "real",
                f"{one['measure'].replace('_', ' ')} {one['value']:.4g} in {one['rows']:,} rows, "
                f"{one['at_build']:.4g} at the build, up to {one['tolerated']:.4g} tolerated",
            )
    for one in [column for column in found.drift if column.is_changed][:_SHOWN]:
        progress.add("drift", f"{one.sentence} ({'harmful' if one.is_harmful else 'harmless'})")
    for alarm in found.raised:
        progress.add("ALARM" if alarm.severity == "alarm" else "notice", alarm.sentence)
        progress.add("", f"at stake: {alarm.price}")
        progress.add("", f"do: {alarm.remedy}")
    progress("monitor", found.sentence, True)
    if found.page is not None:
        progress.add("page", str(found.page))
