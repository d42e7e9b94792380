"""Deploy, pilot, or do not deploy: a decision with its probability, its reasons, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from journeyman.evaluation.evaluation import Estimate, Evaluation, plain
from journeyman.table.finding import Finding

Decision = Literal["deploy", "pilot", "do_not_deploy"]

#: The probability of a gain from which a model is deployed, and from which a pilot is worth its while.
DEPLOY, PILOT = 0.95, 0.6
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
    alone is too noisy to start from). Else do not deploy; nor where the model is no model, where a leak is open, or
    where there are too few rows to say.
    """
    probability = evaluation.gain_probability
    leaks = [one for one in findings if "leak" in one.code and one.severity == "error"]
    obstacles = _obstacles(evaluation, leaks)
    if obstacles:
        return Verdict("do_not_deploy", probability, tuple(obstacles), _ways_out(evaluation, leaks))
    gain = _gain_in_words(evaluation)
    sure = evaluation.improvement.low > 0
    if probability >= DEPLOY and sure:
        return Verdict("deploy", probability, (gain,), _break_even_in_words(evaluation))
    if probability >= PILOT and not evaluation.improvement.value <= 0:
        doubt = (
            f"a gain has a probability of {probability:.0%}, and deploying takes {DEPLOY:.0%}"
            if probability < DEPLOY
            else f"the interval of the improvement in {evaluation.metric}, {evaluation.improvement}, includes 0"
        )
        return Verdict("pilot", probability, (_sentence(doubt), gain), (_more_rows(evaluation),))
    if probability >= PILOT:
        nothing = f"No signal was found: {evaluation.metric} is no better than always giving the same answer."
    else:
        nothing = f"No gain over {evaluation.against} is shown: its probability is {probability:.0%}."
    return Verdict(
        "do_not_deploy",
        probability,
        (nothing, gain),
        (_more_rows(evaluation),),
    )


def _obstacles(evaluation: Evaluation, leaks: list[Finding]) -> list[str]:
    found = [f"A leak is open: {one.message}" for one in leaks]
    if evaluation.too_few:
        found.append(f"There are too few rows to say: {evaluation.too_few_reason}.")
    if evaluation.is_constant:
        found.append("No signal was found: no candidate is clearly better than always giving the same answer.")
    return found


def _ways_out(evaluation: Evaluation, leaks: list[Finding]) -> tuple[str, ...]:
    found = [one.remedy.words or f"Look into {', '.join(one.columns)}, then build again." for one in leaks]
    if evaluation.too_few:
        found.append("More rows with a known outcome.")
    if evaluation.is_constant:
        found.append("Columns that say more about the target, or more rows.")
    return tuple(found)


def _gain_in_words(evaluation: Evaluation) -> str:
    unit = " per 1,000 rows" if evaluation.has_payoff else f" of {evaluation.metric}"
    one = evaluation.gain
    if not math.isfinite(one.value):
        return f"The gain over {evaluation.against} cannot be told."
    numbers = f"{_amount(one.value)} [{_amount(one.low)}, {_amount(one.high)}]"
    return (
        f"Gain over {evaluation.against}: {numbers}{unit}, probability of a gain {_share(evaluation.gain_probability)}."
    )


def _share(probability: float) -> str:
    """A share of the replays in words; so few replays never make it certain."""
    if probability > 0.99:
        return "over 99 %"
    return "under 1 %" if probability < 0.01 else f"{probability * 100:.0f} %"


def _break_even_in_words(evaluation: Evaluation) -> tuple[str, ...]:
    words = [
        f"The gain would be gone if '{one.action}' for '{one.outcome}' were worth {_number(one.at)}"
        f" instead of {_number(one.amount)}."
        for one in evaluation.break_even[:2]
    ]
    return tuple(words)


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
    # Two digits are all that such a number can bear.
    scale = int(10 ** max(0, len(str(needed)) - 2))
    return math.ceil(needed / scale) * scale


def _amount(value: float) -> str:
    return f"{value:+,.0f}" if abs(value) >= 100 else f"{value:+.3g}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."
