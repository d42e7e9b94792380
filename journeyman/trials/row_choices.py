"""When choices of training rows join a search: all on its first model, and what has paid later, on the best ones."""

from __future__ import annotations

import math

from journeyman.curation.propose import Proposal
from journeyman.curation.repair_choices import repair_choices
from journeyman.curation.training_rows import judge_among, row_choices, same_choice
from journeyman.plan.combine import Thin
from journeyman.plan.step import Step
from journeyman.plan.treatment import Treatment
from journeyman.trials.clock import learner_of
from journeyman.trials.ensemble import calibrated_choices
from journeyman.trials.race import Race
from journeyman.trials.trial import Trial
from journeyman.trials.twins import RowsTried, rows_tried, without_dated

#: So many learners, by the best form of each, have what has paid: what is blended, too, is to learn from those rows.
#: When so many plans have it, only a new best of all has it, too.
_LEARNERS, _PLANS = 4, 8
#: A learner whose error is larger than that of the best by more than this share of it is left out.
_FAR = 0.25


class RowChoices:
    """Says which proposals to add; each plan is asked for once.

    Windows and the like are tried on the first model that there is, which is quick. Only one that has paid there,
    beyond noise, is put before the best plans too: mostly none does, and then no more time is spent.
    """

    def __init__(self) -> None:
        self._asked: set[Step] = set()
        self._finished = 0
        self._best: RowsTried | None = None

    def due(self, race: Race) -> list[Proposal]:
        """What to add now, given what has finished; mostly nothing."""
        best = _best_of_learners(race, with_thin=bool(self._asked))
        if len(self._asked) >= _PLANS:
            best = best[:1]
        best = [one for one in best if one[0].plan not in self._asked]
        judge = judge_among(race.proposals)
        if not best or judge is None:
            return []
        data = race.laboratory.data
        if not self._asked:
            first, trial = best[0]
            self._asked.add(first.plan)
            rows = row_choices(first, trial.answers, judge, data.target, data.folds)
            return rows + repair_choices(first, data.columns, data.folds)
        proven = self._proven(race)
        if proven is None:
            return []
        self._asked.update(proposal.plan for proposal, _ in best)
        return [same_choice(proposal, proven.plan, judge) for proposal, _ in best]

    def _proven(self, race: Race) -> RowsTried | None:
        """The choice that has paid most; looked for again only when more have finished."""
        done = race.done()
        finished = sum(isinstance(one.plan, Treatment) for one in done)
        if finished != self._finished:
            self._finished = finished
            data, metric = race.laboratory.data, race.laboratory.metric
            done = [one for one in without_dated(done, metric) if one.status == "done"]
            done += calibrated_choices(race.laboratory, done)
            # Whether it makes the best model better as well is seen when that has it.
            gained = [one for one in rows_tried(done, metric, data.target, data.folds) if one.low > 0]
            # As long as it holds it stays the one: means of other plans cannot be compared with its own.
            was = None if self._best is None else self._best.choice
            held = [one for one in gained if one.choice == was]
            self._best = max(held or gained, key=lambda one: one.value, default=None)
        return self._best


def _best_of_learners(race: Race, *, with_thin: bool) -> list[tuple[Proposal, Trial]]:
    """The best finished candidate of each learner that is more than a floor and keeps every row; the best first.

    A learner whose best is far worse than that of another has no say in which rows are good.

    Parameters
    ----------
    with_thin : whether what learns from few rows for want of time counts, too
    """
    found = [
        (one.proposal, one.trial)
        for one in race.entries.values()
        if one.trial is not None
        and one.trial.status == "done"
        and not one.proposal.floor
        and not isinstance(one.proposal.plan, Treatment if with_thin else Treatment | Thin)
        and not math.isnan(one.trial.score)
    ]
    found.sort(key=lambda one: -race.laboratory.metric.sign * one[1].score)
    by_learner: dict[str, tuple[Proposal, Trial]] = {}
    for one in found:
        by_learner.setdefault(learner_of(one[0].plan), one)
    near = [one for one in by_learner.values() if race.lower_error(one[1], found[0][1]) >= -_FAR]
    return near[:_LEARNERS]
