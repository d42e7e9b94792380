"""The policy: what to automate and what to hand to a person, with its guarantee."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.automation.answers import Answers
from journeyman.automation.certify import Certified, automated, certify, error_of, thresholds_of
from journeyman.statistics.learn_then_test import bounds
from journeyman.statistics.proportion import proportion
from journeyman.table.said import share


@dataclass(frozen=True, kw_only=True)
class ByDecision:
    """What goes out unattended of one decision: how often, and how often wrongly, with bounds.

    ``low``, ``high`` of the error hold for all decisions at once, whichever threshold the test has chosen.
    ``instead`` are the decisions that were right where it was wrong, and how often, the most frequent first.
    """

    label: str
    threshold: float | None
    cases: int
    wrong: int
    low: float
    high: float
    instead: tuple[tuple[str, int], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The decision as JSON."""
        return {
            "decision": self.label,
            "threshold": self.threshold,
            "cases": self.cases,
            "wrong": self.wrong,
            "error": {"value": self.wrong / self.cases if self.cases else None, "low": self.low, "high": self.high},
            "instead": [{"decision": label, "cases": cases} for label, cases in self.instead],
        }


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What to automate, what to hand to a person.

    Parameters
    ----------
    certified : what the test has shown of each limit
    thresholds : by class, how sure the model must be; None where a person always decides
    share, low, high : of cases that are automated, before the audit lane, with its interval; 0 where none are
    cases, wrong : of the test cases that are automated, how many, and how many wrongly
    by_decision : the error of each decision that goes out
    confidence : that all that is promised holds
    audit_share : of automated cases, those that a person decides all the same
    by_time : whether the newest cases were the test
    test_share : of the log, what the test cases are
    """

    classes: tuple[str, ...]
    certified: tuple[Certified, ...]
    thresholds: tuple[float | None, ...]
    share: float
    low: float
    high: float
    cases: int
    wrong: int
    by_decision: tuple[ByDecision, ...]
    confidence: float
    audit_share: float
    by_time: bool = False
    test_share: float = 1.0

    @property
    def needed(self) -> int | None:
        """How many more past decisions would probably let a share pass; 0 where one has, None where they would not.

        An estimate, of the whole log: a part of it is the test.
        """
        found = [one.needed for one in self.certified if one.needed is not None]
        return _round(math.ceil(min(found) / self.test_share)) if found else None

    @property
    def automates(self) -> bool:
        """Whether anything runs unattended."""
        return any(one is not None for one in self.thresholds)

    @property
    def unattended(self) -> tuple[float, float, float]:
        """The share of all cases that no person sees, the audit lane taken off, with its interval."""
        left = 1 - self.audit_share
        return self.share * left, self.low * left, self.high * left

    @property
    def answer(self) -> str:
        """The answer, in a sentence."""
        at = f"at {share(self.confidence)} confidence"
        if self.automates:
            return (
                f"{share(self.share)} of cases [{share(self.low)}, {share(self.high)}] can run unattended "
                f"with {self._limits()} {at}"
            )
        return f"nothing can run unattended with {self._limits()} {at}; {self.what_it_takes}"

    @property
    def what_it_takes(self) -> str:
        """What would let a share run unattended, in words; an estimate."""
        found = [one for one in self.certified if one.needed is not None]
        if not found:
            floor = min((one.floor for one in self.certified), default=1.0)
            return (
                f"more cases alone would not help: even where the model is surest, {percent(floor)} of its answers are "
                "wrong; it takes columns that say more, more consistent decisions, or a larger --max-error"
            )
        one = min(found, key=lambda each: each.needed or 0)
        what = f" of {one.label!r}" if one.label else ""
        return f"about {self.needed:,} more labelled cases would probably let {share(one.reachable)}{what} pass"

    @property
    def guarantee(self) -> str:
        """What is promised, and while what, in words; also where nothing is."""
        if not self.automates:
            return f"Nothing is automated: {self.what_it_takes}."
        cases = f"{self.certified[0].cases:,} cases that neither the model nor its thresholds were made from"
        when = "the newest ones" if self.by_time else "drawn at random"
        return (
            f"With {share(self.confidence)} confidence, of what runs unattended {self._limits(is_promise=True)} "
            f"{'is' if len(self.certified) == 1 else 'are'} decided wrongly. Tested on {cases} ({when}). "
            "It holds for this model while cases come as those did; the audit lane shows whether they do."
        )

    def _limits(self, *, is_promise: bool = False) -> str:
        """What may be wrong, in words; in a promise only for what is automated."""
        limits = {one.label: one.limit for one in self.certified if one.threshold is not None or not is_promise}
        wrong = "" if is_promise else " wrong"
        if "" in limits:
            return f"at most {percent(limits[''])}{wrong}"
        return ", ".join(f"at most {percent(limit)} of {label!r}" for label, limit in limits.items()) + wrong

    def as_data(self) -> dict[str, Any]:
        """The policy as JSON."""
        return {
            "automates": self.automates,
            "answer": self.answer,
            "guarantee": self.guarantee,
            "needed": self.needed,
            "confidence": self.confidence,
            "thresholds": dict(zip(self.classes, self.thresholds, strict=True)),
            "share": {"value": self.share, "low": self.low, "high": self.high},
            "unattended": dict(zip(("value", "low", "high"), self.unattended, strict=True)),
            "cases": self.cases,
            "wrong": self.wrong,
            "audit_share": self.audit_share,
            "by_decision": [one.as_data() for one in self.by_decision],
            "tests": [one.as_data() for one in self.certified],
        }

    def __repr__(self) -> str:
        return f"<Policy: {self.answer}>"


def policy_of(
    plan: Answers,
    test: Answers,
    limits: Mapping[str, float],
    *,
    level: float = 0.05,
    audit_share: float = 0.02,
    by_time: bool = False,
    test_share: float = 1.0,
) -> Policy:
    """Test thresholds, and say what follows; parameters as for `journeyman.automation.certify.certify`."""
    certified = certify(plan, test, limits, level=level)
    thresholds = thresholds_of(certified, test.classes)
    used = automated(test, thresholds)
    # The test has looked at so many thresholds before it stopped: bounds hold for each of them.
    looks = max(sum(step.tested for one in certified for step in one.steps), 1)
    cases = int(used.sum())
    low, high = _share_bounds(test, used, level / looks) if cases else (0.0, 0.0)
    return Policy(
        classes=test.classes,
        certified=certified,
        thresholds=thresholds,
        share=cases / max(len(test), 1),
        low=low,
        high=high,
        cases=cases,
        wrong=int((test.wrong & used).sum()),
        by_decision=tuple(_by_decision(test, used, thresholds, level / looks)),
        confidence=1 - level,
        audit_share=audit_share,
        by_time=by_time,
        test_share=test_share,
    )


def _share_bounds(test: Answers, used: Any, level: float) -> tuple[float, float]:
    if test.is_clustered:
        found = proportion(used, np.ones(len(test)), np.unique(test.units, return_inverse=True)[1], 1 - level)
        return found.low, found.high
    return bounds(int(used.sum()), len(test), level)


def _by_decision(test: Answers, used: Any, thresholds: Sequence[float | None], level: float) -> list[ByDecision]:
    found = []
    for place, label in enumerate(test.classes):
        mine = used & (test.place == place)
        if not mine.any():
            continue
        cases, wrong, low, high = error_of(test, mine, level / len(test.classes))
        if test.is_clustered:
            seen = proportion(test.wrong[mine], np.ones(cases), np.unique(test.units[mine], return_inverse=True)[1])
            low, high = min(low, seen.low), max(high, seen.high)
        truth = test.truth[mine & test.wrong]
        counts = np.bincount(truth[truth >= 0], minlength=len(test.classes))
        instead = tuple(
            (test.classes[one], int(counts[one])) for one in np.argsort(-counts, kind="stable") if counts[one]
        )
        found.append(
            ByDecision(
                label=label,
                threshold=thresholds[place],
                cases=cases,
                wrong=wrong,
                low=low,
                high=high,
                instead=instead,
            )
        )
    return found


def percent(value: float) -> str:
    """A share with the digits that it was given.

    >>> percent(0.02), percent(0.005), percent(1 / 3)
    ('2 %', '0.5 %', '33.3 %')
    """
    return f"{100 * value:.3g} %"


def _round(count: int) -> int:
    """A count with two digits, as one says an estimate."""
    digits: int = 10 ** max(len(str(count)) - 2, 0)
    return -(-count // digits) * digits
