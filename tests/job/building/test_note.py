from __future__ import annotations

from types import SimpleNamespace

from journeyman.brief.read import read_brief
from journeyman.sources.set_aside import NAME


def test_what_was_understood_lies_in_the_folder_and_can_be_asked_again(stages: SimpleNamespace) -> None:
    again = read_brief(stages.run.folder / "brief.toml")
    assert (again.predict, again.trials) == (stages.taken.request.predict, 1)
    assert (stages.run.folder / NAME).read_text().count("\n") >= 3
    said = dict(stages.said)
    assert said["explore"] == stages.explored.summary
    assert NAME in said["rows"]
