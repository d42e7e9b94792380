"""What monitoring holds new rows against: facts of the rows by which the model was judged, kept in the run folder."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.errors import InputError, SourceError
from journeyman.monitoring.bins import Bins, Codes
from journeyman.plan.target import Task
from journeyman.statistics.label_rule import LabelRule, label_rule_from_data
from journeyman.store.digest import digest_bytes
from journeyman.store.files import read_bounded, write_array, write_whole
from journeyman.table.columns import Numbers
from journeyman.table.schema import Column

FORMAT = 1
FOLDER, FACTS, CODES = "monitoring", "reference.json", "codes.npy"
#: What the reference does not know of new rows is allowed for to this confidence, one-sided, for each kind of alarm.
SURE = 0.999
#: How the model's own answers are called among the columns.
ANSWER = "the model's answer"
#: Largest size of a file in bytes.
_LARGEST = 1 << 26


@dataclass(frozen=True)
class Watched:
    """A column: its bins, their shares among the rows of the reference, and what rows of each bin were like.

    Tuples are by code of the bins. ``limits``: a share that is above is more than chance and a small change.
    ``losses``: the mean loss of rows of the bin; ``answers``: their mean answer.
    """

    bins: Bins
    shares: tuple[float, ...]
    limits: tuple[float, ...]
    losses: tuple[float, ...]
    answers: tuple[float, ...]


@dataclass(frozen=True)
class Measure:
    """A loss, and from where on its mean is worse than the build promised.

    Parameters
    ----------
    least, span : the loss is looked at from ``least`` to ``least + span``; what is beyond counts as the end
    mean : in the reference
    limit : the tolerance
    """

    name: str
    least: float
    span: float
    mean: float
    limit: float

    def scaled(self, losses: Numbers) -> Numbers:
        """Losses as numbers of 0 to 1."""
        return np.asarray(np.clip((losses - self.least) / self.span, 0.0, 1.0))

    @property
    def scaled_limit(self) -> float:
        """The tolerance on that scale."""
        return max((self.limit - self.least) / self.span, 1e-4)


@dataclass(frozen=True)
class LossModel:
    """What a prediction is expected to cost, from the answer and the bins of the row; fitted on out-of-fold losses.

    Parameters
    ----------
    cuts : for numbers, of the answer; ``of_answer`` by the bins between them
    of_bins : for numbers, by column, then by code
    base : for numbers, the mean
    expected, realised : what was expected on average, and what came; between these the truth is read off a line
    """

    expected: tuple[float, ...]
    realised: tuple[float, ...]
    base: float = 0.0
    cuts: tuple[float, ...] = ()
    of_answer: tuple[float, ...] = ()
    of_bins: tuple[tuple[float, ...], ...] = ()

    def raw(self, answers: Numbers, codes: Codes) -> Numbers:
        """What numbers are expected to miss by, before that is compared with what came."""
        found = self.base + np.array(self.of_answer)[np.searchsorted(self.cuts, answers[:, 0], side="left")]
        for place, effects in enumerate(self.of_bins):
            found = found + np.array(effects)[codes[:, place]]
        return np.asarray(found)

    def corrected(self, expected: Numbers) -> Numbers:
        """What experience makes of an expectation; beyond all experience the difference stays."""
        x, y = np.array(self.expected), np.array(self.realised)
        beyond = np.minimum(expected - x[0], 0.0) + np.maximum(expected - x[-1], 0.0)
        return np.asarray(np.maximum(np.interp(expected, x, y) + beyond, 0.0))


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What new rows are held against.

    Parameters
    ----------
    rows : how many the facts are of: rows by which the model was judged, with answers that had not seen them
    columns : the model's columns
    answer : the model's own answers, as if they were a column: the positive class's probability, the largest of several
        classes', or the number
    measures : losses with tolerances, the first of them the one that is told first
    estimated : the tolerance for the first measure, as it is estimated without outcomes
    model : how it is estimated
    estimate_error : the standard error of that estimate's own mean in the reference
    strange, strange_limit : the share of rows that hold something never seen before, and from where on it is too many
    target : how outcomes are read
    payoff : what the model earns per 1,000 rows, and ``low``, ``high``; None where nobody said what decisions are worth
    promise : the measure of what decisions promise, as a loss; None as above
    certified : the metric, its certified value and interval: where tolerances come from
    codes : (rows, columns) of some rows
    label_rule : which class an answer names; None for the likeliest
    """

    task: Task
    classes: tuple[str, ...]
    rows: int
    columns: tuple[Watched, ...]
    answer: Watched
    measures: tuple[Measure, ...]
    estimated: Measure
    model: LossModel
    estimate_error: float
    strange: float
    strange_limit: float
    target: Column
    payoff: Mapping[str, float] | None
    promise: Measure | None
    certified: Mapping[str, Any]
    codes: Codes
    label_rule: LabelRule | None = None
    digest: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(one.bins.column for one in self.columns)


def level_of(answers: Numbers) -> Numbers:
    """One number for each answer, (rows,), of (rows, classes) probabilities or (rows, 1) numbers; see `Reference`."""
    return answers[:, -1] if answers.shape[1] <= 2 else np.asarray(answers.max(axis=1))


def save_reference(folder: Path, reference: Reference) -> Path:
    """Write the reference of a run, whole: the codes first, then the facts that hold their digest."""
    content = write_array(folder / FOLDER / CODES, reference.codes)
    facts: dict[str, Any] = {
        one.name: getattr(reference, one.name) for one in fields(Reference) if one.name not in ("codes", "digest")
    }
    facts |= {
        "format": FORMAT,
        "columns": [{**asdict(one), "bins": one.bins.as_data()} for one in reference.columns],
        "answer": {**asdict(reference.answer), "bins": reference.answer.bins.as_data()},
        "measures": [asdict(one) for one in reference.measures],
        "estimated": asdict(reference.estimated),
        "model": asdict(reference.model),
        "promise": None if reference.promise is None else asdict(reference.promise),
        "label_rule": None if reference.label_rule is None else reference.label_rule.as_data(),
        "target": reference.target.as_data(),
        "arrays": {CODES: digest_bytes(content)},
    }
    text = json.dumps(facts, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    return write_whole(folder / FOLDER / FACTS, text)


def load_reference(folder: Path) -> Reference:
    """Read the reference of a run.

    Raises
    ------
    InputError : the run has none, or it is not what the run wrote
    """
    place = folder / FOLDER
    if not (place / FACTS).is_file() and (folder / "manifest.json").is_file():
        raise InputError(
            f"{folder} cannot be monitored",
            because="it is a bundle alone, which keeps nothing of the rows it was judged by",
            remedy="name the folder of its run",
        )
    if not (place / FACTS).is_file():
        raise InputError(
            f"{folder} cannot be monitored",
            because="it keeps no facts of the rows it was judged by, as runs of this version do",
            remedy="build it again",
        )
    try:
        content = read_bounded(place / FACTS, _LARGEST)
        data = json.loads(content)
        array = read_bounded(place / CODES, _LARGEST)
        if data["format"] != FORMAT or digest_bytes(array) != data["arrays"][CODES]:
            raise ValueError("its files do not belong together")
        codes = np.load(io.BytesIO(array), allow_pickle=False)
        columns = tuple(_watched(one) for one in data["columns"])
        if codes.dtype != np.uint8 or codes.ndim != 2 or codes.shape[1] != len(columns):
            raise ValueError("its codes do not fit its columns")
        return Reference(
            task=data["task"],
            classes=tuple(data["classes"]),
            rows=int(data["rows"]),
            columns=columns,
            answer=_watched(data["answer"]),
            measures=tuple(Measure(**one) for one in data["measures"]),
            estimated=Measure(**data["estimated"]),
            model=LossModel(**{name: _tuples(one) for name, one in data["model"].items()}),
            estimate_error=float(data["estimate_error"]),
            strange=float(data["strange"]),
            strange_limit=float(data["strange_limit"]),
            target=Column.from_data(data["target"]),
            payoff=data["payoff"],
            promise=None if data["promise"] is None else Measure(**data["promise"]),
            certified=data["certified"],
            codes=codes,
            # References of before there were such rules do not name one.
            label_rule=label_rule_from_data(data.get("label_rule"), len(data["classes"])),
            digest=digest_bytes(content),
        )
    except (KeyError, TypeError, ValueError, SourceError) as error:
        raise InputError(
            f"the reference of {folder} cannot be used",
            because=f"{FOLDER}/{FACTS} is not what the run wrote ({error})",
            remedy="get an undamaged copy of the run, or build again",
        ) from error


def _watched(data: Mapping[str, Any]) -> Watched:
    names = ("shares", "limits", "losses", "answers")
    bins = Bins.from_data(data["bins"])
    tuples = [tuple(map(float, data[name])) for name in names]
    if any(len(one) != bins.ordinary + 3 for one in tuples):
        raise ValueError(f"the bins of {bins.column!r} are incomplete")
    return Watched(bins, *tuples)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
