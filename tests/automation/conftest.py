from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.automation.answers import Answers, answers_of


def drawn(cases: int, seed: int, *, spread: float = 2.5) -> Answers:
    """Answers of a model that knows the chance of each case."""
    random = np.random.default_rng(seed)
    yes = 1 / (1 + np.exp(-spread * random.normal(size=cases)))
    truth = (random.random(cases) < yes).astype(np.int64)
    return answers_of(("reject", "approve"), np.column_stack([1 - yes, yes]), truth)


@pytest.fixture
def answers() -> Callable[..., Answers]:
    return drawn
