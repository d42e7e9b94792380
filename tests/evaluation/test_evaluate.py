from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest

from journeyman.bundle.decision import DecisionRule
from journeyman.errors import InternalError
from journeyman.evaluation.evaluate import evaluate
from journeyman.evaluation.stakes import Stakes
from journeyman.evaluation.verdict import decide
from journeyman.learners.constant import Constant
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds
from journeyman.statistics.label_rule import certain, labels
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.trial import Trial

LOG_LOSS, RMSE, AUC = metric_named("log_loss"), metric_named("rmse"), metric_named("roc_auc")


def sigmoid(numbers):
    return 1 / (1 + np.exp(-numbers))


def trial(name, answers, *, weight=10, floor=False, status="done"):
    plan = Constant() if weight == 0 else Step()
    return Trial(
        plan=plan, name=name, key=name, status=status, answers=answers, weight=weight, floor=floor, seconds=1.5
    )


def world(rows, seed=0, strength=1.0, candidates=3, groups=None, **options):
    """A target, its folds, a constant floor, and candidates that see the signal behind more and more noise."""
    random = np.random.default_rng(seed)
    signal = strength * random.standard_normal(rows)
    truth = (random.uniform(size=rows) < sigmoid(signal)).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"), groups=groups, **options)
    folds = make_folds("stratified", 5, rows=rows, classes=target.codes, groups=groups, seed=seed)
    means = np.array([truth[folds.training(fold)].mean() for fold in range(5)])
    trials = [trial("always the same answer", means[folds.number][:, None], weight=0, floor=True)]
    for place in range(candidates):
        noise = 0.3 * (place + 1) * random.standard_normal(rows)
        trials.append(trial(f"candidate {place}", sigmoid(signal + noise)[:, None], weight=5 + place))
    return trials, target, folds


def test_the_value_is_below_the_winners_own_score_and_inside_its_interval():
    trials, target, folds = world(400, candidates=12, strength=0.5)
    evaluation = evaluate(trials, target, folds, AUC)
    own = max(AUC.score(target.values, one.answers) for one in trials)
    one = evaluation.estimates["roc_auc"]
    assert one.low < one.value < one.high
    assert one.value < own
    assert list(evaluation.estimates) == ["roc_auc", "log_loss", "accuracy"]


def test_the_shipped_is_first_and_its_score_is_the_estimate():
    trials, target, folds = world(2000)
    evaluation = evaluate(trials, target, folds, LOG_LOSS)
    first = evaluation.leaderboard[0]
    assert trials[evaluation.chosen].name == evaluation.name == first.name == "candidate 0"
    assert (first.rank, first.tie) == (1, 1)
    assert first.score == evaluation.estimates["log_loss"].value
    assert [one.rank for one in evaluation.leaderboard] == [1, 2, 3, 4]
    assert evaluation.leaderboard[-1].name == "always the same answer"
    assert evaluation.leaderboard[-1].floor
    assert evaluation.leaderboard[-1].score == pytest.approx(LOG_LOSS.score(target.values, trials[0].answers))
    for one in evaluation.leaderboard:
        assert one.low < one.score < one.high


def test_a_simple_candidate_that_ties_is_shipped():
    trials, target, folds = world(2000, candidates=1)
    noise = 1e-3 * np.random.default_rng(5).standard_normal((2000, 1))
    twin = trial("heavy twin", (trials[1].answers + noise).clip(0.001, 0.999), weight=50)
    evaluation = evaluate([twin, *trials], target, folds, LOG_LOSS)
    assert evaluation.name == "candidate 0"
    assert evaluation.chosen == 2
    assert [one.tie for one in evaluation.leaderboard] == [1, 1, 2]


def test_what_did_not_finish_or_answers_not_every_row_stays_out():
    trials, target, folds = world(300)
    broken = trials[1].answers.copy()
    broken[7] = np.nan
    more = [trial("stopped", np.empty((0, 0)), status="stopped"), trial("holes", broken), *trials]
    evaluation = evaluate(more, target, folds, LOG_LOSS)
    assert {one.name for one in evaluation.leaderboard} == {one.name for one in trials}
    assert more[evaluation.chosen].name == evaluation.name
    with pytest.raises(InternalError, match="nothing can be evaluated"):
        evaluate(more[:2], target, folds, LOG_LOSS)


def test_same_seed_same_evaluation():
    trials, target, folds = world(300)
    first, again, other = (evaluate(trials, target, folds, LOG_LOSS, seed=seed).as_data() for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_weights_count():
    trials, target, folds = world(400)
    weights = np.where(target.values == 1, 3.0, 1.0)
    heavy = Target(task="binary", values=target.values, classes=target.classes, weights=weights)
    evaluation = evaluate(trials, heavy, folds, LOG_LOSS)
    chosen = trials[evaluation.chosen].answers
    assert evaluation.estimates["log_loss"].value == pytest.approx(
        LOG_LOSS.score(target.values, chosen, weights), rel=0.03
    )


def test_groups_make_the_interval_wider():
    groups = np.repeat(np.arange(60), 10)
    random = np.random.default_rng(0)
    shift = random.standard_normal(60)[groups] * 2
    truth = random.standard_normal(600) * 0.3 + shift
    answers = (truth * 0 + random.standard_normal(600) * 0.1)[:, None]
    widths = []
    for held in (None, groups):
        target = Target(task="regression", values=truth, groups=held)
        folds = make_folds("random" if held is None else "entity", 5, rows=600, groups=held)
        one = evaluate([trial("one", answers)], target, folds, RMSE).estimates["rmse"]
        widths.append(one.high - one.low)
    assert widths[1] > 2 * widths[0]


def test_forward_folds_judge_scored_rows_only_in_blocks():
    random = np.random.default_rng(0)
    signal = random.standard_normal(500)
    truth = signal + 0.5 * random.standard_normal(500)
    order = np.arange(500)
    folds = make_folds("forward", 4, rows=500, order=order)
    answers = signal[:, None].copy()
    answers[folds.number < 0] = np.nan
    target = Target(task="regression", values=truth, order=order, fold_kind="forward")
    evaluation = evaluate([trial("one", answers)], target, folds, RMSE)
    assert evaluation.form == "blocks"
    assert evaluation.rows == (folds.number >= 0).sum()
    assert evaluation.estimates["rmse"].value == pytest.approx(0.5, abs=0.05)
    assert set(evaluation.estimates) == {"rmse", "mae", "r2"}
    assert evaluation.gain_probability > 0.95


def test_several_classes():
    random = np.random.default_rng(0)
    answers = random.dirichlet((1, 1, 1), 600)
    truth = (answers.cumsum(1) < random.uniform(size=(600, 1))).sum(1).clip(0, 2).astype(float)
    target = Target(task="multiclass", values=truth, classes=("a", "b", "c"))
    folds = make_folds("stratified", 5, rows=600, classes=target.codes)
    evaluation = evaluate([trial("one", answers)], target, folds, LOG_LOSS)
    assert list(evaluation.estimates) == ["log_loss", "accuracy"]
    assert evaluation.improvement.low > 0
    for one in evaluation.calibration.bins:
        assert one.observed == pytest.approx(one.predicted, abs=0.2)
    assert evaluate([trial("one", answers)], target, folds, AUC).estimates["roc_auc"].value > 0.6


def test_money_is_compared_with_the_best_that_needs_no_model():
    trials, target, folds = world(3000, strength=2.0)
    rule = DecisionRule({"act": {"yes": 300.0, "no": -100.0}})
    evaluation = evaluate(trials, target, folds, LOG_LOSS, stakes=Stakes(rule))
    chosen = trials[evaluation.chosen].answers
    act = chosen[:, 0] > 0.25
    expected = 1000 * np.where(act, np.where(target.values == 1, 300, -100), 0).mean()
    always = 1000 * np.where(target.values == 1, 300, -100).mean()
    assert evaluation.estimates["payoff"].value == pytest.approx(expected, rel=0.01)
    assert evaluation.against in {"'act' for every row", "always the same answer"}
    assert evaluation.gain.value == pytest.approx(expected - always, rel=0.05)
    assert evaluation.gain_probability == 1.0
    assert {(one.action, one.outcome) for one in evaluation.cost_ranges} == {("act", "yes"), ("act", "no")}
    beside = {one.name: one for one in evaluation.beside}
    assert beside["doing nothing"].payoff.value == 0
    assert beside["'act' for every row"].gain.value == pytest.approx(evaluation.gain.value, rel=0.05)


def test_a_rule_that_a_person_could_find_is_a_rival():
    trials, target, folds = world(3000, strength=2.0, candidates=1)
    by_hand = trial("best single rule", trials[1].answers, weight=1, floor=True)
    twin = trial("model", np.clip(trials[1].answers * 1.02 - 0.01, 0.01, 0.99), weight=10)
    rule = DecisionRule({"act": {"yes": 100.0, "no": -100.0}})
    evaluation = evaluate([trials[0], by_hand, twin], target, folds, LOG_LOSS, stakes=Stakes(rule))
    assert evaluation.name == "best single rule"
    assert evaluation.gain_probability == 1.0
    better = trial("model", (0.5 * trials[1].answers + 0.5 * target.values[:, None]).clip(0.01, 0.99), weight=10)
    evaluation = evaluate([trials[0], by_hand, better], target, folds, LOG_LOSS, stakes=Stakes(rule))
    assert evaluation.name == "model"
    assert evaluation.against == "best single rule"
    assert evaluation.gain.value < evaluation.estimates["payoff"].value


@pytest.mark.parametrize("rows", [20, 49])
def test_too_few_rows_are_said(rows):
    trials, target, folds = world(rows)
    evaluation = evaluate(trials, target, folds, LOG_LOSS)
    assert evaluation.too_few
    assert str(rows) in evaluation.too_few_reason


def test_too_few_of_a_class_or_of_groups_are_said():
    trials, target, folds = world(200)
    rare = Target(task="binary", values=(np.arange(200) < 6).astype(float), classes=("no", "yes"))
    assert "6 rows" in evaluate(trials, rare, folds, LOG_LOSS).too_few_reason
    trials, target, folds = world(200, groups=np.arange(200) // 40)
    assert "5 groups" in evaluate(trials, target, folds, LOG_LOSS).too_few_reason
    trials, target, folds = world(200)
    assert not evaluate(trials, target, folds, LOG_LOSS).too_few


def test_calibration_tells_an_overconfident_model():
    _, _, folds = world(4000)
    logit = np.log(1 / 0.5 - 1) + np.random.default_rng(0).standard_normal(4000)
    truth = (np.random.default_rng(1).uniform(size=4000) < sigmoid(logit)).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"))
    for factor, slope in ((1.0, 1.0), (3.0, 0.5)):
        bins = evaluate([trial("one", sigmoid(factor * logit)[:, None])], target, folds, AUC).calibration.bins
        assert sum(one.rows for one in bins) == 4000
        ends = (bins[-1].observed - bins[0].observed) / (bins[-1].predicted - bins[0].predicted)
        assert ends == pytest.approx(slope, abs=0.3)
    assert len(bins) == 10


def test_data_is_json_with_the_names_of_the_contract():
    trials, target, folds = world(300)
    data = evaluate(trials, target, folds, LOG_LOSS, stakes=Stakes(DecisionRule({"act": {"yes": 1.0}}))).as_data()
    json.dumps(data, allow_nan=False)
    assert set(data["evaluation"]) == {"log_loss", "roc_auc", "accuracy", "payoff"}
    assert set(data["evaluation"]["payoff"]) == {"value", "low", "high"}
    assert {"rank", "tie", "name", "score", "low", "high", "seconds"} <= set(data["leaderboard"][0])


@pytest.mark.parametrize(
    ("rows", "metric", "limit"),
    [(5_000, AUC, 12), (5_000, LOG_LOSS, 6), (300_000, LOG_LOSS, 12), (300_000, AUC, 24)],
)
def test_it_takes_no_minutes(rows, metric, limit):
    trials, target, folds = world(rows, candidates=7)
    rule = DecisionRule({"act": {"yes": 300.0, "no": -100.0}})
    began = time.process_time()
    evaluate(trials, target, folds, metric, stakes=Stakes(rule))
    assert time.process_time() - began < limit


def fitted(features, target, folds, ridge):
    """Out-of-fold probabilities of a linear model, and of a rule on the column that fits best, honestly fitted."""
    linear, rule = np.empty((len(target), 1)), np.empty((len(target), 1))
    for fold in range(folds.count):
        train, judged = folds.training(fold), folds.scored(fold)
        x, y = features[train], target.values[train]
        weights = np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ (y - y.mean()))
        linear[judged, 0] = (y.mean() + features[judged] @ weights).clip(0.02, 0.98)
        best = int(np.abs((y - y.mean()) @ x).argmax())
        for side in (False, True):
            at = (features[judged, best] > 0) == side
            rule[judged[at], 0] = y[(x[:, best] > 0) == side].mean().clip(0.02, 0.98)
    return linear, rule


@pytest.mark.parametrize("with_rule", [False, True])
def test_tables_without_signal_are_never_deployed_and_those_with_signal_are(with_rule):
    rule = DecisionRule({"act": {"yes": 100.0, "no": -100.0}}) if with_rule else None
    decisions = {0.0: [], 1.0: []}
    for strength, tables in ((0.0, 25), (1.0, 5)):
        for seed in range(tables):
            random = np.random.default_rng(seed)
            rows = int(random.integers(80, 400)) + int(600 * strength)
            features = random.standard_normal((rows, 6))
            chance = sigmoid(strength * features @ np.array([1, -1, 0.5, 0, 0, 0]))
            truth = (random.uniform(size=rows) < chance).astype(float)
            target = Target(task="binary", values=truth, classes=("no", "yes"))
            folds = make_folds("stratified", 5, rows=rows, classes=target.codes, seed=seed)
            means = np.array([truth[folds.training(fold)].mean() for fold in range(5)])
            trials = [trial("constant", means[folds.number][:, None], weight=0, floor=True)]
            for ridge in (1.0, 100.0):
                linear, by_hand = fitted(features, target, folds, ridge)
                trials.append(trial(f"linear {ridge}", linear, weight=3, floor=True))
            trials.append(trial("rule", by_hand, weight=1, floor=True))
            trials += [
                trial(f"noise {one}", sigmoid(scale * random.standard_normal((rows, 1))), weight=10)
                for one, scale in enumerate((0.02, 0.1, 0.3))
            ]
            decisions[strength].append(
                decide(evaluate(trials, target, folds, LOG_LOSS, stakes=Stakes(rule), seed=seed)).decision
            )
    assert decisions[0.0].count("deploy") == 0
    assert decisions[1.0].count("deploy") >= 4


def test_the_numbers_of_always_the_same_answer_are_its_own():
    random = np.random.default_rng(5)
    truth = (random.uniform(size=300) < 0.4).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"))
    folds = make_folds("stratified", 5, rows=300, classes=target.codes)
    trials = [trial("constant", np.full((300, 1), truth.mean()), weight=0, floor=True)]
    # Near enough to the constant that some replays choose one of them.
    trials += [trial(f"noise {one}", truth.mean() + 0.01 * random.normal(size=(300, 1)), weight=9) for one in range(8)]
    found = evaluate(trials, target, folds, LOG_LOSS, seed=0)
    assert found.is_constant
    assert (found.estimates["roc_auc"].low, found.estimates["roc_auc"].value) == (0.5, 0.5)
    assert (found.improvement.low, found.improvement.value, found.improvement.high) == (0, 0, 0)


def test_forward_in_time_the_interval_is_that_of_a_stretch_ahead():
    random = np.random.default_rng(3)
    rows = 3000
    when = np.arange(rows)
    signal = random.standard_normal(rows)
    # The signal is clear in every other stretch, and hidden in between.
    clear = np.where(when // 500 % 2 == 0, 3.0, 0.3)
    truth = (random.uniform(size=rows) < sigmoid(clear * signal)).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"), order=when, fold_kind="forward")
    ahead = make_folds("forward", 5, rows=rows, order=when)
    steady = make_folds("stratified", 5, rows=rows, classes=target.codes)
    trials = [
        trial("always", np.full((rows, 1), truth.mean()), weight=0, floor=True),
        trial("a", sigmoid(signal)[:, None]),
    ]
    forward = evaluate(trials, target, ahead, AUC).estimates["roc_auc"]
    plain = evaluate(trials, replace(target, order=None, fold_kind="stratified"), steady, AUC).estimates["roc_auc"]
    assert forward.high - forward.low > 4 * (plain.high - plain.low)
    assert forward.low < AUC.score(truth[clear < 1], sigmoid(signal)[clear < 1, None]) < forward.high


def over_time(share_of_ones: float) -> tuple[list[Trial], Target, Folds]:
    """Five stretches, of which only so many of the newest hold both classes."""
    random = np.random.default_rng(5)
    rows = 3000
    signal = random.standard_normal(rows)
    truth = (random.uniform(size=rows) < sigmoid(2 * signal)) & (np.arange(rows) >= (1 - share_of_ones) * rows)
    target = Target(
        task="binary", values=truth * 1.0, classes=("no", "yes"), order=np.arange(rows), fold_kind="forward"
    )
    folds = make_folds("forward", 5, rows=rows, order=np.arange(rows))
    constant = trial("always", np.full((rows, 1), truth.mean()), weight=0, floor=True)
    return [constant, trial("a", sigmoid(signal)[:, None])], target, folds


def test_with_one_stretch_that_has_a_score_nothing_is_said_of_others():
    assert "fewer than two stretches" in evaluate(*over_time(0.15), AUC).too_few_reason
    assert not evaluate(*over_time(0.32), AUC).too_few


def test_forward_in_time_all_intervals_are_of_the_stretch_ahead_and_hold_the_share():
    found = [evaluate(*over_time(1.0), AUC, share=share) for share in (0.95, 0.99)]
    for first, second in (one.leaderboard[:2] for one in found):
        assert second.name == "always"
        assert first.high - first.low > 0.01
    widths = [one.leaderboard[0].high - one.leaderboard[0].low for one in found]
    assert widths[1] > 1.5 * widths[0]
    assert all(0 <= one.leaderboard[0].low <= one.leaderboard[0].high <= 1 for one in found)


@pytest.mark.parametrize("name", ["rmse", "r2"])
def test_few_stretches_that_differ_much_leave_the_value_where_it_is(name):
    random = np.random.default_rng(4)
    rows = 3000
    signal = random.standard_normal(rows)
    noise = np.where(np.arange(rows) < 2000, 0.1, 0.9)
    truth = signal + noise * random.standard_normal(rows)
    target = Target(task="regression", values=truth, order=np.arange(rows), fold_kind="forward")
    folds = make_folds("forward", 2, rows=rows, order=np.arange(rows))
    trials = [trial("always", np.zeros((rows, 1)), weight=0, floor=True), trial("a", signal[:, None])]
    metric = metric_named(name)
    estimate = evaluate(trials, target, folds, metric).estimates[name]
    assert estimate.value == pytest.approx(metric.score(truth[1000:], signal[1000:, None]), abs=0.1)
    assert estimate.low < estimate.value < estimate.high


def test_no_end_of_an_interval_is_better_than_perfect_or_worse_than_worst(monkeypatch):
    random = np.random.default_rng(5)
    truth = (random.uniform(size=400) < 0.5).astype(float)
    target = Target(task="binary", values=truth, classes=("no", "yes"))
    folds = make_folds("stratified", 4, rows=400, classes=target.codes)
    answer = np.where(truth == 1, 0.9, 0.1)[:, None]
    trials = [trial("always", np.full((400, 1), 0.5), weight=0, floor=True), trial("a", answer)]
    # A few stretches that differ much have such ends where the logarithm of their errors is none.
    monkeypatch.setattr("journeyman.evaluation.evaluate.interval", lambda *_: (0.5, -0.2, 1.3))
    estimates = evaluate(trials, target, folds, metric_named("log_loss")).estimates
    assert (estimates["log_loss"].low, estimates["log_loss"].high) == (0.0, 1.3)
    assert (estimates["accuracy"].low, estimates["accuracy"].high) == (0.0, 1.0)


@pytest.mark.parametrize("name", ["f1", "balanced_accuracy"])
def test_rare_classes_are_named_as_the_metric_asks_and_the_estimate_comes_true(name):
    def rare(rows, seed):
        random = np.random.default_rng(seed)
        signal = 1.5 * random.standard_normal(rows)
        truth = (random.uniform(size=rows) < sigmoid(signal - 3.5)).astype(float)
        return truth, sigmoid(signal - 3.5 + 0.3 * random.standard_normal(rows))[:, None]

    metric, (truth, answers) = metric_named(name), rare(1_500, 5)
    target = Target(task="binary", values=truth, classes=("no", "yes"))
    folds = make_folds("stratified", 5, rows=1_500, classes=target.codes)
    means = np.array([truth[folds.training(fold)].mean() for fold in range(5)])
    floor = trial("always the same answer", means[folds.number][:, None], weight=0, floor=True)
    evaluation = evaluate([floor, trial("knows", answers)], target, folds, metric)
    assert evaluation.name == "knows"
    assert evaluation.label_rule is not None
    fresh, theirs = rare(100_000, 6)
    delivered = metric.score(fresh, certain(labels(theirs, evaluation.label_rule), 1))
    assert evaluation.estimates[name].low < delivered < evaluation.estimates[name].high
    assert delivered > metric.score(fresh, theirs) + 0.1
    assert json.loads(json.dumps(evaluation.as_data()))["label_rule"]["shift"][1] < 0.5
