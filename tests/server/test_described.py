from __future__ import annotations

import json
from collections.abc import Callable

from journeyman.server.deployed import Deployed


def test_the_schema_tells_each_column_and_what_moves_most_first(deployed: Callable[..., Deployed]) -> None:
    told = json.loads(json.dumps(deployed().schema, allow_nan=False))
    assert (told["target"], told["task"], told["classes"]) == ("bought", "binary", ["no", "yes"])
    assert told["coverage"] == 0.9
    assert told["decision"] == {"actions": [["call", {"no": -200.0, "yes": 300.0}]]}
    columns = {one["name"]: one for one in told["columns"]}
    assert [one["leverage"] for one in told["columns"]] == sorted(
        (c["leverage"] for c in columns.values()), reverse=True
    )
    assert columns["age"]["unit"] == "years"
    assert (columns["age"]["low"], columns["age"]["high"], columns["age"]["is_whole"]) == (18, 90, True)
    assert columns["member"]["words"] == ["yes", "no"]
    assert columns["city"]["levels"] == ["Oslo", "Bergen", "Tromsø"]
    assert (columns["since"]["low"], columns["since"]["date_format"]) == ("1970-01-01", "d.m.y")
    assert told["keeps_cases"] is False
    assert deployed("cases").schema["keeps_cases"] is True


def test_columns_tell_what_they_are_read_for(deployed: Callable[..., Deployed]) -> None:
    columns = {one["name"]: one["for"] for one in deployed("spending").schema["columns"]}
    assert columns["income"] == ["prediction", "decision"]
    assert columns["age"] == ["prediction"]
