"""What columns must be like for learners that multiply them: numbers throughout, all there, of like scale."""

from __future__ import annotations

from journeyman.learners.learner import Problem
from journeyman.plan import needs

#: More indicators than this make a table wider than it is worth; words become target means then.
MOST_INDICATORS = 500
#: The needs of all of them, but for words.
DENSE_NEEDS = (
    needs.TEXT_AS_ITEMS,
    needs.TEXT_AS_SCORES,
    needs.DATES_AS_CYCLES,
    needs.DATES_AS_NUMBERS,
    needs.LEVEL_EFFECTS,
    needs.RARE_LEVELS_JOINED,
    needs.MISSING_FLAGGED,
    needs.NOTHING_MISSING,
    needs.LIKE_SCALES,
)


def dense_needs(problem: Problem) -> tuple[str, ...]:
    """The needs of those that bend; words of few levels become indicators, or target means where those would be too
    many, and no number is far off.
    """
    words = needs.WORDS_AS_TARGET_MEANS if _is_wide(problem) else needs.WORDS_AS_INDICATORS
    return (*DENSE_NEEDS, words, needs.OUTLIERS_HELD)


def dense_words(problem: Problem) -> int:
    """About how many numbers words become."""
    few = problem.words - problem.many_levels if _is_wide(problem) else problem.few_levels
    return few + problem.many_levels * problem.outputs


def _is_wide(problem: Problem) -> bool:
    return problem.few_levels > MOST_INDICATORS
