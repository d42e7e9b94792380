"""Which choices of training rows are worth a trial: the newest rows only, or all but those with likely wrong targets.

Keeping every row is what there is without them. A choice is a candidate like any other: the same plan, fitted on fewer
rows, judged by the same held-out rows, of which none is ever left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from journeyman.curation.propose import Proposal
from journeyman.curation.repair_choices import with_repair
from journeyman.plan.cleaned import Cleaned
from journeyman.plan.combine import Thin
from journeyman.plan.distilled import Distilled
from journeyman.plan.opinions import Opinions, doubts_by
from journeyman.plan.recent import FEWEST_ROWS, Recent
from journeyman.plan.repaired import Repaired
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.plan.teacher import teacher_of
from journeyman.plan.treatment import FEWEST_SCORED, Treatment
from journeyman.statistics.doubts import contradicted
from journeyman.statistics.folds import Folds
from journeyman.statistics.label_rule import chances_of
from journeyman.table.columns import Numbers

#: Windows that are tried, as shares of the rows: the newest half and quarter; and one that is found in each fold.
SHARES = (1 / 2, 1 / 4)
SHARE_WORDS = {1 / 2: "half", 1 / 4: "quarter"}
#: A window is tried where it leaves so many rows to learn from in every fold.
FEWEST_IN_WINDOW = 2 * FEWEST_ROWS
#: Where labels contradict this share of the surest answers, and where this share of numbers is far off, it may matter
#: to leave doubted rows out.
CONTRADICTED, FAR_OFF = 0.03, 0.002
#: What a choice is worth beside the plan that it changes: mostly, every row is best.
_WORTH = 0.5
#: The quick plan costs as three fits on all rows: one, and three on two thirds of them or on ever shorter windows.
_JUDGE_FITS = 3.0

EVERYTHING = "keep everything"


def row_choices(base: Proposal, answers: Numbers, judge: Proposal, target: Target, folds: Folds) -> list[Proposal]:
    """The choices of training rows that are worth a trial with a plan.

    Parameters
    ----------
    base : the plan, with the seconds of a fold
    answers : (rows, outputs) its out-of-fold answers; NaN where no fold scores
    judge : the plan by which likely wrong targets are found
    """
    if isinstance(base.plan, Treatment) or base.weight == 0 or len(folds.all_scored) < FEWEST_SCORED:
        return []
    found = []
    if folds.kind == "forward" and target.order is not None:
        fewest = min((len(folds.training(fold)) for fold in folds.usable), default=0)
        shares = [one for one in SHARES if one * fewest >= FEWEST_IN_WINDOW]
        found = [with_rows(base, Recent(inner=base.plan, share=one)) for one in shares]
        if shares:
            found.append(with_rows(base, Recent(inner=base.plan, judge=judge.plan), judge))
    if _is_doubtful(answers, target):
        found.append(with_rows(base, Cleaned(inner=base.plan, judge=judge.plan), judge))
    return found


def with_rows(base: Proposal, plan: Recent | Cleaned, judge: Proposal | None = None) -> Proposal:
    """A proposal with the same plan on chosen rows. It weighs more than its twin, which is preferred when they tie."""
    # What learns from so many rows at most may have as many in the window.
    share = plan.share if isinstance(plan, Recent) and not isinstance(base.plan, Thin) else 1.0
    seconds = share * base.seconds
    if judge is not None:
        seconds += _JUDGE_FITS * judge.seconds
    return replace(
        base,
        plan=plan,
        name=f"{base.name}, {choice_in_words(plan)}",
        floor=False,
        weight=base.weight + 1,
        seconds=seconds,
        worth=_WORTH * base.worth,
    )


def same_choice(base: Proposal, proven: Treatment, judge: Proposal) -> Proposal:
    """Another plan on data treated in the same way."""
    if isinstance(proven, Repaired):
        return with_repair(base, proven.repair)
    return with_rows(base, replace(proven, inner=base.plan), None if proven.judge is None else judge)


def choice_in_words(plan: Step) -> str:
    """How a plan treats its training data, for people.

    >>> from journeyman.learners.constant import Constant
    >>> choice_in_words(Recent(inner=Constant(), share=0.25))
    'newest quarter of the rows'
    >>> choice_in_words(Constant())
    'keep everything'
    """
    if isinstance(plan, Recent) and plan.judge is not None:
        return "newest rows, as many as the last ones ask for"
    if isinstance(plan, Recent):
        return f"newest {SHARE_WORDS.get(plan.share, f'{plan.share:.0%}')} of the rows"
    if isinstance(plan, Repaired):
        return plan.in_words
    return "without likely wrong targets" if isinstance(plan, Cleaned) else EVERYTHING


def judge_among(proposals: Sequence[Proposal]) -> Proposal | None:
    """The quickest plan that is more than a floor: it says which targets are likely wrong."""
    usable = [
        one
        for one in proposals
        if not one.floor and not isinstance(one.plan, Treatment | Distilled) and teacher_of(one.plan) is None
    ]
    return min(usable, key=lambda one: (one.seconds, one.name), default=None)


def _is_doubtful(answers: Numbers, target: Target) -> bool:
    """Whether so many targets are doubted that to leave them out may matter."""
    rows = np.flatnonzero(np.isfinite(answers).all(axis=1))
    seen = target.take(rows)
    if not target.classes:
        return float(doubts_by(seen, Opinions((answers[rows],))).doubted.mean()) >= FAR_OFF
    count, of = contradicted(seen.codes, chances_of(answers[rows]))
    return count >= CONTRADICTED * of
