"""Tell what came of a build: ``run.json`` and the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from journeyman.evaluation.uses import Uses
from journeyman.insights.explored import Explored
from journeyman.job.building.attempt import Tried
from journeyman.job.building.choose import Chosen
from journeyman.job.building.clock import Clock
from journeyman.job.building.take_in import Taken
from journeyman.report.report import write_report
from journeyman.report.summary import summarise
from journeyman.store.files import write_whole
from journeyman.store.run_folder import OpenRun


def tell(
    run: OpenRun,
    taken: Taken,
    tried: Tried,
    chosen: Chosen,
    clock: Clock,
    explored: Explored,
    uses: Uses | None,
    sources: Sequence[str],
    *,
    is_interrupted: bool,
) -> dict[str, Any]:
    """Write both; gives what ``run.json`` holds.

    Parameters
    ----------
    explored : what the table tells
    uses : what the model uses
    sources : files and addresses that were read, as they may be shown
    """
    understood = taken.understood
    summary = summarise(
        brief=taken.request,
        table=taken.table,
        aim=understood.aim,
        findings=chosen.findings,
        curation=understood.curation,
        trials=tried.trials,
        shipped=chosen.shipped,
        stakes=understood.stakes,
        verdict=chosen.verdict,
        data_key=tried.laboratory.data_key,
        sources=sources,
        timings=clock.parts,
        seconds=clock.passed,
        interrupted=is_interrupted,
        uses=uses,
        curves=chosen.curves,
        uncertainty=chosen.sure,
        columns=understood.data.columns,
        told=explored,
        ledger=taken.ledger,
        until=clock.write_from,
    )
    write_report(summary, run.folder / "report.html")
    text = json.dumps(summary, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(run.folder / "run.json", text + "\n")
    return summary
