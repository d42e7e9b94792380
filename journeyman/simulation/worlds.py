"""Worlds: tables drawn from a law that we know, so that every claim about them can be checked.

What is missing in a table is missing for the law too, so the best score that any model can reach on new rows is known
and not merely bounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

import numpy as np

from journeyman.statistics.metrics.log_loss import METRIC as LOG_LOSS
from journeyman.statistics.metrics.rmse import METRIC as RMSE
from journeyman.statistics.metrics.roc_auc import METRIC as ROC_AUC
from journeyman.table.columns import Integers, Numbers

WorldKind = Literal["no_signal", "linear", "trees", "planted_leak", "duplicated_rows", "entities"]
KINDS: tuple[WorldKind, ...] = get_args(WorldKind)

TARGET, ENTITY, LEAK = "outcome", "customer", "closing_code"
_NUMBERS = ("age", "income", "balance", "visits", "distance", "score")
_WORDS = {"region": ("north", "south", "east", "west"), "product": tuple(f"product {one}" for one in range(12))}
_MISSING = 0.05
_ENTITY_ROWS, _ENTITY_SPREAD = 10, 1.5
_LEAK_ERRORS = 0.02
#: Rows by which the best score is computed.
_TRUTH_ROWS = 100_000


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What is true of a world.

    Parameters
    ----------
    best : the best scores any model can reach on new rows (of new entities; without a leak): ``log_loss`` and
        ``roc_auc``, or ``rmse``
    trivial : the same scores of always giving the same answer
    signal : whether any column says anything about the target
    leaks : columns that know the target because they came after it
    clusters : (rows,) rows of one code are copies of one another; None where there are no copies
    """

    best: Mapping[str, float]
    trivial: Mapping[str, float]
    signal: bool
    leaks: tuple[str, ...] = ()
    clusters: Integers | None = None


@dataclass(frozen=True)
class Drawn:
    """Rows of a world: columns by name with the target among them, and the best answer to each row (rows, 1)."""

    columns: Mapping[str, Any]
    best: Numbers
    truth: Numbers
    clusters: Integers | None = None


@dataclass(frozen=True, kw_only=True)
class World:
    """A law drawn from a seed, and a table drawn from the law.

    Parameters
    ----------
    kind : what is true of it
    rows : of the table
    task : ``binary`` or ``regression``
    strength : how strongly the columns speak; at 1 the best binary AUC is about 0.8

    Numbers are float64 arrays in which missing is NaN, words lists of str in which missing is None.
    """

    kind: WorldKind
    rows: int = 500
    seed: int = 0
    task: Literal["binary", "regression"] = "binary"
    strength: float = 1.0
    target: str = field(default=TARGET, init=False)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no world {self.kind!r}, there are {', '.join(KINDS)}")

    @cached_property
    def table(self) -> Drawn:
        """The table's rows."""
        return self.draw(self.rows, stream=1)

    @property
    def columns(self) -> Mapping[str, Any]:
        """The table's columns by name, the target among them."""
        return self.table.columns

    @cached_property
    def truth(self) -> Truth:
        """What is true of this world, from the law itself and many rows."""
        many = self.draw(_TRUTH_ROWS, stream=2, plain=True)
        return Truth(
            best=self._scores(many.best),
            trivial=self._scores(np.full_like(many.best, many.best.mean()), many.best),
            signal=self.kind != "no_signal",
            leaks=(LEAK,) if self.kind == "planted_leak" else (),
            clusters=self.table.clusters,
        )

    def draw(self, rows: int, *, stream: int, plain: bool = False) -> Drawn:
        """Draw rows of this world; another ``stream`` gives other rows. ``plain`` rows have no copies."""
        random = np.random.default_rng(np.random.PCG64([self.seed, stream]))
        numbers = random.standard_normal((rows, len(_NUMBERS)))
        words = {name: random.integers(0, len(levels), rows) for name, levels in _WORDS.items()}
        gone = {name: random.uniform(size=rows) < _MISSING for name in (*_NUMBERS[:3], "region")}
        for place, name in enumerate(_NUMBERS):
            numbers[gone.get(name, np.zeros(rows, np.bool_)), place] = np.nan
        words["region"][gone["region"]] = len(_WORDS["region"])
        entity = random.integers(0, max(2, rows // _ENTITY_ROWS), rows)
        signal = self._signal(numbers, words)
        shift = np.zeros(rows)
        if self.kind == "entities":
            shift = _ENTITY_SPREAD * random.standard_normal(entity.max(initial=0) + 1)[entity]
            # Known of an entity whatever its rows: by it a model knows its entities again.
            numbers[:, 5] = random.standard_normal(entity.max(initial=0) + 1)[entity]
        best = self._best_answer(signal)[:, None]
        if self.task == "binary":
            truth = (random.uniform(size=rows) < _chance(signal + shift)).astype(np.float64)
        else:
            truth = signal + shift + random.standard_normal(rows)
        columns: dict[str, Any] = dict(zip(_NUMBERS, numbers.T.copy(), strict=True))
        columns |= {name: _named(codes, _WORDS[name]) for name, codes in words.items()}
        if self.kind == "entities":
            columns[ENTITY] = [f"customer {one}" for one in entity.tolist()]
        if self.kind == "planted_leak":
            columns[LEAK] = self._leak(truth, random)
        columns[TARGET] = ["yes" if one else "no" for one in truth] if self.task == "binary" else truth
        if self.kind == "duplicated_rows" and not plain:
            # Every third row is replaced by a copy of an earlier one that is none itself.
            origin = np.arange(rows)
            late = np.arange(2, rows, 3)
            early = (random.uniform(size=len(late)) * late).astype(np.int64)
            origin[late] = early - (early % 3 == 2)
            columns = {name: _take(cells, origin) for name, cells in columns.items()}
            return Drawn(columns, best[origin], truth[origin], origin)
        return Drawn(columns, best, truth)

    def _signal(self, numbers: Numbers, words: Mapping[str, Integers]) -> Numbers:
        """What the columns say (rows,): missing cells say one thing of their own."""
        law = np.random.default_rng(np.random.PCG64([self.seed, 0]))
        if self.kind == "no_signal":
            return np.zeros(len(numbers))
        known = np.nan_to_num(numbers[:, :5], nan=0.5)
        slopes = law.choice([-1, 1], 5) * law.uniform(0.3, 0.7, 5)
        levels = {name: law.standard_normal(13) * 0.5 for name in words}
        if self.kind != "trees":
            said = known @ slopes + sum(levels[name][codes] for name, codes in words.items())
            return np.asarray(self.strength * said)
        said = np.zeros(len(numbers))
        for _ in range(6):
            # A step where two numbers are on a certain side and the product is of a certain half.
            first, second = law.choice(5, 2, replace=False)
            cuts, half = law.normal(0, 0.7, 2), law.permutation(12)[:6]
            inside = (known[:, first] > cuts[0]) ^ (known[:, second] > cuts[1]) ^ np.isin(words["product"], half)
            said += law.choice([-1, 1]) * law.uniform(0.4, 0.8) * (2 * inside - 1)
        return self.strength * said

    def _best_answer(self, signal: Numbers) -> Numbers:
        """The probability or mean of a row's target, over all entities that it might be of."""
        if self.task == "regression":
            return signal
        if self.kind != "entities":
            return _chance(signal)
        nodes, weights = np.polynomial.hermite_e.hermegauss(31)
        chances = _chance(signal[:, None] + _ENTITY_SPREAD * nodes)
        return np.asarray(chances @ weights / weights.sum())

    def _scores(self, answer: Numbers, law: Numbers | None = None) -> dict[str, float]:
        """Expected scores of answers, over the targets that the law gives."""
        law = answer if law is None else law
        if self.task == "regression":
            noise = 1 + (_ENTITY_SPREAD**2 if self.kind == "entities" else 0)
            return {"rmse": float(np.hypot(RMSE.score(law[:, 0], answer), np.sqrt(noise)))}
        # Each row stands once with either outcome, weighted by how likely that is.
        both = np.repeat([1.0, 0.0], len(law))
        weights = np.concatenate([law[:, 0], 1 - law[:, 0]])
        twice = np.vstack([answer, answer])
        return {one.name: one.score(both, twice, weights) for one in (LOG_LOSS, ROC_AUC)}

    def _leak(self, truth: Numbers, random: np.random.Generator) -> Any:
        if self.task == "regression":
            return truth * 3 + 10 + 0.05 * random.standard_normal(len(truth))
        codes = np.where(random.uniform(size=len(truth)) < _LEAK_ERRORS, 1 - truth, truth).astype(np.int64)
        return _named(codes, ("C1", "C7"))


def _chance(signal: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-signal)))


def _named(codes: Integers, levels: tuple[str, ...]) -> list[str | None]:
    """Codes as words; the code behind the last level is missing."""
    return [(*levels, None)[code] for code in codes.tolist()]


def _take(cells: Any, rows: Integers) -> Any:
    return [cells[row] for row in rows.tolist()] if isinstance(cells, list) else cells[rows]
