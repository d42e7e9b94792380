"""From options, as the command line, Python and ``brief.toml`` give them, to a `Brief`."""

from __future__ import annotations

import math
import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from journeyman.brief.brief import DEFAULT_VOLUME, NONE, Brief, Gain
from journeyman.brief.gain import parse_gain
from journeyman.bundle.wishes import require_wishes
from journeyman.errors import BriefError, from_system, nearest

_TIME_UNITS = {"": 1.0, "s": 1.0, "sec": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "ms": 0.001}
_SIZE_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_SIZE_UNITS |= {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}
_QUANTITY = re.compile(r"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*([a-zµμ]*)\s*", re.IGNORECASE)
_TASKS = ("binary", "multiclass", "regression")
#: Options of the design that wait for a later release.
_LATER = ("protect",)
_LARGEST_FILE = 1_000_000


def make_brief(**options: Any) -> Brief:
    """A brief from options by name; what is None counts as not given.

    >>> make_brief(predict="Churn", time="2m", ignore="id, name").seconds
    120.0

    Parameters
    ----------
    options : the fields of `Brief`, and ``time`` ("2m", "30s", seconds), ``memory`` ("4GB", bytes), ``gain`` as text
        or mapping, ``ignore`` as text with commas or a list, ``columns`` as name → {"kind": …, "role": …}

    Raises
    ------
    BriefError : an option is unknown, not in this version, cannot be read, or contradicts another
    """
    given = {name: value for name, value in options.items() if value is not None}
    for name in _LATER:
        if given.pop(name, None):
            raise BriefError(f"--{name.replace('_', '-')} is not in this version", remedy="leave it out")
    engine = given.pop("engine", "local")
    if engine != "local":
        raise BriefError(f"--engine {engine} is not in this version", remedy="leave it out: --engine local")
    for name in given:
        if name not in _READERS:
            raise BriefError(f"there is no option {name!r}", remedy=nearest(name, _READERS))
    for short, long in (("time", "seconds"), ("memory", "memory_bytes")):
        if short in given:
            given[long] = given.pop(short)
    read = {name: _READERS[name](name, value) for name, value in given.items()}
    brief = Brief(**read)
    _check(brief)
    return brief


def read_brief(path: str | os.PathLike[str], **options: Any) -> Brief:
    """The brief in a TOML file, as `journeyman.brief.write.brief_toml` writes it; ``options`` win over the file.

    Raises
    ------
    BriefError : there is no such file, it is no TOML, or `make_brief` refuses what it says
    """
    file = Path(path)
    said = _toml(file)
    won = {name: value for name, value in options.items() if value is not None}
    # A clock and a number of trials exclude each other: the one given now takes the place of the one in the file.
    for names in (("time", "seconds", "trials"), ("memory", "memory_bytes")):
        if any(name in won for name in names):
            said = {name: value for name, value in said.items() if name not in names}
    return make_brief(**{**said, **won})


def _toml(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as handle:
            content = handle.read(_LARGEST_FILE + 1)
    except FileNotFoundError as error:
        folder = file.parent
        names = [one.name for one in folder.glob("*.toml")] if folder.is_dir() else []
        remedy = nearest(file.name, names) if names else "check the path"
        raise BriefError(f"there is no file {file}", remedy=remedy, code="file_missing") from error
    except IsADirectoryError as error:
        raise BriefError(f"{file} is a folder", remedy=f"name the file, as {file / 'brief.toml'}") from error
    except OSError as error:
        raise from_system(error, f"reading {file}") from error
    if len(content) > _LARGEST_FILE:
        raise BriefError(f"{file} is larger than a megabyte", because="a brief is a page", remedy="name a brief.toml")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BriefError(f"{file} is no TOML", because=str(error), remedy="correct that line") from error


def _check(brief: Brief) -> None:
    if not brief.predict:
        raise BriefError("it is not said what to predict", remedy="name the column with --predict")
    if brief.seconds is not None and brief.trials is not None:
        raise BriefError(
            "both --time and --trials are given",
            because="a clock makes the work depend on the machine, a number of trials makes it repeatable",
            remedy="keep one of the two",
        )
    _check_capacity(brief)
    used: dict[str, str] = {}
    for option in ("predict", "entity", "when", "weight", "current"):
        name = getattr(brief, option)
        if option in ("entity", "when") and name is not None and name.casefold() == NONE:
            # Whether that is a column only the table can tell.
            continue
        if name is not None and name in used:
            raise BriefError(
                f"the column {name!r} is given as --{used[name]} and as --{option}", remedy="keep one of the two"
            )
        if name is not None:
            used[name] = option
    for name in brief.ignore:
        if name in used:
            raise BriefError(f"the column {name!r} is both --{used[name]} and --ignore", remedy="keep one of the two")


def _check_capacity(brief: Brief) -> None:
    volume = brief.volume or DEFAULT_VOLUME
    if brief.capacity is not None and brief.capacity > volume:
        said = f"--volume is {volume:g}" if brief.volume else f"{volume:g} cases a period are assumed"
        raise BriefError(
            f"--capacity {brief.capacity:g} is more than there are cases",
            because=said,
            remedy="say with --volume how many cases come in the period of --capacity, or leave --capacity out",
        )
    if brief.capacity is not None and not brief.gain:
        raise BriefError(
            "--capacity is given without --gain",
            because="whom to act on first is a question of what acting is worth",
            remedy='say it, as --gain "act:true=300, act:false=-20"',
        )


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str | int | float) or str(value).strip() == "":
        raise BriefError(f"--{name} is {value!r}", because="it is not a name", remedy=f"give --{name} one name")
    # Readers of tables take spaces off names and cells, so a name that was copied with them means the same.
    return str(value).strip()


def _preference(name: str, value: Any) -> str:
    if value != "simplicity":
        raise BriefError(f"--prefer is {value!r}", remedy="write --prefer simplicity, or leave it out")
    return "simplicity"


def _yes_or_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        option = f"--{name.replace('_', '-')}"
        raise BriefError(f"{option} is {value!r}", remedy=f"write {option}, or leave it out; in a file true or false")
    return value


def _choice(name: str, value: Any) -> str:
    if value not in _TASKS:
        later = {"forecasting": "forecasting is not in this version"}.get(str(value), "")
        raise BriefError(f"--{name} is {value!r}", because=later, remedy=nearest(str(value), _TASKS))
    return str(value)


def _names(name: str, value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, Sequence) or not all(isinstance(one, str) for one in parts):
        raise BriefError(f"--{name} is {value!r}", because="it is no list of names", remedy=f"--{name} a,b,c")
    return tuple(dict.fromkeys(one.strip() for one in parts if one.strip()))


def _directions(name: str, value: Any) -> tuple[str, ...]:
    """Names with ``+`` or ``-`` behind them."""
    named = _names(name, value)
    for one in named:
        if one[-1] not in "+-" or not one[:-1].strip():
            raise BriefError(
                f"--{name} {one!r} has no direction",
                because="behind each name stands + where the answer may only rise with it, - where it may only fall",
                remedy=f"--{name} income+,debt-",
            )
    columns = [one[:-1].strip() for one in named]
    twice = next((one for one in columns if columns.count(one) > 1), None)
    if twice is not None:
        raise BriefError(f"--{name} names {twice!r} twice", remedy="keep one direction")
    return tuple(f"{column}{one[-1]}" for column, one in zip(columns, named, strict=True))


def _joins(name: str, value: Any) -> tuple[str, ...]:
    parts = (value,) if isinstance(value, str) else value
    if not isinstance(parts, Sequence) or not all(isinstance(one, str) and one.strip() for one in parts):
        raise BriefError(f"--{name} is {value!r}", because="it is no FILE:KEY", remedy=f"--{name} weather.csv:city,day")
    return tuple(dict.fromkeys(one.strip() for one in parts))


def _whole(name: str, value: Any) -> int:
    try:
        number = int(value) if not isinstance(value, bool) and float(value) == int(value) else -1
    except (TypeError, ValueError, OverflowError):
        number = -1
    least = 1 if name == "trials" else 0
    if number < least or number >= 2**63:
        raise BriefError(
            f"--{name} is {value!r}", because=f"that is no whole number from {least} on", remedy=f"--{name} 7"
        )
    return number


def _above_zero(name: str, value: Any) -> float:
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise BriefError(f"--{name} is {value!r}", because="that is no number above 0", remedy=f"--{name} 50")
    return number


def _seconds(name: str, value: Any) -> float:
    seconds = _quantity(value, _TIME_UNITS)
    if seconds is None or seconds <= 0:
        raise BriefError(f"the time {value!r} cannot be read", remedy="write it as 30s, 2m or 1h")
    return seconds


def _latency(name: str, value: Any) -> float:
    seconds = _quantity(value, {"us": 1e-6, "µs": 1e-6, "μs": 1e-6, **_TIME_UNITS})
    if seconds is None or seconds <= 0:
        raise BriefError(
            f"--max-latency is {value!r}",
            because="that is no time that an answer may take",
            remedy="write it as 5ms or 300us; a number alone counts seconds",
        )
    # 45us are 4.5e-05, not a bit less, wherever they are written down.
    return float(f"{seconds:.9g}")


def _bytes(name: str, value: Any) -> int:
    size = _quantity(value, _SIZE_UNITS)
    if size is None or size < 1:
        raise BriefError(f"the memory {value!r} cannot be read", remedy="write it as 500MB or 4GB")
    return int(size)


def _quantity(value: Any, units: Mapping[str, float]) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else None
    match = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
    if match is None or match[2].lower() not in units:
        return None
    return float(match[1]) * units[match[2].lower()]


def _gain(name: str, value: Any) -> Gain:
    if not isinstance(value, str | Mapping):
        raise BriefError(f"--gain is {value!r}", because="it is neither text nor a mapping", remedy="act:true=300")
    return parse_gain(value) if value else {}


def _columns(name: str, value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, Mapping) or not all(isinstance(facts, Mapping) for facts in value.values()):
        raise BriefError("--column cannot be read", remedy='{"zip": {"kind": "category"}}')
    wishes = {
        str(column).strip(): {str(key): _said(one) for key, one in facts.items()} for column, facts in value.items()
    }
    for column, facts in wishes.items():
        require_wishes(column, facts)
    return wishes


def _said(value: Any) -> str:
    """What is said of a column, as text; a list is its members with ``|`` between them."""
    return "|".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


#: Option → how its value is read. These are the options that there are.
_READERS: dict[str, Callable[[str, Any], Any]] = {
    "predict": _text,
    "task": _choice,
    "metric": _text,
    "positive": _text,
    "gain": _gain,
    "capacity": _above_zero,
    "volume": _above_zero,
    "current": _text,
    "entity": _text,
    "when": _text,
    "ignore": _names,
    "columns": _columns,
    "weight": _text,
    "prefer": _preference,
    "interpretable": _yes_or_no,
    "monotone": _directions,
    "keep_cases": _yes_or_no,
    "max_latency": _latency,
    "table": _text,
    "query": _text,
    "join": _joins,
    "time": _seconds,
    "seconds": _seconds,
    "trials": _whole,
    "memory": _bytes,
    "memory_bytes": _bytes,
    "seed": _whole,
}
