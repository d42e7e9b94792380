"""LightGBM, imported without what it would import beside: that is four fifths of its two seconds."""

from __future__ import annotations

import contextlib
import importlib
import sys
import threading
from collections.abc import Iterator
from typing import Any

#: Libraries of data frames and pictures that others import where they find them, and that nothing here has a use for.
FRAMES = ("pandas", "pyarrow", "matplotlib", "graphviz")
#: Libraries that are known to do all that is asked of them here without those. Others are left whole: CatBoost without
#: pandas is imported, and fails when it fits.
DO_WITHOUT = ("lightgbm", "sklearn")


@contextlib.contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Let libraries that are imported meanwhile do without some others, as they do where those are not installed.

    Afterwards nothing is hidden: several look whether a name is among the modules, and take what they find there. Not
    while another thread may import something.
    """
    away = [one for one in names if one not in sys.modules]
    # What is None cannot be imported.
    sys.modules.update(dict.fromkeys(away))  # type: ignore[arg-type]  # see above
    try:
        yield
    finally:
        for one in away:
            del sys.modules[one]


def load(library: str) -> None:
    """Import a library that steps fit with, without what it has no use for here; see `hidden` for when it may be."""
    with hidden(*FRAMES) if library.partition(".")[0] in DO_WITHOUT else contextlib.nullcontext():
        importlib.import_module(library)


class Process:
    """What is known of this process: whether it is ours alone, as that of the program or of a worker.

    In others LightGBM must stay whole: who uses its wrappers there, or hands it a data frame, would miss them.
    """

    is_ours = False


def lightgbm(*, is_alone: bool = False) -> Any:
    """The library; in a process of ours without its wrappers for scikit-learn and data frames.

    Parameters
    ----------
    is_alone : whether no other thread imports anything, though there are some
    """
    if "lightgbm" not in sys.modules and Process.is_ours and (threading.active_count() == 1 or is_alone):
        with hidden(*FRAMES, "sklearn"):
            import lightgbm as imported
    else:
        import lightgbm as imported
    return imported
