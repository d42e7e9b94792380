"""Plans behind a repair."""

from __future__ import annotations

import numpy as np

from journeyman.learners.linear import Linear
from journeyman.plan.combine import Chain, Each
from journeyman.plan.data import plan_of, to_data
from journeyman.plan.repaired import Repaired
from journeyman.plan.target import Target
from journeyman.preparation.encode.rare_levels import RareLevels
from journeyman.preparation.encode.target_mean import TargetMean
from journeyman.table.columns import Columns, Strings


def test_it_is_the_plan_on_what_the_repair_gives() -> None:
    random = np.random.default_rng(0)
    cells = [f"town {number}" for number in random.zipf(1.5, 300) % 60]
    columns = Columns.of(rows=300, words=[Strings.of(cells)], word_names=("town",))
    target = Target(task="regression", values=random.normal(size=300) + (np.array(cells) == "town 1"))
    inner = Chain(steps=(TargetMean(), Linear()))
    repair = Each(inner=RareLevels(), columns=("town",))
    plan = Repaired(inner=inner, repair=repair)
    state = plan.fit(columns, target)
    learnt, changed = repair.fit_apply(columns, target)
    own = inner.fit(changed, target)
    wanted = inner.apply(own, repair.apply(learnt, columns)).numbers
    assert np.array_equal(plan.apply(state, columns).numbers, wanted)
    assert not np.array_equal(wanted, inner.apply(inner.fit(columns, target), columns).numbers)
    assert plan_of(to_data(plan)) == plan
    assert plan.in_words == "rare levels joined"
