"""The door of the room: every case on the shelf, on our tables and on the user's; what was seen, out."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Unpack

from journeyman.errors import BriefError, InputError, ResourceError
from journeyman.plan.shelf import modules
from journeyman.selftests.bench import Bench
from journeyman.selftests.outcome import On, Outcome, Seen, Selftest, State
from journeyman.selftests.subject import Subject
from journeyman.sources.named import Named
from journeyman.sources.read import read
from journeyman.trials.interruption import Interrupted
from journeyman.trials.pool import workers

#: ``progress(text)`` says what is going on, ``progress(outcome)`` what came of a case.
Progress = Callable[[str | Outcome], None]
_STATES: dict[bool | None, State] = {True: "passed", False: "failed", None: "not told"}


def selftest(
    source: Any = None,
    predict: str | None = None,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    **named: Unpack[Named],
) -> Selftest:
    """Try on this machine, and on a table, what the product must never do. Takes about a minute on two cores.

    On tables whose truth is known: nothing is found in a shuffled target, planted leaks are found, copies of rows fool
    nobody, no score beats the best possible one, the bundle answers as the plan, two runs of a seed are equal. On the
    user's table: the first three, on at most 1,000 of its rows.

    Parameters
    ----------
    source : a table, as for `build`; None for none
    predict : the column of it that is to be predicted
    seed : of everything drawn by chance
    progress : told what is going on, and what came of each case
    named : which table, which query, what to join (`journeyman.sources.named.Named`)

    Raises
    ------
    InputError : the table or the target cannot be used
    ResourceError : disk, memory or permission say no
    """
    began = time.monotonic()
    say = progress or _say_nothing
    if (source is None) != (predict is None):
        given, missing = ("a table", "what is to be predicted") if predict is None else ("a target", "its table")
        raise BriefError(
            f"there is {given} without {missing}",
            because="both are shuffled, doubled and given a leak together",
            remedy="say journeyman selftest SOURCE --predict COLUMN",
        )
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="journeyman-selftest-") as folder, workers() as pool:
        bench = Bench(pool, Path(folder), seed, say)
        subject, about = None, "tables whose truth is known"
        if source is not None and predict is not None:
            subject, rows = _subject(bench, source, predict, named)
            about += f"; {subject.table.rows:,} of the {rows:,} rows of {subject.table.name!r} with {subject.target!r}"
        for name, on, must_not, see in _cases(bench, subject):
            say(f"{name} …")
            outcome = _outcome(name, on, must_not, see)
            outcomes.append(outcome)
            say(outcome)
    return Selftest(tuple(outcomes), time.monotonic() - began, about, seed)


def cases() -> tuple[ModuleType, ...]:
    """The files on the shelf."""
    return tuple(one for one in modules("selftests.cases") if hasattr(one, "MUST_NOT"))


def _cases(bench: Bench, subject: Subject | None) -> Iterator[tuple[str, On, str, Callable[[], Seen]]]:
    for module in cases():
        name = module.__name__.rpartition(".")[2].replace("_", " ")
        if hasattr(module, "ours"):
            yield name, "ours", module.MUST_NOT, partial(module.ours, bench)
    for module in cases():
        name = module.__name__.rpartition(".")[2].replace("_", " ")
        if subject is not None and hasattr(module, "yours"):
            yield name, "yours", module.MUST_NOT, partial(module.yours, bench, subject)


def _subject(bench: Bench, source: Any, predict: str, named: Named) -> tuple[Subject, int]:
    """The user's table, cut to a size, and how many rows it has. What is wrong with the request is said at once."""
    predict = predict.strip()
    table = read(source, target=predict, **named)
    whole = Subject(table, predict)
    bench.understand(whole)
    return whole.drawn(bench.seed), table.rows


def _outcome(name: str, on: On, must_not: str, see: Callable[[], Seen]) -> Outcome:
    """Try a case. One that breaks has failed on our tables, and others are tried all the same."""
    began = time.monotonic()
    try:
        seen = see()
    except ResourceError:
        raise
    except Interrupted as ending:
        raise KeyboardInterrupt from ending
    except InputError as error:
        seen = Seen(None if on == "yours" else False, f"the table was refused: {error}")
    except Exception as error:  # noqa: BLE001 - the border: whatever breaks here is what a selftest is to tell
        seen = Seen(False, f"it broke: {type(error).__name__}: {error}")
    return Outcome(
        name=name,
        on=on,
        must_not=must_not,
        seen=seen.text,
        numbers=seen.numbers,
        state=_STATES[seen.is_right],
        seconds=time.monotonic() - began,
    )


def _say_nothing(said: str | Outcome) -> None:
    return None
