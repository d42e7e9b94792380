"""The aim as the user gave it. What is not given is found in the table, and said (`journeyman.brief.aim`)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Literal

from journeyman.plan.target import Task

#: Action → outcome (a class label, ``true`` / ``false``, or ``any`` of a number) → amount: a number, or an expression
#: over the cells of the row, in its one spelling (`journeyman.bundle.expression`).
Gain = Mapping[str, Mapping[str, float | str]]

#: Cases in a period, where it is not said.
DEFAULT_VOLUME = 1000.0

#: What the user says of an entity or a time that rows do not have.
NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What to predict, what it is worth, and within which limits.

    Parameters
    ----------
    predict : the target column; empty where a table is only looked at
    task, metric, positive : None where they are to be found
    gain : what each action is worth under each outcome; empty where that is not known
    capacity : how many actions there can be in a period; None where that is not limited
    volume : how many cases come in a period; None where it is not said, then `DEFAULT_VOLUME`
    current : the column of today's decision or score, the incumbent to beat; never a feature
    entity : rows of one value of this column stay on one side of every split; None where it is to be found, "none"
        where there is none
    when : the time of decision: learn from the past, score on the future; None and "none" as for ``entity``
    ignore : columns that are not used
    columns : what the user says of a column: name → ``kind``, ``role``, ``unit``
    weight : the column that says how much each row counts
    prefer : "simplicity" to ship the simplest of all candidates that cannot be told from the best; None for the best,
        or a simpler one that gives next to nothing up
    interpretable : whether only models that one can read are built: curves, lines and rules that add up
    monotone : columns in which the answer may only rise, written ``name+``, or only fall, ``name-``
    keep_cases : whether the bundle keeps some rows of the table, to show past cases like a new one; they are people's
    max_latency : seconds that the answer to one row may take, half of the time, in process, on the machine that builds;
        None where that does not matter
    table, query : which table of a database or sheet of a workbook is read, or the SELECT that gives it; None where
        that is to be found
    join : tables that are joined to it, as ``weather.csv:origin,time_hour``
    seconds : wall clock of the whole job; None where ``trials`` fixes the work, or nothing is said
    trials : the number of candidates; None where a clock ends the search
    memory_bytes : resident memory of the whole job
    """

    predict: str = ""
    task: Task | None = None
    metric: str | None = None
    positive: str | None = None
    gain: Gain = field(default_factory=dict)
    capacity: float | None = None
    volume: float | None = None
    current: str | None = None
    entity: str | None = None
    when: str | None = None
    ignore: tuple[str, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weight: str | None = None
    prefer: Literal["simplicity"] | None = None
    interpretable: bool = False
    monotone: tuple[str, ...] = ()
    keep_cases: bool = False
    max_latency: float | None = None
    table: str | None = None
    query: str | None = None
    join: tuple[str, ...] = ()
    seconds: float | None = None
    trials: int | None = None
    memory_bytes: int | None = None
    seed: int = 0

    @property
    def share(self) -> float | None:
        """The largest share of cases that can be acted on, of 0 to 1; None where that is not limited.

        >>> Brief(capacity=50).share
        0.05
        """
        return None if self.capacity is None else self.capacity / (self.volume or DEFAULT_VOLUME)

    def says_none(self, option: Literal["entity", "when"], names: Container[str]) -> bool:
        """Whether the user says that there is no entity, or no time: "none", unless a column is called so.

        >>> Brief(when="none").says_none("when", ["x"]), Brief(when="none").says_none("when", ["none"])
        (True, False)
        """
        said = self.entity if option == "entity" else self.when
        return said is not None and said.casefold() == NONE and said not in names

    def role_of(self, name: str) -> str:
        """The role that the user gave a column, or an empty text: a named role wins over what a check proposes."""
        if name == self.predict:
            return "target"
        if name == self.when:
            return "time"
        if name == self.entity:
            return "entity"
        if name == self.weight:
            return "weight"
        if name == self.current:
            return "incumbent"
        if name in self.ignore:
            return "ignored"
        return self.columns.get(name, {}).get("role", "")
