from __future__ import annotations

import numpy as np

from journeyman.automation.selective import failures, outcomes_known


def test_outcomes_that_are_known_for_one_decision_only_are_seen() -> None:
    decided = np.array([0] * 50 + [1] * 50)
    found = outcomes_known(decided, ("reject", "approve"), decided == 1)
    assert found.is_selective
    assert found.acted == ("approve",)
    assert "known only where the decision was 'approve'" in found.sentence
    everywhere = outcomes_known(decided, ("reject", "approve"), np.ones(100, np.bool_))
    assert not everywhere.is_selective
    late = outcomes_known(decided, ("reject", "approve"), np.arange(100) % 5 > 0)
    assert not late.is_selective, "outcomes that lack in all decisions alike are late, not hidden"


def world(seed: int, *, knows: float = 0.8, cases: int = 12_000) -> tuple[np.ndarray, ...]:
    """Twenty people of known leniency, who see more than the table does; bad outcomes of everybody."""
    random = np.random.default_rng(seed)
    seen, hidden = random.normal(size=cases), random.normal(size=cases)
    actor = random.integers(0, 20, cases)
    bad = random.random(cases) < 1 / (1 + np.exp(1.5 - 1.2 * seen - knows * hidden))
    judged = seen + knows * hidden + 0.3 * random.normal(size=cases)
    cutoff = np.quantile(judged, np.linspace(0.35, 0.95, 20))[actor]
    return seen, judged < cutoff, bad, actor


def true_rate(risk: np.ndarray, bad: np.ndarray, share: float) -> float:
    taken = np.argsort(risk)[: round(share * len(risk))]
    return float(bad[taken].sum()) / len(risk)


def test_bounds_hold_the_truth_and_contraction_comes_near_where_the_naive_rate_does_not() -> None:
    held, off, naive = [], [], []
    for seed in range(20):
        risk, acted, bad, actor = world(seed)
        found = failures(risk, acted, bad, actor, name="default")
        truth = true_rate(risk, bad, found.share)
        held.append(found.low <= truth <= found.high)
        assert found.contraction is not None
        off.append(found.contraction[0] - truth)
        naive.append(true_rate(risk[acted], bad[acted], found.share) - truth)
    assert all(held)
    assert abs(np.mean(off)) <= 0.02
    assert abs(np.mean(naive)) > abs(np.mean(off))


def test_without_lenient_people_there_are_bounds_only() -> None:
    risk, acted, bad, _ = world(1)
    found = failures(risk, acted, bad, None, name="default")
    assert found.contraction is None
    assert found.low < found.human[0] < found.high
    assert failures(risk, acted, bad, np.zeros(len(risk), np.int64), name="default").contraction is None
    assert found.as_data()["contraction"] is None


def test_everybody_accepted_leaves_nothing_unknown() -> None:
    risk, _, bad, actor = world(2)
    everyone = np.ones(len(risk), np.bool_)
    found = failures(risk, everyone, bad, actor, name="default", share=0.5)
    truth = true_rate(risk, bad, 0.5)
    assert found.low <= truth <= found.high
    assert found.high - found.low < 0.02
