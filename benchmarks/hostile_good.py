"""Good bundles to be made hostile: small, of every learner on the shelf, with all that a bundle can hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.known import learn_known
from journeyman.bundle.reader import Reader
from journeyman.bundle.router import Router
from journeyman.bundle.uncertainty import SetRule, Spread
from journeyman.bundle.write import write_bundle, write_routed
from journeyman.learners.calibrator import Calibrator
from journeyman.learners.learner import Learner
from journeyman.plan import needs
from journeyman.plan.combine import Blend, Chain
from journeyman.plan.shelf import steps
from journeyman.plan.step import Step
from journeyman.plan.target import Target, Task
from journeyman.table.schema import Column, Schema

ROWS = 200
COLUMNS = (
    Column(name="age", kind="number", low=18.0, high=90.0),
    Column(name="income", kind="number", low=0.0, high=1e5),
    Column(name="owner", kind="flag"),
    Column(name="since", kind="date", low=0, high=10**15, date_format="d.m.y"),
    Column(name="city", kind="category", levels=("Oslo", "Bergen", "Tromsø", "Bodø", "Molde")),
    Column(name="note", kind="text", terms="words"),
)
#: Learners that multiply columns by weights.
_WEIGHING = ("linear", "network")
CLASSES: dict[Task, tuple[str, ...]] = {"binary": ("no", "yes"), "multiclass": ("a", "b", "c"), "regression": ()}


def rows(count: int, seed: int) -> dict[str, list[Any]]:
    """Cells by column name, as people write them: some missing, some never seen."""
    random = np.random.default_rng(seed)
    notes = ["good and cheap", "never again", "it was not bad at all", "ok", None, "cheap cheap"]
    days = random.integers(0, 10_000, count)
    return {
        "age": [None if random.random() < 0.1 else float(one) for one in random.uniform(18, 90, count)],
        "income": random.uniform(0, 1e5, count).tolist(),
        "owner": [bool(one) for one in random.random(count) < 0.5],
        "since": [str(np.datetime64("1975-01-01") + int(one)) for one in days],
        "city": random.choice(["Oslo", "Bergen", "Tromsø", "Bodø", "Molde", "Paris"], count).tolist(),
        "note": [notes[one] for one in random.integers(0, len(notes), count)],
    }


def good_bundles(folder: Path, only: str = "") -> dict[str, Path]:
    """Write a bundle of every learner that is there, of a blend, a calibrated chain and a routed one; by name.

    ``only`` is the name of one of them, where the others are not wanted.
    """
    read = Reader(COLUMNS).batch(rows(ROWS, 1), ROWS).columns
    random = np.random.default_rng(2)
    score = np.nan_to_num(read.numbers[:, 0]) / 90 + read.numbers[:, 1] / 1e5 + random.normal(0, 0.3, ROWS)
    values: dict[Task, Any] = {
        "binary": (score > np.median(score)).astype(float),
        "multiclass": np.digitize(score, np.quantile(score, [0.33, 0.66])).astype(float),
        "regression": score * 100,
    }
    found = {}
    for number, (name, plan) in enumerate(_plans()):
        if only not in ("", name):
            continue
        task: Task = ("binary", "regression", "multiclass")[number % 3]
        target = Target(task=task, values=values[task], classes=CLASSES[task])
        found[name] = _written(folder / name, plan, plan.fit(read, target), task, target, read)
    if not only:
        router = Router(thresholds=(0.9, 0.8), promise="at most 1 of 100 is wrong")
        found["routed"] = write_routed(found["calibrated"], folder / "routed", router)
    return found


def _plans() -> list[tuple[str, Step]]:
    kinds = list(steps("preparation"))
    of_words = (needs.WORDS_AS_CODES, needs.WORDS_AS_INDICATORS, needs.WORDS_AS_TARGET_MEANS)
    first = (needs.TEXT_AS_SCORES, needs.TEXT_AS_TOPICS, needs.DATES_AS_NUMBERS, needs.RARE_LEVELS_JOINED)
    before = sorted((kind() for kind in kinds if kind.answers in first), key=lambda one: first.index(one.answers))
    behind = [kind() for kind in kinds if kind.answers in (needs.NOTHING_MISSING, needs.LIKE_SCALES)]
    encoders = [kind() for kind in kinds if kind.answers in of_words]
    learners = [kind() for kind in steps("learners") if issubclass(kind, Learner) and kind.is_there()]
    calibrators = [kind() for kind in steps("learners") if issubclass(kind, Calibrator)]
    both = Blend(members=tuple(learners[:2]), weights=(0.25, 0.75))
    found: list[tuple[str, Step]] = [
        ("calibrated", Chain(steps=(*before, encoders[0], learners[0], *calibrators[:1]))),
        ("blend", Chain(steps=(*before, encoders[0], both))),
    ]
    for number, learner in enumerate(learners):
        encoder = encoders[number % len(encoders)]
        name = type(learner).__name__.lower()
        # Trees split raw numbers, as the product gives them.
        found.append((name, Chain(steps=(*before, encoder, *(behind if name in _WEIGHING else ()), learner))))
    return found


def _written(folder: Path, plan: Step, state: Any, task: Task, target: Target, read: Any) -> Path:
    classes = CLASSES[task]
    rule = {
        "binary": DecisionRule({"call": {"yes": 300.0, "no": -200.0}}),
        "multiclass": DecisionRule({"send": {"a": 10.0, "b": -3.0}}),
        "regression": None,
    }[task]
    sure = Spread(0.9, (), (-20.0,), (20.0,)) if task == "regression" else SetRule(0.9, (0.3,) * len(classes))
    return write_bundle(
        folder,
        plan=plan,
        state=state,
        schema=Schema(COLUMNS),
        task=task,
        target="bought",
        classes=classes,
        positive=classes[1] if task == "binary" else "",
        metric="rmse" if task == "regression" else "log_loss",
        rule=rule,
        check=read,
        expected=plan.apply(state, read).numbers,
        facts={"rows": ROWS, "adds_up": "log odds"},
        uncertainty=sure,
        known=learn_known(read, COLUMNS, seed=0, cases_of=target),
    )
