from __future__ import annotations

from journeyman.insights.kind import Kind, kinds


def test_the_folder_is_the_registry() -> None:
    found = kinds()
    assert len({one.name for one in found}) == len(found) >= 10
    assert all(type(one).__module__.endswith(one.name) for one in found)
    assert [one.turn for one in found] == sorted(one.turn for one in found)
    assert all(one.least > 0 and one.split in ("rows", "time") for one in found)


def test_every_kind_says_what_it_is() -> None:
    assert all(type(one).__doc__ for one in kinds())
    assert getattr(Kind, "looks").__isabstractmethod__ is not False  # noqa: B009 - the contract itself makes nothing
