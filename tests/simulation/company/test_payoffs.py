from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.company.company import Company
from journeyman.simulation.company.incumbent import Incumbent
from journeyman.simulation.company.payoffs import Payoffs, promises_of
from journeyman.simulation.world import World


@pytest.mark.parametrize("per_row", [False, True])
@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_payoffs_are_what_policies_earn_on_new_cases(task, per_row):
    company = Company(
        world=World(task=task, rows=20),
        parts=("incumbent", {"kind": "deciders", "knows": 0.5}, Payoffs(per_row=per_row)),
    )
    earned = company.truth[-1]["per_thousand"]
    many = company.draw(60_000, stream=9)
    promises, gains = promises_of(many)
    policies = {**many.policies, "best": promises > 0, "all": promises == promises, "none": promises != promises}
    assert policies.keys() == earned.keys()
    for name, acts in policies.items():
        reached = np.where(acts, gains, 0.0)
        assert earned[name] == pytest.approx(
            1000 * reached.mean(), abs=4.5 * 1000 * reached.std() / np.sqrt(60_000) + 9
        )
    assert earned["best"] > max(earned["all"], earned["incumbent"], 0.0)


def test_nothing_is_earned_where_nothing_is_known_and_acting_costs():
    company = Company(world=World(law="no_signal", rows=20), parts=(Incumbent(), Payoffs(right=1.0, wrong=-2.0)))
    earned = company.truth[-1]["per_thousand"]
    assert (earned["best"], earned["none"], earned["all"]) == (0.0, 0.0, pytest.approx(-500.0))
    assert earned["incumbent"] == pytest.approx(-150, abs=5)


def test_the_gain_is_written_as_the_command_line_reads_it():
    def gain(task, **fields):
        return Company(world=World(task=task, rows=5), parts=(Payoffs(**fields),)).truth[0]["gain"]

    assert gain("binary") == "act:no=-2.0, act:yes=3.0"
    assert gain("binary", per_row=True) == "act:no=-2.0, act:yes=amount"
    assert gain("regression", cost=0.5) == "act=actual-0.5"
    assert gain("regression", cost=-0.5) == "act=actual+0.5"
    assert gain("regression", per_row=True) == "act=actual-amount"
