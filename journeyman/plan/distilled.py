"""A plan that learns from a teacher's answers, and is deployed in its stead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.plan.graph import Graph, Wires
from journeyman.plan.made_rows import made_rows, stacked
from journeyman.plan.step import State, Step, below, within
from journeyman.plan.target import Target
from journeyman.statistics.label_rule import chances_of
from journeyman.table.columns import Columns, Integers, Numbers

#: Of classes, chances below this are nothing; what is left sums to 1 again.
LEAST_CHANCE = 0.02


class Distilled(Step):
    """A plan, the student, fitted on a mixture of the truth and what a teacher says of the same rows.

    The teacher answers each row out of inner folds of the very rows that are fitted on, whole groups together, so it
    has not seen the row's own target; no row that judges the student has a say. Beside these stand rows made of them,
    which the teacher answers when it has seen all. Numbers are mixed. Of classes each row stands as often as it has
    classes with a chance, each counting as much as its chance; a row and all that is made of it stay on one side of
    whatever the student splits. Rows that the teacher could not answer keep their truth.

    Where rows are few, the truth of each says little of its chance; a teacher that knows better says more, and a
    student that can be deployed follows it as far as it can. Whether it helps is for held-out rows to say. Only the
    student is part of what is deployed.

    Parameters
    ----------
    inner, teacher : the two plans; the teacher's may end in a step that cannot be expressed
    share : how much the teacher's answer counts, the truth counting the rest
    folds : in how many parts the teacher answers the rows
    made : how many rows are made for each that there is

    Source: Hinton et al., Distilling the Knowledge in a Neural Network, 2015; with made rows after Fakoor et al., Fast,
    Accurate, and Simple Models for Tabular Data via Augmented Distillation, NeurIPS 2020.
    """

    inner: Step
    teacher: Step
    share: float = 0.3
    folds: int = 5
    made: float = 2.0

    def fit(self, columns: Columns, target: Target) -> State:
        """Ask the teacher, then fit the student."""
        wanted = mixed(target, answered(self.teacher, columns, target, self.folds), self.share)
        apart = target if target.groups is not None else replace(target, groups=np.arange(len(target)))
        more, of = made_rows(columns, round(self.made * len(target)), target.seed)
        if len(of):
            state = self.teacher.fit(columns, target)
            answers = self.teacher.apply(state, more).numbers
            wanted = np.concatenate([wanted, mixed(target.take(of), answers, 1.0)])
            columns, apart = stacked(columns, more), apart.take(np.concatenate([np.arange(len(target)), of]))
        rows, softened = soft_target(apart, wanted)
        return below(self.inner.fit(columns.take(rows), softened), "inner")

    def apply(self, state: State, columns: Columns) -> Columns:
        """Apply the student."""
        return self.inner.apply(within(state, "inner"), columns)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Write the student."""
        return self.inner.express(within(state, "inner"), graph, wires)


def answered(teacher: Step, columns: Columns, target: Target, folds: int) -> Numbers:
    """A teacher's answers (rows, outputs), each by a fit that had not seen the row; NaN where there is none."""
    split = target.encoding_folds(folds)
    answers = np.full((len(target), target.outputs), np.nan)
    for fold in split.usable:
        learnt, asked = split.training(fold), split.scored(fold)
        state = teacher.fit(columns.take(learnt), target.take(learnt))
        answers[asked] = teacher.apply(state, columns.take(asked)).numbers
    return answers


def mixed(target: Target, answers: Numbers, share: float) -> Numbers:
    """Truth and answers mixed: (rows, 1) values, or (rows, classes) chances. No value is beyond all that were true.

    Parameters
    ----------
    answers : (rows, outputs); rows that are not finite keep their truth
    share : how much the answer counts
    """
    there = np.isfinite(answers).all(axis=1, keepdims=True)
    if not target.classes:
        truth = target.values[:, None]
        answers = np.clip(answers, truth.min(initial=np.inf), truth.max(initial=-np.inf)) if len(truth) else answers
    else:
        truth = np.eye(len(target.classes))[target.codes]
        answers = chances_of(answers)
    return np.where(there, (1 - share) * truth + share * answers, truth)


def soft_target(target: Target, wanted: Numbers) -> tuple[Integers, Target]:
    """Positions of the rows to learn from, which may repeat, and the target of each.

    Parameters
    ----------
    wanted : as `mixed` gives it; of classes, a row stands once for each that has a chance, and counts as much
    """
    if not target.classes:
        return np.arange(len(target)), replace(target, values=wanted[:, 0])
    chances = np.where(wanted < LEAST_CHANCE, 0.0, wanted)
    chances /= chances.sum(axis=1, keepdims=True)
    rows, codes = np.nonzero(chances)
    soft = replace(target.take(rows), values=codes.astype(np.float64))
    return rows, soft.weighted(chances[rows, codes])
