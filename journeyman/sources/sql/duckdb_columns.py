"""Columns of DuckDB: which types come as they are, and what the others are asked for as."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journeyman.sources.sql.forms import Form, column, moment

#: Types that come as they are.
_PLAIN = frozenset({"BOOLEAN", "DOUBLE", "VARCHAR", "BLOB"}) | {
    f"{sign}{size}" for sign in ("", "U") for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
}
_MOMENTS = re.compile(r"DATE|TIMESTAMP(?:_S|_MS|_US)?|TIMESTAMP WITH TIME ZONE")
_NESTED = re.compile(r".*\]|(?:STRUCT|MAP|UNION|VARIANT)\b.*", re.DOTALL)
_DECIMAL = re.compile(r"DECIMAL\(([0-9]+), *([0-9]+)\)")


def forms_of(columns: Sequence[tuple[str, str]]) -> list[Form]:
    """How to ask for each column.

    Parameters
    ----------
    columns : names, and types as DuckDB calls them
    """
    return [_form(name, kind, column(place)) for place, (name, kind) in enumerate(columns)]


def _form(name: str, kind: str, own: str) -> Form:
    text = f"CAST({own} AS VARCHAR)"
    if kind in _PLAIN:
        return Form(name, own)
    if kind == "TIMESTAMP_NS":
        # Its years have four digits anyway, and others cannot be written in it.
        return moment(name, own, "isfinite({0})")
    if _MOMENTS.fullmatch(kind):
        return moment(name, own)
    if _DECIMAL.fullmatch(kind):
        held = f"{own} = CAST(CAST({own} AS DOUBLE) AS {kind})"
        return Form(name, f"CAST({own} AS DOUBLE)", question=held, if_not=text)
    if kind in ("HUGEINT", "UHUGEINT", "BIGNUM", "VARINT"):
        return Form(
            name,
            f"CAST({own} AS BIGINT)",
            question=f"TRY_CAST({own} AS BIGINT) IS NOT NULL OR {own} IS NULL",
            if_not=text,
        )
    if kind == "FLOAT":
        # The shortest decimal that spells it: 0.1 stays 0.1.
        return Form(name, f"CAST({text} AS DOUBLE)")
    if kind == "INTERVAL":
        return Form(name, f"epoch({own})")
    if _NESTED.fullmatch(kind) and not kind.startswith("ENUM"):
        return Form(name, f"CAST(to_json({own}) AS VARCHAR)")
    # Words of an enum, JSON, UUIDs, bits, times of day, and what a later version may have.
    return Form(name, text)
