from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.company.company import Company
from journeyman.simulation.company.deciders import Deciders
from journeyman.simulation.world import World


def company_of(rows=20_000, **fields):
    return Company(world=World(rows=rows, seed=2), parts=(Deciders(**fields),))


def test_lenient_people_approve_more():
    (told,) = company_of(rows=10, leniency=1.0).truth
    by_cutoff = sorted(told["cutoffs"], key=told["cutoffs"].get)
    approved = [told["approved"][name] for name in by_cutoff]
    assert approved == sorted(approved, reverse=True)
    assert approved[0] - approved[-1] > 0.3


@pytest.mark.parametrize("noise", [0.0, 0.5, 1.5])
def test_agreement_on_cases_decided_twice_is_what_the_truth_says(noise):
    company = company_of(noise=noise, twice=0.5)
    second = company.tables["second_opinions"]
    rows = second["row"].astype(int)
    first = [company.columns["decision"][row] for row in rows]
    assert len(rows) / 20_000 == pytest.approx(0.5, abs=0.02)
    assert not any(company.columns["actor"][row] == who for row, who in zip(rows, second["actor"], strict=True))
    agree = np.mean([one == other for one, other in zip(first, second["decision"], strict=True)])
    assert agree == pytest.approx(company.truth[0]["agreement"], abs=0.02)


def test_no_model_of_the_decisions_is_better_than_the_ceiling():
    told = company_of(rows=10, leniency=0.0, noise=0.5).truth[0]
    assert told["ceiling"] == pytest.approx(told["ceiling_without_actor"])
    told = company_of(rows=10, leniency=1.0, noise=0.0).truth[0]
    assert (told["ceiling"], told["ceiling_without_actor"] < 0.9) == (1.0, True)


def test_people_who_know_more_make_outcomes_selective():
    company = Company(world=World(rows=20_000, law="no_signal"), parts=(Deciders(knows=1.0),))
    approved = company.cases.policies["deciders"]
    assert company.cases.draft.truth[approved].mean() > 0.7
    assert company.cases.informed == ("deciders",)
    assert company.truth[0]["ceiling"] is None
    blind = Company(world=World(rows=20_000, law="no_signal"), parts=("deciders",)).cases
    assert blind.draft.truth[blind.policies["deciders"]].mean() == pytest.approx(0.5, abs=0.03)
