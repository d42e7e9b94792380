"""What a request wants models to be like, whatever that costs: readable, or going one way with some columns."""

from __future__ import annotations

from dataclasses import dataclass

from journeyman.brief.brief import Brief
from journeyman.errors import BriefError, nearest
from journeyman.learners.learner import Candidate, Learner
from journeyman.plan import needs
from journeyman.plan.target import Task
from journeyman.table.schema import Schema

#: Steps that leave the numbers that are there as they are, so that a direction stays one.
LEAVE_NUMBERS = frozenset(
    {
        needs.SPELLINGS_JOINED,
        needs.TEXT_AS_ITEMS,
        needs.TEXT_AS_SCORES,
        needs.TEXT_AS_TOPICS,
        needs.DATES_APART,
        needs.DATES_AS_CYCLES,
        needs.DATES_AS_NUMBERS,
        needs.LEVEL_EFFECTS,
        needs.RARE_LEVELS_JOINED,
        needs.WORDS_AS_TARGET_MEANS,
        needs.WORDS_AS_INDICATORS,
        needs.WORDS_AS_CODES,
        needs.MISSING_FLAGGED,
    }
)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What every model has to be like.

    Parameters
    ----------
    is_readable : whether one can read it: floors, curves and lines that add up, and no blend of several
    rising, falling : numbers with which its answer may only rise, or only fall
    """

    is_readable: bool = False
    rising: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()

    def allow(self, kind: type[Learner], candidate: Candidate) -> bool:
        """Whether a candidate keeps to them."""
        if self.is_readable and not (candidate.is_readable or candidate.floor):
            return False
        if not (self.rising or self.falling):
            return self.is_readable or not candidate.only_on_request
        return kind.keeps_direction and LEAVE_NUMBERS.issuperset(candidate.needs)


def wishes_of(brief: Brief, schema: Schema, task: Task) -> Wishes:
    """The wishes of a request, for the columns as they were understood.

    Raises
    ------
    BriefError : they cannot be kept with these columns
    InputError : there is no such column
    """
    if brief.interpretable and schema.features and all(one.kind == "text" for one in schema.features):
        raise BriefError(
            "no model that one can read can be built from this table",
            because="all of its features are texts, and what a model makes of their words is no curve",
            remedy="leave --interpretable out, or add columns that are no texts",
        )
    signs = {one[:-1]: one[-1] for one in brief.monotone}
    if signs and task == "multiclass":
        raise BriefError(
            "--monotone has no meaning for several classes",
            because="what raises the chance of one class lowers that of others",
            remedy="leave --monotone out, or predict two classes or a number",
        )
    features = {one.name: one for one in schema.features}
    for name, sign in signs.items():
        if name not in schema:
            known = [one.name for one in schema]
            raise BriefError(f"there is no column {name!r}", remedy=nearest(name, known), code="column_missing")
        if name not in features:
            raise BriefError(
                f"--monotone names {name!r}, which is not used",
                because=f"its role is {schema[name].role}",
                remedy=f"leave it out, or say --column {name}:role=feature",
            )
        if features[name].kind not in ("number", "flag"):
            raise BriefError(
                f"--monotone {name}{sign} has no meaning",
                because=f"{name!r} is of the kind {features[name].kind}, which has no order",
                remedy=f"leave it out, or say --column {name}:kind=number if it is one",
            )
    return Wishes(
        is_readable=brief.interpretable,
        rising=tuple(name for name, sign in signs.items() if sign == "+"),
        falling=tuple(name for name, sign in signs.items() if sign == "-"),
    )
