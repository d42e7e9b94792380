"""Rows to try candidates on, and failing learners, for the tests of this room."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.table.columns import Columns, Strings
from journeyman.trials.pool import Pool
from journeyman.trials.shared import TrainingData


@pytest.fixture
def training() -> Callable[..., TrainingData]:
    return make_training


@pytest.fixture
def pool(request: pytest.FixtureRequest) -> Iterator[Pool]:
    pool = Pool(2)
    yield pool
    pool.close()


def make_training(rows: int = 300, seed: int = 0) -> TrainingData:
    random = np.random.default_rng(seed)
    numbers = random.normal(size=(rows, 2))
    words = Strings.of([("a", "b", "ü\x00")[place] for place in random.integers(0, 3, rows)])
    values = (numbers[:, 0] + (words.codes == 1) + random.normal(size=rows) > 0.3).astype(float)
    target = Target(task="binary", values=values, classes=("no", "yes"), fold_kind="stratified", seed=seed)
    columns = Columns.of(
        rows=rows, numbers=numbers, number_names=("x", "y"), words=[words], word_names=("colour",),
        dates=np.arange(rows)[:, None], date_names=("day",),
    )  # fmt: skip
    return TrainingData(columns, target, make_folds("stratified", 3, rows=rows, classes=target.codes, seed=seed))


OUTSIDE = '''
"""Any plan, misbehaving on demand after it has been fitted."""
import os, time
import numpy as np
from journeyman.learners.constant import Constant
from journeyman.plan.step import Step

class Misbehaving(Step):
    """Misbehaves."""

    how: str = "crash"
    inner: Step = Constant()

    def fit(self, columns, target):
        """Misbehave."""
        state = self.inner.fit(columns, target)
        if self.how == "raise":
            raise RuntimeError("no luck")
        if self.how == "die":
            os.kill(os.getpid(), 9)
        if self.how == "hang":
            time.sleep(600)
        if self.how == "eat":
            eaten = [np.ones(10_000_000)]
            while len(eaten) < 60:
                eaten.append(np.ones(10_000_000))
                time.sleep(0.05)
            time.sleep(600)
        return state

    def apply(self, state, columns):
        """Misbehave."""
        answer = self.inner.apply(state, columns)
        if self.how == "nan":
            return answer.with_numbers(answer.numbers * np.nan, answer.number_names)
        return answer
'''


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package of somebody else's with one kind on its shelf; gives the kind's address."""
    from journeyman.plan import shelf

    house = tmp_path / "site" / "acme_learners"
    (house / "learners").mkdir(parents=True)
    (house / "__init__.py").write_text("")
    (house / "learners" / "__init__.py").write_text("")
    (house / "learners" / "misbehaving.py").write_text(OUTSIDE)
    info = tmp_path / "site" / "acme_learners-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-learners\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[journeyman.shelves]\nacme = acme_learners\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    for one in (shelf.houses, shelf.modules, shelf.steps, shelf.kind_at):
        one.cache_clear()
    yield "acme_learners.learners.misbehaving"
    for name in [name for name in sys.modules if name.startswith("acme_learners")]:
        del sys.modules[name]
    for one in (shelf.houses, shelf.modules, shelf.steps, shelf.kind_at):
        one.cache_clear()
