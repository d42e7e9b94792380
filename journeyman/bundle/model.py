"""A bundle, loaded: rows in, predictions out."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.bundle.audit import audit_graph
from journeyman.bundle.background import schema_background
from journeyman.bundle.cases import CASES, Cases, read_cases
from journeyman.bundle.contents import read_contents
from journeyman.bundle.cores import cores
from journeyman.bundle.decider import Decider
from journeyman.bundle.factors import ADDS_UP, summable
from journeyman.bundle.manifest import GRAPH, Manifest
from journeyman.bundle.predictions import Predictions
from journeyman.bundle.reader import MOST_TROUBLES, Batch, Cells, ReadCells, Reader, Trouble, read_cells
from journeyman.bundle.reasons import Reason, effects_of, reasons_for
from journeyman.bundle.router import PERSON
from journeyman.bundle.rows import cells_of
from journeyman.bundle.session import Session, agree
from journeyman.bundle.similar import Case, Neighbours
from journeyman.bundle.uncertainty import SetRule, Spread
from journeyman.bundle.unusual import Unusual
from journeyman.bundle.what_if import Curve, column_named, curve
from journeyman.errors import BundleError, InputError
from journeyman.statistics.label_rule import chances_of, labels
from journeyman.table.columns import Columns, Flags, Integers, Numbers, Objects
from journeyman.table.schema import Column


def load(path: str | os.PathLike[str], *, require_signature: str | os.PathLike[str] | None = None) -> Model:
    """Load a bundle: its own folder, or the folder of the run that made it.

    Everything is read within limits and checked before use: the folder holds exactly the files of a bundle, their
    digests are the manifest's, the graph passes the audit, and the golden rows are answered as they were when the
    bundle was written. Nothing in a bundle can run code.

    Parameters
    ----------
    require_signature : the file of a public key; only a bundle that its holder signed is taken then

    Raises
    ------
    BundleError : there is no bundle, it is damaged, foreign or hostile, or not signed as required
    InputError : the public key cannot be used
    ResourceError : it is there, but may not be read; or the library for signatures is not installed
    """
    manifest, contents = read_contents(Path(path), require_signature)
    facts = audit_graph(contents[GRAPH], manifest)
    cases = read_cases(contents[CASES], manifest.columns, manifest.classes) if CASES in contents else None
    model = Model(manifest, Session(contents[GRAPH], manifest.outputs, facts.cells_a_row, facts.together), cases)
    model.check_golden()
    return model


class Model:
    """A deployed model: the reader of rows, one graph, and the decision rule with what it reads.

    Predictions are the same for a row alone and in any batch, in any order. Make one with `load`.
    """

    def __init__(self, manifest: Manifest, session: Session, cases: Cases | None = None) -> None:
        self.manifest, self.cases = manifest, cases
        self._session = session
        extra = [column.name for column in manifest.rule_columns]
        self._reader = Reader(manifest.columns, beside=extra)
        features = [column.name for column in manifest.columns]
        novelty, rule = manifest.novelty, manifest.rule
        self._unusual = None if novelty is None else Unusual(novelty, manifest.columns)
        read = manifest.rule_columns
        if novelty is not None:
            # How far out a feature is is told with the whole row.
            read = tuple(replace(one, low=None, high=None) if one.name in features else one for one in read)
        self._decider = None if rule is None else Decider(rule, read, features, manifest.classes)
        self._names = list(dict.fromkeys((*features, *extra)))
        self._keys = [f"probability_{label}" for label in manifest.classes]

    @property
    def task(self) -> str:
        """``"binary"``, ``"multiclass"`` or ``"regression"``."""
        return self.manifest.task

    @property
    def target(self) -> str:
        """What is predicted."""
        return self.manifest.target

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that it reads."""
        return self.manifest.columns

    @property
    def classes(self) -> tuple[str, ...]:
        """Class labels, for binary tasks the positive class last; empty for numbers."""
        return self.manifest.classes

    def __repr__(self) -> str:
        names = [repr(column.name) for column in self.columns]
        listed = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
        what = " or ".join(map(repr, self.classes[:4])) + (" …" if len(self.classes) > 4 else "")
        says = f" ({what})" if what else ""
        rule = self.manifest.rule
        decides = f", decides {', '.join(rule.names)}" if rule is not None else ""
        return f"Model of {self.target!r}{says}, {self.task}, from {len(names)} columns: {listed}{decides}"

    def predict(self, rows: Any) -> Predictions:
        """Predict rows: a list of dicts, a mapping of columns, or a pandas, polars or Arrow table.

        Columns that the model does not read are left alone; cells that are missing or strange make a row unusual.

        Raises
        ------
        InputError : it is no table, a column is missing (near names are offered) or of another type now
        """
        cells, count = cells_of(rows, self._names)
        return self.predict_cells(cells, count)

    def predict_cells(
        self,
        cells: Mapping[str, Cells],
        rows: int,
        reads: Mapping[str, ReadCells] | None = None,
        *,
        threads: int | None = None,
    ) -> Predictions:
        """Predict rows that are given as cells by column name, (rows,) each: features, and what the decision reads.

        Parameters
        ----------
        reads : cells of features that were read under the model's columns before; None where they are to be read
        threads : how many graphs may run at the same time, where rows are many; None for one a core
        """
        batch = self._reader.batch(cells, rows, reads)
        answers = self._session.score(self._reader.feeds, batch.columns, cores() if threads is None else threads)
        if self._unusual is None:
            status, troubles, novelty = batch.status.copy(), batch.troubles, np.full(rows, np.nan)
        else:
            status, troubles, novelty = self._unusual.many(batch, cells)
        wrong = ~np.isfinite(answers).all(axis=1)
        if wrong.any():
            status[wrong] = "refused"
            troubles += tuple(_no_answer(row) for row in np.flatnonzero(wrong)[:10].tolist())
        refused = status == "refused"
        novelty[refused] = np.nan
        answers = np.where(refused[:, None], np.nan, answers)
        probabilities = self._probabilities(answers)
        decision: Objects | None = None
        if self._decider is not None:
            read = self._decider.read(cells, rows)
            known = answers[:, 0] if probabilities is None else probabilities
            decision, lost, without = self._decider.decide(known, read)
            decision[refused] = None
            status[(read.unusual | lost) & ~refused] = "unusual"
            together = sorted((*troubles, *read.troubles, *without), key=lambda one: one.row)
            troubles = tuple(together[:MOST_TROUBLES])
        return Predictions(
            self.manifest.task,
            self.classes,
            self._prediction(answers, refused),
            probabilities,
            decision,
            status,
            troubles,
            **self._uncertain(answers, refused),
            novelty=novelty,
            route=self._routes(batch.columns, answers, status),
        )

    def reading_as(self, columns: Sequence[Column]) -> Model:
        """The same model, for a table whose columns are spelt otherwise than the model declares them."""
        here = {column.name: column for column in columns}
        manifest = self.manifest
        told = [tuple(here.get(one.name, one) for one in some) for some in (manifest.columns, manifest.rule_columns)]
        return Model(replace(manifest, columns=told[0], rule_columns=told[1]), self._session, self.cases)

    def answer(self, columns: Columns) -> Numbers:
        """What the graph answers for columns that are typed already, (rows, outputs), as its plan gives it."""
        return self._session.score(self._reader.feeds, columns)

    def predict_one(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Predict one row, fast: what `predict` gives, column by column, and troubles where there are any.

        That is prediction, low and high or probability_<class> and prediction_set (a tuple of labels), decision where
        payoffs are known, status; low, high and prediction_set where the bundle states a coverage. A column that is not
        there is missing, and the row unusual.

        Raises
        ------
        InputError : it is no mapping, or holds a column that the model does not read
        """
        if not isinstance(row, Mapping):
            raise InputError(
                f"one row cannot be read from a {type(row).__name__}", remedy="give a dict of column names to cells"
            )
        feeds, status, troubles = self._reader.one(row)
        if self._unusual is not None:
            status, troubles = self._unusual.one(row, feeds, status, troubles)
        answer = self._session.one(feeds)
        if not all(map(math.isfinite, answer)):
            status, troubles = "refused", (*troubles, _no_answer(0))
        if status == "refused":
            answer = [math.nan] * len(answer)
        found: dict[str, Any] = self._one(answer, status == "refused")
        if self._decider is not None:
            action, more, is_unusual = self._decider.one(row, self._known(answer))
            found["decision"] = None if status == "refused" else action
            status, troubles = "unusual" if is_unusual and status == "ok" else status, (*troubles, *more)
        if self.manifest.router is not None:
            found["route"] = self._route(feeds, answer, status)
        found["status"] = status
        if troubles:
            found["troubles"] = troubles
        return found

    def read(self, rows: Any) -> Batch:
        """Read rows, in any shape that `predict` takes, as the graph takes them.

        Raises
        ------
        InputError : as `predict` does
        """
        return self.read_cells(*cells_of(rows, self._names))

    def read_cells(self, cells: Mapping[str, Cells], rows: int) -> Batch:
        """The same of cells by column name, (rows,) each."""
        return self._reader.batch(cells, rows)

    def explain(self, rows: Any, most: int = 3) -> list[tuple[Reason, ...]]:
        """Why each row is answered as it is: the columns that move its answer most, in words, most first.

        The answer is compared with that of made-up typical rows. It says what the model goes by, and nothing of what
        would happen in the world if a cell were changed. No reasons for a row that is refused, and none where nothing
        moves the answer. About as long as a thousand predictions a row. Of an additive model they are exact: for two
        classes it is told by how much the odds are multiplied, which is what such a model adds up.

        Raises
        ------
        InputError : as `predict` does
        """
        batch = self.read(rows)
        found = self.explain_columns(batch.columns, most)
        return [() if status == "refused" else one for one, status in zip(found, batch.status, strict=True)]

    def explain_columns(self, columns: Columns, most: int = 3) -> list[tuple[Reason, ...]]:
        """`explain` for rows that are read; refused ones as if what cannot be read were missing."""
        found: list[tuple[Reason, ...]] = []
        exact = summable(self.answer, self.manifest.facts.get(ADDS_UP)) if self.manifest.outputs == 1 else None
        for place in range(columns.rows):
            row = columns.take(np.array([place]))
            effects = effects_of(exact or self.answer, row, self._background, self.manifest.label_rule)
            reasons = reasons_for(
                effects, row, self.columns, self.target, self.classes, most=most, is_factor=exact is not None
            )
            found.append(reasons)
        return found

    def what_if(self, row: Mapping[str, Any], column: str) -> Curve:
        """What would be answered if one cell of a row were another, all others as they are.

        Raises
        ------
        InputError : it is no row as `predict_one` takes it, or is refused; the model does not read the column; or the
            column is a text
        """
        named = column_named(self.columns, column)
        profile = None if self.manifest.novelty is None else self.manifest.novelty.profiles.get(column)
        return curve(self.answer, self._read_one(row), named, self.classes, profile, self.manifest.label_rule)

    def similar(self, row: Mapping[str, Any], most: int = 3) -> tuple[Case, ...]:
        """Past cases like a row, with what became of them, nearest first; none where the bundle keeps no cases.

        Raises
        ------
        InputError : it is no row as `predict_one` takes it, or is refused
        """
        read = self._read_one(row)
        return () if self._neighbours is None else self._neighbours.nearest(read, most)

    @cached_property
    def _background(self) -> Columns:
        """Typical rows, made up."""
        return (self.manifest.background or schema_background(self.columns)).columns(self.columns)

    @cached_property
    def _neighbours(self) -> Neighbours | None:
        return None if self.cases is None else Neighbours(self.cases, self.columns, self._background, self.answer)

    def _read_one(self, row: Mapping[str, Any]) -> Columns:
        """One row as `predict_one` takes it, read; it has to be one that is not refused."""
        if not isinstance(row, Mapping):
            raise InputError(
                f"one row cannot be read from a {type(row).__name__}", remedy="give a dict of column names to cells"
            )
        _, status, troubles = self._reader.one(row)
        if status == "refused":
            there = {
                one.name for one in self.columns if one.name in row and read_cells(one, [row[one.name]]).refused[0]
            }
            refused = next(one for one in troubles if one.column in there)
            raise InputError(f"column {refused.column!r} holds {refused.value!r}", because=refused.because)
        return self._reader.batch({column.name: [row.get(column.name)] for column in self.columns}, 1).columns

    def check_golden(self) -> None:
        """Score the golden rows again.

        Raises
        ------
        BundleError : the answers are not those that the bundle was written with
        """
        expected = np.array(self.manifest.golden_answers, np.float64)
        cells = {name: list(column) for name, column in self.manifest.golden_cells.items()}
        try:
            columns = self._reader.batch(cells, len(expected)).columns
        except InputError as error:
            raise BundleError("the bundle's golden rows cannot be read", because=error.happened) from error
        if not agree(self._session.score(self._reader.feeds, columns), expected):
            raise BundleError(
                "the bundle does not answer its golden rows as it did when it was written",
                because="the graph, the manifest or the runtime computes something else now",
                remedy="build the bundle again, or get an undamaged copy",
            )

    def _probabilities(self, answers: Numbers) -> Numbers | None:
        if self.task == "regression":
            return None
        return chances_of(answers)

    def _prediction(self, answers: Numbers, refused: Flags) -> Objects | Numbers:
        if self.task == "regression":
            return answers[:, 0]
        labels = np.array(self.classes, dtype=object)[self._places(answers, refused)]
        labels[refused] = None
        return labels

    def _places(self, answers: Numbers, refused: Flags) -> Integers:
        """The place of each row's predicted class, (rows,); 0 or any where it was refused."""
        return labels(np.where(refused[:, None], 0.0, answers), self.manifest.label_rule)

    def _uncertain(self, answers: Numbers, refused: Flags) -> dict[str, Any]:
        """Bounds around numbers, or sets of labels, by name; nothing where the bundle states none."""
        stated = self.manifest.uncertainty
        if isinstance(stated, Spread):
            return dict(zip(("low", "high"), stated.bounds(answers[:, 0]), strict=True))
        probabilities = self._probabilities(answers)
        if not isinstance(stated, SetRule) or probabilities is None:
            return {}
        places = self._places(answers, refused)
        likeliest = places if self.manifest.label_rule is None else labels(np.where(refused[:, None], 0.0, answers))
        sets = stated.labels(probabilities, likeliest, self.classes, places)
        sets[refused] = None
        return {"prediction_set": sets}

    def _routes(self, columns: Columns, answers: Numbers, status: Objects) -> Objects | None:
        """Where each row goes, (rows,); None without a router."""
        router, probabilities = self.manifest.router, self._probabilities(answers)
        if router is None or probabilities is None:
            return None
        places = self._places(answers, np.asarray(status == "refused", np.bool_))
        chances = probabilities[np.arange(len(places)), places]
        return router.routes(places, chances, np.asarray(status == "ok", np.bool_), self._reader.feeds(columns))

    def _route(self, feeds: Mapping[str, Any], answer: list[float], status: str) -> str:
        """Where one row goes, as `_routes` says of many."""
        router, known = self.manifest.router, np.array([self._known(answer)])
        if router is None or status != "ok":
            return PERSON
        places = self._places(np.array([answer]), np.zeros(1, np.bool_))
        return str(router.routes(places, known[0, places], np.ones(1, np.bool_), feeds)[0])

    def _one(self, answer: list[float], is_refused: bool) -> dict[str, Any]:
        """As `predict_cells` does with many rows, in the same order of arithmetic."""
        if self.task == "regression":
            stated = self.manifest.uncertainty
            low_high = stated.one(answer[0]) if isinstance(stated, Spread) else ()
            return {"prediction": answer[0], **dict(zip(("low", "high"), low_high, strict=False))}
        probabilities, rule = self._known(answer), self.manifest.label_rule
        likeliest = int(answer[0] >= 0.5) if self.task == "binary" else answer.index(max(answer))
        place = likeliest if rule is None else rule.one(probabilities)
        found: dict[str, Any] = {"prediction": None if is_refused else self.classes[place]}
        found.update(zip(self._keys, probabilities, strict=True))
        if isinstance(self.manifest.uncertainty, SetRule):
            members = zip(self.classes, self.manifest.uncertainty.one(probabilities, likeliest, place), strict=True)
            found["prediction_set"] = None if is_refused else tuple(label for label, within in members if within)
        return found

    def _known(self, answer: list[float]) -> list[float]:
        """What the decision goes by: the probability of each class, or the number."""
        return [1.0 - answer[0], answer[0]] if self.task == "binary" else answer


def _no_answer(row: int) -> Trouble:
    return Trouble(row, "", "", "the model has no finite answer for these cells")
