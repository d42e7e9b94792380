from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import polars as pl
import pytest

from journeyman.automation.answers import answers_of
from journeyman.automation.like_cases import no_pairs
from journeyman.bundle.model import Model
from journeyman.job.decision_log import understand_log
from journeyman.job.people import consistency_of, noise_of
from journeyman.job.run import say_nothing
from journeyman.sources.read import read_raw

MANIFEST = SimpleNamespace(positive="yes", label_rule=None)
MODEL = cast("Model", SimpleNamespace(classes=("no", "yes"), manifest=MANIFEST))


def log(rows: int = 600, *, few: bool) -> tuple[Any, Any]:
    random = np.random.default_rng(1)
    case = random.integers(0, 40, rows) if few else random.normal(size=rows)
    lenient = random.choice(["ann", "bob"], rows)
    chance = 0.3 + 0.4 * (case > np.median(case)) + 0.2 * (lenient == "bob")
    decided = random.random(rows) < chance
    frame = pl.DataFrame(
        {
            "number": [f"N{place:05d}" for place in range(rows)],
            "case": case,
            "other": case * 2,
            "clerk": lenient,
            "decision": np.where(decided, "yes", "no"),
        }
    )
    found = understand_log(
        read_raw(frame), "decision", None, "clerk", when="none", entity="none", ignore=None, seed=0, say=say_nothing
    )
    return found, frame


def test_repeated_cases_are_the_best_evidence_and_people_are_told_apart() -> None:
    found, _ = log(few=True)
    table = found.understood.curation.table
    truth = (found.understood.curation.target.values).astype(np.int64)
    answers = answers_of(("no", "yes"), np.full((table.rows, 2), 0.5), truth)
    pairs, agreeing = consistency_of(found, table, answers)
    assert agreeing.ground == "repeated"
    assert len(pairs) == agreeing.pairs
    chances = np.column_stack([np.full(table.rows, 0.5)] * 2)
    noise = noise_of(found, table, np.arange(table.rows), chances, MODEL, pairs)
    assert noise is not None
    assert [one.name for one in noise.actors] == ["ann", "bob"]
    assert noise.level == pytest.approx(0.14, abs=0.07)
    assert not np.isnan(noise.same)


def test_without_repeated_cases_others_stand_in() -> None:
    found, _ = log(few=False)
    table = found.understood.curation.table
    truth = (found.understood.curation.target.values).astype(np.int64)
    yes = np.where(np.asarray(table.values["case"]) > 0, 0.7, 0.3)
    chances = np.column_stack([1 - yes, yes])
    pairs, agreeing = consistency_of(found, table, answers_of(("no", "yes"), chances, truth))
    assert agreeing.ground == "near"
    noise = noise_of(found, table, np.arange(table.rows), chances, MODEL, no_pairs())
    assert noise is not None
    assert noise.decision == "yes"
    assert not np.isnan(noise.different)
    assert len(pairs) > 100
