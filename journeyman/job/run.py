"""What a build gives: the folder that holds everything, and its summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.bundle.model import load
from journeyman.report.sentences import (
    run_line,
)

if TYPE_CHECKING:
    from journeyman.bundle.model import Model

#: ``progress(stage, text, is_final)``: a final text is a fact that stays, any other says what is going on.
Progress = Callable[[str, str, bool], None]


@dataclass(frozen=True)
class Run:
    """What a build gives: the folder that holds everything, and its summary.

    Parameters
    ----------
    folder : the run directory
    summary : ``run.json``
    exit_code : 0, or 130 / 143 when the run was interrupted and kept the best so far
    """

    folder: Path
    summary: Mapping[str, Any]
    exit_code: int = field(default=0, repr=False)

    @property
    def verdict(self) -> Mapping[str, Any]:
        """Decision, probability, reasons, what would change it."""
        return self.summary["verdict"]  # type: ignore[no-any-return]  # run.json is untyped

    @property
    def evaluation(self) -> Mapping[str, Any]:
        """Estimates by metric: value, low, high."""
        return self.summary["evaluation"]  # type: ignore[no-any-return]  # run.json is untyped

    @property
    def findings(self) -> Sequence[Mapping[str, Any]]:
        """What the audit saw."""
        return self.summary["findings"]  # type: ignore[no-any-return]  # run.json is untyped

    @property
    def model(self) -> Model:
        """The bundle, loaded."""
        return load(self.folder)

    def __repr__(self) -> str:
        return f"<Run {self.folder}: {run_line(self.summary)}>"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p><b>{escape(str(self.folder))}</b>: {escape(run_line(self.summary))}</p>"


def say_nothing(stage: str, text: str, is_final: bool) -> None:
    """The progress of who does not want to be told."""
