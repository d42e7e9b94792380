"""Needs, and that each is answered by exactly one kind on our own shelf."""

from __future__ import annotations

from journeyman.learners.learner import Learner, Problem
from journeyman.plan import needs
from journeyman.plan.shelf import steps
from journeyman.plan.target import Task
from journeyman.preparation.encode.rare_levels import RareLevels


def test_every_need_has_its_place_in_the_order() -> None:
    named = {value for name, value in vars(needs).items() if name.isupper() and isinstance(value, str)}
    assert named == set(needs.ORDER)
    assert len(needs.ORDER) == len(named)


def test_each_need_is_answered_by_one_kind() -> None:
    answers = [kind.answers for kind in steps("preparation")]
    assert sorted(answers) == sorted(needs.ORDER)


def test_each_need_is_some_learners() -> None:
    tasks: tuple[Task, ...] = ("binary", "multiclass", "regression")
    problems = [
        Problem(task=task, rows=rows, numbers=numbers, words=2, dates=2, texts=1, levels=9, classes=classes)
        for rows, numbers in ((300, 3), (30_000, 3), (300, 400))
        for task, classes in zip(tasks, (2, 3, 0), strict=True)
    ]
    learners = [kind for kind in steps("learners") if issubclass(kind, Learner)]
    forms = [form for kind in learners for problem in problems for form in kind.candidates(problem)]
    asked = {need for form in forms for need in (*form.needs, *form.optional)}
    # Repairs are tried before any plan; ranks stand in plans of earlier runs, which are verified still.
    assert asked | {*needs.REPAIRS, needs.RANKED} == set(needs.ORDER)


def test_what_others_build_on_comes_first() -> None:
    place = {need: number for number, need in enumerate(needs.ORDER)}
    words = (needs.WORDS_AS_CODES, needs.WORDS_AS_INDICATORS, needs.WORDS_AS_TARGET_MEANS)
    assert all(place[RareLevels.answers] < place[one] < place[needs.NOTHING_MISSING] for one in words)
    assert place[needs.DATES_AS_NUMBERS] < place[needs.NOTHING_MISSING] < place[needs.LIKE_SCALES]
