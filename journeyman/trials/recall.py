"""Trials as data, and back: their answers are read from what was kept, and nothing is fitted.

A leaf's answers are those of its folds on disk. What is made of others follows from them: a blend is their weighted
mean, a calibrated form learns its few parameters from them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.errors import GateClosed, InputError
from journeyman.learners.calibrator import Calibrator
from journeyman.plan.calibrated import Calibrated
from journeyman.plan.combine import Blend, Halved
from journeyman.plan.data import plan_of, to_data
from journeyman.plan.step import Step
from journeyman.store.results import load_arrays
from journeyman.table.columns import Numbers
from journeyman.trials.ensemble import calibrated, mixed
from journeyman.trials.halves import remade
from journeyman.trials.laboratory import key_of
from journeyman.trials.refit import Fitted, put_together, simple_plans
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial
from journeyman.trials.worker import ALL_ROWS

Record = dict[str, Any]


def records(trials: Sequence[Trial]) -> list[Record]:
    """Trials and what they are made of, each once, as JSON: no answers, no times but those of a row where these
    decided what could ship; plans only of those that finished.
    """
    found: dict[str, Record] = {}

    def add(trial: Trial) -> None:
        for member in trial.members:
            add(member)
        if trial.key not in found:
            found[trial.key] = {
                "key": trial.key,
                "name": trial.name,
                "status": trial.status,
                "floor": trial.floor,
                "weight": trial.weight,
                "plan": to_data(trial.plan) if trial.status == "done" else None,
                "members": [member.key for member in trial.members],
                **({"row_seconds": trial.row_seconds} if _is_told(trial.row_seconds) else {}),
                **({} if trial.row_limit is None else {"row_limit": trial.row_limit}),
                **({"late": list(trial.late)} if trial.late else {}),
            }

    for trial in trials:
        add(trial)
    return list(found.values())


@dataclass(frozen=True)
class Memory:
    """What was kept of a run's trials, and the rows that they were tried on.

    Parameters
    ----------
    candidates : as `records` gives them
    digests : (key, fold) → the digest of each array's file
    folder : where they lie, one folder a key
    """

    candidates: Sequence[Mapping[str, Any]]
    digests: Mapping[tuple[str, int], Mapping[str, str]]
    folder: Path
    data: TrainingData

    def recall(self, keys: Sequence[str]) -> list[Trial]:
        """The trials of some keys, with their answers.

        Raises
        ------
        GateClosed : a record is not of these rows, or what was kept is not there or not as it was kept
        """
        known = {one["key"]: one for one in self.candidates}
        data_key = self.data.digest()
        found: dict[str, Trial] = {}

        def trial(key: str, above: tuple[str, ...] = ()) -> Trial:
            record = known.get(key)
            if record is None or record["status"] != "done" or key in above:
                raise GateClosed(f"there is no finished candidate {key}", because="a record of the run names it")
            if key not in found:
                members = tuple(trial(one, (*above, key)) for one in record["members"])
                found[key] = self._trial(record, _plan(record, data_key), members)
            return found[key]

        return [trial(key) for key in keys]

    def halved(self, trial: Trial) -> Trial | None:
        """As `journeyman.trials.halves.halved` gave it; None where the run has no answers of halves.

        Raises
        ------
        GateClosed : they are named, and are not there, or not as they were kept
        """
        data_key = self.data.digest()
        keys = {plan: key_of(Halved(inner=plan), data_key) for plan in simple_plans(trial)}
        if not all((key, fold) in self.digests for key in keys.values() for fold in self.data.folds.usable):
            return None
        return remade(trial, self.data, {plan: self._kept(key) for plan, key in keys.items()})

    def fitted(self, trial: Trial) -> Fitted:
        """The state that is shipped, and its answers to `worker.checked_rows`, from the fits on all rows.

        Raises
        ------
        GateClosed : they are not there, or not as they were kept
        """
        parts = {}

        def collect(one: Trial) -> None:
            for member in one.members:
                collect(member)
            if not one.members:
                parts[one.plan] = self._arrays(one.key, ALL_ROWS)

        collect(trial)
        return put_together(trial, self.data.target, parts)

    def _trial(self, record: Mapping[str, Any], plan: Step, members: tuple[Trial, ...]) -> Trial:
        return Trial(
            plan=plan,
            name=record["name"],
            key=record["key"],
            status="done",
            answers=self._answers(record["key"], plan, members),
            floor=record["floor"],
            weight=record["weight"],
            members=members,
            row_seconds=record.get("row_seconds"),
            row_limit=record.get("row_limit"),
            late=tuple(record.get("late", ())),
        )

    def _answers(self, key: str, plan: Step, members: tuple[Trial, ...]) -> Numbers:
        target, folds = self.data.target, self.data.folds
        if not members:
            return self._kept(key)
        if isinstance(plan, Blend) and len(plan.weights) == len(members):
            return mixed(members, plan.weights)
        if isinstance(plan, Calibrated) and isinstance(plan.calibrator, Calibrator) and len(members) == 1:
            return calibrated(plan, members[0].answers, target, folds)
        raise GateClosed(f"the answers of {key} cannot be had", because="its plan is not made of the members it names")

    def _kept(self, key: str) -> Numbers:
        """The answers (rows, outputs) of all folds, as they were kept."""
        target, folds = self.data.target, self.data.folds
        answers = np.full((len(target), target.outputs), np.nan)
        for fold in folds.usable:
            rows = folds.scored(fold)
            part = self._arrays(key, fold).get(f"fold_{fold}")
            if part is None or part.shape != (len(rows), target.outputs) or part.dtype.kind != "f":
                raise GateClosed(
                    f"the answers of {key} in fold {fold + 1} do not fit",
                    because="they are not one a row",
                )
            answers[rows] = part
        return answers

    def _arrays(self, key: str, fold: int) -> dict[str, np.ndarray[Any, Any]]:
        digests = self.digests.get((key, fold))
        arrays = None if digests is None else load_arrays(self.folder / key, digests)
        if arrays is None:
            what = "on all rows" if fold == ALL_ROWS else f"of fold {fold + 1}"
            raise GateClosed(
                f"the fit {what} of {key} cannot be read", because="it is not there, or not as it was kept"
            )
        return arrays


def _is_told(seconds: float | None) -> bool:
    return seconds is not None and bool(np.isfinite(seconds))


def _plan(record: Mapping[str, Any], data_key: str) -> Step:
    try:
        plan = plan_of(record["plan"])
    except InputError as error:
        raise GateClosed(f"the plan of {record['key']} cannot be read", because=str(error)) from error
    if key_of(plan, data_key) != record["key"]:
        raise GateClosed(f"the key of {record['name']!r} differs", because="it is not that of its plan on these rows")
    return plan
