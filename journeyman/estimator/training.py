"""From a table and answers beside it to a fitted plan: the verbs of a build, without run directory and report."""

from __future__ import annotations

import contextlib
import numbers
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils import check_array, check_consistent_length, column_or_1d

from journeyman.brief.aim import Aim
from journeyman.brief.brief import NONE, Brief
from journeyman.brief.gain import gain_rule
from journeyman.bundle.decision import DecisionRule
from journeyman.checks.identifier import why_identifier
from journeyman.checks.look import look
from journeyman.curation.curate import Curation, curate
from journeyman.curation.propose import propose
from journeyman.errors import BriefError
from journeyman.evaluation.coverage import Coverage, coverage
from journeyman.evaluation.ship import Shipped, ship
from journeyman.evaluation.stakes import Stakes, stakes_of
from journeyman.plan.target import Task
from journeyman.sources.names import fresh_name
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import default_metrics, metric_named
from journeyman.table.columns import Numbers
from journeyman.table.finding import Finding
from journeyman.table.schema import Column, Kind, Role, Schema
from journeyman.table.table import Table, Values
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.pool import Pool, workers
from journeyman.trials.portfolio import portfolio
from journeyman.trials.shared import TrainingData

#: Kept back from the time for evaluation: a share.
_FINISHING = 0.1


@dataclass(frozen=True)
class Rows:
    """The rows that count: a table of features, and what was given beside it, (rows,) each."""

    table: Table
    y: NDArray[Any]
    weights: Numbers | None = None
    groups: NDArray[Any] | None = None


@dataclass(frozen=True)
class Answers:
    """The target as scikit-learn gives it: the task, a column of a table, and the names of its classes."""

    task: Task
    values: Values
    classes: tuple[str, ...] = ()

    @property
    def positive(self) -> str:
        """The second of two classes."""
        return self.classes[1] if self.task == "binary" else ""


@dataclass(frozen=True)
class Trained:
    """What a fit gives: the plan that is shipped, its state and evaluation, how sure it is, and what the audit saw."""

    shipped: Shipped
    schema: Schema
    rule: DecisionRule | None
    sure: Coverage
    findings: tuple[Finding, ...] = field(default=(), repr=False)


def rows_that_count(table: Table, y: NDArray[Any], sample_weight: Any, groups: Any) -> Rows:
    """Put rows and what was given beside them together. A row of weight 0 is left out: it is as good as not there.

    Raises
    ------
    BriefError : weights are negative, all zero, or not one a row
    ValueError : y or groups are of another length
    """
    check_consistent_length(table.row_numbers, y, groups)
    together = None if groups is None else column_or_1d(groups)
    if sample_weight is None:
        return Rows(table, y, None, together)
    weights = _weights(sample_weight, table.rows)
    kept = np.flatnonzero(weights)
    return Rows(table.take(kept), y[kept], weights[kept], None if together is None else together[kept])


def train(rows: Rows, answers: Answers, request: Brief, pool: Pool | Here, began: float) -> Trained:
    """Audit, curate, search, evaluate, and fit what was chosen on all rows.

    Parameters
    ----------
    request : its limits, metric, seed, gain and what it says of columns; the target is ``answers``
    began : when the time of the request began to run, by ``time.monotonic()``

    Raises
    ------
    InputError : the rows or the request cannot be used
    """
    metric = _metric(request, answers)
    rule = gain_rule(request.gain, answers.classes, answers.positive) if request.gain else None
    if rule is not None and rule.columns:
        raise BriefError(
            f"an amount of the gain reads the column {rule.columns[0]!r}",
            because="estimators decide by probabilities alone in this version",
            remedy="give numbers as amounts, or use journeyman.build",
        )
    curation, findings = _curated(rows, answers, request, metric)
    data = TrainingData(curation.table.features(), curation.target, curation.folds)
    pool.open(data)
    stakes = stakes_of(curation.table, curation.target, rule=rule, current=None, share=request.share)
    shipped = _shipped(LaboratoryHere(pool, data, metric), request, stakes, began)
    sure = coverage(
        shipped.trial.answers, curation.target, curation.folds, curation.table, shipped.evaluation.label_rule
    )
    return Trained(shipped, curation.table.schema, shipped.evaluation.rule, sure, findings)


@contextlib.contextmanager
def workers_of(count: Any, memory: int | None) -> Iterator[Pool | Here]:
    """So many worker processes; as many as a build has for None, and this process alone for 0.

    Raises
    ------
    BriefError : it is no whole number from 0 on
    """
    if count is None:
        with workers(memory) as pool:
            yield pool
        return
    if not isinstance(count, numbers.Integral) or count < 0:
        raise BriefError(f"there cannot be {count!r} workers", remedy="give a whole number, 0 for none")
    own = Pool(int(count), memory) if count else Here()
    with contextlib.closing(own):
        yield own


def _metric(request: Brief, answers: Answers) -> Metric:
    metric = default_metrics(answers.task)[0] if request.metric is None else metric_named(request.metric)
    if answers.task not in metric.tasks:
        raise BriefError(
            f"the metric {metric.name!r} does not fit y",
            because=f"it is for {' and '.join(metric.tasks)}, and this is {answers.task}",
            remedy="leave it out",
        )
    return metric


def _curated(rows: Rows, answers: Answers, request: Brief, metric: Metric) -> tuple[Curation, tuple[Finding, ...]]:
    """Put target, weights and groups beside the features, and curate the table as any other."""
    values: list[tuple[str, Kind, Role, Values]] = []
    if rows.weights is not None:
        values.append(("weight", "number", "weight", rows.weights))
    if rows.groups is not None:
        codes = np.unique(rows.groups, return_inverse=True)[1]
        values.append(("group", "number", "entity", codes.astype(np.float64)))
    values.append(("target", "category" if answers.classes else "number", "target", answers.values))
    table, found = rows.table, dict[Role, str]()
    for name, kind, role, cells in values:
        column = Column(name=fresh_name(name, {one.name for one in table.schema}), kind=kind, role=role)
        found[role] = column.name
        schema = Schema((*table.schema.columns, column))
        table = replace(table, schema=schema, values={**table.values, column.name: cells})
    # In scikit-learn rows are independent unless the caller says otherwise, by groups or by the roles of columns.
    nobody = None if NONE in table.schema else NONE
    brief = replace(
        request,
        predict=found["target"],
        when=nobody,
        entity=found.get("entity", nobody),
        weight=found.get("weight"),
        columns=_used(rows.table, request.columns),
    )
    findings = (*table.findings, *look(table, brief))
    aim = Aim(
        task=answers.task,
        target=brief.predict,
        classes=answers.classes,
        positive=answers.positive,
        metric=metric.name,
        reason="y was given",
    )
    curation = curate(table, brief, aim, findings)
    return curation, (*findings, *curation.findings)


def _used(table: Table, said: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Whoever gives X has chosen its columns: what is suspicious about one is told, and it is used all the same.

    Only words that name rows are left out, as in a build.
    """
    chosen = {one.name: {"role": "feature"} for one in table.schema if _is_chosen(table, one)}
    return {name: {**chosen.get(name, {}), **said.get(name, {})} for name in (*chosen, *said)}


def _is_chosen(table: Table, column: Column) -> bool:
    return column.role == "feature" and (column.kind == "number" or not why_identifier(table, column))


def _shipped(laboratory: LaboratoryHere, request: Brief, stakes: Stakes, began: float) -> Shipped:
    seconds, data = request.seconds, laboratory.data
    deadline = None if seconds is None else began + seconds
    until = None if seconds is None else began + (1 - _FINISHING) * seconds
    proposals = propose(data.columns, data.target, laboratory.metric.name, seconds)
    trials = portfolio(laboratory, proposals, deadline=until, trials=request.trials)
    return ship(laboratory, trials, laboratory.metric, stakes, seed=request.seed, deadline=deadline)


def _weights(given: Any, rows: int) -> Numbers:
    """Sample weights, (rows,); a single number counts for every row."""
    if isinstance(given, numbers.Real):
        given = np.full(rows, float(given))
    weights: Numbers = check_array(given, ensure_2d=False, dtype=np.float64, input_name="sample_weight")
    if weights.shape != (rows,):
        raise BriefError(
            f"the sample weights are of the shape {weights.shape}",
            because=f"there are {rows:,} rows",
            remedy="give one weight a row",
        )
    if not weights.any() or bool((weights < 0).any()):
        what = "zero in every row" if not weights.any() else "negative in some rows"
        raise BriefError(f"the sample weights are {what}", remedy="leave them out, or give some above zero, none below")
    return weights
