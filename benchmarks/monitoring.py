"""Does monitoring stay quiet while all is well, and how soon does it speak? Years of batches from worlds.

    python benchmarks/monitoring.py [--years 250] [--share 1/2] [--out FILE]
    python benchmarks/monitoring.py --table [--out FILE]

A few models are built; of each world a pool of new rows is drawn, predicted once, and years of daily batches are drawn
from the pool. Outcomes come on the same day. From some day on something is wrong, or never. One row a year is appended;
a year that has its row is not lived again.

healthy             365 days of 100 rows as those of training
error doubled       from day 31 on so many predictions are wrong that the error rate is twice what it was
harmless drift      from day 31 on rows come from where the model is as good, or better
harmful drift       from day 31 on rows come from where the model is worse
promotion           a challenger that is as good or worse, and one whose loss is 5 % lower, on 1,000 to 8,000 rows
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

import journeyman as jm
from journeyman.deployment.compare import Answers, compare
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.estimates import estimated_losses
from journeyman.monitoring.kinds.real_performance import losses_of
from journeyman.monitoring.read_batch import read_batch
from journeyman.monitoring.reference import Reference, load_reference
from journeyman.monitoring.state import first_state
from journeyman.monitoring.watch import watch
from journeyman.simulation.world import World
from journeyman.sources.read import read_raw

DAYS, ROWS, HEALTHY_DAYS, POOL = 365, 100, 30, 150_000
#: How strongly drift prefers rows by their expected loss: the logarithm of a weight, for each standard deviation.
TILT = 1.5
#: Days that are waited for an alarm.
PATIENCE = 120
WORLDS: tuple[tuple[Any, ...], ...] = (
    ("linear", "binary"),
    ("no_signal", "binary"),
    ("structural", "binary"),
    ("smooth", "binary"),
    ("linear", "regression"),
    ("counts", "regression"),
    ("structural", "multiclass"),
    ("smooth", "multiclass"),
    # Models that err in about one row of nine: rare events, and classes that are easy to tell.
    ("linear", "binary", {"offset": -2.5}),
    ("linear", "binary", {"strength": 4.0}),
)
MODELS = len(WORLDS)
#: The years before this one are of the first eight models in turn, the others of the two models of small errors.
FIRST_YEARS = 200
CASES = ("healthy", "error doubled", "harmless drift", "harmful drift")
SIZES = (1_000, 2_000, 4_000, 8_000)
#: Challengers: how much larger their loss is. Their answers differ from the champion's by noise of so many logits, or
#: of this part of the mean error.
WORTHS, NOISE = {"as good": 0.0, "5 % worse": 0.05, "5 % better": -0.05}, 0.5


@dataclass(frozen=True)
class Pool:
    """New rows of a world, predicted, with the loss that is expected of each."""

    reference: Reference
    batch: Batch
    expected: np.ndarray


def model_of(seed: int) -> int:
    """The model that lives a year."""
    return seed % 8 if seed < FIRST_YEARS else 8 + seed % 2


def pool_of(number: int) -> Pool:
    """Build a model of a world, and predict new rows of it."""
    law, task, *more = WORLDS[number]
    world = World(law=law, task=task, rows=2_000, seed=100 + number, **(more[0] if more else {}))
    options: dict[str, Any] = {"gain": {"act:yes": 10, "act:no": -4}} if world.task == "binary" else {}
    with tempfile.TemporaryDirectory() as folder:
        run = jm.build(
            pl.DataFrame(dict(world.columns)), predict=world.target, trials=2, out=folder + "/run", **options
        )
        reference, model = load_reference(run.folder), run.model
    raw = read_raw(pl.DataFrame(dict(world.draw(POOL, stream=7, plain=True).columns)))
    batch = read_batch(model, reference, raw.cells(), raw.rows, world.target)
    batch = batch.take(np.flatnonzero(batch.answered))
    return Pool(reference, batch, estimated_losses(reference, batch))


def year(pool: Pool, case: str, seed: int) -> dict[str, Any]:
    """One life of a model: the day of the first alarm of each kind, None where there is none."""
    random = np.random.default_rng([seed, CASES.index(case)])
    reference, state = pool.reference, first_state(pool.reference)
    days = DAYS if case == "healthy" else HEALTHY_DAYS + PATIENCE
    first: dict[str, int] = {}
    notices: dict[str, int] = {}
    for day in range(1, days + 1):
        rows = _rows(pool, case if day > HEALTHY_DAYS else "healthy", random)
        watching = watch(reference, state, rows)
        state = watching.state
        for one in watching.alarms:
            (first if one.severity == "alarm" else notices).setdefault(one.kind, day)
        if case == "error doubled" and "real_performance" in first:
            break
        if case == "harmful drift" and {"drift", "estimated_performance"} <= first.keys():
            break
    truth = {"loss": true_loss(pool, case), "tolerated": reference.measures[0].limit}
    return {"alarms": first, "notices": notices, "days": days, "truth": truth}


def _weights(pool: Pool, some: np.ndarray, case: str) -> np.ndarray:
    """How much more often rows of a large (harmful), or small, expected loss come than they did."""
    tilt = TILT if case == "harmful drift" else -TILT
    scaled = (pool.expected[some] - pool.expected.mean()) / max(float(pool.expected.std()), 1e-12)
    weights = np.exp(tilt * np.clip(scaled, -2, 2))
    return np.asarray(weights / weights.sum())


def true_loss(pool: Pool, case: str) -> float:
    """What the first loss really is, on average, while that goes on."""
    everything = np.arange(len(pool.batch))
    measure = pool.reference.measures[0]
    losses = np.minimum(losses_of(pool.reference, pool.batch)[measure.name], measure.span)
    weights = _weights(pool, everything, case) if case.endswith("drift") else np.full(len(losses), 1 / len(losses))
    return float(weights @ losses) * (2 if case == "error doubled" else 1)


def _rows(pool: Pool, case: str, random: np.random.Generator) -> Batch:
    """A day's rows."""
    if case.endswith("drift"):
        some = random.integers(len(pool.batch), size=20 * ROWS)
        return pool.batch.take(random.choice(some, ROWS, replace=False, p=_weights(pool, some, case)))
    rows = pool.batch.take(random.integers(len(pool.batch), size=ROWS))
    return _doubled(pool.reference, rows, random) if case == "error doubled" else rows


def _doubled(reference: Reference, rows: Batch, random: np.random.Generator) -> Batch:
    """So many more outcomes are other than predicted that the error is twice what it was; errors of numbers double."""
    truth = rows.truth.copy()
    if reference.task == "regression":
        truth = rows.answers[:, 0] + 2 * (truth - rows.answers[:, 0])
        return replace(rows, truth=truth)
    right = rows.answers.argmax(axis=1) == truth
    rate = reference.measures[0].mean
    turned = right & (random.random(len(truth)) < rate / max(1 - rate, 1e-9))
    classes = len(reference.classes)
    truth[turned] = (truth[turned] + random.integers(1, classes, size=int(turned.sum()))) % classes
    # What decisions earned is as the pool has it: the loss alone must find it.
    return replace(rows, truth=truth, paid=None)


def challengers_of(pool: Pool) -> dict[str, np.ndarray]:
    """Answers to the whole pool of challengers of known worth: their mean loss on it is as said, exactly.

    They differ from the champion's answers by noise in each row, and are then moved to or from the truth, all rows by
    as much, until the loss is as it should be.
    """
    random = np.random.default_rng(5)
    reference, batch = pool.reference, pool.batch
    found = {}
    if reference.task == "regression":
        error = float(np.abs(batch.truth - batch.answers[:, 0]).mean())
        noisy = batch.answers[:, 0] + random.normal(0, NOISE * error, len(batch))
        for worth, more in WORTHS.items():
            pull = _solved(lambda one: float(np.abs((1 - one) * (batch.truth - noisy)).mean()), error * (1 + more))
            found[worth] = (noisy + pull * (batch.truth - noisy))[:, None]
        return found
    logits = np.log(np.maximum(batch.answers, 1e-6)) + random.normal(0, NOISE, batch.answers.shape)
    sure = np.eye(batch.answers.shape[1])[batch.truth.astype(np.int64)]

    def loss(answers: np.ndarray) -> float:
        return float(-np.log(np.maximum((answers * sure).sum(axis=1), 0.01)).mean())

    for worth, more in WORTHS.items():
        pull = _solved(lambda one: loss(_softmax(logits + one * (sure - 0.5))), loss(batch.answers) * (1 + more))
        found[worth] = _softmax(logits + pull * (sure - 0.5))
    return found


def promotion(pool: Pool, challengers: dict[str, np.ndarray], seed: int) -> list[dict[str, Any]]:
    """Champion against each challenger, on newest blocks of several sizes."""
    random = np.random.default_rng([seed, 99])
    batch, metric = pool.batch, "mae" if pool.reference.task == "regression" else "log_loss"
    found = []
    for size in SIZES:
        rows = random.integers(len(batch), size=size)
        first = Answers(batch.answers[rows], batch.truth[rows])
        for worth, answers in challengers.items():
            told = compare(pool.reference.task, metric, first, Answers(answers[rows], first.truth), np.arange(size))
            found.append({"size": size, "worth": worth, "promoted": told.passes})
    return found


def _solved(loss: Any, wanted: float) -> float:
    """The pull at which the loss is as wanted."""
    low, high = -1.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if loss(middle) > wanted else (low, middle)
    return (low + high) / 2


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def main() -> int:
    """Live the years, or show what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=250)
    parser.add_argument("--share", default="1/1", help="this part of the models, as 1/2")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "monitoring.jsonl")
    parser.add_argument("--table", action="store_true", help="print what came of them instead")
    given = parser.parse_args()
    there = rows_of(given.out)
    if given.table:
        sys.stdout.write(table(there))
        return 0
    known = {(one["case"], one["seed"]) for one in there}
    part, parts = (int(one) for one in given.share.split("/"))
    about = machine()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    for number in range(MODELS):
        seeds = [seed for seed in range(given.years) if model_of(seed) == number and number % parts == part - 1]
        todo = [(case, seed) for seed in seeds for case in (*CASES, "promotion") if (case, seed) not in known]
        if not todo:
            continue
        pool = pool_of(number)
        challengers = challengers_of(pool)
        for case, seed in todo:
            began = time.monotonic()
            told = {"found": promotion(pool, challengers, seed)} if case == "promotion" else year(pool, case, seed)
            row = {"case": case, "seed": seed, "model": number, "task": pool.reference.task, **told}
            row |= {"seconds": round(time.monotonic() - began, 2), "machine": about}
            append(given.out, row)
            sys.stderr.write(f"{case} {seed}: {told.get('alarms', '')}\n")
    return 0


def table(rows: list[dict[str, Any]]) -> str:
    """The results as tables."""
    told = ", ".join(f"{one[0]} {one[1]}{' with small errors' if one[2:] else ''}" for one in WORLDS)
    lines = [
        "# Monitoring: false alarms, and days until an alarm",
        "",
        f"{MODELS} models of worlds ({told}; 2,000 rows, 2 trials each), {ROWS} rows a day, outcomes on the same day.",
        "",
        "| life | years | any alarm | of which |",
        "|---|---:|---:|---|",
    ]
    healthy = [one for one in rows if one["case"] == "healthy"]
    alarmed = [one for one in healthy if one["alarms"]]
    kinds = sorted({kind for one in alarmed for kind in one["alarms"]})
    counts = ", ".join(f"{kind} {sum(kind in one['alarms'] for one in alarmed)}" for kind in kinds) or "none"
    noticed = sum(bool(one["notices"]) for one in healthy)
    lines.append(
        f"| healthy, {DAYS} days | {len(healthy)} | {len(alarmed)} ({_percent(len(alarmed), len(healthy))}) "
        f"| {counts} |"
    )
    lines += ["", f"A notice (a change that does no harm that could be seen) came in {noticed} of them.", ""]
    lines += [
        "| what goes wrong on day 31 | kind of alarm | years | found | median days | 95 % within |",
        "|---|---|---:|---:|---:|---:|",
    ]
    small = [one for one in rows if one["case"] == "error doubled" and one["seed"] >= FIRST_YEARS]
    days = [one["alarms"]["real_performance"] - HEALTHY_DAYS for one in small if "real_performance" in one["alarms"]]
    lines.append(_days("error doubled, from about 11 to 22 %", "real_performance", len(small), days))
    for case, kind in (
        ("error doubled", "real_performance"),
        ("harmful drift", "estimated_performance"),
        ("harmful drift", "drift"),
    ):
        some = [one for one in rows if one["case"] == case and one["truth"]["loss"] > one["truth"]["tolerated"]]
        some = [one for one in some if case != "error doubled" or one["seed"] < FIRST_YEARS]
        days = [one["alarms"][kind] - HEALTHY_DAYS for one in some if kind in one["alarms"]]
        lines.append(_days(case, kind, len(some), days))
    # Where the model answers all rows alike, there is nothing that drift could prefer.
    usual = {one["model"]: one["truth"]["loss"] for one in healthy}
    some = [one for one in rows if one["case"] == "harmless drift"]
    some = [one for one in some if one["truth"]["loss"] < 0.98 * usual.get(one["model"], 0.0)]
    days = [one["notices"]["drift"] - HEALTHY_DAYS for one in some if "drift" in one["notices"]]
    lines.append(_days("harmless drift", "drift, as a notice", len(some), days))
    false = sum(bool(one["alarms"]) for one in some)
    mild = [one for one in rows if one["case"] == "harmful drift" and one["truth"]["loss"] <= one["truth"]["tolerated"]]
    lines += ["", f"Harmless drift raised an alarm, not a notice, in {false} of {len(some)} years.", ""]
    lines += [f"Harmful drift that stayed within what is tolerated is left out above: {len(mild)} years.", ""]
    lines += ["| challenger | rows that judge | comparisons | promoted |", "|---|---:|---:|---:|"]
    found = [one for row in rows if row["case"] == "promotion" for one in row["found"]]
    for worth in WORTHS:
        for size in SIZES:
            these = [one["promoted"] for one in found if (one["worth"], one["size"]) == (worth, size)]
            lines.append(f"| {worth} | {size:,} | {len(these)} | {_percent(sum(these), len(these))} |")
    return "\n".join(lines) + "\n"


def _days(case: str, kind: str, years: int, days: list[int]) -> str:
    # A year without an alarm counts as later than all others.
    whole = sorted(days) + [10**6] * (years - len(days))
    shown = ["-", "-"]
    if whole:
        ends = [whole[int(share * (len(whole) - 1) + 0.999)] for share in (0.5, 0.95)]
        shown = [f"{one}" if one < 10**6 else f"over {PATIENCE}" for one in ends]
    return f"| {case} | {kind} | {years} | {_percent(len(days), years)} | {shown[0]} | {shown[1]} |"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
