from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.alone import alone_of, guess_alone
from journeyman.checks.evidence.answer import Answer, answer_of
from journeyman.table.finding import Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
BRIEF = Brief(predict="y")
RANDOM = np.random.default_rng(2)
TRUTH = RANDOM.integers(0, 2, 600)


def test_each_column_is_measured_by_its_values_and_by_its_gaps(table_of: Make) -> None:
    columns = {
        "noise": RANDOM.normal(size=600),
        "code": [f"C{one}" for one in np.where(RANDOM.uniform(size=600) < 0.05, 1 - TRUTH, TRUTH)],
        "near": TRUTH + RANDOM.normal(0, 0.35, 600),
        "filled": [1.0 if one else None for one in TRUTH],
        "day": np.where(TRUTH == 1, np.datetime64("2024-05-01"), np.datetime64("2024-04-01")),
        "empty": [None] * 600,
    }
    alone = alone_of(table_of({**columns, "y": TRUTH}), BRIEF)
    assert not isinstance(alone, Skip)
    assert list(alone) == list(columns)
    assert abs(alone["noise"].score - 0.5) < 0.08
    assert 0.9 < alone["code"].score < 0.985
    assert alone["code"].is_coarse
    assert alone["near"].score > 0.95
    assert not alone["near"].is_coarse
    assert alone["filled"].gaps == 1.0
    assert [name for name, one in alone.items() if one.gives_away] == ["filled", "day"]
    assert alone["empty"].gaps == 0.0
    assert alone["near"].low < alone["near"].score
    assert alone["code"].gaps_low <= 0.0


def test_it_is_found_once(table_of: Make) -> None:
    table = table_of({"x": RANDOM.normal(size=600), "y": TRUTH})
    assert alone_of(table, BRIEF) is alone_of(table, BRIEF)
    assert isinstance(alone_of(table, Brief()), Skip)


def test_guesses_are_of_the_target(table_of: Make) -> None:
    table = table_of({"word": ["ab"[one] for one in TRUTH], "y": TRUTH})
    answer = answer_of(table, BRIEF)
    assert isinstance(answer, Answer)
    guess = guess_alone(table, "word", answer)
    assert guess.shape == (600, 1)
    assert guess[TRUTH == 1].min() > 0.9 > 0.1 > guess[TRUTH == 0].max()
