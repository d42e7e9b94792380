"""Write the chosen model's bundle, and what a watch over it compares with later."""

from __future__ import annotations

import json

from journeyman.bundle.factors import ADDS_UP
from journeyman.bundle.model import load
from journeyman.evaluation.uses import Uses, uses
from journeyman.job.building.attempt import Tried
from journeyman.job.building.choose import Chosen
from journeyman.job.building.clock import Clock
from journeyman.job.building.take_in import Taken
from journeyman.monitoring.write_reference import write_reference
from journeyman.plan.data import digest, to_data
from journeyman.report.summary import plain, versions
from journeyman.store.files import write_whole
from journeyman.store.run_folder import OpenRun
from journeyman.table.schema import Schema
from journeyman.trials.refit import forget_other_states
from journeyman.trials.worker import checked_rows


def deploy(run: OpenRun, taken: Taken, tried: Tried, chosen: Chosen, clock: Clock) -> Uses | None:
    """Write ``plan.json``, ``bundle`` and the reference into the run's folder; gives what the model uses."""
    shipped, understood = chosen.shipped, taken.understood
    curation, columns = understood.curation, understood.data.columns
    joined = taken.table.joined
    write_whole(run.folder / "plan.json", json.dumps(to_data(shipped.trial.plan), indent=1) + "\n")
    tried.write(
        run.folder / "bundle",
        plan=shipped.trial.plan,
        state=shipped.state,
        rule=shipped.evaluation.rule,
        check=columns.take(checked_rows(columns.rows)),
        expected=shipped.checked,
        facts={
            "plan": digest(shipped.trial.plan),
            "data": tried.laboratory.data_key,
            "seed": taken.request.seed,
            "model": shipped.trial.name,
            "versions": versions(),
            "evaluation": plain(shipped.evaluation.estimates),
            # Columns of the training table beside those that the model reads: a server lets rows hold them.
            "unread": _unread(curation.table.schema),
            **({"joined": [one.as_data() for one in joined]} if joined else {}),
            **({ADDS_UP: chosen.curves.scale} if chosen.curves else {}),
        },
        uncertainty=chosen.sure.uncertainty,
        known=tried.known(),
        label_rule=shipped.evaluation.label_rule,
    )
    used = uses(load(run.folder).answer, columns, seed=taken.request.seed, seconds=clock.look_seconds)
    write_reference(
        run.folder,
        answers=shipped.trial.answers,
        target=curation.target,
        folds=curation.folds,
        table=curation.table,
        predicted=understood.aim.target,
        stakes=understood.stakes,
        evaluation=shipped.evaluation,
    )
    forget_other_states(tried.laboratory, shipped.trial)
    return used


def _unread(schema: Schema) -> list[str]:
    read = {one.name for one in schema.features}
    return [one.name for one in schema if one.name not in read]
