"""What each part of a search has earned, and what ten times the time would likely bring."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from journeyman.evaluation.estimate import Estimate, difference
from journeyman.learners.learner import Learner
from journeyman.plan import needs
from journeyman.plan.distilled import Distilled
from journeyman.plan.retarget import Retargeted
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.plan.treatment import Treatment
from journeyman.statistics.folds import Folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Numbers
from journeyman.trials.ensemble import greedy_weights, mixed
from journeyman.trials.paired import paired
from journeyman.trials.trial import Trial

#: Half, and a quarter, of the time that candidates took: what came of each doubling says what the next may bring.
_PREFIXES = (0.25, 0.5)
#: How many doublings ten times the time is; and how much of a doubling's gain the next is expected to bring at most.
_DOUBLINGS, _MOST_LEFT = np.log2(10.0), 0.8
#: A blend takes about as long as the one before it, and at times so many times that; so early is looked at the clock.
_LONGER = 1.5
#: Preparations whose gain is told, where some candidates have them and others not.
_TOLD = (
    needs.COLUMNS_COMBINED,
    needs.LEVELS_COMBINED,
    needs.LEVEL_EFFECTS,
    needs.TEXT_AS_ITEMS,
    needs.TEXT_AS_SCORES,
    needs.TEXT_AS_TOPICS,
    needs.WORDS_AS_TARGET_MEANS,
    needs.WORDS_AS_CODES,
    needs.RANKED,
    needs.FEW_DIRECTIONS,
)


@dataclass(frozen=True)
class Part:
    """What a part of the search has earned: how much worse the blend would be without the candidates that have it.

    Parameters
    ----------
    name : a family of learners, a preparation, a treatment of the data, or blending itself
    candidates : how many finished with it
    seconds : what these took, on one core
    gain : in the metric, more being better, with its 95 % interval
    """

    name: str
    candidates: int
    seconds: float
    gain: Estimate


@dataclass(frozen=True)
class Earned:
    """What the parts of a search have earned.

    Parameters
    ----------
    metric : of all gains
    parts : what earned most first
    tenfold : what ten times the time would likely bring, None where too few candidates finished
    unjudged : of how many more parts there was no time to see what they earned
    """

    metric: str
    parts: tuple[Part, ...]
    tenfold: Estimate | None
    unjudged: int = 0

    def as_data(self) -> dict[str, Any]:
        """What ``run.json`` holds of it."""
        return {
            "metric": self.metric,
            "parts": [
                {
                    "name": one.name,
                    "candidates": one.candidates,
                    "seconds": one.seconds,
                    "gain": one.gain.as_data(),
                }
                for one in self.parts
            ],
            "tenfold": None if self.tenfold is None else self.tenfold.as_data(),
            "unjudged": self.unjudged,
        }


def earned(
    trials: Sequence[Trial], metric: Metric, target: Target, folds: Folds, *, until: float | None = None
) -> Earned | None:
    """What was earned by each family of learners, each preparation, each treatment, and by blending.

    The blend of all that finished is compared with the blend of all but those with the part. Its weights are found in
    each fold by the other folds' answers, so no row has a say in how it is answered; the intervals are those of paired
    differences. Made of what other candidates make up for, a part earns little, however good it is alone.

    Parameters
    ----------
    until : when to be done, by ``time.monotonic()``. Parts on which more time was spent come first, and those for
        which there is no time are counted only. None waits for all

    Returns None where fewer than two candidates finished, or where there is no time for any part.
    """
    members = _members(trials, target, folds)
    if len(members) < 2 or (until is not None and time.monotonic() >= until):
        return None
    began = time.monotonic()
    answers = [_blended(members, metric, target, folds), _singly(members, metric, target, folds)]
    longest = time.monotonic() - began
    prefixes = [_first(members, share) for share in _PREFIXES]
    having = _having(members)
    ways = [("", frozenset[str](), some) for some in prefixes if all(prefixes)]
    for keys in sorted(having, key=lambda keys: -_seconds(members, keys)):
        ways.append((" · ".join(having[keys]), keys, [one for one in members if one.key not in keys]))
    done = []
    for way in ways:
        began = time.monotonic()
        if until is not None and began + _LONGER * longest > until:
            break
        answers.append(_blended(way[2], metric, target, folds))
        longest = max(longest, time.monotonic() - began)
        done.append(way)
    scores, errors = paired(answers, metric, target, folds)
    found = [
        Part(name, len(keys), _seconds(members, keys), difference(scores, errors, 0, place))
        for place, (name, keys, _) in enumerate(done, start=2)
        if keys
    ]
    found.append(Part("blending", len(members), 0.0, difference(scores, errors, 0, 1)))
    found.sort(key=lambda one: -np.nan_to_num(one.gain.value, nan=-np.inf))
    tenfold = _tenfold(scores, errors) if sum(not keys for _, keys, _ in done) == len(_PREFIXES) else None
    return Earned(metric.name, tuple(found), tenfold, unjudged=sum(bool(keys) for _, keys, _ in ways[len(done) :]))


def _having(members: Sequence[Trial]) -> dict[frozenset[str], list[str]]:
    """The keys of the candidates that have a part, where others have not, and the parts that just these have."""
    of = {one.key: list(parts_of(one.plan)) for one in members}
    found: dict[frozenset[str], list[str]] = {}
    for name in dict.fromkeys(name for one in members for name in of[one.key]):
        having = frozenset(key for key, names in of.items() if name in names)
        if len(having) < len(members):
            found.setdefault(having, []).append(name)
    return found


def _seconds(members: Sequence[Trial], having: frozenset[str]) -> float:
    return round(sum(one.seconds for one in members if one.key in having), 2)


def parts_of(plan: Step) -> Iterator[str]:
    """The parts of a plan that are told: its learner's title, preparations, treatments, the target's scale."""
    for one in _steps(plan):
        if isinstance(one, Learner):
            yield f"{one.title[:1].lower()}{one.title[1:]}"
        if one.answers in (*_TOLD, *needs.REPAIRS):
            yield one.answers
        if isinstance(one, Retargeted):
            yield "logarithm of the target"
        if isinstance(one, Distilled):
            yield "distillation"
        if isinstance(one, Treatment) and not hasattr(one, "repair"):
            yield "fewer rows"


def _steps(plan: Step) -> Iterator[Step]:
    """A plan and all steps in it, but those by which it only chooses."""
    yield plan
    for one in fields(plan):  # type: ignore[arg-type]  # every step is a dataclass
        value = getattr(plan, one.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Step) and one.name not in ("judge", "teacher"):
                yield from _steps(inner)


def _members(trials: Sequence[Trial], target: Target, folds: Folds) -> list[Trial]:
    """What a blend may be made of, in the order in which the search took them up."""
    rows = folds.all_scored
    return [
        one
        for one in sorted(trials, key=lambda one: one.turn)
        if one.status == "done"
        and not one.members
        and not (one.floor and one.weight <= 1)
        and one.answers.shape[0] == len(target)
        and np.isfinite(one.answers[rows]).all()
    ]


def _first(members: Sequence[Trial], share: float) -> list[Trial]:
    """Those that were there when a share of all their time was spent."""
    spent = np.cumsum([one.seconds for one in members])
    return [one for one, seconds in zip(members, spent.tolist(), strict=True) if seconds <= share * spent[-1]]


def _blended(members: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> Numbers:
    """Answers (rows, outputs) of the greedy blend, whose weights the other folds find for each."""
    answers = np.full_like(members[0].answers, np.nan)
    for fold in folds.usable:
        rows, others = folds.scored(fold), _others(folds, fold)
        weights = greedy_weights(members, target, metric, others if len(others) else rows)
        answers[rows] = mixed(members, weights.tolist())[rows]
    return answers


def _singly(members: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> Numbers:
    """Answers of the one that is best by the other folds, for each."""
    answers = np.full_like(members[0].answers, np.nan)
    for fold in folds.usable:
        rows, others = folds.scored(fold), _others(folds, fold)
        seen = target.take(others if len(others) else rows)
        judged = others if len(others) else rows
        scores = [
            metric.sign * metric.score(seen.values, metric.named(one.answers[judged], seen.weights), seen.weights)
            for one in members
        ]
        answers[rows] = members[int(np.nanargmax(np.nan_to_num(scores, nan=-np.inf)))].answers[rows]
    return answers


def _others(folds: Folds, fold: int) -> Any:
    rows = folds.all_scored
    return rows[folds.number[rows] != fold]


def _tenfold(scores: Numbers, errors: Numbers) -> Estimate | None:
    """Each doubling brings a part of what the one before it brought, as the last one did.

    All candidates stand first, those of the first quarter of the time third, and those of its first half fourth.
    """
    quarter = 2
    before, last = scores[quarter + 1] - scores[quarter], scores[0] - scores[quarter + 1]
    if not np.isfinite([before, last]).all():
        return None
    left = float(np.clip(last / before, 0.0, _MOST_LEFT)) if before > 0 else _MOST_LEFT / 2

    def further(gain: float, left: float) -> float:
        whole = int(_DOUBLINGS)
        steps = sum(left**place for place in range(1, whole + 1)) + (_DOUBLINGS - whole) * left ** (whole + 1)
        return max(gain, 0.0) * float(steps)

    most = difference(scores, errors, 0, quarter + 1).high
    return Estimate(further(float(last), left), 0.0, further(most, _MOST_LEFT))
