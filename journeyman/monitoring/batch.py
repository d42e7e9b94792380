"""New rows as monitoring sees them: codes of cells, answers, and outcomes where they are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from journeyman.monitoring.bins import Codes
from journeyman.table.columns import Flags, Numbers


@dataclass(frozen=True)
class Break:
    """Something about a column that no chance brings about: it is not there, of another type, or in another unit.

    ``kind`` is ``"missing_column"``, ``"missing_columns"`` (``column`` is the first of many), ``"renamed"``,
    ``"type_changed"`` or ``"unit_changed"``. A break that ``stops`` leaves nothing to predict with.
    """

    kind: str
    column: str
    sentence: str
    remedy: str
    stops: bool

    def as_data(self) -> dict[str, Any]:
        """The break as JSON."""
        return {"kind": self.kind, "column": self.column, "sentence": self.sentence, "remedy": self.remedy}


@dataclass(frozen=True, kw_only=True)
class Batch:
    """New rows. Everything is (rows, …), in the order of the source.

    Parameters
    ----------
    codes : (rows, columns of the reference)
    answers : (rows, classes) probabilities, or (rows, 1) numbers; NaN where a row was refused
    strange : rows that hold a level or a number beyond what training saw
    novelty : (rows,) p-values of how strange a row is as a whole; NaN where the model states none
    promised : (rows,) what decisions promise; None without a decision rule
    truth : (rows,) class codes or values, NaN where the outcome is not known (yet)
    paid : (rows,) what decisions earned, NaN as above; None without a decision rule
    breaks : what is wrong with columns
    """

    codes: Codes
    answers: Numbers
    strange: Flags
    novelty: Numbers
    promised: Numbers | None = None
    truth: Numbers = field(default_factory=lambda: np.empty(0))
    paid: Numbers | None = None
    breaks: tuple[Break, ...] = ()

    def __post_init__(self) -> None:
        if len(self.truth) != len(self.codes):
            object.__setattr__(self, "truth", np.full(len(self.codes), np.nan))

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def answered(self) -> Flags:
        """Rows that were not refused."""
        return np.asarray(np.isfinite(self.answers).all(axis=1))

    @property
    def known(self) -> Flags:
        """Rows with an answer and an outcome."""
        return np.asarray(self.answered & ~np.isnan(self.truth))

    @property
    def stops(self) -> bool:
        """Whether nothing could be predicted."""
        return any(one.stops for one in self.breaks)

    def take(self, rows: Any) -> Batch:
        """Some rows."""
        return replace(
            self,
            codes=self.codes[rows],
            answers=self.answers[rows],
            strange=self.strange[rows],
            novelty=self.novelty[rows],
            promised=None if self.promised is None else self.promised[rows],
            truth=self.truth[rows],
            paid=None if self.paid is None else self.paid[rows],
        )

    def only_outcomes(self) -> Batch:
        """The same rows, of which only the outcomes are news."""
        return replace(self, breaks=())


def no_rows(columns: int, outputs: int, breaks: Sequence[Break]) -> Batch:
    """A batch that could not be predicted."""
    return Batch(
        codes=np.zeros((0, columns), np.uint8),
        answers=np.empty((0, outputs)),
        strange=np.zeros(0, np.bool_),
        novelty=np.empty(0),
        breaks=tuple(breaks),
    )
