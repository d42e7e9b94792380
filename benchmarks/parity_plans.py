"""Twenty bundles of all shapes for `parity.py`, and rows that readers stumble over."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.known import learn_known
from journeyman.bundle.manifest import MANIFEST, read_manifest
from journeyman.bundle.reader import Reader
from journeyman.bundle.router import Router
from journeyman.bundle.uncertainty import SetRule, Spread, Uncertainty
from journeyman.bundle.write import write_bundle, write_routed
from journeyman.learners.learner import Learner, Problem
from journeyman.plan import needs
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend, Chain
from journeyman.plan.distilled import Distilled
from journeyman.plan.retarget import Retargeted
from journeyman.plan.shelf import steps
from journeyman.plan.step import State, Step, address_of
from journeyman.plan.target import Target
from journeyman.table.columns import Columns
from journeyman.table.schema import Column, Schema

ROWS = 400
START = datetime(2019, 1, 1)
CITIES = ("Oslo", "Bergen", "Tromsø", "New York", "Århus", "São Paulo", "ΑΘΗΝΑ", "東京")
WORDS = (
    "good", "bad", "slow", "great", "never", "again", "the", "not", "price", "naïve", "straße", "it's", "日本", "!",
    "5", "%",
)  # fmt: skip
COLUMNS = (
    Column(name="age", kind="number", missing=("-1", "n/a")),
    Column(name="income", kind="number", decimal=",", thousands="."),
    Column(name="weight", kind="number", unit="kg", other_units=("g=1/1000", "lb=45359237/100000000")),
    Column(name="height", kind="number", notation="feet"),
    Column(name="band", kind="number", ranges="middle", thousands=","),
    Column(name="hours", kind="number", notation="clock"),
    Column(name="member", kind="flag", true_words=("ja",), false_words=("nein",), missing=("?",)),
    Column(name="since", kind="date", date_format="d.m.y", date_formats=("d b y",)),
    Column(name="visited", kind="date", missing=("9999-12-31",)),
    Column(name="seen", kind="date", date_format="epoch"),
    Column(name="city", kind="category"),
    Column(name="street", kind="category", spaces="single", case="ignored"),
    Column(name="code", kind="category", numeric_spelling=True, missing=("-9",)),
    Column(name="note", kind="text"),
    Column(name="title", kind="text", terms="characters"),
)
#: Cells that no training row had, for columns of every kind.
STRANGE: tuple[Any, ...] = (
    None, "", " ", "\x1f", "NULL", "nan", "inf", "-∞", "1e400", "-1e308", "1e308", "5e-324", 1e308, -1e308, 0, -0.0,
    1e-7, True, False, 2**53, {"float": "nan"}, {"float": "inf"}, {"float": "-inf"},
    {"int": "123456789012345678901234567890"}, {"moment": 1706659200000}, {"moment": -62135596800000},
    {"moment": 253402300799999}, {"list": []}, {"object": {}}, "never met", "½", "１２", "٣٫٥", "−5", "(5)", "5 g",
    "5 lb", "1.234,5", "1,234", "<5", "10-19", "6' 2\"", "14:30", "ja", "JA", "?", "-9", "-1", "7.0", "007",
    "1.1.1970", "31.2.2020", "3 März 2024", "0001-01-01", "9999-12-31", "9999-12-30T23:59:59.999999",
    "2024-02-29T12:00+14:00", 1700000000, -1700000000000, "oslo", " Oslo ", "Oslo\x00", "tromsø", "Tromso\u0308",
    "new\u00a0york", "STRASSE 1", "e\u0301", "\ud800", "👩\u200d🔬 🂡", "\u202etxet", "\u2060", "ﬁ ß İ ς", "x" * 3000,
    "a b " * 400, "'; DROP TABLE t; --", "__proto__",
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """A plan, what it predicts, and from which columns; what is decided with its answers."""

    name: str
    task: str
    plan: Callable[[Columns, Target], Step]
    columns: tuple[str, ...] = ()
    with_rule: bool = False
    with_router: bool = False


@dataclass(frozen=True)
class Built:
    """A bundle with the fitted plan that it was written from, and rows to try it on, as JSON holds them."""

    shape: Shape
    folder: Path
    plan: Step
    state: State
    rows: list[dict[str, Any]]


# ---- rows ------------------------------------------------------------------------------------------------------------


def ordinary(draw: random.Random) -> dict[str, Any]:
    """A row as those of training."""
    moment = START + timedelta(minutes=draw.randrange(0, 3 * 365 * 1440))
    income = f"{draw.randrange(900, 99_999):,}".replace(",", ".") + f",{draw.randrange(100):02}"
    kilograms = draw.randrange(45_000, 120_000) / 1000
    low = draw.randrange(0, 90) * 100
    return {
        "age": draw.choice([round(draw.uniform(18, 90), 1), str(draw.randrange(18, 90)), "n/a"]),
        "income": income,
        "weight": draw.choice([f"{kilograms} kg", f"{kilograms * 1000:.0f} g", f"{kilograms * 2:.1f} lb", kilograms]),
        "height": draw.choice([f"{draw.randrange(4, 7)}' {draw.randrange(12)}\"", f"{draw.randrange(5, 7)} ft"]),
        "band": draw.choice([f"{low:,} - {low + 100:,}", f"< {low + 100:,}", f"{low}+"]),
        "hours": f"{draw.randrange(24)}:{draw.randrange(60):02}",
        "member": draw.choice(["ja", "nein", True, False, 1, "?"]),
        "since": draw.choice([f"{moment:%d.%m.%Y}", f"{moment.day} Mai {moment.year}"]),
        "visited": draw.choice([f"{moment:%Y-%m-%dT%H:%M:%S}", f"{moment:%Y-%m-%d %H:%M}+02:00", None]),
        "seen": draw.choice([moment.timestamp() // 1, f"{moment.timestamp():.0f}"]),
        "city": draw.choices(CITIES, weights=range(len(CITIES), 0, -1))[0],
        "street": f"{draw.choice(['Main', 'main', 'High', 'Straße'])}  {draw.randrange(12)}",
        "code": draw.choice([1, 1.0, "1.0", "2", 2.5, "-9", 7]),
        "note": " ".join(draw.choices(WORDS, k=draw.randrange(1, 9))),
        "title": " ".join(draw.choices(WORDS, k=draw.randrange(1, 3))),
    }


def fuzzed(names: Sequence[str], count: int, seed: int) -> list[dict[str, Any]]:
    """Rows of which some are ordinary, some odd in a cell or two, and some in many; JSON holds them.

    A third of the strange cells were ordinary ones of the column before a character in them was changed.
    """
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        row = ordinary(draw)
        share = (0.0, 0.03, 0.15)[number % 3]
        for name in names:
            if draw.random() < share:
                row[name] = _changed(row[name], draw) if draw.random() < 1 / 3 else draw.choice(STRANGE)
        rows.append({name: row[name] for name in names if row[name] is not None or draw.random() < 0.9})
    rows[0] = {name: rows[0].get(name) for name in names}
    return rows


def _changed(cell: Any, draw: random.Random) -> str:
    text = list(str(cell) or " ")
    text[draw.randrange(len(text))] = draw.choice(["", " ", "0", "-", ",", ".", "é", "\u00a0", "٣", "x", "😀"])
    return "".join(text)


# ---- plans -----------------------------------------------------------------------------------------------------------

_PREPARATION = {step.answers: step for step in steps("preparation") if step.answers}
_LEARNERS = {address_of(kind).rpartition(".")[2]: kind for kind in steps("learners") if issubclass(kind, Learner)}


def form_of(name: str, place: int = 0, metric: str = "") -> Callable[[Columns, Target], Step]:
    """A form of a learner behind the steps that bring about what it needs."""

    def plan(columns: Columns, target: Target) -> Step:
        (*forms,) = _LEARNERS[name].candidates(Problem.of(columns, target, metric))
        form = forms[min(place, len(forms) - 1)]
        inner = Chain(steps=(*(_PREPARATION[need]() for need in needs.ORDER if need in form.needs), form.learner))
        return inner if form.form == "plain" else Retargeted(inner=inner, form=form.form)

    return plan


def blend_of(*plans: Callable[[Columns, Target], Step]) -> Callable[[Columns, Target], Step]:
    """A blend of plans, weighted unequally."""

    def plan(columns: Columns, target: Target) -> Step:
        weights = [float(place + 1) for place in range(len(plans))]
        members = tuple(one(columns, target) for one in plans)
        return Blend(members=members, weights=tuple(one / sum(weights) for one in weights))

    return plan


def _calibrated(inner: Callable[[Columns, Target], Step]) -> Callable[[Columns, Target], Step]:
    calibrator = next(kind for kind in steps("learners") if address_of(kind).endswith("calibrate.affine"))
    return lambda columns, target: Calibrated(inner=inner(columns, target), calibrator=calibrator(), folds=3)


def _distilled(columns: Columns, target: Target) -> Step:
    student, teacher = form_of("linear")(columns, target), form_of("extra_trees")(columns, target)
    return Distilled(inner=student, teacher=teacher, folds=3)


def _everything(columns: Columns, target: Target) -> Step:
    """Every preparation there is, repairs and combined columns among them, one behind the other."""
    every = [step() for need in needs.ORDER if (step := _PREPARATION.get(need)) is not None]
    return Chain(steps=(*every, _LEARNERS["linear"]()))


_BEST = (form_of("lightgbm"), form_of("extra_trees"), form_of("linear"))
_NUMBERS = tuple(one.name for one in COLUMNS if one.kind in ("number", "flag"))
_DATES = tuple(one.name for one in COLUMNS if one.kind == "date")
_CATEGORIES = tuple(one.name for one in COLUMNS if one.kind == "category")
_TEXTS = tuple(one.name for one in COLUMNS if one.kind == "text")

SHAPES = (
    Shape("constant", "binary", form_of("constant")),
    Shape("one rule", "binary", form_of("best_rule"), with_rule=True),
    Shape("linear", "binary", form_of("linear"), with_rule=True, with_router=True),
    Shape("linear, another form", "multiclass", form_of("linear", 1), with_router=True),
    Shape("linear of texts only", "binary", form_of("linear"), _TEXTS),
    Shape("linear, skewed target", "regression", form_of("linear", 2), with_rule=True),
    Shape("additive", "binary", form_of("additive")),
    Shape("additive with pairs", "regression", form_of("additive", 1)),
    Shape("extra trees", "multiclass", form_of("extra_trees")),
    Shape("extra trees, their middle", "regression", form_of("extra_trees", 1, "mae")),
    Shape("extra trees of dates only", "regression", form_of("extra_trees"), _DATES),
    Shape("boosted trees, sets of levels", "binary", form_of("lightgbm")),
    Shape("boosted trees of categories only", "multiclass", form_of("lightgbm"), _CATEGORIES),
    Shape("boosted trees, another form", "regression", form_of("lightgbm", 1)),
    Shape("boosted trees of numbers only", "regression", form_of("lightgbm", 2), _NUMBERS),
    Shape("network", "binary", form_of("network")),
    Shape("network, another form", "multiclass", form_of("network", 1)),
    Shape("blend, calibrated", "binary", _calibrated(blend_of(*_BEST)), with_rule=True, with_router=True),
    Shape("blend with a network", "multiclass", blend_of(*_BEST, form_of("network"))),
    Shape("distilled", "regression", _distilled),
    Shape("every preparation", "regression", _everything, with_rule=True),
)


# ---- bundles ---------------------------------------------------------------------------------------------------------


def built(folder: Path, rows: int) -> Iterator[Built]:
    """Fit and write each shape's bundle, with fuzzed rows for it."""
    for place, shape in enumerate(SHAPES):
        yield build(shape, folder / f"{place:02}", rows, seed=100 + place)


def build(shape: Shape, folder: Path, rows: int, seed: int) -> Built:
    """One bundle, in a folder named as its number."""
    draw = random.Random(seed)
    training = [ordinary(draw) for _ in range(ROWS)]
    named = tuple(one for one in COLUMNS if not shape.columns or one.name in shape.columns)
    batch = _read(named, training)
    columns = tuple(_as_met(one, batch) for one in named)
    batch = _read(columns, training)
    target = _target(shape.task, batch, draw)
    plan = shape.plan(batch, target)
    state = plan.fit(batch, target)
    classes = target.classes
    read = tuple(one for one in _as_priced(columns) if one.name not in {column.name for column in columns})
    rule = _rule(shape.task) if shape.with_rule else None
    write_bundle(
        folder,
        plan=plan,
        state=state,
        schema=Schema((*columns, *read)),
        task=target.task,
        target="bought",
        classes=classes,
        positive=classes[1] if shape.task == "binary" else "",
        metric="log_loss" if classes else "rmse",
        rule=rule,
        check=batch,
        expected=plan.apply(state, batch).numbers,
        facts={"rows": ROWS},
        uncertainty=_uncertainty(classes),
        known=learn_known(batch, columns, seed=seed),
    )
    if shape.with_router:
        router = Router(thresholds=tuple(0.4 for _ in classes), audit_share=0.2, seed=seed)
        folder = write_routed(folder, folder.with_name(f"{folder.name}-routed"), router)
    names = [one.name for one in read_manifest((folder / MANIFEST).read_bytes()).columns]
    asked = list(dict.fromkeys([*names, *(("price",) if shape.with_rule else ())]))
    return Built(shape, folder, plan, state, _priced(fuzzed(names, rows, seed + 1), asked, draw))


def _read(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> Columns:
    return Reader(columns).batch({one.name: [row[one.name] for row in rows] for one in columns}, len(rows)).columns


def _as_met(column: Column, batch: Columns) -> Column:
    """A column with the range, or the levels, of the rows."""
    if column.kind == "category":
        words = batch.words[batch.word_names.index(column.name)]
        order = np.argsort(-words.counts(), kind="stable")
        return replace(column, levels=tuple(words.levels[at] for at in order if words.levels[at][:1] != "\x1f"))
    if column.kind == "number":
        cells = batch.numbers[:, batch.number_names.index(column.name)]
        return replace(column, low=float(np.nanmin(cells)), high=float(np.nanmax(cells)))
    if column.kind == "date":
        cells = batch.dates[:, batch.date_names.index(column.name)]
        there = cells[~batch.dates_missing[:, batch.date_names.index(column.name)]]
        return replace(column, low=float(there.min()), high=float(there.max()))
    return column


def _target(task: str, batch: Columns, draw: random.Random) -> Target:
    """Something that every kind of column tells a little about."""
    hidden = np.array([draw.gauss(0, 1) for _ in range(batch.rows)])
    for block in (batch.numbers, batch.dates.astype(np.float64)):
        for cells in block.T:
            there = np.nan_to_num(cells, nan=float(np.nanmean(cells)))
            hidden += (there - there.mean()) / (there.std() or 1.0)
    for words in batch.words:
        hidden += np.array([len(level) % 3 - 1.0 for level in words.levels])[words.codes]
    if task == "regression":
        return Target(task="regression", values=np.exp(hidden / 3) * 100)
    if task == "binary":
        values = (hidden > np.median(hidden)).astype(np.float64)
        return Target(task="binary", values=values, classes=("no", "yes"), fold_kind="stratified")
    values = np.digitize(hidden, np.quantile(hidden, [0.4, 0.8])).astype(np.float64)
    return Target(task="multiclass", values=values, classes=("low", "middle", "high"), fold_kind="stratified")


def _uncertainty(classes: Sequence[str]) -> Uncertainty:
    if classes:
        return SetRule(0.9, tuple(0.2 + place / 10 for place in range(len(classes))))
    return Spread(0.9, (80.0, 150.0), (-20.0, -40.0, -90.0), (15.0, 60.0, 200.0), 0.0)


def _rule(task: str) -> DecisionRule:
    if task == "binary":
        worth = Expression.parse("min(price, 40) * 3 - 10")
        return DecisionRule({"write": {"yes": worth, "no": -5.0}, "call": {"yes": 30.0, "no": -20.0}}, cutoff=1.0)
    worth = Expression.parse("abs(actual - prediction) * -1 + max(price, 10)")
    return DecisionRule({"sell": {"any": worth}, "keep": {"any": 2.0}}, 0.0, True, (-30.0, -5.0, 0.5, 20.0))


def _as_priced(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, and the price that rules read beside them."""
    return (*columns, Column(name="price", kind="number", role="ignored", low=0.0, high=50.0))


def _priced(rows: list[dict[str, Any]], names: Sequence[str], draw: random.Random) -> list[dict[str, Any]]:
    if "price" not in names:
        return rows
    return [{**row, "price": draw.choice([round(draw.uniform(0, 50), 2), "12", None, 99, "?"])} for row in rows]
