from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from journeyman.automation.answers import answers_of
from journeyman.automation.apart import set_apart
from journeyman.automation.automation import Automation
from journeyman.automation.consistency import Consistency
from journeyman.automation.policy import policy_of
from journeyman.automation.rules import Rule, RuleList
from journeyman.automation.savings import savings
from journeyman.report.automate import apart_line, consistency_line, rules_line, savings_line, write_automation
from journeyman.report.summary import plain

RULE = Rule(questions=(), decision="approve", place=1, words="income is above <50>", cases=200, wrong=1, kept=True)
RULES = RuleList(rules=(RULE,), limit=0.1, level=0.05, share=0.2, low=0.15, high=0.25, error=0.005)
AGREE = Consistency(
    ground="repeated",
    agreement=0.8,
    low=0.78,
    high=0.82,
    pairs=1500,
    cases=3000,
    ceiling_low=0.8,
    ceiling=0.86,
    ceiling_high=0.9,
)
NOISE = {
    "decision": "approve",
    "level": 0.04,
    "pattern": 0.1,
    "occasion": 0.2,
    "p_value": 0.001,
    "agreement_of_one": 0.9,
    "agreement_of_two": 0.8,
    "actors": [{"name": f"p{one}", "cases": 50, "share": 0.5, "offset": one / 100 - 0.2} for one in range(40)],
}


def document(limit: float = 0.1, **changes: Any) -> dict[str, Any]:
    random = np.random.default_rng(1)
    yes = 1 / (1 + np.exp(-3 * random.normal(size=3000)))
    truth = (random.random(3000) < yes).astype(np.int64)
    answers = answers_of(("reject", "approve"), np.column_stack([1 - yes, yes]), truth)
    policy = policy_of(answers.take(slice(0, 600)), answers.take(slice(600, 3000)), {"": limit}, test_share=0.4)
    found = Automation(
        decision="<loan>",
        goal="imitate",
        reason="no outcome is given, so the model imitates what people decided",
        rows={"read": 6000, "used": 6000, "learn": 3000, "plan": 600, "test": 2400},
        consistency=AGREE,
        policy=policy,
        rules=RULES,
        savings=savings(policy.unattended, minutes=10, hourly=30),
    )
    made: dict[str, Any] = {**plain(found.as_data()), "folder": "runs/x", "warnings": []}
    return {**made, **changes}


def shown(tmp_path: Path, **changes: Any) -> str:
    text = write_automation(document(**changes), tmp_path / "automate.html").read_text("utf-8")
    assert "<loan>" not in text
    assert "<50>" not in text
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_the_page_says_the_answer_its_guarantee_and_its_limits(tmp_path: Path) -> None:
    page = shown(tmp_path)
    assert "can run unattended with at most 10 % wrong at 95 % confidence" in page
    assert "income is above &lt;50&gt;" in page
    assert "On 1,500 pairs of cases that were decided more than once people agree in 80 % [78 %, 82 %]" in page
    assert "not what people decided" in page
    assert "hours" in page
    assert "<svg" in page


def test_where_nothing_runs_the_page_says_so(tmp_path: Path) -> None:
    page = shown(tmp_path, limit=0.0001)
    assert "Nothing can run unattended" in page
    assert "What goes out" not in page


def test_selective_outcomes_are_a_plain_warning_and_never_one_number(tmp_path: Path) -> None:
    known = {"shares": {"yes": 1.0, "no": 0.0}, "only_where": ["yes"], "sentence": "the outcome is known only where …"}
    rate = {"value": 0.1, "low": 0.08, "high": 0.12}
    failures = {
        "share": 0.6,
        "human": rate,
        "bounds": {"low": 0.05, "high": 0.3},
        "contraction": rate,
        "lenient": {"people": 3, "cases": 900},
        "bad_outcome": "default",
    }
    page = shown(tmp_path, outcomes_known=known, failures=failures)
    assert "warning" in page
    assert "between 5.0 % and 30.0 %" in page
    assert "3 lenient people" in page


def test_people_and_model_are_shown_beside_each_other(tmp_path: Path) -> None:
    known = {"shares": {"yes": 1.0, "no": 1.0}, "only_where": [], "sentence": "the outcome is known of all"}
    compared = {
        "meaning": {"yes": "paid"},
        "people": 0.3,
        "model": 0.1,
        "difference": {"value": 0.2, "low": 0.1, "high": 0.3},
        "cases": 2400,
        "automated": None,
    }
    page = shown(tmp_path, outcomes_known=known, compared=compared, goal="outcome", noise=NOISE)
    assert "in favour of the model" in page
    assert "+20.0 points [+10.0, +30.0]" in page
    assert "40 people compared" in page
    assert "20 in the middle are left out" in page


@pytest.mark.parametrize(("ground", "says"), [("none", "Too few like cases"), ("model", "No case comes twice")])
def test_weak_evidence_is_called_weak(tmp_path: Path, ground: str, says: str) -> None:
    page = shown(tmp_path, consistency={**plain(AGREE.as_data()), "ground": ground})
    assert says in page


def test_lines_say_facts_with_numbers() -> None:
    assert apart_line(set_apart(1000)).startswith("500 cases teach the model, 100 plan the test, 400")
    assert "90 %" in consistency_line(AGREE)
    assert "too few" in consistency_line(Consistency(ground="none"))
    assert rules_line(RULES).startswith("1 rule in words decides 20 %")
    none = RuleList(rules=(), limit=0.1, level=0.05, share=0.0, low=0.0, high=0.0, error=0.0)
    assert rules_line(none).startswith("no part")
    saved = savings((0.5, 0.4, 0.6), minutes=12, hourly=40)
    assert saved is not None
    assert savings_line(saved) == "100 hours [80, 120], 4,000 [3,200, 4,800] per 1,000 cases"
