from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.learners.constant import Constant
from journeyman.report.sentences import audit_line, curate_line, floor_line, resume_line, run_line, search_line
from journeyman.table.finding import Finding
from journeyman.trials.trial import Trial


def trial(name: str, status: str = "done", *, floor: bool = False) -> Trial:
    return Trial(
        plan=Constant(), name=name, key=name, status=status, answers=np.zeros((0, 0)), scores=(0.5, 0.7), floor=floor
    )


def test_audit_counts_all_that_the_page_counts_and_tells_the_gravest() -> None:
    assert audit_line([]) == "no problems found"
    two = [Finding(code="leak", severity="warning", message=f"column {one} leaks.") for one in "ab"]
    assert audit_line(two) == "2 things to know: column a leaks · column b leaks"
    info, error = (Finding(code="x", severity=one, message=one) for one in ("info", "error"))
    assert audit_line([info]) == "1 thing to know: info"
    assert audit_line([info, *two, error]) == "4 things to know: error · column a leaks · column b leaks · …"


def test_what_comes_to_light_while_curating_is_told_there() -> None:
    assert curate_line("5 random folds", ()) == "5 random folds"
    one = Finding(code="groups", severity="warning", message="rows of one 'who' belong together")
    assert curate_line("5 folds", [one]) == "5 folds · 1 more thing to know: rows of one 'who' belong together"
    said = replace(one, message="rows of one 'who' belong together (its name)")
    assert curate_line("rows of one 'who' stay together (its name)", [said]).endswith("'who' belong together")
    assert curate_line("5 folds", [said]).endswith("belong together (its name)")


def test_a_resumed_run_says_what_it_finds() -> None:
    assert resume_line(0, is_done=False) == "there is nothing to go on with; this is a new run"
    assert resume_line(1, is_done=False) == "1 fit from before is used again"
    assert resume_line(9, is_done=True) == "this run is already finished; nothing was done again"


def test_floors_and_failures_are_told() -> None:
    trials = [trial("always no", floor=True), trial("trees"), trial("bad", "failed"), trial("late", "stopped")]
    assert floor_line(trials, "roc_auc") == "roc_auc: always no 0.6"
    assert search_line(trials) == "2 models finished, floors and blends among them, 1 failed, 1 stopped"
    assert search_line([trial("a"), trial("t", "asked")]).endswith("among them, 1 asked as teacher")


def test_a_run_is_told_in_a_line_even_where_nothing_can_be_told() -> None:
    unknown = {"value": None, "low": None, "high": None}
    payoff = {"value": 26555.2, "low": 25105.0, "high": 28299.0}
    summary = {
        "verdict": {"decision": "do_not_deploy"},
        "evaluation": {"roc_auc": unknown, "payoff": payoff},
        "chosen": {"name": "trees"},
    }
    assert run_line(summary) == "DO NOT DEPLOY · roc_auc – · payoff +26,555 [+25,105, +28,299] per 1,000 rows · trees"
