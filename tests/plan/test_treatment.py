from __future__ import annotations

from journeyman.learners.linear import Linear
from journeyman.plan.cleaned import Cleaned
from journeyman.plan.combine import Thin
from journeyman.plan.recent import Recent
from journeyman.plan.repaired import Repaired
from journeyman.plan.treatment import Treatment
from journeyman.preparation.encode.rare_levels import RareLevels


def test_a_treatment_has_a_twin_without_it_and_fewer_rows_for_want_of_time_are_none() -> None:
    inner = Linear()
    treated = (
        Recent(inner=inner, share=0.5),
        Cleaned(inner=inner, judge=inner),
        Repaired(inner=inner, repair=RareLevels()),
    )
    assert all(isinstance(one, Treatment) and one.inner == inner for one in treated)
    assert not isinstance(Thin(inner=inner, rows=9), Treatment)
