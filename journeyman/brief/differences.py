"""In which options two requests differ, in words."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from journeyman.brief.brief import Brief
from journeyman.brief.read import read_brief
from journeyman.errors import InputError

#: Fields whose option has another name.
_OPTIONS = {"seconds": "time", "memory_bytes": "memory", "columns": "column"}


def differences(before: Brief, now: Brief) -> tuple[str, ...]:
    """The options that differ, each with what it was and what it is.

    >>> differences(Brief(predict="y", seconds=10.0), Brief(predict="y", seconds=90.0, when="day"))
    ('--when is day, and was not given', '--time is 90s, and was 10s')
    """
    found = []
    for field in fields(Brief):
        was, is_now = getattr(before, field.name), getattr(now, field.name)
        if was != is_now:
            option = _OPTIONS.get(field.name, field.name).replace("_", "-")
            told, told_before = _said(field.name, is_now), _said(field.name, was)
            found.append(f"--{option} {f'is {told}' if told else 'is not given'}, and was {told_before or 'not given'}")
    return tuple(found)


def differences_to(path: str | os.PathLike[str], now: Brief) -> tuple[str, ...]:
    """The options in which the request in a ``brief.toml`` differs; none where it cannot be read."""
    try:
        return differences(read_brief(Path(path)), now)
    except InputError:
        return ()


def _said(name: str, value: Any) -> str:
    """A value as one gives it; empty where it is not given."""
    if value in (None, "", ()) or value == {} or value is False:
        return ""
    if value is True:
        return "given"
    if name == "seconds":
        return f"{value:g}s"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}:{inner}={one}" for key, facts in value.items() for inner, one in facts.items())
    return ",".join(value) if isinstance(value, tuple) else str(value)
