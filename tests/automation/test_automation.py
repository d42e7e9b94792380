from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from journeyman.automation.answers import Answers
from journeyman.automation.automation import Automation
from journeyman.automation.consistency import Consistency
from journeyman.automation.policy import policy_of
from journeyman.automation.rules import RuleList
from journeyman.automation.selective import Known


def test_an_automation_says_its_answer_and_is_data(answers: Callable[..., Answers]) -> None:
    rules = RuleList(rules=(), limit=0.1, level=0.05, share=0.0, low=0.0, high=0.0, error=0.0)
    found = Automation(
        decision="<loan>",
        goal="imitate",
        reason="no outcome is given",
        rows={"used": 5000},
        consistency=Consistency(ground="none", ceiling_low=0.5, ceiling_high=1.0),
        policy=policy_of(answers(500, 1), answers(2000, 2), {"": 0.1}),
        rules=rules,
        known=Known(shares={"yes": 1.0, "no": 0.0}, acted=("yes",)),
        folder=Path("runs/loans-automate-1"),
    )
    assert "can run unattended" in repr(found)
    assert "&lt;loan&gt;" in found._repr_html_()
    data = found.as_data()
    assert data["outcomes_known"]["only_where"] == ["yes"]
    assert data["actor"] is None
    assert json.loads(json.dumps(data))["policy"]["automates"] is True
