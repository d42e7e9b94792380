"""``brief.toml``: the aim as understood, every assumption written out. Edit it, and build again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from journeyman.brief.brief import DEFAULT_VOLUME, Brief


def brief_toml(brief: Brief, assumptions: Mapping[str, str]) -> str:
    """The brief as TOML: options as values, what was found as comments beside them.

    `journeyman.brief.read.read_brief` reads it back to an equal brief.

    Parameters
    ----------
    assumptions : option (``"task"``, ``"folds"`` …) → what was found, and why
    """
    lines = [
        "# The aim as understood. Lines that begin with '#' say what was found or assumed;",
        "# write such a line as an option, or change one, and build again with --brief.",
        '# when = "none" and entity = "none" say that rows have no time, and that none belong together.',
        "",
    ]
    tables: list[str] = []
    if brief.capacity is not None and brief.volume is None:
        told = f"{DEFAULT_VOLUME:,.0f} cases a period are assumed, of which {brief.capacity:g} can be acted on"
        assumptions = {"volume": told, **assumptions}
    for field in fields(Brief):
        value = getattr(brief, field.name)
        lines += [f"# {field.name}: {_one_line(assumptions[field.name])}"] if field.name in assumptions else []
        if isinstance(value, Mapping):
            for name, facts in value.items():
                tables += ["", f"[{field.name}.{_string(name)}]"]
                tables += [f"{_string(key)} = {_value(one)}" for key, one in facts.items()]
        elif value not in (None, (), "") and value is not False:
            lines.append(f"{field.name} = {_value(value)}")
    known = {field.name for field in fields(Brief)}
    lines += [f"# {name}: {_one_line(text)}" for name, text in assumptions.items() if name not in known]
    return "\n".join([*lines, *tables]) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value)


def _string(text: str) -> str:
    # TOML's basic strings escape as JSON's do, but also want U+007F escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    """A comment ends with its line, so nothing from the data may break it or hold control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
