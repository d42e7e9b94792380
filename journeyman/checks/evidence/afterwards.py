"""What a column's name says of when it was written: that it speaks of the end of the matter, or of what came of it."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
#: Words of what is known only when the matter is over.
_AFTERWARDS = frozenset(
    word
    for line in (
        "close closed closing closure outcome outcomes result results final resolved resolution paid settled",
        "settlement refund refunded chargeback cancel cancelled canceled cancellation left end ended ending exit",
        "actual label target decision post after aftermath churn churned claim claimed claims death died deceased",
        "dead killed survived terminated termination returned recovered recovery writeoff collected reimbursement",
        "reimbursed payout convicted verdict dropout graduated resigned completed completion finished",
    )
    for word in line.split()
)


def says_afterwards(name: str) -> bool:
    """Whether a word of the name is one of what is known only afterwards.

    >>> [says_afterwards(name) for name in ("closed_on", "ResolutionDate", "age", "friend")]
    [True, True, False, False]
    """
    return any(word.lower() in _AFTERWARDS for word in _WORD.findall(name))
