"""What both estimators share: reading rows as scikit-learn has them, `fit`, and what comes of it."""

from __future__ import annotations

import numbers
import os
import time
import warnings
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from journeyman.brief.brief import Brief
from journeyman.brief.read import make_brief
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.golden import ROWS, golden_cells
from journeyman.bundle.reader import Batch, Cells, Reader
from journeyman.bundle.write import write_bundle
from journeyman.estimator.refused import refusing
from journeyman.estimator.training import Answers, rows_that_count, train, workers_of
from journeyman.plan.data import plan_of, to_data
from journeyman.plan.target import Task
from journeyman.sources.matrix import cells_of_matrix, frame_of, names_of, table_of_matrix
from journeyman.sources.read import read, read_raw
from journeyman.table.columns import Numbers
from journeyman.table.table import Table

#: How long a fit may take when neither a time nor a number of trials is given: less than a build, because
#: cross-validation fits several times. It is a limit; small tables are through their candidates in seconds.
DEFAULT_SECONDS = 60.0


class Estimator(BaseEstimator, ABC):  # type: ignore[misc]  # scikit-learn ships no types
    """The contract that `JourneymanClassifier` and `JourneymanRegressor` keep. Parameters are told there."""

    _task: Task
    _classes: tuple[str, ...] = ()
    _rule: DecisionRule | None = None

    def __init__(
        self,
        *,
        time: str | float | None = None,
        trials: int | None = None,
        metric: str | None = None,
        columns: Mapping[str, Mapping[str, str]] | None = None,
        random_state: Any = 0,
        workers: int | None = None,
        memory: str | int | None = None,
    ) -> None:
        self.time = time
        self.trials = trials
        self.metric = metric
        self.columns = columns
        self.random_state = random_state
        self.workers = workers
        self.memory = memory

    def fit(self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:  # noqa: N803  # its name there
        """Read, audit, curate, search, evaluate, and fit what was chosen on all rows.

        Parameters
        ----------
        X : (rows, columns) array, list of lists, or frame
        y : (rows,) what is to be predicted
        sample_weight : (rows,) how much each row counts; a row of weight 0 is as good as not there
        groups : (rows,) rows of one group stay on one side of every split

        Raises
        ------
        ValueError : X, y or a parameter cannot be used; the message says what happened, because, and what to try
        """
        began = time.monotonic()
        with refusing():
            request = self._request()
            y = validate_data(self, y=y, y_numeric=self.__sklearn_tags__().regressor_tags is not None)
            with workers_of(self.workers, request.memory_bytes) as pool:
                rows = rows_that_count(self._table(X), y, sample_weight, groups)
                answers = self._answers_of(rows.y)
                trained = train(rows, answers, request, pool, began)
        self._task, self._classes, self._rule = answers.task, answers.classes, trained.rule
        self.schema_ = trained.schema
        self.findings_ = list(trained.findings)
        self.plan_ = to_data(trained.shipped.trial.plan)
        self.state_ = dict(trained.shipped.state)
        self.model_name_ = trained.shipped.trial.name
        self.evaluation_ = trained.shipped.evaluation
        self.coverage_ = trained.sure
        self.leaderboard_ = [one.as_data() for one in self.evaluation_.leaderboard]
        return self

    def save(self, path: str | os.PathLike[str], X: Any = None) -> Path:  # noqa: N803  # its name in scikit-learn
        """Write the model as a bundle, the folder that `journeyman.load` opens. Nobody's rows are in it.

        Parameters
        ----------
        X : rows on which the graph must answer as this model does, besides those that are made up from the schema

        Raises
        ------
        InternalError : the graph does not give the same answers; nothing is written
        ResourceError : the disk says no
        """
        check_is_fitted(self)
        plan, features = plan_of(self.plan_), self.schema_.features
        with refusing():
            batch = Reader(features).batch(golden_cells(features), ROWS) if X is None else self._read(X)
        return write_bundle(
            Path(path),
            plan=plan,
            state=self.state_,
            schema=self.schema_,
            task=self._task,
            target=self.schema_.of_role("target")[0].name,
            classes=self._classes,
            positive=self._classes[1] if self._task == "binary" else "",
            metric=self.evaluation_.metric,
            rule=self._rule,
            check=batch.columns,
            expected=plan.apply(self.state_, batch.columns).numbers,
            facts={"model": self.model_name_, "evaluation": self.evaluation_.as_data()["evaluation"]},
            uncertainty=self.coverage_.uncertainty,
            label_rule=self.evaluation_.label_rule,
        )

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        return tags

    @abstractmethod
    def _answers_of(self, y: NDArray[Any]) -> Answers:
        """The target of the rows that count."""

    def _request(self) -> Brief:
        seed = self.random_state
        if not isinstance(seed, numbers.Integral):
            seed = check_random_state(seed).randint(2**31)
        request = make_brief(
            predict="target",
            time=self.time,
            trials=self.trials,
            memory=self.memory,
            metric=self.metric,
            columns=self.columns,
            gain=getattr(self, "gain", None),
            seed=int(seed),
        )
        if request.seconds is None and request.trials is None:
            return replace(request, seconds=DEFAULT_SECONDS)
        return request

    def _table(self, X: Any) -> Table:  # noqa: N803  # its name in scikit-learn
        frame = frame_of(X)
        if frame is not None:
            validate_data(self, frame, skip_check_array=True)
            return read(frame, overrides=self.columns)
        matrix = validate_data(self, X, dtype=None, ensure_all_finite=False, ensure_min_samples=2)
        return table_of_matrix(matrix, self.columns)

    def _read(self, X: Any) -> Batch:  # noqa: N803  # its name in scikit-learn
        """Rows as the bundle's reader reads them: columns by name where both sides have names, else by their place."""
        reader = Reader(self.schema_.features)
        names = [column.name for column in self.schema_][: self.n_features_in_]
        frame = frame_of(X)
        if frame is None:
            matrix = validate_data(self, X, reset=False, dtype=None, ensure_all_finite=False)
            return reader.batch(dict(zip(names, cells_of_matrix(matrix), strict=True)), len(matrix))
        raw = read_raw(frame)
        cells: Mapping[str, Cells] = raw.cells()
        if not hasattr(self, "feature_names_in_") or not all(isinstance(name, str) for name in names_of(frame)):
            validate_data(self, frame, reset=False, skip_check_array=True)
            cells = dict(zip(names, cells.values(), strict=True))
        return reader.batch(cells, raw.rows)

    def _answers(self, X: Any) -> Numbers:  # noqa: N803  # its name in scikit-learn
        """What the plan answers, (rows, outputs). A cell that cannot be read counts as missing, and is told."""
        check_is_fitted(self)
        with refusing():
            batch = self._read(X)
        refused = batch.status == "refused"
        if refused.any():
            first = next(one for one in batch.troubles if refused[one.row])
            warnings.warn(
                f"{int(refused.sum()):,} of {len(refused):,} rows hold cells that cannot be read and count as missing "
                f"(first: row {first.row + 1:,}, column {first.column!r}, {first.value!r}: {first.because})",
                stacklevel=3,
            )
        return plan_of(self.plan_).apply(self.state_, batch.columns).numbers
