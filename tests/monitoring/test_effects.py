from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.monitoring.effects import effects_of
from journeyman.monitoring.reference import Reference


def codes(*counts: int) -> np.ndarray:
    return np.repeat(np.arange(len(counts), dtype=np.uint8), counts)[:, None]


def test_a_shift_to_rows_of_large_losses_is_harmful_and_one_to_small_losses_is_not(small: Reference) -> None:
    (worse,) = effects_of(small, codes(100, 100, 800))
    assert worse.is_changed
    assert worse.is_harmful
    assert worse.loss > 0.2
    (better,) = effects_of(small, codes(800, 100, 100))
    assert better.is_changed
    assert not better.is_harmful
    assert better.loss < 0


def test_chance_is_no_change(small: Reference) -> None:
    (same,) = effects_of(small, codes(310, 390, 300))
    assert not same.is_changed


def test_cells_never_seen_are_no_harmless_change(small: Reference) -> None:
    (new,) = effects_of(small, codes(300, 400, 200, 0, 100))
    assert new.bin == "never seen"
    assert new.is_harmful


def test_the_largest_effect_comes_first(small: Reference) -> None:
    flat = replace(small.columns[0], losses=(1.0,) * 6)
    both = replace(small, columns=(flat, small.columns[0]))
    ranked = effects_of(both, np.hstack([codes(100, 100, 800)] * 2))
    assert [one.is_harmful for one in ranked] == [True, False]
    assert "at the build" in ranked[0].as_data()["sentence"]
    assert effects_of(both, np.zeros((0, 2), np.uint8)) == []
