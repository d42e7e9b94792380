"""Small fitted plans of every shape that can be said in SQL, as bundles, and rows that are hard on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.known import learn_known
from journeyman.bundle.reader import Reader
from journeyman.bundle.uncertainty import Spread
from journeyman.bundle.write import write_bundle
from journeyman.learners.learner import Learner, Problem
from journeyman.plan import needs
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend, Chain
from journeyman.plan.retarget import Retargeted
from journeyman.plan.shelf import steps
from journeyman.plan.step import Step, address_of
from journeyman.plan.target import Target
from journeyman.table.columns import Columns
from journeyman.table.schema import Column, Schema

ROWS = 400
CLASSES = {"binary": ("no", "yes; it's"), "multiclass": ("low", "mid\ndle", 'hi"gh'), "regression": ()}
CITIES = (
    "Oslo",
    "Bergen",
    "Tromsø",
    "O'Hare",
    'a "b"',
    "back\\slash",
    "'); DROP TABLE rows; --",
    "日本",
    "new\nline",
    "x -- y",
)
#: A table whose names and levels are as bad as names can be.
COLUMNS = (
    Column(name="normal", kind="number", low=-4.0, high=4.0),
    Column(name="few", kind="number", missing=("-999", "n/a"), low=0.0, high=4.0),
    Column(name='a"b; DROP TABLE rows', kind="number", low=0.0, high=1e9),
    Column(name="constant", kind="number", low=0.1, high=0.1),
    Column(name="is new", kind="flag", true_words=("yes",), false_words=("no",), missing=("?",)),
    Column(name="city\n-- x", kind="category", levels=CITIES, missing=("na", "-")),
    Column(name="street", kind="category", levels=tuple(f"street {one}" for one in range(40)), spaces="single"),
    Column(name="size", kind="category", levels=("small", "large", "ägypten"), case="ignored", missing=("none",)),
    Column(name="code", kind="category", levels=("1", "2", "2.5", "7"), numeric_spelling=True),
    Column(name="day", kind="date", low=0.0, high=1.7e15),
    Column(name="moment", kind="date", low=0.0, high=1.7e15),
)
_EPOCH = datetime(1970, 1, 1)


def rows(count: int, seed: int, *, hard: bool) -> dict[str, list[Any]]:
    """Cells by column, as a database's types have them; ``hard`` ones are missing, unseen, extreme or at the edge."""
    random = np.random.default_rng(np.random.PCG64(seed))
    known = np.random.default_rng(np.random.PCG64(1)).normal(size=ROWS)
    numbers = {
        "normal": (known[random.integers(0, ROWS, count)] if hard else known[:count]).tolist(),
        "few": random.integers(0, 5, count).astype(float).tolist(),
        COLUMNS[2].name: random.lognormal(3, 4, count).tolist(),
        "constant": [0.1] * count,
        "is new": random.integers(0, 2, count).astype(float).tolist(),
    }
    zipf = np.minimum(random.zipf(1.6, count) - 1, 45)
    words: dict[str, list[Any]] = {
        COLUMNS[5].name: random.choice(np.array(CITIES, object), count).tolist(),
        "street": [f"street {one}" for one in zipf],
        "size": random.choice(["small", "Large", "LARGE", "Ägypten"], count).tolist(),
        "code": random.choice(["1", "2", "2.5", "7"], count).tolist(),
    }
    dates = {
        "day": [_EPOCH + timedelta(days=int(one)) for one in random.integers(0, 19_000, count)],
        "moment": [_EPOCH + timedelta(milliseconds=int(one)) for one in random.integers(0, 16 * 10**11, count)],
    }
    if hard:
        extremes = [
            1e308,
            -1e308,
            5e-324,
            -0.0,
            0.0,
            2.0**53 + 2,
            -1.0,
            1e6,
            np.inf,
            -np.inf,
            None,
            -999.0,
            1e-200,
            -1e155,
        ]
        for name in ("normal", "few", COLUMNS[2].name, "constant"):
            _spoil(random, numbers[name], extremes)
        near = np.asarray(numbers["normal"], object)
        numbers["normal"] = [
            float(np.nextafter(one, np.inf)) if one is not None and place % 5 == 0 else one
            for place, one in enumerate(near)
        ]
        strange = [
            "",
            "  ",
            "NA",
            "-",
            "never seen",
            " Oslo ",
            "OSLO",
            "\u00a0Bergen\t",
            "street  1",
            "none",
            "'",
            '"',
            "\\",
        ]
        for name in (COLUMNS[5].name, "street", "size"):
            _spoil(random, words[name], [*strange, None, "street\t 2", "SMALL", "\u2003small"])
        _spoil(random, words["code"], ["1.0", "01", "2.50", "9", None, "", "abc", "1e0"])
        for cells in dates.values():
            _spoil(
                random, cells, [None, datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59), datetime(1969, 12, 31, 23)]
            )
        _spoil(random, numbers["is new"], [None])
    found = {**numbers, **words, **dates}
    if not hard:
        found["few"] = [None if place % 5 == 3 else one for place, one in enumerate(found["few"])]
        found["moment"] = [None if place % 9 == 3 else one for place, one in enumerate(found["moment"])]
        found[COLUMNS[5].name] = [None if place % 11 == 3 else one for place, one in enumerate(found[COLUMNS[5].name])]
    return {column.name: found[column.name] for column in COLUMNS}


def _spoil(random: np.random.Generator, cells: list[Any], strange: list[Any]) -> None:
    for place in np.flatnonzero(random.random(len(cells)) < 0.15).tolist():
        cells[place] = strange[int(random.integers(len(strange)))]


def columns_of(cells: dict[str, list[Any]]) -> Columns:
    """Cells as the reader reads them."""
    return Reader(COLUMNS).batch(cells, len(cells["normal"])).columns


def target_of(task: Any, columns: Columns) -> Target:
    """Something that the columns tell a little about."""
    random = np.random.default_rng(np.random.PCG64(9))
    hidden = columns.numbers[:, 0] + (columns.words[0].codes == 0) + random.normal(size=columns.rows)
    if task == "regression":
        return Target(task=task, values=np.abs(hidden) * 10 + 1)
    edges = [0.5] if task == "binary" else [0.4, 0.8]
    values = np.digitize(hidden, np.quantile(hidden, edges)).astype(float)
    return Target(task=task, values=values, classes=CLASSES[task], fold_kind="stratified")


def plans(task: Any, columns: Columns, target: Target, *, only: str = "") -> Iterator[tuple[str, Step]]:
    """Each form that each learner proposes, behind what it needs; small, blended, calibrated and retargeted ones."""
    preparation = {one.answers: one for one in steps("preparation") if one.answers}
    without = (needs.TEXT_AS_SCORES, needs.TEXT_AS_TOPICS)

    def behind(wanted: tuple[str, ...], learner: Step) -> Step:
        return Chain(
            steps=(*(preparation[one]() for one in needs.ORDER if one in wanted and one not in without), learner)
        )

    found: dict[str, Step] = {}
    learners = [one for one in steps("learners") if issubclass(one, Learner) and one.is_there() and task in one.tasks]
    for learner in learners:
        for place, form in enumerate(learner.candidates(Problem.of(columns, target))):
            found[f"{address_of(learner).partition('.')[2]} {place}"] = behind(form.needs, form.learner)
        name = address_of(learner).partition(".")[2]
        if f"{name} 0" not in found:
            found[f"{name} 0"] = behind(needs.ORDER, learner())
    everything = tuple(one for one in needs.ORDER if one in preparation)
    linear = found["linear 0"]
    last = linear.steps[-1]  # type: ignore[attr-defined]  # a chain, as made above
    found["every preparation, linear"] = behind(everything, last)
    members = tuple(found[name] for name in ("linear 0", "best_rule 0", "additive 0") if name in found)
    found["blend"] = Blend(members=members, weights=tuple(1 / len(members) for _ in members))
    if task == "regression":
        for scale in ("log", "log_mean"):
            found[f"linear, {scale}"] = Retargeted(inner=linear, form=scale)
    else:
        calibrator = next(one for one in steps("learners") if address_of(one).endswith("calibrate.affine"))
        found["blend, calibrated"] = Calibrated(inner=found["blend"], calibrator=calibrator(), folds=3)
    yield from ((name, plan) for name, plan in found.items() if only in name)


def rule_of(task: str) -> DecisionRule:
    """A rule that reads a column, divides and holds."""
    amount = Expression.parse(f"min(`{COLUMNS[2].name}`, 500) / (few - 2) - 12")
    if task == "regression":
        actions = {"buy": {"any": Expression.parse("few * 3 - abs(actual - prediction)")}, "a'b": {"any": amount}}
        return DecisionRule(actions, is_for_numbers=True, residuals=(-3.0, -0.5, 0.0, 1.0, 4.0))
    classes = CLASSES[task]
    return DecisionRule({"call": {classes[0]: amount, classes[1]: 30.0}, "a'b": {classes[1]: 25.0, classes[0]: -3.0}})


def written(folder: Path, task: Any, plan: Step, columns: Columns, target: Target) -> Path:
    """A bundle of a plan, with a rule, bounds and what is strange."""
    state = plan.fit(columns, target)
    regression = task == "regression"
    return write_bundle(
        folder,
        plan=plan,
        state=state,
        schema=Schema(COLUMNS),
        task=task,
        target="bought",
        classes=CLASSES[task],
        positive=CLASSES[task][1] if task == "binary" else "",
        metric="rmse" if regression else "log_loss",
        rule=rule_of(task),
        check=columns,
        expected=plan.apply(state, columns).numbers,
        facts={},
        uncertainty=Spread(0.9, (5.0, 12.0), (-1.0, -4.0, -6.0), (2.0, 5.0, 9.0), 0.0) if regression else None,
        known=learn_known(columns, COLUMNS, seed=0),
    )
