"""How long an answer may take: which candidates keep that, what ships because of it, and what that costs.

Which candidates may ship is decided by time alone, never by scores, so nothing has to be corrected for it; among those
the choice is the one that always is made, and its replays find the weights of blends under the same limit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeyman.bundle.decision import DecisionRule
from journeyman.evaluation.estimate import Estimate, difference, plain
from journeyman.evaluation.evaluate import chosen_on_all_rows
from journeyman.evaluation.verdict import TOO_SLOW
from journeyman.plan.step import State, Step
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.finding import Finding, Remedy
from journeyman.trials.ensemble import ensembles, row_cost
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.paired import paired
from journeyman.trials.row_time import Way
from journeyman.trials.trial import Trial

#: What a search says of a row is a sum over members, without what they have in common: one that is said to take so many
#: times the limit at most is fitted, and measured, before it is given up.
HOPE = 2.0
_LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Limit:
    """How long an answer may take, and how that is found.

    Parameters
    ----------
    seconds : that half of the answers to single rows may take at most, in process, on this machine
    around : what all but the graph takes now: reading the row, whether it is unusual, the decision
    whole : the seconds of a fitted plan as it would be deployed, with its decision rule
    """

    seconds: float
    way: Way
    around: Callable[[], float]
    whole: Callable[[Step, State, DecisionRule | None], float]


@dataclass(frozen=True)
class Latency:
    """What became of a limit.

    Parameters
    ----------
    limit, seconds : what was asked for, and what one answer of what ships takes
    way : whether that was measured, or counted because no clock may decide
    without, without_seconds : what would have shipped without the limit, and what its answers take, about
    price : by how much that is better in the metric on the same rows, with its paired 95 % interval; None where the
        limit changed nothing
    too_slow : names of candidates that could not ship because of it
    """

    limit: float
    seconds: float
    way: Way
    name: str
    without: str
    without_seconds: float
    metric: str = ""
    price: Estimate | None = None
    too_slow: tuple[str, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether what ships is as fast as asked."""
        return self.seconds <= self.limit

    def as_data(self) -> dict[str, Any]:
        """What ``run.json`` holds of it."""
        return {
            "limit": self.limit,
            "seconds": plain(self.seconds),
            "way": self.way,
            "is_kept": self.is_kept,
            "name": self.name,
            "without": {"name": self.without, "seconds": plain(self.without_seconds)},
            "metric": self.metric,
            "price": None if self.price is None else self.price.as_data(),
            "too_slow": list(self.too_slow),
        }


@dataclass
class Keeping:
    """Keeps a limit in a choice: says what may be fitted and shipped, and what is on the board once something was not.

    Parameters
    ----------
    without : what would ship without the limit, by name; found before anything is taken off
    share : of what is left for graphs, so much is given to them, by what fits on all rows turned out to take
    slow : candidates that are too slow, names by keys
    """

    limit: Limit
    laboratory: Laboratory
    around: float
    without: Trial
    took: float
    share: float = 1.0
    slow: dict[str, str] = field(default_factory=dict)
    is_given_up: bool = False

    @classmethod
    def of(cls, limit: Limit, laboratory: Laboratory, trials: Sequence[Trial], metric: Metric) -> Keeping:
        """See what would ship without the limit."""
        best = trials[chosen_on_all_rows(trials, laboratory.data.target, laboratory.data.folds, metric)]
        around = limit.around()
        return cls(limit, laboratory, around, best, around + row_cost(best))

    def may(self, trial: Trial) -> bool:
        """Whether it is worth fitting a candidate, to see how long it takes."""
        return self.is_given_up or self.around + row_cost(trial) <= HOPE * self.limit.seconds

    def accepts(self, trial: Trial, seconds: float) -> bool:
        """Whether a candidate that takes so long can ship; what is seen of it is learnt from."""
        if trial.key == self.without.key:
            self.took = seconds
        if self.is_given_up or seconds <= self.limit.seconds:
            return True
        # What the folds said was too little for this one: for others it may be, too.
        took = seconds - self.around
        if took > row_cost(trial):
            self.share *= max(row_cost(trial) / took, _LEAST_SHARE)
        self.slow[trial.key] = trial.name
        return False

    def left(self, trials: Sequence[Trial], refused: Trial) -> list[Trial]:
        """What is on the board without what is too slow: candidates that keep the limit, and a blend of them.

        Where nothing that learns from columns keeps it, the fastest that does is left, beside what always answers
        alike.
        """
        self.slow[refused.key] = refused.name
        simple = [one for one in trials if not one.is_mixed]
        graphs = self.share * (self.limit.seconds - self.around)
        fast = [one for one in simple if row_cost(one) <= graphs and one.key not in self.slow]
        self.slow |= {one.key: one.name for one in trials if row_cost(one) > graphs}
        if any(one.weight > 0 for one in fast):
            made = ensembles(self.laboratory, fast, row_limit=graphs)
            known = {one.key for one in fast}
            return fast + [one for one in made if one.key not in known and one.key not in self.slow]
        self.is_given_up = True
        learning = [one for one in simple if one.weight > 0]
        fastest = min(learning, key=row_cost, default=None)
        if fastest is not None:
            self.slow.pop(fastest.key, None)
        return [*fast, *([] if fastest is None else [fastest])] or list(trials)

    def told(self, shipped: Trial, seconds: float, metric: Metric) -> Latency:
        """What became of it."""
        data, price = self.laboratory.data, None
        if shipped.key != self.without.key:
            scores, errors = paired([self.without.answers, shipped.answers], metric, data.target, data.folds)
            price = difference(scores, errors, 0, 1)
        return Latency(
            limit=self.limit.seconds,
            seconds=seconds,
            way=self.limit.way,
            name=shipped.name,
            without=self.without.name,
            without_seconds=self.took,
            metric=metric.name,
            price=price,
            too_slow=tuple(self.slow.values()),
        )


def latency_findings(told: dict[str, Any] | None) -> tuple[Finding, ...]:
    """What is to be said where nothing keeps the limit, given `Latency.as_data`."""
    if told is None or told["is_kept"]:
        return ()
    limit = in_time(told["limit"])
    return (
        Finding(
            code=TOO_SLOW,
            severity="error",
            message=f"no model that learns from the columns answers a row within {limit}, as --max-latency asks: "
            f"{told['name']}, the fastest, does not",
            numbers={"limit": told["limit"]},
            remedy=Remedy(action="review", words="Allow more with --max-latency, or leave columns out with --ignore."),
        ),
    )


def in_time(seconds: float) -> str:
    """A short time in words.

    >>> in_time(0.005), in_time(0.000125), in_time(2.5)
    ('5 ms', '125 µs', '2.5 s')
    """
    for unit, scale in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"
