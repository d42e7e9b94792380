"""The audit of a table: every check, what follows for the folds, and what columns say."""

from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.errors import InputError
from journeyman.job.audit import audit


def test_an_audit_of_a_table_in_memory() -> None:
    found = audit(
        {"k": ["EU"] * 40, "x": np.random.default_rng(0).normal(size=40).tolist(), "y": ["no", "yes"] * 20},
        predict=" y ",
    )
    assert "constant" in [one.code for one in found.findings]
    assert found.schema["k"].role == "ignored"
    assert found.schema["y"].role == "target"
    assert "'k' holds 'EU'" in repr(found)
    assert [(one.name, one.distinct) for one in found.profile] == [("k", 1), ("x", 40), ("y", 2)]
    json.dumps(found.as_data(), allow_nan=False)


def test_a_target_that_cannot_be_predicted_is_the_gravest_finding() -> None:
    found = audit({"x": list(range(0, 60, 3)), "y": ["yes"] * 20}, predict="y")
    assert (found.findings[0].code, found.findings[0].severity) == ("one_class", "error")
    with pytest.raises(InputError, match="did you mean 'y'"):
        audit({"x": [1, 2], "y": [0, 1]}, predict="Y ")


def test_html_is_escaped() -> None:
    found = audit({"<script>": ["<b>"] * 20, "x": list(range(0, 40, 2))})
    assert "<script>" in repr(found)
    assert "<script>" not in found._repr_html_()


def test_rows_of_one_person_are_told_with_the_folds_that_follow_and_their_cost() -> None:
    random = np.random.default_rng(5)
    person = np.repeat(np.arange(120), 8)
    own, mark = random.normal(size=120), random.normal(size=120)
    found = audit(
        {
            "person_id": [f"p{one:03}" for one in person],
            "mark": mark[person].round(4).tolist(),
            "x": random.normal(size=960).round(3).tolist(),
            "y": (own[person] + 0.3 * random.normal(size=960)).round(3).tolist(),
        },
        predict="y",
    )
    codes = [one.code for one in found.findings]
    assert "folds" in codes
    groups = next(one for one in found.findings if one.code == "groups")
    assert groups.cost is not None
    assert groups.cost.ignored > groups.cost.heeded + 0.2
    assert next(one.numbers["kind"] for one in found.findings if one.code == "folds") == "entity"


def test_findings_stand_beside_the_rows_by_which_they_are_seen_and_columns_say_what_they_know() -> None:
    random = np.random.default_rng(6)
    x = random.normal(size=200).round(3)
    x[7] = 1e9
    found = audit({"x": x.tolist(), "y": np.where(x > 0, "yes", "no").tolist()}, predict="y")
    assert len(found.evidence) == len(found.findings)
    seen = next(e for f, e in zip(found.findings, found.evidence, strict=True) if f.code == "outliers")
    assert seen is not None
    assert seen.rows[0] == (8, ("1000000000", "yes"))
    assert [one.name for one in found.along] == ["x"]
