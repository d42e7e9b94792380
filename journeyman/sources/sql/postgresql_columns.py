"""Columns of PostgreSQL: which types come as they are, and what the others are asked for as."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.sources.sql.forms import Form, column, moment

#: Types that come as they are.
_PLAIN = frozenset({"bool", "int2", "int4", "int8", "float8", "text", "varchar", "bytea"})
_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})


def forms_of(columns: Sequence[tuple[str, str]]) -> list[Form]:
    """How to ask for each column.

    Parameters
    ----------
    columns : names, and types as PostgreSQL calls them
    """
    return [_form(name, kind, column(place)) for place, (name, kind) in enumerate(columns)]


def _form(name: str, kind: str, own: str) -> Form:
    if kind in _PLAIN:
        return Form(name, own)
    if kind in _MOMENTS:
        return moment(name, own)
    if kind in ("numeric", "money"):
        return _decimal(name, own if kind == "numeric" else f"({own})::numeric")
    if kind == "float4":
        # The shortest decimal that spells it: 0.1 stays 0.1.
        return Form(name, f"({own})::text::float8")
    if kind == "oid":
        return Form(name, f"({own})::int8")
    if kind == "interval":
        return Form(name, f"extract(epoch FROM {own})::float8")
    if kind.startswith("_"):
        return Form(name, f"array_to_json({own})::text")
    # Words of an enum, JSON, UUIDs, network addresses, ranges, times of day, types of one's own.
    return Form(name, f"({own})::text")


def _decimal(name: str, own: str) -> Form:
    # PostgreSQL makes a decimal of a float with 15 digits. What is larger than floats can be is not cast at all.
    held = f"CASE WHEN abs({own}) < 1e300 THEN {own} = ({own})::float8::numeric ELSE {own} = 'NaN' END"
    return Form(name, f"({own})::float8", question=held, if_not=f"({own})::text")
