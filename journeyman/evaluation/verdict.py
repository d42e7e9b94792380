"""Deploy, pilot, or do not deploy: a decision with its probability, its reasons, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from journeyman.bundle.decision import NO_ACTION
from journeyman.checks.outliers import TARGET_OUTLIERS
from journeyman.evaluation.estimate import Estimate, plain
from journeyman.evaluation.evaluation import Evaluation
from journeyman.table.finding import Cost, Finding
from journeyman.table.said import chance, number, share, signed

Decision = Literal["deploy", "pilot", "do_not_deploy"]

#: The probability of a gain from which a model is deployed, and from which a pilot is worth its while.
DEPLOY, PILOT = 0.95, 0.6
#: The code of a finding that no model answers as fast as was asked.
TOO_SLOW = "too_slow"
#: For 80 % power of a two-sided test at 5 %: the effect over its standard error.
_POWER = 1.96 + 0.84


@dataclass(frozen=True)
class Verdict:
    """The decision, the probability of a gain, the reasons (the weightiest first), and what would change it."""

    decision: Decision
    probability: float
    reasons: tuple[str, ...]
    would_change: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The verdict as ``run.json`` holds it."""
        return {
            "decision": self.decision,
            "probability": plain(self.probability),
            "reasons": list(self.reasons),
            "would_change": list(self.would_change),
        }


def decide(evaluation: Evaluation, findings: Iterable[Finding] = ()) -> Verdict:
    """Judge an evaluation.

    Deploy: the gain is above 0 with a probability of 95 %, and the metric's improvement above always giving the same
    answer has its whole interval above 0. Pilot: a gain has a probability of 60 %, and the metric looks improved (money
    alone is too noisy to start from). Else do not deploy; nor where the model is no model, where a leak is open,
    where there are too few rows to say, or where no model answers as fast as was asked.
    """
    probability = evaluation.gain_probability
    findings = tuple(findings)
    leaks = [one for one in findings if "leak" in one.code and one.severity == "error"]
    slow = [one for one in findings if one.code == TOO_SLOW]
    obstacles = [*_obstacles(evaluation, leaks), *(_sentence(one.message) for one in slow)]
    if obstacles:
        ways = (*_ways_out(evaluation, leaks, findings), *(one.remedy.words for one in slow))
        return Verdict("do_not_deploy", probability, tuple(obstacles), ways)
    gain = _gain_in_words(evaluation)
    besides = (
        *_besides(evaluation),
        *(f"{one.message[:1].upper()}{one.message[1:]}." for one in findings if one.code == "drift"),
        *(_of_new_ones(one, one.cost) for one in findings if "asked" in one.numbers and one.cost is not None),
    )
    sure = evaluation.improvement.low > 0
    if probability >= DEPLOY and sure:
        return Verdict("deploy", probability, (gain, *besides), _room_in_words(evaluation))
    if probability >= PILOT and not evaluation.improvement.value <= 0:
        improved = _in_numbers(evaluation.improvement)
        doubt = (
            f"a gain has a probability of {chance(probability)}, and deploying takes {share(DEPLOY)}"
            if probability < DEPLOY
            else f"the interval of the improvement in {evaluation.metric}, {improved}, includes 0"
        )
        return Verdict(
            "pilot", probability, (_sentence(doubt), gain, *besides), (_pilot(evaluation), _more_rows(evaluation))
        )
    if probability >= PILOT:
        nothing = f"No signal was found: {evaluation.metric} is no better than always giving the same answer."
    elif evaluation.has_payoff and sure:
        nothing = (
            f"The model knows something, but at these amounts it brings nothing above {evaluation.against}:"
            f" a gain has a probability of {chance(probability)}."
        )
    else:
        nothing = f"No gain over {evaluation.against} is shown: its probability is {chance(probability)}."
    return Verdict(
        "do_not_deploy",
        probability,
        (nothing, gain),
        (_without_a_price(evaluation) or _more_rows(evaluation),),
    )


def _obstacles(evaluation: Evaluation, leaks: list[Finding]) -> list[str]:
    found = [f"A leak is open: {one.message}" for one in leaks]
    if evaluation.too_few:
        found.append(f"There are too few rows to say: {evaluation.too_few_reason}.")
    if evaluation.is_constant and _was_tried(evaluation):
        found.append("No signal was found: no candidate is clearly better than always giving the same answer.")
    elif evaluation.is_constant:
        found.append("There was no time to try a model: nothing but floors was finished.")
    return found


def _was_tried(evaluation: Evaluation) -> bool:
    """Whether anything was judged that is more than a floor."""
    return any(not one.floor for one in evaluation.leaderboard)


def _besides(evaluation: Evaluation) -> tuple[str, ...]:
    """What the gain as a whole does not say: a simpler way, where it is weakest, whether predictions come true."""
    found = _above_the_floor(evaluation)
    if evaluation.leaderboard and not _was_tried(evaluation):
        found.insert(0, f"Nothing but floors was finished, and '{evaluation.name}' is one: more --time tries models.")
    today = evaluation.beside[0] if evaluation.beside and evaluation.beside[0].name.startswith("today") else None
    if today is not None and today.name != evaluation.against:
        told = _in_numbers(today.gain)
        found.append(f"Over {today.name}: {told} per 1,000 rows, probability {chance(today.probability)}.")
    if evaluation.too_late:
        names = ", ".join(evaluation.too_late[:3]) + (", …" if len(evaluation.too_late) > 3 else "")
        way = "More --time would let them in, or --resume where the run was interrupted."
        found.append(f"For lack of time these could not be fitted on all rows: {names}. {way}")
    weakest = evaluation.weakest
    if weakest is not None and weakest.gain.low <= 0:
        where = f"{weakest.column} = {weakest.words} ({weakest.rows:,} rows)"
        found.append(
            f"It does harm where {where}: leave these rows to today's way."
            if weakest.is_loss
            else f"Weakest: {where}, where no gain is shown."
        )
    check = evaluation.calibration
    if not check.comes_true:
        off = f"{check.off_by * 100:.1f} percentage points" if evaluation.is_classes else number(check.off_by)
        found.append(f"What it predicts is off by {off}, all together: read predictions as a ranking, not as amounts.")
    return tuple(found)


def _above_the_floor(evaluation: Evaluation) -> list[str]:
    """What the model brings above the best floor: of the metric, or of the payoff where that may be nothing."""
    over, unit = evaluation.over_floor, f"of {evaluation.metric}"
    if evaluation.has_payoff:
        paid = next((one for one in evaluation.beside if one.name == evaluation.floor), None)
        if paid is None or paid.gain.low > 0 or paid.name == evaluation.against:
            return []
        over, unit = paid.gain, "per 1,000 rows"
    if not evaluation.floor or not math.isfinite(over.value):
        return []
    shown = "" if over.low > 0 else ", which may be none"
    return [f"Above the best floor, {evaluation.floor}, it brings {_in_numbers(over)} {unit}{shown}."]


def _pilot(evaluation: Evaluation) -> str:
    """How many cases, decided beside today's way, would show the gain as it looks now."""
    gain = evaluation.gain
    error = (gain.high - gain.low) / (2 * 1.96)
    if not (gain.value > 0 and math.isfinite(error)):
        return "A pilot would hardly settle it: no gain is in sight."
    cases = max(30, math.ceil(evaluation.rows * (_POWER * error / gain.value) ** 2))
    return f"A pilot on about {_two_digits(cases):,} new cases would show such a gain with a chance of 80 %."


def _ways_out(evaluation: Evaluation, leaks: list[Finding], findings: tuple[Finding, ...]) -> tuple[str, ...]:
    found = [one.remedy.words or f"Look into {', '.join(one.columns)}, then build again." for one in leaks]
    if evaluation.too_few:
        found.append("More rows with a known outcome.")
    if evaluation.is_constant:
        found += [
            f"{_sentence(one.message)} First {one.remedy.words}." for one in findings if one.code == TARGET_OUTLIERS
        ]
        found.append(
            "Columns that say more about the target, or more rows."
            if _was_tried(evaluation)
            else "More time, with --time: nothing can be said of a model that was not tried."
        )
    return tuple(found)


def _gain_in_words(evaluation: Evaluation) -> str:
    unit = " per 1,000 rows" if evaluation.has_payoff else f" of {evaluation.metric}"
    one = evaluation.gain
    if not math.isfinite(one.value):
        return f"The gain over {evaluation.against} cannot be told."
    told = chance(evaluation.gain_probability)
    return f"Gain over {evaluation.against}: {_in_numbers(one)}{unit}, probability of a gain {told}."


def _of_new_ones(asked: Finding, cost: Cost) -> str:
    """What the open question whether rows belong together may cost."""
    digits = 2 if round(cost.heeded, 2) < round(cost.ignored, 2) else 3
    heeded, ignored = f"{cost.heeded:.{digits}f}", f"{cost.ignored:.{digits}f}"
    told = f"Of those a small model has {cost.measure} {heeded}, of rows at random {ignored}."
    return f"Rows of one {asked.columns[0]!r} are alike: {asked.remedy.words}. {told}"


def _room_in_words(evaluation: Evaluation) -> tuple[str, ...]:
    """How wrong the amounts may be that leave least room."""
    found = []
    for one in evaluation.cost_ranges[:2]:
        what = f"'{one.action}' for '{one.outcome}' (now {number(one.amount)})"
        ends = [f"below {number(one.low)}"] if one.low is not None else []
        ends += [f"above {number(one.high)}"] if one.high is not None else []
        if ends:
            found.append(f"Were {what} worth {' or '.join(ends)}, a fixed rule would do as well.")
    return tuple(found)


def _without_a_price(evaluation: Evaluation) -> str:
    """Where an action costs nothing wherever it is wrong, taking it always is best whatever the columns say."""
    actions = {} if evaluation.rule is None or evaluation.rule.is_for_numbers else evaluation.rule.actions
    for name, amounts in actions.items():
        known = [one for one in amounts.values() if isinstance(one, int | float)]
        if name != NO_ACTION and known and len(known) == len(amounts) and min(known) >= 0 and max(known) > 0:
            return (
                f'Say what {name!r} costs where it is wrong, as --gain "{name}:true=…, {name}:false=-…": it costs '
                "nothing now, and then doing it always is best, whatever any model says."
            )
    return ""


def _more_rows(evaluation: Evaluation) -> str:
    """How many rows would show the gain as it looks now."""
    needed = rows_needed(evaluation.gain, evaluation.rows)
    if needed is None:
        return "Columns that say more about the target; more rows alone will hardly do."
    return f"About {needed:,} more rows with a known outcome, if the gain is as large as it looks now."


def rows_needed(gain: Estimate, rows: int) -> int | None:
    """How many rows more would show a gain of this size with 80 % power; None where none is to be shown.

    Parameters
    ----------
    gain : as estimated on ``rows`` rows
    """
    width = gain.high - gain.low
    if not (gain.value > 0 and math.isfinite(width)):
        return None
    error = width / (2 * 1.96)
    # Where that many are there by now and the verdict still doubts, a few more are the least that helps.
    needed = max(math.ceil(rows * ((_POWER * error / gain.value) ** 2 - 1)), math.ceil(rows / 10))
    if needed > 1000 * rows:
        return None
    return _two_digits(needed)


def _two_digits(count: int) -> int:
    """Two digits are all that such a number can bear."""
    scale = int(10 ** max(0, len(str(count)) - 2))
    return math.ceil(count / scale) * scale


def _in_numbers(one: Estimate) -> str:
    """A gain with its interval."""
    return f"{signed(one.value)} [{signed(one.low)}, {signed(one.high)}]"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."
