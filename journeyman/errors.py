"""Everything that can go wrong, drawn as a tree.

    JourneymanError
    ├── InputError            exit 2    the input or the request is at fault
    │   ├── SourceError                 a file, frame or database cannot be read as a table
    │   ├── BriefError                  the request contradicts itself or the table
    │   ├── PlanError                   a plan names a step that does not exist or does not fit
    │   └── BundleError                 a bundle is damaged, foreign or hostile
    ├── ResourceError         exit 3    disk, memory, permission, port
    ├── GateClosed            exit 4    ``--gate`` or ``verify``, and the answer is no
    └── InternalError         exit 70   our own fault

Every message has three parts: what happened, because of what, and what to try. A problem *in the data* that
does not stop the job is no exception but a value (`journeyman.table.finding.Finding`).
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable


class JourneymanError(Exception):
    """What happened, because of what, and what to try.

    Parameters
    ----------
    happened : the fact, with its place (file, column, row)
    because : the reason, when there is one to tell
    remedy : what the reader can do now
    code : the finding code from the closed vocabulary, where one fits
    """

    exit_code = 70

    def __init__(self, happened: str, *, because: str = "", remedy: str = "", code: str = "") -> None:
        super().__init__(happened, because, remedy, code)
        self.happened = happened
        self.because = because
        self.remedy = remedy
        self.code = code

    def __str__(self) -> str:
        parts = [self.happened.rstrip(".")]
        if self.because:
            parts.append(f"because {self.because.rstrip('.')}")
        text = ", ".join(parts) + "."
        return f"{text} Try: {self.remedy.rstrip('.')}." if self.remedy else text

    def as_data(self) -> dict[str, str]:
        """The three parts by name, as ``--json`` prints them."""
        return {
            "error": self.happened,
            "because": self.because,
            "try": self.remedy,
            "code": self.code,
        }


class InputError(JourneymanError):
    """The input or the request is at fault."""

    exit_code = 2


class SourceError(InputError):
    """A source cannot be read as a table."""


class BriefError(InputError):
    """The request contradicts itself or the table."""


class PlanError(InputError):
    """A plan names a step that does not exist, or parameters that do not fit it."""


class BundleError(InputError):
    """A bundle is damaged, of a foreign format, or hostile."""


class ResourceError(JourneymanError):
    """The surroundings are at fault: disk, memory, permission, port."""

    exit_code = 3


class GateClosed(JourneymanError):
    """A gate was asked for, and the answer is no."""

    exit_code = 4


class InternalError(JourneymanError):
    """Our own fault."""

    exit_code = 70


#: What the operating system says when the surroundings, not the request, are at fault.
_SURROUNDINGS = {
    errno.ENOSPC: ("the disk is full", "free some space, or name another place with --out"),
    errno.EDQUOT: ("the disk quota is used up", "free some space, or name another place with --out"),
    errno.EIO: ("the disk reports an error", "check the disk, or name another place with --out"),
    errno.EMFILE: ("too many files are open", "raise the limit with: ulimit -n 4096"),
    errno.ENFILE: ("the machine has too many files open", "close other programs"),
    errno.EACCES: ("permission is denied", "name a place with --out that you may write to"),
    errno.EPERM: ("permission is denied", "name a place with --out that you may write to"),
    errno.EROFS: ("the disk is read-only", "name a place with --out that you may write to"),
    errno.ENOMEM: ("memory is used up", "give fewer rows, or a machine with more memory"),
    errno.ENOTDIR: ("a part of that path is a file", "name another place with --out"),
    errno.ENAMETOOLONG: ("that name is too long for the disk", "give a shorter name with --out"),
    errno.EADDRINUSE: ("that port is taken", "choose another with --port"),
}


def from_system(error: OSError, doing: str) -> ResourceError:
    """Say in our words what the operating system said in its own.

    Parameters
    ----------
    error : what the system raised
    doing : what we were doing, as "writing runs/churn-1/plan.json"
    """
    because, remedy = _SURROUNDINGS.get(
        error.errno or 0, (error.strerror or type(error).__name__, "look at the folder, then run again")
    )
    return ResourceError(f"{doing} failed", because=because, remedy=remedy, code="environment")


def nearest(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known names, or lists a few.

    >>> nearest("Chrun", ["Churn", "tenure"])
    "did you mean 'Churn'?"
    >>> nearest("x", ["Churn", "tenure"])
    "there are: 'Churn', 'tenure'"
    """
    names = [str(one) for one in known]
    folded = {one.casefold().strip(): one for one in names}
    close = [folded[hit] for hit in difflib.get_close_matches(name.casefold().strip(), folded, n=3)]
    if close:
        return "did you mean " + " or ".join(repr(one) for one in close) + "?"
    listed = ", ".join(repr(one) for one in names[:8])
    return f"there are: {listed}" + (", …" if len(names) > 8 else "")
