from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from journeyman.errors import GateClosed
from journeyman.evaluation.certificate import (
    Certificate,
    code_digests,
    first_difference,
    folds_digest,
    make_certificate,
    read_certificate,
    request_digest,
    without_times,
)
from journeyman.evaluation.looks import Look, Odometer
from journeyman.evaluation.ship import Shipped
from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.plan.combine import Halved
from journeyman.statistics.folds import make_folds
from journeyman.store.digest import canonical
from journeyman.trials.laboratory import key_of
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

FOLDS = make_folds("random", 2, rows=6)
LOOK = Look(source="a" * 64, target="churn", outcomes="b" * 64, request="c" * 64)
CLAIMS = {"evaluation": {"rmse": {"value": 1.0}}, "choice": {"gain": None}, "verdict": {"decision": "pilot"}}


def trial(key: str, plan: Any, status: Any = "done") -> Trial:
    return Trial(plan=plan, name=key, key=key * 32, status=status, answers=np.zeros((6, 1)), seconds=3.5)


FLOOR, RULE, FAILED, STOPPED = (
    trial("1", Constant()), trial("2", BestRule()), trial("3", Constant(), "failed"), trial("4", Constant(), "stopped"),
)  # fmt: skip


def fit(trial: Trial, fold: int, name: str = "") -> dict[str, Any]:
    digests = {name or f"fold_{fold}": "d" * 64}
    return {"event": "fit", "key": trial.key, "fold": fold, "digests": digests, "seconds": 1.23, "at": 99.5}


def made(**changes: Any) -> Certificate:
    fits = [fit(one, fold) for one in (RULE, FLOOR, FAILED) for fold in (1, 0)] + [fit(STOPPED, 0)]
    fits += [fit(RULE, ALL_ROWS, "state.x"), fit(FLOOR, ALL_ROWS, "state.x")]
    given: dict[str, Any] = {
        "look": LOOK,
        "odometer": Odometer(("e" * 64,)),
        "brief": "f" * 64,
        "seed": 3,
        "content": "0" * 64,
        "used": "1" * 64,
        "folds": FOLDS,
        "versions": {"numpy": "2.0"},
        "trials": [FLOOR, RULE, FAILED, STOPPED],
        "shipped": Shipped(RULE, {}, np.zeros((1, 1)), None, (FLOOR, RULE)),  # type: ignore[arg-type]  # not looked at
        "claims": CLAIMS,
        "bundle": {"model.onnx": {"sha256": "2" * 64, "bytes": 9}},
        "events": [{"event": "start"}, *fits],
    }
    return make_certificate(**{**given, **changes})


def test_it_comes_back_from_its_file_and_holds_no_times() -> None:
    one = made()
    content = one.content()
    again = read_certificate(content)
    assert again.content() == content
    assert content == canonical(json.loads(content)) + b"\n"
    assert json.loads(content)["format"] == 1
    assert not [word for word in ("seconds", '"at"', "3.5", "1.23", "99.5") if word in content.decode()]
    assert again.judged == [FLOOR.key, RULE.key]
    assert again.code == code_digests()


def test_fits_are_those_that_were_looked_at_in_one_order() -> None:
    one = made()
    assert [(fit["key"][0], fit["fold"]) for fit in one.fits] == [
        ("1", 0), ("1", 1), ("2", ALL_ROWS), ("2", 0), ("2", 1), ("4", 0),
    ]  # fmt: skip
    assert (one.looks["candidates"], one.looks["fits"]) == (3, 5)
    assert one.looks["before"] == ["e" * 64]
    assert one.looks["share"] == Odometer(("e" * 64,)).share
    events = [{"event": "start"}, *(fit(one, fold) for fold in (0, 1) for one in (RULE, FLOOR))]
    assert made(events=events).content() == made(events=[events[0], *reversed(events[1:])]).content()


def test_fits_on_halves_are_of_what_is_shipped_and_no_candidates() -> None:
    key = key_of(Halved(inner=RULE.plan), "1" * 64)
    half = replace(RULE, key=key)
    fits = [fit(one, fold) for one in (FLOOR, RULE, half) for fold in (0, 1)]
    shipped = Shipped(RULE, {}, np.zeros((1, 1)), None, (FLOOR, RULE), RULE)  # type: ignore[arg-type]  # not looked at
    one = made(events=fits, shipped=shipped)
    assert [(fit["key"], fit["fold"]) for fit in one.fits[-2:]] == [(key, 0), (key, 1)]
    assert (one.looks["candidates"], one.looks["fits"]) == (2, 6)
    assert read_certificate(one.content()).array_digests()[key, 1] == {"fold_1": "d" * 64}
    without = made(events=fits)
    assert key not in {fit["key"] for fit in without.fits}, "what came of no use is not certified"


def test_requests_differ_by_all_that_decides() -> None:
    first = request_digest("b", "d", {"numpy": "2.0"})
    others = {request_digest("x", "d", {"numpy": "2.0"}), request_digest("b", "x", {"numpy": "2.0"})}
    assert len({first, *others, request_digest("b", "d", {"numpy": "2.1"})}) == 4
    assert folds_digest(FOLDS) != folds_digest(replace(FOLDS, number=FOLDS.number[::-1].copy()))


def bad_name(told: dict[str, Any]) -> None:
    told["fits"][0]["arrays"] = {"../../x": "d" * 64}


def bad_key(told: dict[str, Any]) -> None:
    told["fits"][0]["key"] = "../x"


def bad_file(told: dict[str, Any]) -> None:
    told["model"]["bundle"] = {"../../x": {"sha256": "2" * 64}}


def bad_digest(told: dict[str, Any]) -> None:
    told["data"]["used"] = "no digest"


def bad_fold(told: dict[str, Any]) -> None:
    told["fits"][0]["fold"] = True


def bad_claims(told: dict[str, Any]) -> None:
    told["claims"] = []


def more(told: dict[str, Any]) -> None:
    told["more"] = 1


def newer(told: dict[str, Any]) -> None:
    told["format"] = 2


@pytest.mark.parametrize("how", [bad_name, bad_key, bad_file, bad_digest, bad_fold, bad_claims, more, newer])
def test_what_we_do_not_write_is_refused(how: Callable[[dict[str, Any]], None]) -> None:
    told = json.loads(made().content())
    how(told)
    with pytest.raises(GateClosed, match="cannot be read"):
        read_certificate(json.dumps(told).encode())


@pytest.mark.parametrize(
    ("claimed", "found", "difference"),
    [
        ({"a": 1.0}, {"a": 1.0 + 1e-10}, ""),
        ({"a": 1e12}, {"a": 1e12 + 1}, ""),
        ({"a": 1}, {"a": 1.0}, ""),
        ({"a": 1.0}, {"a": 1.0 + 1e-8}, "a: 1.0 is certified, 1.00000001 is found"),
        ({"a": None}, {"a": 0.0}, "a: null is certified, 0.0 is found"),
        ({"a": True}, {"a": 1}, "a: true is certified, 1 is found"),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, "a.b.1: 2 is certified, 3 is found"),
        ({"a": [1]}, {"a": [1, 2]}, "a: [1] is certified, [1, 2] is found"),
        ({"a": 1}, {}, "a: certified, and not found"),
        ({}, {"a": 1}, "a: not certified"),
        ("x", "y", 'it: "x" is certified, "y" is found'),
    ],
)
def test_the_first_difference_is_told(claimed: Any, found: Any, difference: str) -> None:
    assert first_difference(claimed, found) == difference


def test_claims_are_without_the_seconds_that_candidates_took() -> None:
    told = {"leaderboard": [{"name": "a", "seconds": 1.5, "score": 2.0}], "verdict": {}, "seconds": 9}
    assert without_times(told, ["leaderboard", "verdict", "choice"]) == {
        "leaderboard": [{"name": "a", "score": 2.0}],
        "verdict": {},
    }
