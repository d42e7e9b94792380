"""Our errors as scikit-learn's tools expect them: input that cannot be used is a ``ValueError``."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from journeyman.errors import InputError


class Refused(InputError, ValueError):
    """An `InputError` that is a ``ValueError``, too. It says what happened, because of what, and what to try."""

    def __reduce__(self) -> tuple[Any, ...]:
        # The processes of joblib send errors to each other, and ours take their parts by name.
        return _again, (self.happened, self.because, self.remedy, self.code)


def _again(happened: str, because: str, remedy: str, code: str) -> Refused:
    return Refused(happened, because=because, remedy=remedy, code=code)


@contextlib.contextmanager
def refusing() -> Iterator[None]:
    """Whatever is wrong with the input or the request in this block comes out as `Refused`."""
    try:
        yield
    except InputError as error:
        raise _again(error.happened, error.because, error.remedy, error.code) from error
