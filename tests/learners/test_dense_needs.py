from __future__ import annotations

from journeyman.learners.dense_needs import MOST_INDICATORS, dense_needs, dense_words
from journeyman.learners.learner import Problem
from journeyman.plan import needs


def test_words_become_as_many_numbers_as_they_have_levels_and_means_where_those_are_too_many() -> None:
    few = Problem(task="regression", rows=100, words=3, few_levels=20, many_levels=1)
    many = Problem(task="regression", rows=100, words=3, few_levels=MOST_INDICATORS + 1, many_levels=1)
    assert (needs.WORDS_AS_INDICATORS in dense_needs(few), needs.WORDS_AS_TARGET_MEANS in dense_needs(many)) == (
        True,
        True,
    )
    assert (dense_words(few), dense_words(many)) == (21, 3)


def test_of_several_classes_a_level_has_an_effect_on_each() -> None:
    assert dense_words(Problem(task="multiclass", rows=100, words=1, many_levels=1, classes=5)) == 5
