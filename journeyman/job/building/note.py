"""Note in a run's folder what a table and a request were taken for, and what the table tells."""

from __future__ import annotations

from journeyman.brief.write import brief_toml
from journeyman.insights.explored import Explored
from journeyman.job.building.take_in import Taken
from journeyman.job.explore import insights_for_build
from journeyman.job.run import Progress
from journeyman.report.sentences import rows_line
from journeyman.sources.set_aside import NAME as SET_ASIDE
from journeyman.sources.set_aside import content as records_of
from journeyman.store.files import write_whole
from journeyman.store.run_folder import OpenRun


def note(run: OpenRun, taken: Taken, say: Progress) -> Explored:
    """Write the rows that stayed out and ``brief.toml``, and explore the table."""
    request, aim, curation = taken.request, taken.understood.aim, taken.understood.curation
    if taken.ledger.set_aside:
        path = write_whole(run.folder / SET_ASIDE, records_of(taken.ledger))
        say("rows", rows_line(taken.ledger, str(path)), True)
    write_whole(run.folder / "brief.toml", brief_toml(request, {"task": aim.reason, "folds": curation.reason}))
    explored = insights_for_build(curation, aim, seed=request.seed, seconds=request.seconds)
    say("explore", explored.summary, True)
    return explored
