"""The tree of errors: three parts, exit codes, and the system's errors in our words."""

from __future__ import annotations

import errno

import pytest

from journeyman import errors


def test_a_message_has_three_parts() -> None:
    error = errors.SourceError("a.csv cannot be read", because="it is empty.", remedy="name another file")
    assert str(error) == "a.csv cannot be read, because it is empty. Try: name another file."
    assert error.as_data() == {
        "error": "a.csv cannot be read",
        "because": "it is empty.",
        "try": "name another file",
        "code": "",
    }
    assert str(errors.InputError("it failed.")) == "it failed."


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.InputError, 2),
        (errors.SourceError, 2),
        (errors.BriefError, 2),
        (errors.PlanError, 2),
        (errors.BundleError, 2),
        (errors.ResourceError, 3),
        (errors.GateClosed, 4),
        (errors.InternalError, 70),
    ],
)
def test_exit_codes(kind: type[errors.JourneymanError], code: int) -> None:
    assert kind.exit_code == code
    assert issubclass(kind, errors.JourneymanError)
    assert kind.__name__ in (errors.__doc__ or "")


def test_every_kind_is_drawn_in_the_tree() -> None:
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.JourneymanError)]
    assert len(kinds) == 9
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in kinds)


def test_the_systems_errors_are_said_in_our_words() -> None:
    full = errors.from_system(OSError(errno.ENOSPC, "No space left on device"), "writing run.json")
    assert isinstance(full, errors.ResourceError)
    assert (full.happened, full.because) == ("writing run.json failed", "the disk is full")
    assert "--out" in full.remedy
    unknown = errors.from_system(OSError(errno.ELOOP, "too many links"), "reading x")
    assert unknown.because == "too many links"
    assert errors.from_system(OSError(), "reading x").because == "OSError"


def test_near_names_are_offered() -> None:
    assert errors.nearest("chrun", ["Churn", "tenure"]) == "did you mean 'Churn'?"
    assert errors.nearest("x", [f"column {one}" for one in range(9)]).endswith("'column 7', …")
