"""What a learner can need of its columns, in the order in which a plan brings it about.

A learner declares needs; preparation steps declare which need they answer (`Step.answers`). So a plan is made without
anybody outside a kind's file knowing its name.
"""

from __future__ import annotations

#: Spelling variants of a level become one level.
SPELLINGS_JOINED = "spelling variants joined"
#: A few numbers far from all others are taken for missing.
FAR_NUMBERS_EMPTIED = "far numbers taken for missing"
#: Missing numbers become what the other numbers say of them.
MISSING_ESTIMATED = "missing numbers estimated"
#: Each text of few terms becomes a 0/1 column for each term; these texts go.
TEXT_AS_ITEMS = "text as items"
#: Each text becomes the out-of-fold answer of a linear model on its terms; the texts stay.
TEXT_AS_SCORES = "text as scores"
#: Each text becomes its place along a few main directions of its terms; the texts go.
TEXT_AS_TOPICS = "text as topics"
#: The days between each two dates become numbers; the dates stay.
DATES_APART = "dates apart"
#: Where a date stands in its day, week and year becomes points on circles; the dates stay.
DATES_AS_CYCLES = "dates as cycles"
#: Dates become numbers (parts of the date); the dates go.
DATES_AS_NUMBERS = "dates as numbers"
#: Beside the columns stand numbers made of several of them: differences, ratios, a number beside those of its group.
COLUMNS_COMBINED = "columns combined"
#: Beside the columns stand means of the target over levels that several columns have together, or that are values of a
#: number.
LEVELS_COMBINED = "levels combined"
#: Each word column of `MANY_LEVELS` levels or more becomes what a level adds, all other columns held still.
LEVEL_EFFECTS = "many levels as effects"
#: Levels with few rows become one level.
RARE_LEVELS_JOINED = "rare levels joined"
#: Each word column becomes the out-of-fold mean of the target.
WORDS_AS_TARGET_MEANS = "words as target means"
#: Each level becomes a 0/1 column.
WORDS_AS_INDICATORS = "words as indicators"
#: Each word column becomes one column of level numbers, which a learner may split by set membership.
WORDS_AS_CODES = "words as codes"
#: Beside each number with missing cells stands a 0/1 column that says where.
MISSING_FLAGGED = "missing flagged"
#: Skewed numbers are on a logarithmic scale.
SKEW_EVENED = "skew evened"
#: Numbers are replaced by their rank among the training rows, as a normal score.
RANKED = "ranked"
#: No number is far from the middle of its column.
OUTLIERS_HELD = "outliers held"
#: No number is missing.
NOTHING_MISSING = "nothing missing"
#: Numbers are of like size.
LIKE_SCALES = "like scales"
#: Numbers are replaced by their places along few main directions.
FEW_DIRECTIONS = "few directions"

#: From so many levels on, rows of one level are few, and to learn of each by itself is to learn noise.
MANY_LEVELS = 100

ORDER = (
    SPELLINGS_JOINED,
    FAR_NUMBERS_EMPTIED,
    MISSING_ESTIMATED,
    TEXT_AS_ITEMS,
    TEXT_AS_SCORES,
    TEXT_AS_TOPICS,
    DATES_APART,
    DATES_AS_CYCLES,
    DATES_AS_NUMBERS,
    COLUMNS_COMBINED,
    LEVELS_COMBINED,
    LEVEL_EFFECTS,
    RARE_LEVELS_JOINED,
    WORDS_AS_TARGET_MEANS,
    WORDS_AS_INDICATORS,
    WORDS_AS_CODES,
    MISSING_FLAGGED,
    SKEW_EVENED,
    RANKED,
    OUTLIERS_HELD,
    NOTHING_MISSING,
    LIKE_SCALES,
    FEW_DIRECTIONS,
)

#: What is a judgement: no learner needs it, and it is tried before a plan that is good without it.
REPAIRS = (SPELLINGS_JOINED, FAR_NUMBERS_EMPTIED, MISSING_ESTIMATED, RARE_LEVELS_JOINED)
