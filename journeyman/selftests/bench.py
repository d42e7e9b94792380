"""What cases are tried with: workers, a folder that is gone afterwards, a seed, and the product's own verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeyman.brief.brief import Brief
from journeyman.curation.propose import propose
from journeyman.evaluation.estimate import Estimate
from journeyman.evaluation.ship import Shipped, ship
from journeyman.evaluation.verdict import Verdict, decide
from journeyman.job.build import build
from journeyman.job.run import Run
from journeyman.job.understand import Understood, understand
from journeyman.selftests.subject import Subject
from journeyman.simulation.world import World
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.pool import Pool
from journeyman.trials.portfolio import portfolio

#: Candidates of a build beside the floors: enough to choose among, and one that can learn rows by heart.
TRIALS = 2
#: Rows of the table that is built from in full, with a run directory.
_ROWS = 400


@dataclass(frozen=True)
class Built:
    """A build without a run directory: what the table was taken for, what is shipped, and the verdict."""

    understood: Understood
    shipped: Shipped
    verdict: Verdict

    @property
    def metric(self) -> Metric:
        """What chose the model."""
        return metric_named(self.shipped.evaluation.metric)

    @property
    def score(self) -> Estimate:
        """What is printed of the model, in that metric."""
        return self.shipped.evaluation.estimates[self.shipped.evaluation.metric]


@dataclass
class Bench:
    """What cases are tried with.

    Parameters
    ----------
    workers : who fits
    folder : for runs; whoever made the bench removes it
    seed : of all that is drawn by chance
    """

    workers: Pool | Here
    folder: Path
    seed: int = 0
    say: Callable[[str], None] = lambda text: None
    _runs: dict[int, Run] = field(default_factory=dict, init=False)

    def understand(self, subject: Subject) -> Understood:
        """Audit and curate a table, as a build does."""
        return understand(subject.table, self._request(subject))

    def build(self, subject: Subject) -> Built:
        """Audit, curate, search, choose, judge, and fit on all rows, by the verbs of a build."""
        understood = self.understand(subject)
        data, metric = understood.data, metric_named(understood.aim.metric)
        self.workers.open(data)
        laboratory = LaboratoryHere(self.workers, data, metric)
        proposals = propose(data.columns, data.target, metric.name)
        trials = portfolio(laboratory, proposals, deadline=None, trials=TRIALS)
        shipped = ship(laboratory, trials, metric, understood.stakes, seed=self.seed, deadline=None)
        return Built(understood, shipped, decide(shipped.evaluation, understood.findings))

    @property
    def world(self) -> World:
        """The table that is built from in full: numbers, words, dates and gaps."""
        return World(law="trees", rows=_ROWS, seed=self.seed, dates=True)

    def run(self, number: int) -> Run:
        """The whole job on `world`, with a run directory; the same request for every number, and built once."""
        if number not in self._runs:
            out, world = self.folder / str(number) / "run", self.world
            options: dict[str, Any] = {"predict": world.target, "trials": TRIALS, "seed": self.seed}
            run = build(world.columns, out=out, **options)
            if run.exit_code:
                raise KeyboardInterrupt
            self._runs[number] = run
        return self._runs[number]

    def _request(self, subject: Subject) -> Brief:
        return Brief(predict=subject.target, trials=TRIALS, seed=self.seed)
