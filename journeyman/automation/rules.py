"""The part of the decisions that is a rule: a shallow tree in words, each of its rules tested, with a guarantee.

A tree of depth four at most is learnt where the model is learnt. Its leaves are rules. They are tested as thresholds
are: on cases that nothing else ever saw, the surest rules first and together, one rule more at each step, until the
error of all that are taken cannot be shown to be within the limit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.statistics.learn_then_test import binomial_p_value, bounds, clustered_p_value, passed
from journeyman.table.columns import MISSING_WORD, Flags, Integers, Numbers, Strings
from journeyman.table.said import number
from journeyman.table.table import Dates, Table

#: A rule asks at most so many questions.
DEPTH = 4
#: A rule stands on so many cases at least, and on this share of them.
FEWEST, LEAST_SHARE = 20, 0.005
#: The most frequent words of a column that rules ask for, and the most cases that a tree is learnt from.
MOST_WORDS, MOST_CASES = 12, 50_000


@dataclass(frozen=True, kw_only=True)
class Question:
    """``column`` is at most (``at_most``), or above, a number; or is, or is not, a word. Missing cells go one way."""

    column: str
    number: float | None = None
    word: str = ""
    holds: bool = True
    takes_missing: bool = False

    def asks(self, table: Table) -> Flags:
        """Where the answer is as the rule wants it, (rows,)."""
        value = table.values[self.column]
        if self.number is None:
            words = value.levels if isinstance(value, Strings) else ()
            is_word = np.array([level == self.word for level in words] or [False])
            codes = value.codes if isinstance(value, Strings) else np.zeros(table.rows, np.int64)
            return np.asarray(is_word[codes] == self.holds, np.bool_)
        numbers = _numbers(table, self.column)
        with np.errstate(invalid="ignore"):
            met = (numbers <= self.number) == self.holds
        return np.where(np.isnan(numbers), self.takes_missing, met).astype(np.bool_)

    def as_data(self) -> dict[str, Any]:
        """The question as JSON."""
        return {
            "column": self.column,
            "number": self.number,
            "word": self.word,
            "holds": self.holds,
            "takes_missing": self.takes_missing,
        }


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Questions that all have to be answered as wanted, and what is decided then; ``cases``, ``wrong`` of the test."""

    questions: tuple[Question, ...]
    decision: str
    place: int
    words: str
    cases: int = 0
    wrong: int = 0
    kept: bool = False

    def covers(self, table: Table) -> Flags:
        """The rows that it decides, (rows,)."""
        found = np.ones(table.rows, np.bool_)
        for question in self.questions:
            found &= question.asks(table)
        return found

    def as_data(self) -> dict[str, Any]:
        """The rule as JSON."""
        return {
            "when": self.words,
            "decision": self.decision,
            "cases": self.cases,
            "wrong": self.wrong,
            "guaranteed": self.kept,
            "questions": [one.as_data() for one in self.questions],
        }


@dataclass(frozen=True, kw_only=True)
class RuleList:
    """Rules, the surest first; those ``kept`` err together within ``limit`` with probability 1 − ``level``.

    ``share``, ``low``, ``high``: the share of cases that kept rules decide, with its interval; ``error`` what was seen.
    """

    rules: tuple[Rule, ...]
    limit: float
    level: float
    share: float
    low: float
    high: float
    error: float

    def as_data(self) -> dict[str, Any]:
        """The list as JSON."""
        return {
            "limit": self.limit,
            "confidence": 1 - self.level,
            "share": {"value": self.share, "low": self.low, "high": self.high},
            "error": self.error,
            "rules": [one.as_data() for one in self.rules],
        }


def find_rules(
    learn: tuple[Table, Integers],
    test: tuple[Table, Integers],
    names: Sequence[str],
    classes: Sequence[str],
    *,
    limit: float,
    level: float,
    units: Integers | None = None,
    seed: int = 0,
) -> RuleList:
    """Learn rules, and test them.

    Parameters
    ----------
    learn, test : rows and the places of their classes (−1: of none), apart from each other
    names : the columns that rules may ask for
    limit, level : the error rate of what kept rules decide, and the probability with which the promise is wrong
    units : (test rows,) which of them belong together, or None
    """
    table, truth = learn
    known = np.flatnonzero(truth >= 0)
    random = np.random.default_rng(np.random.PCG64(seed))
    some = np.sort(random.permutation(known)[:MOST_CASES])
    asked, matrix = _matrix(table.take(some), names)
    if not asked or len(np.unique(truth[some])) < 2:
        return RuleList(rules=(), limit=limit, level=level, share=0.0, low=0.0, high=0.0, error=0.0)
    found = _leaves(matrix, truth[some], asked, table, classes, seed)
    # Only what seems to keep within the limit by itself is promised; what is surest comes first.
    order = sorted(range(len(found)), key=lambda one: (found[one][1], -found[one][2]))
    rules = [found[one][0] for one in order]
    likely = sum(found[one][1] <= limit for one in order)
    # What each list of the first so many rules is expected to show, by the cases that taught it.
    counts = np.array([found[one][2] for one in order], np.float64)
    wrongs = np.array([found[one][1] * found[one][2] for one in order])
    scale = test[0].rows / len(some)
    expected = [
        binomial_p_value(int(wrong * scale), round(count * scale), limit)
        for count, wrong in zip(np.cumsum(counts), np.cumsum(wrongs), strict=True)
    ]
    start = int(np.argmin(expected[:likely])) if likely else 0
    covered = [rule.covers(test[0]) for rule in rules]
    wrong_rows = [cover & (test[1] != rule.place) for rule, cover in zip(rules, covered, strict=True)]
    used, missed, values = np.zeros(test[0].rows, np.bool_), np.zeros(test[0].rows, np.bool_), []
    for cover, miss in zip(covered, wrong_rows, strict=True):
        used, missed = used | cover, missed | miss
        if units is None:
            values.append(binomial_p_value(int(missed.sum()), int(used.sum()), limit))
        else:
            values.append(clustered_p_value(missed, used, units, limit))
    count = passed(values[start:likely], level)
    kept = start + count if count else 0
    told = tuple(
        _told(rule, int(cover.sum()), int(miss.sum()), kept=place < kept)
        for place, (rule, cover, miss) in enumerate(zip(rules, covered, wrong_rows, strict=True))
    )
    cases, wrong = sum(one.cases for one in told if one.kept), sum(one.wrong for one in told if one.kept)
    low, high = bounds(cases, test[0].rows, level / max(len(values), 1))
    return RuleList(
        rules=told,
        limit=limit,
        level=level,
        share=cases / max(test[0].rows, 1),
        low=low if cases else 0.0,
        high=high if cases else 0.0,
        error=wrong / cases if cases else 0.0,
    )


def _told(rule: Rule, cases: int, wrong: int, *, kept: bool) -> Rule:
    return replace(rule, cases=cases, wrong=wrong, kept=kept)


def _matrix(table: Table, names: Sequence[str]) -> tuple[list[tuple[str, str | None]], Numbers]:
    """What can be asked: (column, word or None for a number), and the answers (rows, questions); NaN is missing."""
    asked: list[tuple[str, str | None]] = []
    found = []
    for name in names:
        value = table.values[name]
        if table.schema[name].kind == "text":
            continue
        if isinstance(value, Strings):
            counts = value.counts()
            for level in np.argsort(-counts, kind="stable")[:MOST_WORDS].tolist():
                if FEWEST <= counts[level] < table.rows:
                    asked.append((name, value.levels[level]))
                    found.append((value.codes == level).astype(np.float64))
        else:
            asked.append((name, None))
            found.append(_numbers(table, name))
    return asked, np.column_stack(found) if found else np.empty((table.rows, 0))


def _numbers(table: Table, name: str) -> Numbers:
    value = table.values[name]
    if isinstance(value, Dates):
        return np.where(value.missing, np.nan, value.at.astype(np.float64))
    return np.asarray(value) if isinstance(value, np.ndarray) else np.full(table.rows, np.nan)


def _leaves(
    matrix: Numbers,
    truth: Integers,
    asked: Sequence[tuple[str, str | None]],
    table: Table,
    classes: Sequence[str],
    seed: int,
) -> list[tuple[Rule, float, int]]:
    """Each leaf as a rule, with its error rate, drawn a little towards that of all, and its number of cases."""
    from sklearn.tree import DecisionTreeClassifier

    fewest = max(FEWEST, int(LEAST_SHARE * len(truth)))
    # Numbers as float32, as the tree reads them, so that a rule asks exactly what the tree asked.
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=fewest, random_state=seed % 2**32)
    rounded = matrix.astype(np.float32)
    tree.fit(rounded, truth)
    nodes, at = tree.tree_, tree.apply(rounded)
    overall = 1 - float(np.bincount(truth).max()) / len(truth)
    found = []

    def walk(node: int, path: tuple[Question, ...]) -> None:
        if nodes.children_left[node] < 0:
            here = truth[at == node]
            counts = np.bincount(here, minlength=len(classes))
            place = int(counts.argmax())
            error = (len(here) - int(counts[place]) + 2 * overall) / (len(here) + 2)
            questions = _shortened(path)
            words = rule_words(questions, table)
            rule = Rule(questions=questions, decision=classes[place], place=place, words=words)
            found.append((rule, error, len(here)))
            return
        name, word = asked[nodes.feature[node]]
        threshold = float(nodes.threshold[node])
        goes_left = bool(nodes.missing_go_to_left[node]) if word is None else False
        for child, is_left in ((nodes.children_left[node], True), (nodes.children_right[node], False)):
            question = (
                Question(column=name, number=threshold, holds=is_left, takes_missing=goes_left == is_left)
                if word is None
                else Question(column=name, word=word, holds=not is_left)
            )
            walk(int(child), (*path, question))

    walk(0, ())
    return found


def _shortened(path: tuple[Question, ...]) -> tuple[Question, ...]:
    """The same questions without those that another one makes needless.

    A missing cell goes along the whole path or falls off it, so all questions of a column treat it alike.
    """
    takes = {one.column: all(other.takes_missing for other in path if other.column == one.column) for one in path}
    alike = [one if one.number is None else replace(one, takes_missing=takes[one.column]) for one in path]
    return tuple(
        one
        for place, one in enumerate(alike)
        if not any(_implies(other, one) for other in (*alike[:place], *alike[place + 1 :]))
    )


def _implies(other: Question, one: Question) -> bool:
    if other.column != one.column:
        return False
    if other.number is None or one.number is None:
        return other.holds and not one.holds
    tighter = other.number < one.number if one.holds else other.number > one.number
    return other.holds == one.holds and tighter


def rule_words(questions: Sequence[Question], table: Table) -> str:
    """A rule's questions in words; of a column that is never missing they do not speak of missing cells."""
    if not questions:
        return "always"
    return " and ".join(_question_words(one, table) for one in questions)


def _question_words(question: Question, table: Table) -> str:
    column = table.schema[question.column]
    name = column.name
    if question.number is None:
        if question.word == MISSING_WORD:
            return f"{name} is missing" if question.holds else f"{name} is given"
        return f"{name} is {question.word}" if question.holds else f"{name} is not {question.word}"
    if column.kind == "flag":
        spelt = column.false_words if question.holds else column.true_words
        words = f"{name} is {spelt[0] if spelt else 'no' if question.holds else 'yes'}"
    elif column.kind == "date":
        day = str(np.datetime64(int(question.number), "us").astype("datetime64[D]"))
        words = f"{name} is {'up to' if question.holds else 'after'} {day}"
    elif _is_whole(table, name):
        whole = math.floor(question.number)
        words = f"{name} is {f'at most {number(whole)}' if question.holds else f'at least {number(whole + 1)}'}"
    else:
        words = f"{name} is {'at most' if question.holds else 'above'} {number(question.number)}"
    return f"{words} or missing" if question.takes_missing and table.missing(name).any() else words


def _is_whole(table: Table, name: str) -> bool:
    numbers = _numbers(table, name)
    return bool(np.all(np.floor(numbers) == numbers, where=~np.isnan(numbers)))
