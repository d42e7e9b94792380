"""What may go wrong: ``--max-error`` as it is typed, for all decisions together or for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journeyman.errors import BriefError, nearest


def read_limits(given: float | str | Mapping[str, float | str]) -> dict[str, float]:
    """The largest error rate by decision; under "" for all that is automated together.

    >>> read_limits("2%"), read_limits("approve=1%, reject=5%"), read_limits(0.1)
    ({'': 0.02}, {'approve': 0.01, 'reject': 0.05}, {'': 0.1})

    Raises
    ------
    BriefError : it cannot be read, or is not between 0 and 50 %
    """
    if isinstance(given, Mapping):
        pairs = {str(label): one for label, one in given.items()}
    elif isinstance(given, str) and "=" in given:
        parts = [one.rpartition("=") for one in given.split(",")]
        pairs = {label.strip(): text for label, _, text in parts}
    else:
        pairs = {"": given}
    if not pairs or ("" in pairs and len(pairs) > 1):
        raise _unreadable(str(given))
    return {label: _rate(one) for label, one in pairs.items()}


def require_known(limits: Mapping[str, float], labels: Sequence[str]) -> None:
    """Refuse a limit for a decision that is not among those that were taken.

    Raises
    ------
    BriefError : it is not; the nearest is offered
    """
    for label in limits:
        if label and label not in labels:
            raise BriefError(
                f"--max-error names {label!r}, which nobody decided",
                because="a limit is for one of the decisions in the table",
                remedy=nearest(label, labels),
            )


def _rate(given: float | str) -> float:
    text = str(given).strip().replace(" ", "")
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError as error:
        raise _unreadable(text) from error
    if not 0 < value <= 0.5:
        more = f"; did you mean {text}%?" if 0.5 < value <= 50 and not text.endswith("%") else ""
        raise BriefError(
            f"--max-error {text} is no error rate to aim at",
            because=f"it must be above 0 and at most 50 %{more}",
            remedy="--max-error 2%",
        )
    return value


def _unreadable(text: str) -> BriefError:
    return BriefError(
        f"--max-error {text!r} cannot be read",
        because="it is neither a rate nor DECISION=RATE,DECISION=RATE",
        remedy='--max-error 2%, or --max-error "approve=1%,reject=5%"',
    )
