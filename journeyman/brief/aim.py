"""The aim as understood: the task, its classes and its metric, found in the table where the brief leaves them open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.brief.gain import find_label, gain_columns, gain_rule
from journeyman.errors import BriefError, nearest
from journeyman.plan.target import Task
from journeyman.statistics.metrics.named import default_metrics, metric_named, metrics_for
from journeyman.table.columns import MISSING_WORD, Integers, Numbers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

FEWEST_ROWS = 10
#: Above this many classes a target of words cannot be learnt as classes.
MOST_CLASSES = 200
#: A target of words that has this share of distinct cells names rows, not classes.
ID_SHARE = 0.9
#: Words for the class that one wants to find, in any case. ``1`` and ``true`` are among them.
_POSITIVE_WORDS = frozenset(
    word
    for line in (
        "1 yes y true t positive pos + bad default defaulted churn churned fraud fraudulent spam",
        "failed failure fail dead died death sick ill disease diseased malignant late delayed",
        "cancelled canceled left lost converted clicked click bought purchased accepted approved",
        "success subscribed responded won ja oui si sí >50k",
    )
    for word in line.split()
)


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What is predicted, and how it is scored.

    Parameters
    ----------
    classes : empty for regression; for two classes the negative, then the positive; else the most frequent first.
        A class with a single row is none where there are others enough: its row is set aside
    positive : the class that counts as true; empty for regression, and for several classes unless one is named
    reason : why this task and these classes, in a sentence for people
    """

    task: Task
    target: str
    classes: tuple[str, ...]
    positive: str
    metric: str
    reason: str

    def values(self, table: Table) -> Numbers:
        """The target of each row, (rows,): a number, or the class's place in ``classes``; NaN where it is neither."""
        cells, labels = labelled(table, self.target)
        if not self.classes:
            return np.asarray(table.values[self.target], dtype=np.float64)
        places = {label: float(place) for place, label in enumerate(self.classes)}
        of_label = np.array([places.get(label, np.nan) for label in labels] + [np.nan])
        return of_label[cells]


def find_aim(table: Table, brief: Brief) -> Aim:
    """Understand what is to be predicted.

    Raises
    ------
    BriefError : the target cannot be predicted from this table, or the brief contradicts it; its ``code`` says how
    InputError : there is no such column
    """
    column = table.schema[brief.predict]
    _check_names(table, brief)
    known = int((~table.missing(column.name)).sum())
    if known < FEWEST_ROWS:
        rows = "1 row" if known == 1 else f"{known} rows"
        raise BriefError(
            f"{table.name} has {rows} with a value in {column.name!r}: too few",
            because=f"a model and its score need {FEWEST_ROWS} at the very least",
            remedy="give more rows",
            code="too_few_rows",
        )
    if isinstance(table.values[column.name], Dates):
        raise BriefError(
            f"the target {column.name!r} is a date",
            because="this version predicts classes and numbers",
            remedy="predict a number made of it, as the days until then",
            code="target_type",
        )
    task, reason = _task(table, column, brief)
    if task == "regression":
        return _regression(table, column, brief, reason)
    return _classes(table, column, brief, task, reason)


def labelled(table: Table, name: str) -> tuple[Integers, tuple[str, ...]]:
    """A column as classes: (rows,) places in the labels, −1 where missing; and the labels, in order of their value."""
    value = table.values[name]
    if isinstance(value, Dates):
        raise BriefError(f"the target {name!r} is a date", remedy="name another column", code="target_type")
    missing = table.missing(name)
    if isinstance(value, Strings):
        present = sorted({level for level, count in zip(value.levels, value.counts(), strict=True) if count})
        labels = tuple(level for level in present if level != MISSING_WORD)
        place = {label: number for number, label in enumerate(labels)}
        of_level = np.array([place.get(level, -1) for level in value.levels] or [-1], dtype=np.int64)
        return of_level[value.codes], labels
    distinct, places = np.unique(value[~missing], return_inverse=True)
    cells = np.full(table.rows, -1, dtype=np.int64)
    cells[~missing] = places
    return cells, tuple(_label(number, table.schema[name]) for number in distinct.tolist())


def _label(number: float, column: Column) -> str:
    if column.kind == "flag" and number in (0.0, 1.0):
        words = column.true_words if number else column.false_words
        return words[0] if words else str(bool(number))
    return str(int(number)) if number == int(number) else repr(number)


def _check_names(table: Table, brief: Brief) -> None:
    known = [column.name for column in table.schema]
    entity = None if brief.says_none("entity", known) else brief.entity
    when = None if brief.says_none("when", known) else brief.when
    names = [name for name in (entity, when, brief.weight, brief.current, *brief.ignore, *brief.columns) if name]
    for name in names:
        if name not in table.schema:
            raise BriefError(f"there is no column {name!r}", remedy=nearest(name, known), code="column_missing")
    for name in gain_columns(brief.gain):
        _check_amount(table, brief, name)


def _check_amount(table: Table, brief: Brief, name: str) -> None:
    """Refuse an amount that reads what is no number, or what nobody knows when deciding."""
    if name not in table.schema:
        known = [column.name for column in table.schema]
        raise BriefError(
            f"the gain reads a column {name!r}, which is not there",
            because="names in an amount are columns",
            remedy=nearest(name, known),
            code="column_missing",
        )
    if name == brief.predict:
        raise BriefError(
            f"the gain reads {name!r}, which is to be predicted",
            because="nobody knows it when deciding",
            remedy="for a number as target write actual, or prediction; for classes one amount for each outcome",
        )
    kind = table.schema[name].kind
    if kind not in ("number", "flag"):
        raise BriefError(
            f"the gain reads {name!r}, which is of the kind {kind}",
            because="amounts are computed from numbers and flags",
            remedy=f"name another column, or say --column {name}:kind=number if it is one",
        )


def _task(table: Table, column: Column, brief: Brief) -> tuple[Task, str]:
    value = table.values[column.name]
    labels = labelled(table, column.name)[1]
    if brief.task is not None:
        if brief.task == "regression" and isinstance(value, Strings):
            raise BriefError(
                f"{column.name!r} cannot be predicted as a number",
                because=f"it holds words, as {labels[0]!r}",
                remedy="leave --task out, or name a column of numbers",
                code="target_type",
            )
        if brief.task != "regression" and len(labels) == 2:
            return "binary", f"{column.name!r} holds two classes"
        return brief.task, f"{column.name!r} is a {brief.task} target because the brief says so"
    if isinstance(value, Strings):
        if len(labels) == 2:
            return "binary", f"{column.name!r} holds two classes"
        return "multiclass", f"{column.name!r} holds {len(labels)} classes of words"
    if column.kind == "flag" or len(labels) == 2:
        return "binary", f"{column.name!r} holds two values"
    numbers = np.asarray(value)
    if bool(np.all(np.floor(numbers) == numbers, where=~np.isnan(numbers))):
        can_be_classes = len(labels) <= MOST_CLASSES and not _name_rows(labels, int((~np.isnan(numbers)).sum()))
        if can_be_classes and _judges_classes(brief.metric):
            return "multiclass", (
                f"{column.name!r} holds {len(labels):,} different whole numbers, and {brief.metric!r} judges classes"
            )
        span = f"{labels[0]} to {labels[-1]}" if labels else "none"
        return "regression", (
            f"{column.name!r} holds {len(labels):,} different whole numbers, {span}: numbers have an order, so it is "
            "predicted as a number, not as unordered classes (else say --task multiclass)"
        )
    return "regression", f"{column.name!r} holds numbers"


def _name_rows(labels: Sequence[str], rows: int) -> bool:
    """Whether nearly every row has a label of its own."""
    return len(labels) >= ID_SHARE * rows and len(labels) > 2


def _judges_classes(metric: str | None) -> bool:
    """Whether a metric was asked for that says nothing of numbers."""
    tasks = () if metric is None else metric_named(metric, "regression").tasks
    return "multiclass" in tasks and "regression" not in tasks


def _regression(table: Table, column: Column, brief: Brief, reason: str) -> Aim:
    values = np.asarray(table.values[column.name])
    known = values[~np.isnan(values)]
    if known.min() == known.max():
        raise BriefError(
            f"the target {column.name!r} is constant",
            because=f"all its {len(known):,} values are {_label(float(known[0]), column)}",
            remedy="name another column with --predict",
            code="target_constant",
        )
    if brief.positive is not None:
        raise BriefError(
            f"--positive {brief.positive!r} has no meaning for a number as target",
            because=reason,
            remedy="leave --positive out, or say --task binary or multiclass",
        )
    if brief.gain:
        gain_rule(brief.gain, (), "")
    return Aim(
        task="regression",
        target=column.name,
        classes=(),
        positive="",
        metric=_metric("regression", brief),
        reason=f"{reason}.",
    )


def _classes(table: Table, column: Column, brief: Brief, task: Task, reason: str) -> Aim:
    cells, labels = labelled(table, column.name)
    counts = np.bincount(cells[cells >= 0], minlength=len(labels))
    _check_classes(column, labels, counts)
    kept = [(label, int(count)) for label, count in zip(labels, counts, strict=True) if count > 1]
    if task == "binary" and len(labels) > 2:
        raise BriefError(
            f"{column.name!r} has {len(labels)} classes, not two",
            because=f"it holds {nearest('', labels).removeprefix('there are: ')}",
            remedy="say --task multiclass, or leave --task out",
        )
    if len(kept) > 2:
        ordered = tuple(label for label, _ in sorted(kept, key=lambda one: (-one[1], one[0])))
        positive = "" if brief.positive is None else _positive_label(brief.positive, ordered, column)
        task, found = "multiclass", ""
    else:
        also = f"; the {len(labels) - 2} classes of a single row are left out" if len(labels) > 2 else ""
        positive, why = _positive(kept, brief, column)
        negative = next(label for label, _ in kept if label != positive)
        ordered, task = (negative, positive), "binary"
        found = f"{also}: {negative!r} and {positive!r}, of which {positive!r} is the positive one ({why})"
    if brief.gain:
        gain_rule(brief.gain, ordered, positive)
    return Aim(
        task=task,
        target=column.name,
        classes=ordered,
        positive=positive,
        metric=_metric(task, brief),
        reason=f"{reason}{found}.",
    )


def _check_classes(column: Column, labels: Sequence[str], counts: Integers) -> None:
    rows = int(counts.sum())
    if len(labels) == 1:
        raise BriefError(
            f"the target {column.name!r} has one class only",
            because=f"all its {rows:,} values are {labels[0]!r}",
            remedy="give rows of another class too, or name another column with --predict",
            code="one_class",
        )
    if _name_rows(labels, rows):
        raise BriefError(
            f"the target {column.name!r} names rows",
            because=f"nearly every value is unique ({len(labels):,} different ones in {rows:,} rows), like an id",
            remedy="name another column with --predict",
            code="target_is_id",
        )
    large = int((counts > 1).sum())
    if large < 2:
        small = int(np.argmin(counts))
        only = "only 1 row" if len(labels) == 2 else "all classes but one have only 1 row"
        raise BriefError(
            f"the class {labels[small]!r} of {column.name!r} is too small",
            because=f"it has {only}" if len(labels) == 2 else only,
            remedy="give more rows of it: 2 at the very least, 50 to be of use",
            code="class_too_small",
        )
    if large > MOST_CLASSES:
        raise BriefError(
            f"the target {column.name!r} has {len(labels):,} classes",
            because=f"this version learns {MOST_CLASSES} at most",
            remedy="join rare classes into one, or name another column with --predict",
            code="target_is_id",
        )


def _positive_label(said: str, classes: Sequence[str], column: Column) -> str:
    label = find_label(said, classes)
    if label is None:
        raise BriefError(
            f"--positive {said!r} is no class of {column.name!r}", remedy=nearest(said, classes), code="column_missing"
        )
    return label


def _positive(kept: list[tuple[str, int]], brief: Brief, column: Column) -> tuple[str, str]:
    classes = [label for label, _ in kept]
    if brief.positive is not None:
        return _positive_label(brief.positive, classes, column), "the brief says so"
    hits = [label for label in classes if label.casefold() in _POSITIVE_WORDS]
    if len(hits) == 1:
        return hits[0], "by its name; else say --positive"
    # Of two equally frequent classes the later one by name, so that the choice does not hang on the order of rows.
    label, _ = max(kept, key=lambda one: (-one[1], one[0]))
    return label, "the rarer one; else say --positive"


def _metric(task: Task, brief: Brief) -> str:
    if brief.metric is None:
        return default_metrics(task)[0].name
    metric = metric_named(brief.metric, task)
    if task not in metric.tasks:
        raise BriefError(
            f"the metric {metric.name!r} does not fit a {task} target",
            because=f"it is for {' and '.join(metric.tasks)}",
            remedy=f"leave --metric out, or name one of {', '.join(map(repr, metrics_for(task, brief.metric)))}",
        )
    return metric.name
