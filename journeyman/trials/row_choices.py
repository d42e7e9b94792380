"""When choices of training rows join a search: all on its first model, and what has paid later, on the best."""

from __future__ import annotations

import math

from journeyman.curation.propose import Proposal
from journeyman.curation.repair_choices import repair_choices
from journeyman.curation.training_rows import judge_among, row_choices, same_choice
from journeyman.plan.combine import Thin
from journeyman.plan.step import Step
from journeyman.plan.treatment import Treatment
from journeyman.trials.ensemble import calibrated_choices
from journeyman.trials.race import Entry, Race
from journeyman.trials.twins import RowsTried, rows_tried, without_dated


class RowChoices:
    """Says which proposals to add; each plan is asked for once.

    Windows and the like are tried on the first model that there is, which is quick. Only one that has paid there,
    beyond noise, is put before the best plan too: mostly none does, and then no more time is spent.
    """

    def __init__(self) -> None:
        self._asked: list[Step] = []
        self._finished = 0
        self._best: RowsTried | None = None

    def due(self, race: Race) -> list[Proposal]:
        """What to add now, given what has finished; mostly nothing."""
        best = _best_of_all_rows(race)
        judge = judge_among(race.proposals)
        if best is None or best.trial is None or judge is None or best.proposal.plan in self._asked:
            return []
        data = race.laboratory.data
        if not self._asked:
            self._asked.append(best.proposal.plan)
            rows = row_choices(best.proposal, best.trial.answers, judge, data.target, data.folds)
            return rows + repair_choices(best.proposal, data.columns, data.folds)
        proven = self._proven(race)
        if proven is None:
            return []
        self._asked.append(best.proposal.plan)
        return [same_choice(best.proposal, proven.plan, judge)]

    def _proven(self, race: Race) -> RowsTried | None:
        """The choice that has paid most; looked for again only when more have finished."""
        done = race.done()
        finished = sum(isinstance(one.plan, Treatment) for one in done)
        if finished != self._finished:
            self._finished = finished
            data, metric = race.laboratory.data, race.laboratory.metric
            done = [one for one in without_dated(done, metric) if one.status == "done"]
            done += calibrated_choices(race.laboratory, done)
            accepted = [one for one in rows_tried(done, metric, data.target, data.folds) if one.accepted]
            self._best = max(accepted, key=lambda one: one.value, default=None)
        return self._best


def _best_of_all_rows(race: Race) -> Entry | None:
    """The best finished candidate that is more than a floor and keeps every row, not only some for want of time."""
    sign = race.laboratory.metric.sign
    found = [
        one
        for one in race.entries.values()
        if one.trial is not None
        and one.trial.status == "done"
        and not one.proposal.floor
        and not isinstance(one.proposal.plan, Treatment | Thin)
        and not math.isnan(one.trial.score)
    ]
    return max(found, key=lambda one: sign * one.trial.score if one.trial else 0.0, default=None)
