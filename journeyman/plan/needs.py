"""What a learner can need of its columns, in the order in which a plan brings it about.

A learner declares needs; preparation steps declare which need they answer (`Step.answers`). So a plan is made without
anybody outside a kind's file knowing its name.
"""

from __future__ import annotations

#: Dates become numbers (parts of the date).
DATES_AS_NUMBERS = "dates as numbers"
#: Levels with few rows become one level.
RARE_LEVELS_JOINED = "rare levels joined"
#: Each word column becomes one column of level numbers, which a learner may split by set membership.
WORDS_AS_CODES = "words as codes"
#: Each level becomes a 0/1 column.
WORDS_AS_INDICATORS = "words as indicators"
#: Each word column becomes the out-of-fold mean of the target.
WORDS_AS_TARGET_MEANS = "words as target means"
#: No number is missing.
NOTHING_MISSING = "nothing missing"
#: Numbers are of like size.
LIKE_SCALES = "like scales"

ORDER = (
    DATES_AS_NUMBERS,
    RARE_LEVELS_JOINED,
    WORDS_AS_TARGET_MEANS,
    WORDS_AS_INDICATORS,
    WORDS_AS_CODES,
    NOTHING_MISSING,
    LIKE_SCALES,
)
