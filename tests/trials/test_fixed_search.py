from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from journeyman.curation.propose import Proposal
from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.fixed_search import FixedSearch
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Pool
from journeyman.trials.shared import TrainingData


def test_the_first_proposals_are_tried_in_their_order_whatever_they_promise(
    pool: Pool, training: Callable[..., TrainingData], tmp_path: Path
) -> None:
    data = training()
    pool.open(data)
    said: list[str] = []
    bench = Laboratory(
        pool, data, Journal(tmp_path / "journal.jsonl"), tmp_path / "trials", metric_named("brier"), say=said.append
    )
    slow = Proposal(plan=Linear(), name="slow", floor=False, weight=3, seconds=50.0, worth=0.1)
    rule = replace(slow, plan=BestRule(), name="rule", seconds=0.01, worth=0.9)
    never = replace(slow, plan=Linear(strength=9.0), name="never")
    floor = Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001)
    trials = FixedSearch(bench, (slow, floor, rule, never), 2).run()
    assert [one.name for one in trials] == ["slow", "constant", "rule"]
    assert list(dict.fromkeys(text.partition(",")[0] for text in said)) == ["slow", "constant", "rule"]
