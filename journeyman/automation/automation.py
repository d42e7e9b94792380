"""What `automate` gives: consistency, the policy with its guarantee, rules, savings, and the folder with the router."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from journeyman.automation.actors import Noise
from journeyman.automation.compared import Compared
from journeyman.automation.consistency import Consistency
from journeyman.automation.policy import Policy
from journeyman.automation.rules import RuleList
from journeyman.automation.savings import Savings
from journeyman.automation.selective import Failures, Known

#: Imitate what people decided, or predict what came of it.
Goal = Literal["imitate", "outcome"]


@dataclass(frozen=True, kw_only=True)
class Automation:
    """Which share of a human decision can run unattended, and all that speaks to it.

    Parameters
    ----------
    decision, outcome, actor : the columns; empty where not given
    goal : whether the model imitates the decision or predicts the outcome, with ``reason``
    rows : cases in the log, used, and of these learnt from, planned with, tested with
    consistency : of people on like cases
    noise : between people; None without actors
    policy : what to automate
    rules : the part that is a rule
    savings : None where nobody said what a decision takes
    known : for which decisions outcomes are known; None without outcomes
    compared : people and model against outcomes; None where these are not known for all
    failures : bounds where outcomes are known for some decisions only
    looks : how often these cases have tested other requests before, which makes the level stricter
    model : what was shipped, in words
    folder : where the router, the report and the model's own run are; None where nothing was written
    """

    decision: str
    goal: Goal
    reason: str
    rows: Mapping[str, int]
    consistency: Consistency
    policy: Policy
    rules: RuleList
    outcome: str = ""
    actor: str = ""
    noise: Noise | None = None
    savings: Savings | None = None
    known: Known | None = None
    compared: Compared | None = None
    failures: Failures | None = None
    looks: int = 0
    accuracy: tuple[float, float, float] = (0.0, 0.0, 0.0)
    model: str = ""
    folder: Path | None = None
    summary: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def as_data(self) -> dict[str, Any]:
        """The automation as JSON: what ``automate.json`` holds and ``--json`` prints."""
        return {
            "decision": self.decision,
            "outcome": self.outcome or None,
            "actor": self.actor or None,
            "goal": self.goal,
            "reason": self.reason,
            "rows": dict(self.rows),
            "policy": self.policy.as_data(),
            "consistency": self.consistency.as_data(),
            "noise": None if self.noise is None else self.noise.as_data(),
            "rules": self.rules.as_data(),
            "savings": None if self.savings is None else self.savings.as_data(),
            "outcomes_known": None
            if self.known is None
            else {"shares": self.known.shares, "only_where": list(self.known.acted), "sentence": self.known.sentence},
            "compared": None if self.compared is None else self.compared.as_data(),
            "failures": None if self.failures is None else self.failures.as_data(),
            "accuracy": dict(zip(("value", "low", "high"), self.accuracy, strict=True)),
            "looks_before": self.looks,
            "model": self.model,
        }

    def __repr__(self) -> str:
        where = "" if self.folder is None else f" {self.folder}"
        return f"<Automation{where} of {self.decision!r}: {self.policy.answer}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p><b>{escape(self.decision)}</b>: {escape(self.policy.answer)}</p>"
