"""Which rows of one table belong to which row of another: by equal keys, and by keys that only are spelt differently.

A key that stands in the other table as it is always finds that row. Only keys that find nothing so are looked for in
looser spellings, one after the other, and only where a single row answers to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

#: Between the parts of a key.
_BETWEEN = "\x1f"
#: The spellings in which keys are compared, the strictest first, and what is ignored in each, for people.
LEVELS = ("exact", "blanks", "case", "zeros", "moment")
IGNORED = {
    "blanks": "blanks around them",
    "case": "upper and lower case",
    "zeros": "how numbers are written (leading zeros, .0)",
    "moment": "how dates are written",
}
_NUMBER = r"^([+-]?)0*([0-9]+)(?:\.([0-9]*?)0*)?$"
_MOMENT = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(?::([0-9]{2}))?(?:[.,]0+)?)?(?:Z|\+00:?(?:00)?)?$"


@dataclass(frozen=True)
class Found:
    """Which row of the joined table belongs to each row.

    Parameters
    ----------
    rows : (rows,) positions in the joined table; null where there is none
    by : level of spelling → rows that were found by it alone: their positions, the first three
    counts : level of spelling → how many rows were found by it alone
    """

    rows: pl.Series
    by: dict[str, list[int]]
    counts: dict[str, int]


def find(left: Sequence[pl.Series], right: Sequence[pl.Series]) -> Found:
    """Look for the row that each key means.

    Parameters
    ----------
    left, right : key columns of both tables, in the same order. Exact keys of ``right`` stand once
    """
    import polars as pl

    rows = pl.Series("row", [None] * len(left[0]), dtype=pl.Int64)
    by: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    lefts, rights = [spelt(one) for one in left], [spelt(one) for one in right]
    for level in LEVELS:
        lefts, rights = [_loose(one, level) for one in lefts], [_loose(one, level) for one in rights]
        known = pl.DataFrame({"key": together(rights), "row": pl.Series(range(len(rights[0])), dtype=pl.Int64)})
        known = known.drop_nulls().filter(pl.col("key").is_unique())
        open_rows = rows.is_null().arg_true()
        wanted = pl.DataFrame({"key": together(lefts)[open_rows], "place": open_rows})
        hits = wanted.join(known, on="key", how="inner", maintain_order="left")
        if hits.height:
            rows = rows.scatter(hits["place"], hits["row"])
            by[level], counts[level] = hits["place"].head(3).to_list(), hits.height
        if not rows.null_count():
            break
    return Found(rows, by, counts)


def spelt(series: pl.Series) -> pl.Series:
    """A key column as text: whole numbers without a point, times as ISO 8601 in UTC; a missing key is null."""
    import polars as pl

    kind = series.dtype
    if kind.is_float() or kind.is_decimal():
        is_whole = series.is_finite() & (series == series.round()) & (series.abs() < 2**53) if kind.is_float() else None
        texts = series.fill_nan(None).cast(pl.String) if kind.is_float() else series.cast(pl.String)
        if is_whole is None:
            return texts
        whole = series.set(~is_whole.fill_null(False), 0.0).cast(pl.Int64, strict=False).cast(pl.String)
        return texts.zip_with(~is_whole.fill_null(False), whole)
    if isinstance(kind, pl.Datetime):
        moments = series.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if kind.time_zone else series
        return moments.dt.strftime("%Y-%m-%dT%H:%M:%S%.f")
    if kind == pl.String:
        return series.set(series == "", None)
    return series.cast(pl.String)


def together(parts: Sequence[pl.Series]) -> pl.Series:
    """Several key columns as one; null where one of them is."""
    import polars as pl

    if len(parts) == 1:
        return parts[0].rename("key")
    # A part that holds the mark itself must not end there.
    plain = [
        one.str.replace_all("\x1e", "\x1e0", literal=True).str.replace_all(_BETWEEN, "\x1e1", literal=True)
        for one in parts
    ]
    frame = pl.DataFrame([one.rename(str(place)) for place, one in enumerate(plain)])
    return frame.select(pl.concat_str(pl.all(), separator=_BETWEEN).alias("key"))["key"]


def _loose(texts: pl.Series, level: str) -> pl.Series:
    """Keys in a looser spelling than they have."""
    if level == "blanks":
        return texts.str.strip_chars()
    if level == "case":
        return texts.str.to_lowercase()
    if level == "zeros":
        is_number = texts.str.contains(_NUMBER).fill_null(False)
        plain = texts.str.replace(_NUMBER, "${1}${2}.${3}").str.strip_chars_end(".").str.strip_prefix("+")
        return plain.set(plain == "-0", "0").zip_with(is_number, texts)
    if level == "moment":
        upper = texts.str.to_uppercase()
        is_moment = upper.str.contains(_MOMENT).fill_null(False)
        plain = upper.str.replace(_MOMENT, "${1}T${2}:${3}")
        plain = plain.str.replace("T:$", "T00:00:00").str.replace(r"(T[0-9]{2}:[0-9]{2}):$", "${1}:00")
        return plain.zip_with(is_moment, texts)
    return texts
