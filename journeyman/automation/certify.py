"""Which answers may go out unattended: thresholds that were tested on cases that nothing else ever saw.

The planning cases say for each threshold which share of cases it lets through and how wrong these are; from that
follows where a proof is easy. The test starts there and goes on to laxer thresholds until one fails (Learn-then-Test
with an order learnt on cases of its own). A second start with stricter ones has a fifth of the level: it finds a
smaller share where newer cases are harder than those that planned. What has passed holds for the model as deployed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.automation.answers import Answers
from journeyman.errors import BriefError, nearest
from journeyman.statistics.learn_then_test import (
    binomial_p_value,
    bounds,
    cases_needed,
    clustered_p_value,
    fewest_cases,
    passed,
)
from journeyman.table.columns import Flags, Numbers

#: Steps between the strictest threshold and the laxest; how far below the level a p-value is to be expected where a
#: proof is easy; and the share of the level of the first start. Chosen on 150 simulated logs (docs/decisions/0012).
STEPS, EASY, FIRST = 48, 0.05, 0.8
#: A smaller share of cases is not worth asking for more of them.
LEAST_SHARE = 0.05
#: How many cases' worth the model's own probabilities weigh beside the planning cases.
_PRIOR = 30.0


@dataclass(frozen=True, kw_only=True)
class Step:
    """A threshold, and what the test cases say of it; ``p_value`` of the hypothesis that it errs beyond the limit.

    ``tested`` is False for thresholds that the test did not come to: their numbers are shown, and promise nothing.
    ``passed``: the hypothesis is rejected.
    """

    threshold: float
    cases: int
    wrong: int
    p_value: float
    tested: bool
    passed: bool

    def as_data(self) -> dict[str, Any]:
        """The step as JSON."""
        return {
            "threshold": self.threshold,
            "cases": self.cases,
            "wrong": self.wrong,
            "p_value": self.p_value,
            "tested": self.tested,
            "passed": self.passed,
        }


@dataclass(frozen=True, kw_only=True)
class Certified:
    """What a test has shown of one limit.

    Parameters
    ----------
    label : the class that the limit is for; empty where it is for all that is automated
    limit, level : the error rate that is not exceeded, and the probability with which that is wrong
    threshold : the laxest one that has passed; None where none has
    steps : all thresholds, strict to lax
    cases : how many test cases there were
    needed : how many more labelled cases would probably let a useful share pass; 0 where something has passed, None
        where more cases would not help
    reachable : the share that these would let pass, 0.0 where none; of what has passed its share
    floor : the smallest error rate that was seen on a share of at least a twentieth of cases
    """

    label: str
    limit: float
    level: float
    threshold: float | None
    steps: tuple[Step, ...]
    cases: int
    needed: int | None
    reachable: float
    floor: float

    def as_data(self) -> dict[str, Any]:
        """The test as JSON."""
        return {
            "decision": self.label or None,
            "limit": self.limit,
            "confidence": 1 - self.level,
            "threshold": self.threshold,
            "cases": self.cases,
            "needed": self.needed,
            "reachable": self.reachable,
            "steps": [one.as_data() for one in self.steps],
        }


def certify(plan: Answers, test: Answers, limits: Mapping[str, float], *, level: float = 0.05) -> tuple[Certified, ...]:
    """Test thresholds: one for all classes where the one limit has the name "", else one for each class named.

    Parameters
    ----------
    plan, test : answers to cases that the model has never seen, and that are in one of the two only
    limits : "" or class → the largest error rate among what is automated, in (0, 1)
    level : the probability that any of the promises is wrong; several limits share it (Bonferroni)

    Raises
    ------
    BriefError : a limit names no class
    """
    for label in limits:
        if label and label not in test.classes:
            raise BriefError(f"--max-error names {label!r}", remedy=nearest(label, test.classes))
    share = level / max(len(limits), 1)
    found = []
    for label, limit in limits.items():
        found.append(_sequence(label, plan, test, _among(plan, label), _among(test, label), limit, share))
    return tuple(found)


def _among(answers: Answers, label: str) -> Flags:
    if not label:
        return np.ones(len(answers), np.bool_)
    return np.asarray(answers.place == answers.classes.index(label), np.bool_)


def thresholds_of(certified: tuple[Certified, ...], classes: tuple[str, ...]) -> tuple[float | None, ...]:
    """What a router takes: the threshold of each class."""
    by_label = {one.label: one.threshold for one in certified}
    return tuple(by_label.get(label, by_label.get("")) for label in classes)


def automated(answers: Answers, thresholds: tuple[float | None, ...]) -> Flags:
    """Which cases would be answered alone, (cases,), before any audit lane."""
    least = np.array([np.inf if one is None else one for one in thresholds])
    return np.asarray(answers.usual & (answers.chance >= least[answers.place]), np.bool_)


def p_value(answers: Answers, used: Flags, limit: float) -> float:
    """Of the hypothesis that more than ``limit`` of the used cases are answered wrongly."""
    if answers.is_clustered:
        return clustered_p_value(answers.wrong, used, answers.units, limit)
    return binomial_p_value(int((answers.wrong & used).sum()), int(used.sum()), limit)


def _sequence(
    label: str, plan: Answers, test: Answers, plan_among: Flags, test_among: Flags, limit: float, level: float
) -> Certified:
    thresholds = _thresholds(plan, plan_among)
    shares, errors = _planned(plan, plan_among, thresholds)
    expected = [_expected(one, error, len(test), limit) for one, error in zip(shares, errors, strict=True)]
    used = [test.usual & test_among & (test.chance >= one) for one in thresholds]
    values = [p_value(test, one, limit) for one in used]
    tested, rejected = np.zeros(len(values), np.bool_), np.zeros(len(values), np.bool_)
    for start, part in _starts(expected, level):
        count = passed(values[start:], part)
        tested[start : start + count + 1] = True
        rejected[start : start + count] = True
    steps = tuple(
        Step(
            threshold=float(threshold),
            cases=int(one.sum()),
            wrong=int((test.wrong & one).sum()),
            p_value=value,
            tested=bool(tested[place]),
            passed=bool(rejected[place]),
        )
        for place, (threshold, one, value) in enumerate(zip(thresholds, used, values, strict=True))
    )
    chosen = next((one for one in reversed(steps) if one.passed), None)
    needed, reachable = _needed(plan, test, thresholds, plan_among, test_among, limit, level)
    rates = [one.wrong / one.cases for one in steps if one.cases >= max(LEAST_SHARE * len(test), 20)]
    return Certified(
        label=label,
        limit=limit,
        level=level,
        threshold=None if chosen is None else chosen.threshold,
        steps=steps,
        cases=len(test),
        needed=needed if chosen is None else 0,
        reachable=reachable if chosen is None else chosen.cases / max(len(test), 1),
        floor=min(rates, default=1.0),
    )


def _thresholds(plan: Answers, among: Flags) -> Numbers:
    """Thresholds, strict to lax, by equal shares of the planning cases."""
    chances = np.sort(plan.chance[plan.usual & among])[::-1]
    if not len(chances):
        return np.empty(0)
    ranks = np.unique(np.ceil(np.arange(1, STEPS + 1) / STEPS * len(chances)).astype(np.int64)) - 1
    found: Numbers = np.unique(chances[ranks])[::-1]
    return found


def _planned(plan: Answers, among: Flags, thresholds: Numbers) -> tuple[Numbers, Numbers]:
    """Share of all cases and error rate of each threshold, as planning cases and the model's probabilities say."""
    shares, errors = np.zeros(len(thresholds)), np.ones(len(thresholds))
    for place, threshold in enumerate(thresholds):
        used = plan.usual & among & (plan.chance >= threshold)
        own = float((1 - plan.chance[used]).mean())
        shares[place] = used.mean()
        errors[place] = (float((plan.wrong & used).sum()) + _PRIOR * own) / (float(used.sum()) + _PRIOR)
    return shares, errors


def _expected(share: float, error: float, cases: int, limit: float) -> float:
    """The p-value to be expected."""
    count = round(share * cases)
    return binomial_p_value(int(count * error), count, limit)


def _starts(expected: Sequence[float], level: float) -> list[tuple[int, float]]:
    """Where to start, and the level of each sequence; together they spend the level.

    Halfway from the strictest threshold that is easily proven to the one that is most easily proven; and at the former,
    with what is left. Where none is easily proven, only at the one that is most easily, of equals the laxest.
    """
    if not expected:
        return []
    most = len(expected) - 1 - int(np.argmin(expected[::-1]))
    strict = next((place for place, value in enumerate(expected) if value <= EASY * level), most)
    middle = (strict + most) // 2
    return [(middle, FIRST * level), (strict, (1 - FIRST) * level)] if strict < middle else [(middle, level)]


def _needed(
    plan: Answers,
    test: Answers,
    thresholds: Numbers,
    plan_among: Flags,
    test_among: Flags,
    limit: float,
    level: float,
) -> tuple[int | None, float]:
    """How many more test cases would do, and for which share: by all that is known of the thresholds by now.

    An estimate, no promise: the test cases are looked at for it after they have judged.
    """
    best: tuple[int, float] | None = None
    for threshold in thresholds:
        used = [
            one.usual & among & (one.chance >= threshold) for one, among in ((plan, plan_among), (test, test_among))
        ]
        cases = sum(int(one.sum()) for one in used)
        wrong = int((plan.wrong & used[0]).sum()) + int((test.wrong & used[1]).sum())
        own = sum(float((1 - one.chance[mask]).sum()) for one, mask in zip((plan, test), used, strict=True))
        share = cases / (len(plan) + len(test))
        if share < LEAST_SHARE:
            continue
        error = (wrong + _PRIOR * own / cases) / (cases + _PRIOR)
        count = cases_needed(error, share, limit, level)
        if count is not None and (best is None or count < best[0]):
            best = count, share
    if best is None:
        return None, 0.0
    # What is there now has not been enough, whatever the estimate says.
    return max(best[0] - len(test), len(test) // 10, fewest_cases(limit, level) // 10), best[1]


def error_of(answers: Answers, used: Flags, level: float) -> tuple[int, int, float, float]:
    """How many of the used cases there are, how many are wrong, and the exact interval of the error rate."""
    cases, wrong = int(used.sum()), int((answers.wrong & used).sum())
    return cases, wrong, *bounds(wrong, cases, level)
