from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from journeyman.insights.cuts import round_cuts


def test_cuts_are_round_and_near_their_share() -> None:
    values = np.random.default_rng(0).lognormal(mean=9, size=5000)
    cuts = round_cuts(values, (0.2, 0.4, 0.6, 0.8))
    assert len(cuts) == 4
    for cut, share in zip(cuts, (0.2, 0.4, 0.6, 0.8), strict=True):
        assert abs((values <= cut).mean() - share) < 0.03
        assert len(f"{cut:g}".rstrip("0").replace(".", "")) <= 3


def test_dates_are_cut_at_midnight() -> None:
    at = np.random.default_rng(0).integers(0, 400 * 86_400_000_000, size=900).astype(float)
    assert all(cut % 86_400_000_000 == 0 for cut in round_cuts(at, (0.3, 0.7), is_date=True))


@given(arrays.arrays(np.float64, st.integers(1, 60), elements=st.floats(-1e12, 1e12)))
def test_every_cut_leaves_rows_on_both_sides(values: np.ndarray) -> None:
    for cut in round_cuts(values, (0.1, 0.5, 0.9)):
        assert (values <= cut).any()
        assert (values > cut).any()
