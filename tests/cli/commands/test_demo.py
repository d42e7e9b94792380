from __future__ import annotations

from typing import Any

from journeyman.cli.commands.demo import TIME
from journeyman.cli.main import main
from journeyman.demo.table import GAIN, PATH, TARGET


def test_the_demo_builds_on_the_table_that_ships(job: Any) -> None:
    assert main(["demo", "--quiet"]) == 0
    assert job.sources == (str(PATH),)
    assert job.options == {"predict": TARGET, "gain": GAIN, "time": TIME}


def test_its_work_can_be_chosen(job: Any) -> None:
    assert main(["demo", "--quiet", "--trials", "2"]) == 0
    assert job.options["trials"] == 2
    assert "time" not in job.options
