from __future__ import annotations

from pathlib import Path

from journeyman.verification.verification import Check, Verification

HOLDS, FAILS = Check("data", "holds", "the same"), Check("claim rmse", "fails", "value: 1.0 is certified, 2.0 is found")
NOTE, UNKNOWN = Check("code", "note", "another"), Check("claim mae", "not checked", "not recomputed")


def test_it_holds_unless_something_fails_and_says_what_fails_first() -> None:
    good = Verification(Path("runs/x-1"), (HOLDS, NOTE))
    assert good.holds
    assert good.is_complete
    assert good.sentence == "all of it holds"
    bad = Verification(Path("runs/x-1"), (HOLDS, FAILS, Check("model", "fails", "other answers")))
    assert not bad.holds
    assert bad.first_difference == "claim rmse: value: 1.0 is certified, 2.0 is found"


def test_what_was_not_looked_at_is_counted() -> None:
    one = Verification(Path("runs/x-1"), (HOLDS, UNKNOWN))
    assert one.holds
    assert not one.is_complete
    assert "1 not, without the table" in one.sentence


def test_it_shows_itself_line_by_line_and_as_data() -> None:
    one = Verification(Path("runs/x-1"), (HOLDS, FAILS, NOTE, UNKNOWN))
    assert repr(one).splitlines()[1:] == [
        "  + data: the same",
        "  ! claim rmse: value: 1.0 is certified, 2.0 is found",
        "  · code: another",
        "  ? claim mae: not recomputed",
    ]
    told = one.as_data()
    assert (told["holds"], told["is_complete"]) == (False, False)
    assert told["checks"][1] == {"name": FAILS.name, "state": "fails", "text": FAILS.text}
    assert Verification(Path(), (HOLDS,)).as_data()["first_difference"] is None
