"""Worlds: tables drawn from a law that we know, so that every claim about them can be checked.

world = World(law="trees", task="binary", rows=1000, seed=7, plants=("leaks.too_good_column:strong",))
world.columns            # the table, the target among its columns
world.truth.best         # what the best model can reach on new rows, from the law itself
world.draw(50_000, stream=3)   # new rows, as they are when a decision is made
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from journeyman.plan.target import Task
from journeyman.simulation.draft import Draft, Scene, generator
from journeyman.simulation.features import Features, Sizes, whole_days
from journeyman.simulation.kinds import built, data_of, kind_named
from journeyman.simulation.laws.law import Law
from journeyman.simulation.outcome import Outcome, drawn, mixed, outcome_at
from journeyman.simulation.plants.plant import Plant
from journeyman.simulation.truth import Truth, truth_of
from journeyman.table.columns import Integers, Numbers

TARGET = "outcome"
#: Streams: the law's own, the table's, and that of the rows by which the truth is computed.
LAW, TABLE, MANY = 0, 1, 2
#: Points by which what nobody can know of a row is integrated out.
_NODES = 31


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Rows of a world.

    Shapes: ``columns`` by name, the target among them: float64 arrays in which missing is NaN, or lists of str in
    which missing is None. ``best`` (rows, outputs) the best answer to each row that the law allows: the positive
    class's probability, one probability a class in the order of ``world.labels``, or the mean. ``truth`` (rows,) the
    class codes or values that really came, before any label was changed. ``record``: one mapping a plant, JSON: what
    it is, what it did, and in ``rows`` which rows it touched. ``clusters`` (rows,): rows of one code are copies of
    one another; None where there are no copies.
    """

    columns: Mapping[str, Any]
    best: Numbers
    truth: Numbers
    record: tuple[Mapping[str, Any], ...] = ()
    clusters: Integers | None = None


@dataclass(frozen=True, kw_only=True)
class World:
    """A law drawn from a seed, and a table drawn from the law.

    Parameters
    ----------
    law : a name on the shelf ``simulation/laws``
    task : what is to be told
    rows : of the table
    strength : how strongly the columns speak; at 1 the best binary AUC is about 0.8
    plants : what is put in on purpose: names on the shelf ``simulation/plants``, ``name:strength``, mappings with
        ``kind`` and fields, or plants; kept as plants
    numbers, words, missing : how many numbers; the levels of each column of words; the share of missing cells in the
        first three numbers and the first words. A missing cell is missing for the law too
    classes : of a multiclass target, 3 to 26
    offset : log-odds added to the positive class, or added to a number's mean
    dates : a column with the day of each row, over two years. Plants that need dates add it
    ahead : new rows lie in so long a stretch after the table, as a share of its span; 0 for the same span

    Equal worlds give equal rows. A plant more changes nothing of what the law and other plants draw.

    Raises
    ------
    ValueError : no such law or plant, a law that cannot give the task, or sizes out of range
    """

    law: str = "linear"
    task: Task = "binary"
    rows: int = 500
    seed: int = 0
    strength: float = 1.0
    plants: tuple[Any, ...] = ()
    numbers: int = 6
    words: tuple[int, ...] = (4, 12)
    missing: float = 0.05
    classes: int = 3
    offset: float = 0.0
    dates: bool = False
    ahead: float = 0.25

    def __post_init__(self) -> None:
        if self.task not in kind_named("laws", Law, self.law).tasks:
            raise ValueError(f"the law {self.law} gives no {self.task} target")
        if not (self.numbers >= 1 and self.rows >= 0 and 3 <= self.classes <= 26 and 0 <= self.missing < 1):
            raise ValueError("a world has at least one number, 3 to 26 classes and a share of missing cells below 1")
        object.__setattr__(self, "plants", tuple(built("plants", Plant, one) for one in self.plants))
        object.__setattr__(self, "words", tuple(self.words))

    def as_data(self) -> dict[str, Any]:
        """The world's spec as JSON."""
        told: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**told, "words": list(self.words), "plants": [data_of("plants", Plant, one) for one in self.plants]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> World:
        """The world of a spec."""
        return cls(**data)

    @property
    def target(self) -> str:
        """The target column's name."""
        return TARGET

    @property
    def labels(self) -> tuple[str, ...]:
        """The classes' names in the order of their codes, which is also that of the alphabet; empty for numbers."""
        if self.task == "binary":
            return ("no", "yes")
        return tuple(f"class {chr(97 + one)}" for one in range(self.classes)) if self.task == "multiclass" else ()

    @cached_property
    def table(self) -> Drawn:
        """The table's rows."""
        return self._finished(self._planted_table, TABLE, plain=False)

    @property
    def columns(self) -> Mapping[str, Any]:
        """The table's columns by name, the target among them."""
        return self.table.columns

    @cached_property
    def truth(self) -> Truth:
        """What is true of this world, from the law itself over 100,000 new rows, and of its table."""
        return truth_of(self)

    def draw(self, rows: int, *, stream: int, plain: bool = True) -> Drawn:
        """Draw rows; another ``stream`` gives other rows, and 1 those of the table.

        ``plain`` rows are new rows at the moment of decision: no copies, no changed labels, new entities, after the
        table in time; columns known only later are there, and filled as they are by then. Without ``plain`` the rows
        are those of another table of the same making.
        """
        return self._finished(self.draft(rows, stream=stream, plain=plain), stream, plain)

    def draft(self, rows: int, *, stream: int, plain: bool) -> Draft:
        """Rows with what is known of how they came about: the law's answer to each, and their features."""
        if stream <= LAW:
            raise ValueError("streams of rows count from 1; 0 is the law's own")
        features = self._features(rows, stream, plain)
        signal, spread = self._signal(features, stream, plain)
        unseen = [plant.unseen(features, scene) for scene, plant in self.scenes(stream, plain=plain)]
        effects = [one for one in unseen if one is not None]
        moved = signal.copy()
        for values, _ in effects:
            moved[:, 0] += values
        wide = float(np.sqrt(sum(one[1] ** 2 for one in effects)))
        came = outcome_at(self.task, moved, spread, self._law.noise)
        truth = drawn(came, generator(self.seed, stream, "target"))
        draft = Draft(
            columns=features.shown() | {TARGET: self.scene("table", stream, plain=plain).shown(truth)},
            truth=truth,
            outcome=self._outcome(features, signal, spread, wide, stream=stream, plain=plain),
            features=features,
        )
        for scene, plant in sorted(self.scenes(stream, plain=plain), key=lambda pair: pair[1].stage != "rows"):
            draft = plant.decision_time(draft, scene) if plain else plant.sow(draft, scene)
        columns = dict(draft.columns)
        target = columns.pop(TARGET)
        return replace(draft, columns={**columns, TARGET: target})

    def scenes(self, stream: int = TABLE, *, plain: bool = False) -> Iterator[tuple[Scene, Plant]]:
        """Every plant, with the scene it works in."""
        for place, plant in enumerate(self.plants):
            yield self.scene(f"plant {place}", stream, plain=plain), plant

    def scene(self, key: str, stream: int = TABLE, *, plain: bool = False) -> Scene:
        """The scene of something with a key of its own: what it knows of the world, and its generators."""
        return Scene(
            seed=self.seed,
            stream=stream,
            key=key,
            task=self.task,
            labels=self.labels,
            target=TARGET,
            levels=self.words,
            numbers=self.numbers,
            table_rows=self.rows,
            plain=plain,
            table=lambda: self._planted_table,
        )

    @property
    def signal(self) -> bool:
        """Whether any column says anything of the target of a new row."""
        law = self._law.signal and self.strength != 0
        return law or any(plant.speaks for plant in self.plants)

    @cached_property
    def _law(self) -> Law:
        law: Law = kind_named("laws", Law, self.law)()
        return law

    @cached_property
    def _planted_table(self) -> Draft:
        return self.draft(self.rows, stream=TABLE, plain=False)

    def _features(self, rows: int, stream: int, plain: bool) -> Features:
        sizes = Sizes(numbers=self.numbers, words=self.words, missing=self.missing)
        law = generator(self.seed, LAW, "features")
        features = self._law.features(sizes, law, generator(self.seed, stream, "features"), rows)
        if self.dates or any(plant.dated for plant in self.plants):
            time = generator(self.seed, stream, "dates").uniform(size=rows)
            features = replace(features, time=whole_days(1 + self.ahead * time if plain and self.ahead else time))
        for scene, plant in self.scenes(stream, plain=plain):
            features = plant.grow(features, scene)
        if features.hidden and not self._law.independent:
            raise ValueError(f"the features of {self.law} know one another: what is not recorded cannot be integrated")
        if len(features.hidden) > 1:
            raise ValueError("only one number can be hidden from the table and read by the law")
        return features

    def _signal(self, features: Features, stream: int, plain: bool) -> tuple[Numbers, Numbers]:
        """What features say (rows, outputs), and a number's spread around it (rows,)."""
        outputs = self.classes if self.task == "multiclass" else 1
        said = [self._law.say(features, generator(self.seed, LAW, "law", output)) for output in range(outputs)]
        signal = self.strength * np.column_stack(said)
        signal[:, -1] += self.offset
        spread = np.ones(features.rows)
        for scene, plant in self.scenes(stream, plain=plain):
            signal = plant.bend(signal, features, scene)
            spread = plant.widen(spread, features, scene)
        return signal, spread

    def _outcome(
        self, features: Features, signal: Numbers, spread: Numbers, wide: float, *, stream: int, plain: bool
    ) -> Outcome:
        """The target's distribution given what is recorded: over all that is not, weighted by how likely it is."""
        nodes: dict[int, Numbers] = {}
        for scene, plant in self.scenes(stream, plain=plain):
            nodes.update(plant.posterior(scene))
        outcome = self._over_effects(signal, spread, wide)
        rows = np.flatnonzero(np.isnan(features.numbers[:, list(nodes)]).any(axis=1)) if nodes else np.empty(0, int)
        if not len(rows):
            return outcome
        some = features.take(rows)
        parts = []
        for values in product(*nodes.values()):
            filled = {
                place: np.where(np.isnan(some.numbers[:, place]), value, some.numbers[:, place])
                for place, value in zip(nodes, values, strict=True)
            }
            at, around = self._signal(replace(some, hidden={**some.hidden, **filled}), stream, plain)
            parts.append((1.0, self._over_effects(at, around, wide)))
        some_outcome = mixed(parts)
        best, variance = outcome.best.copy(), outcome.variance.copy()
        best[rows], variance[rows] = some_outcome.best, some_outcome.variance
        return replace(outcome, best=best, variance=variance, noise="mixed" if self.task == "regression" else "normal")

    def _over_effects(self, signal: Numbers, spread: Numbers, wide: float) -> Outcome:
        if wide == 0 or (self.task == "regression" and self._law.noise == "normal"):
            # The sum of two normal deviations is normal.
            return outcome_at(self.task, signal, np.hypot(spread, wide), self._law.noise)
        places, weights = np.polynomial.hermite_e.hermegauss(_NODES)
        parts = []
        for place, weight in zip(places, weights, strict=True):
            moved = signal.copy()
            moved[:, 0] += wide * place
            parts.append((float(weight), outcome_at(self.task, moved, spread, self._law.noise)))
        return mixed(parts)

    def _finished(self, draft: Draft, stream: int, plain: bool) -> Drawn:
        return Drawn(
            columns=draft.columns,
            best=draft.outcome.best,
            truth=draft.truth,
            record=self.record(draft, stream, plain=plain),
            clusters=draft.clusters,
        )

    def record(self, draft: Draft, stream: int = TABLE, *, plain: bool = False) -> tuple[Mapping[str, Any], ...]:
        """What each plant is and did, as JSON; ``rows`` are those it touched, where it touched single rows."""
        told = []
        for scene, plant in self.scenes(stream, plain=plain):
            one = {**data_of("plants", Plant, plant), **plant.facts(scene), "leaks": list(plant.leaks(scene))}
            if scene.key in draft.marks:
                one["rows"] = np.flatnonzero(draft.marks[scene.key]).tolist()
            told.append(one)
        return tuple(told)
