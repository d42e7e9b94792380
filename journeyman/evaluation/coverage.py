"""How sure the shipped model may say it is of a row: fitted from its out-of-fold answers, and held to other folds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from journeyman.bundle.uncertainty import SetRule, Spread, Uncertainty
from journeyman.evaluation.judged import Judged, judged_rows
from journeyman.plan.target import Target
from journeyman.statistics.conformal import FEWEST, evidence, least_chances, offsets
from journeyman.statistics.folds import Folds
from journeyman.statistics.label_rule import LabelRule
from journeyman.statistics.proportion import Proportion, proportion
from journeyman.table.columns import MISSING_WORD, Flags, Integers, Numbers, Strings
from journeyman.table.table import Table

#: The share of new rows that bounds and sets are to hold.
NOMINAL = 0.9
#: Of folds that go forward in time, each counts half of the next newer one. Measured on nine tables judged by their
#: newest fifth (one bin): mean distance from 90 % 4.3 points, against 5.7 with all folds alike and 4.5 with the newest
#: alone, which is the least sure of itself.
FADING = 0.5
#: Levels of categories with so many rows are looked at one by one, of columns with not too many levels.
ROWS_A_LEVEL, MOST_LEVELS, MOST_COLUMNS = 200, 100, 50
#: Classes of which nothing is promised that are named.
_FEW_NAMED = 5
#: Bands of predicted numbers, and the most classes, that are told one by one.
BANDS, MOST_CLASSES = 5, 20

Kind = Literal["interval", "set", "none"]
_NEVER = Proportion(math.nan, math.nan, math.nan, 0)


@dataclass(frozen=True)
class Part:
    """How many rows of a part are held: those of a class, a band of predictions, or a level of a category.

    ``kind`` is ``"class"``, ``"band"`` or ``"level"``; ``column`` is named for levels only.
    """

    kind: str
    name: str
    held: Proportion
    column: str = ""

    def as_data(self) -> dict[str, Any]:
        """The part as ``run.json`` holds it."""
        held = {"coverage": self.held.value, "low": self.held.low, "high": self.held.high, "rows": self.held.rows}
        return {"kind": self.kind, "name": self.name, **({"column": self.column} if self.column else {}), **held}


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What the model says of its uncertainty, and how well that held on folds that it was not fitted to.

    Parameters
    ----------
    uncertainty : goes into the bundle; None where too few rows were judged to say anything
    nominal : the share of rows that is to be held
    held : the share of rows held, with its 95 % interval; NaN where no fold could be held to others
    size : median width of the bounds in units of the target, or the mean number of labels; NaN as above
    without : the same without a model: the width that holds as many of the targets, or the number of classes
    single : share of rows whose set is one label, and how many of those labels are right; NaN for numbers
    groups : by class, or by bands of predictions from small to large
    worst : the level of a category that is held least, its interval widened for having looked at ``levels`` of them
    promise : what holds, and while what; or why there is none; a sentence for people
    """

    uncertainty: Uncertainty | None
    nominal: float = NOMINAL
    held: Proportion = _NEVER
    size: float = math.nan
    without: float = math.nan
    single: tuple[float, float] = (math.nan, math.nan)
    groups: tuple[Part, ...] = ()
    worst: Part | None = None
    levels: int = 0
    promise: str = ""

    @property
    def kind(self) -> Kind:
        """Bounds of a number, sets of labels, or nothing."""
        if self.uncertainty is None:
            return "none"
        return "interval" if isinstance(self.uncertainty, Spread) else "set"

    def as_data(self) -> dict[str, Any]:
        """What ``run.json`` holds under ``uncertainty``."""
        held = {"value": self.held.value, "low": self.held.low, "high": self.held.high, "rows": self.held.rows}
        data: dict[str, Any] = {"nominal": self.nominal, "kind": self.kind, "promise": self.promise}
        if self.kind == "none":
            return data
        size = "median_width" if self.kind == "interval" else "labels"
        data |= {"coverage": held, size: self.size, f"{size}_without_model": self.without}
        if self.kind == "set":
            data["single"] = {"share": self.single[0], "right": self.single[1]}
        worst = None if self.worst is None else self.worst.as_data()
        return data | {"groups": [one.as_data() for one in self.groups], "worst": worst, "levels": self.levels}


def coverage(
    answers: Numbers, target: Target, folds: Folds, table: Table | None = None, rule: LabelRule | None = None
) -> Coverage:
    """Fit bounds or sets from out-of-fold answers, and count what they hold where each fold is held to the others.

    Folds that go forward in time are held to earlier ones only. Rows of one entity, or copies, count as one piece of
    evidence, in time each row counts, but newer folds more.

    Parameters
    ----------
    answers : (rows, outputs) of the trial that is shipped, NaN in rows that no fold scores
    table : the same rows; its categories are looked at one by one where it is given
    rule : which class an answer names; None for the likeliest
    """
    judged = judged_rows(answers, target, folds, rule)
    uncertainty = _fit(judged)
    if uncertainty is None:
        return Coverage(uncertainty=None, promise=_why_none(judged))
    found = Coverage(uncertainty=uncertainty, promise=_promise(uncertainty, folds, judged))
    places, hits, sizes = _held_to_others(judged)
    if not len(places):
        return found
    seen = judged.take(places)
    worst, levels = _worst_level(seen, hits, table)
    return replace(
        found,
        held=proportion(hits, seen.weights, seen.clusters),
        size=float(np.mean(sizes) if judged.classes else np.median(sizes)),
        without=_without(judged),
        single=_single(hits, sizes) if judged.classes else (math.nan, math.nan),
        groups=tuple(_parts(seen, hits)),
        worst=worst,
        levels=levels,
    )


def _fit(judged: Judged) -> Uncertainty | None:
    if not len(judged.rows):
        return None
    weights = judged.weights
    if judged.is_forward:
        weights = weights * FADING ** (judged.fold.max() - judged.fold)
    if judged.classes:
        chances, taken = judged.chances()
        codes = judged.truth.astype(np.int64)
        least = least_chances(chances, taken, codes, weights, judged.units, NOMINAL)
        return None if least is None else SetRule(NOMINAL, tuple(least.tolist()))
    found = offsets(judged.answers[:, 0], judged.truth, weights, judged.units, NOMINAL)
    if found is None:
        return None
    floor = 0.0 if judged.truth.min() >= 0 else None
    cuts, low, high = (tuple(one.tolist()) for one in found)
    return Spread(NOMINAL, cuts, low, high, floor)


def _held_to_others(judged: Judged) -> tuple[Integers, Flags, Numbers]:
    """Positions of rows whose fold was held to others, whether each is held, and its width or number of labels."""
    parts = []
    for fold in np.unique(judged.fold).tolist():
        others = judged.fold < fold if judged.is_forward else judged.fold != fold
        uncertainty = _fit(judged.take(others))
        if uncertainty is not None:
            places = np.flatnonzero(judged.fold == fold)
            parts.append((places, *_apply(uncertainty, judged.take(places))))
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.bool_), np.empty(0)
    places, hits, sizes = (np.concatenate(one) for one in zip(*parts, strict=True))
    order = np.argsort(places, kind="stable")
    return places[order], hits[order], sizes[order]


def _apply(uncertainty: Uncertainty, judged: Judged) -> tuple[Flags, Numbers]:
    if isinstance(uncertainty, Spread):
        low, high = uncertainty.bounds(judged.answers[:, 0])
        return (low <= judged.truth) & (judged.truth <= high), high - low
    members = uncertainty.members(*judged.chances(), judged.named())
    return members[np.arange(len(members)), judged.truth.astype(np.int64)], members.sum(axis=1).astype(np.float64)


def _single(hits: Flags, sizes: Numbers) -> tuple[float, float]:
    alone = sizes == 1
    return float(alone.mean()), float(hits[alone].mean()) if alone.any() else math.nan


def _without(judged: Judged) -> float:
    """How wide bounds would be, or how many labels a set would have, were the answer the same for every row."""
    if judged.classes:
        # Of each class as many rows are to be held: a set that is the same for all rows must have every label.
        return float(len(np.unique(judged.truth)))
    low, high = np.quantile(judged.truth, [(1 - NOMINAL) / 2, (1 + NOMINAL) / 2])
    return float(high - low)


def _parts(judged: Judged, hits: Flags) -> Iterator[Part]:
    """Classes by number of rows, or bands of predictions."""
    if judged.classes:
        codes = judged.truth.astype(np.int64)
        counts = np.bincount(codes, minlength=len(judged.classes))
        for code in np.argsort(-counts, kind="stable")[:MOST_CLASSES].tolist():
            if counts[code]:
                yield Part("class", judged.classes[code], _share(judged, hits, codes == code))
        return
    predicted = judged.answers[:, 0]
    cuts = np.unique(np.quantile(predicted, np.arange(1, BANDS) / BANDS))
    place = np.searchsorted(cuts, predicted, side="left")
    for one in np.unique(place).tolist():
        least, most = predicted[place == one].min(), predicted[place == one].max()
        yield Part("band", f"{least:.4g} to {most:.4g}", _share(judged, hits, place == one))


def _worst_level(judged: Judged, hits: Flags, table: Table | None) -> tuple[Part | None, int]:
    """Of all levels with enough rows the one that is held least, and how many levels these are."""
    levels = [] if table is None else list(_levels(judged, table))
    # So many looks: the interval is as wide as it must be for the worst of them all.
    confidence = 1 - 0.05 / max(len(levels), 1)
    parts = [Part("level", name, _share(judged, hits, rows, confidence), column) for column, name, rows in levels]
    return min(parts, key=lambda part: part.held.value, default=None), len(parts)


def _levels(judged: Judged, table: Table) -> Iterator[tuple[str, str, Flags]]:
    columns = [column.name for column in table.schema.features if column.kind == "category"]
    for name in columns[:MOST_COLUMNS]:
        value = table.values[name]
        if not isinstance(value, Strings) or len(value.levels) > MOST_LEVELS:
            continue
        codes = value.codes[judged.rows]
        for code in np.flatnonzero(np.bincount(codes, minlength=len(value.levels)) >= ROWS_A_LEVEL).tolist():
            level = value.levels[code]
            yield name, "(missing)" if level == MISSING_WORD else level, codes == code


def _share(judged: Judged, hits: Flags, rows: Flags, confidence: float = 0.95) -> Proportion:
    return proportion(hits[rows], judged.weights[rows], judged.clusters[rows], confidence)


def _promise(uncertainty: Uncertainty, folds: Folds, judged: Judged) -> str:
    share = f"{100 * uncertainty.nominal:g} %"
    if isinstance(uncertainty, Spread):
        what = f"{share} of new rows lie between low and high"
    else:
        few = _classes_with_few_rows(judged)
        what = f"at least {share} of new rows of each class have it in their set"
        if few:
            named = ", ".join(f"'{one}'" for one in few[:_FEW_NAMED]) + (", …" if len(few) > _FEW_NAMED else "")
            what += f" (but of {named}: fewer than {FEWEST} independent rows of a class promise nothing of it)"
    if folds.kind == "forward":
        return f"{what}, while rows come as they lately did: in time nothing more can be promised"
    if folds.kind == "entity":
        return f"{what}, for new entities, while these are like those seen"
    return f"{what}, while rows are exchangeable with those seen (no drift, no other selection)"


def _classes_with_few_rows(judged: Judged) -> list[str]:
    """Those whose bound had to be that of all rows together."""
    counts = {
        name: evidence(judged.weights[rows], judged.units[rows])[0] if (rows := judged.truth == place).any() else 0.0
        for place, name in enumerate(judged.classes)
    }
    return [name for name, count in counts.items() if count < FEWEST]


def _why_none(judged: Judged) -> str:
    count, _ = evidence(judged.weights, judged.units) if len(judged.rows) else (0.0, 0.0)
    what = "labels" if judged.classes else "bounds"
    told = f"{len(judged.rows):,} rows were judged"
    if math.floor(count) < len(judged.rows):
        told += f", worth {math.floor(count):,} independent ones"
    return f"no {what} with a stated coverage are given: {told}, and at least {FEWEST} are needed"
