"""How sure a kind is where cells do not tell: numbers that may be codes or names of rows, words that may be texts.

The rules of the other files come first. Where they leave something open, a model learnt from thousands of columns that
people labelled says how likely each reading is. It changes a kind only where rules would be guessing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.identifiers import as_names
from journeyman.sources.meaning.learnt.facts import facts_of
from journeyman.sources.meaning.learnt.guess import chances_of
from journeyman.sources.meaning.seen import Seen
from journeyman.table import said
from journeyman.table.columns import Numbers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column

#: When columns are refined: last, when all that can be known for certain is known.
AFTER = 40

#: Which kinds the labels of the learnt model speak for; a label that says "it depends" speaks for none.
LABELS: Mapping[str, tuple[str, ...]] = {
    "number": ("numeric", "embedded-number"),
    "category": ("categorical",),
    "id": ("not-generalizable",),
    "text": ("sentence", "list", "url"),
    "date": ("datetime",),
}
#: With fewer rows, or fewer different values, it makes no difference which of two kinds a column is.
ENOUGH_ROWS, ENOUGH_NUMBERS, ENOUGH_WORDS = 20, 13, 21
#: Numbers that are all different are names of rows where they are so likely to be, others are codes. (On real tables,
#: zip codes and numbers of centres, meals and trades made better models as levels: errors smaller by 2 %, 2 %, 18 %
#: and 0.4 %.)
SURE_NAMES, SURE_CODES = 0.8, 0.85
#: Below this a kind is unsure.
SURE = 0.6
_TIME_NAME = re.compile(r"year|yr|month|week|day|date|time|hour|minute|second|age|jahr|period|quarter", re.IGNORECASE)
_YEARS = (1500, 2200)


def refine(column: Column, evidence: Evidence) -> Column:
    """The column with how sure its kind is; numbers that are most likely names of rows become identifiers."""
    if not _is_open(column, evidence):
        return column
    facts = facts_of(column, evidence)
    if facts[0].distinct < (ENOUGH_NUMBERS if column.kind == "number" else ENOUGH_WORDS):
        return column
    chances = kinds_of(chances_of(facts))
    there = facts[0].cells - facts[0].missing
    if column.kind == "number" and facts[0].distinct == there and chances["id"] >= SURE_NAMES:
        why = f"all {there:,} numbers are different, and look like names of rows"
        return as_names(column, "id", round(chances["id"], 2), why)
    if column.kind == "number" and facts[0].distinct < there and chances["category"] >= SURE_CODES:
        why = f"{facts[0].distinct:,} different numbers, which look like codes"
        return as_names(column, "category", round(chances["category"], 2), why)
    return replace(column, sure=round(max(chances[column.kind], _least(column)), 2))


def kinds_of(chances: Mapping[str, float]) -> dict[str, float]:
    """The chance of each kind by the chances of labels, as far as these speak for any."""
    found = {kind: sum(chances.get(label, 0.0) for label in labels) for kind, labels in LABELS.items()}
    total = sum(found.values())
    return {kind: chance / total if total > 0 else 0.0 for kind, chance in found.items()}


def _is_open(column: Column, evidence: Evidence) -> bool:
    """Whether the kind of a column is one that its cells leave open."""
    if evidence.kind is not None or evidence.is_target or evidence.rows < ENOUGH_ROWS:
        return False
    if column.kind in ("category", "text"):
        return evidence.distinct >= ENOUGH_WORDS
    if column.kind != "number" or column.unit or column.notation != "plain" or column.ranges != "refused":
        return False
    if column.decimal != "." or column.thousands:
        # Amounts are written so, and codes are not.
        return False
    values = evidence.numbers(column)
    there = values[~np.isnan(values)]
    return len(there) > 0 and not bool((there != np.floor(there)).any()) and not _says_when(column.name, there)


def _says_when(name: str, there: Numbers) -> bool:
    """Whether numbers are years, months, ages: people call them categories, and they are in an order all the same."""
    return bool(_TIME_NAME.search(name)) or (_YEARS[0] <= float(there.min()) and float(there.max()) <= _YEARS[1])


def _least(column: Column) -> float:
    """How sure a rule is that was found to make better models: what people call such columns does not count more."""
    return SURE if column.kind in ("category", "text") else 0.0


def tell(seen: Seen) -> Finding | None:
    """Numbers that are more likely codes, or names of rows, than amounts (``unsure_kind``)."""
    column = seen.column
    if column.kind != "number" or column.sure >= 0.5 or not _is_open(column, seen.evidence):
        return None
    chances = kinds_of(chances_of(facts_of(column, seen.evidence)))
    rival = max(("category", "id"), key=lambda kind: chances[kind])
    what = {"category": "codes of something", "id": "names of rows"}[rival]
    name = column.name
    return Finding(
        code="unsure_kind",
        severity="info",
        message=f"{name!r} is read as numbers, and may well be {what} ({said.share(chances[rival])} of columns like it "
        "are, as people see them)",
        columns=(name,),
        numbers={kind: round(chance, 3) for kind, chance in chances.items() if chance >= 0.001},
        remedy=Remedy(action="review", words=f"if they are {what}, say --column {name}:kind={rival}"),
    )
