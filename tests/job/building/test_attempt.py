from __future__ import annotations

from types import SimpleNamespace


def test_floors_and_candidates_are_tried_and_can_be_deployed(stages: SimpleNamespace) -> None:
    tried = stages.tried
    assert {one.status for one in tried.trials} == {"done"}
    assert sum(one.floor for one in tried.trials) >= 2
    assert any(not one.floor for one in tried.trials)
    assert (tried.metric.name, tried.limit) == (stages.taken.understood.aim.metric, None)
    assert tried.known() is tried.known(), "found out once"
    said = [text for stage, text in stages.said if stage in ("floor", "search", "hint")]
    assert any("Ctrl-C" in text for text in said)
