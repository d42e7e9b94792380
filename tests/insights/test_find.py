from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.insights.find import find_insights


def signal(made: SimpleNamespace, rows: int = 1200) -> dict[str, object]:
    random = np.random.default_rng(1)
    columns = made.noise(rows)
    return {**columns, "y": 1.0 * (columns["city"] == "Chur") + random.normal(size=rows)}


@pytest.mark.parametrize("seed", range(6))
def test_noise_tells_nothing(made: SimpleNamespace, seed: int) -> None:
    random = np.random.default_rng([9, seed])
    columns = {**made.noise(700, seed), "day": made.days(700, seed=seed)}
    columns |= {f"x{place}": random.lognormal(size=700) for place in range(6)}
    target = {"y": random.normal(size=700)} if seed % 2 else {"y": random.choice(["a", "b"], size=700)}
    found = made.explored({**columns, **target}, None if seed == 5 else "y")
    assert found.looked_at > 150
    assert found.confirmed == 0
    assert found.insights == ()


def test_everything_that_is_looked_at_is_counted(made: SimpleNamespace) -> None:
    found = made.explored(signal(made), "y")
    assert found.looked_at == sum(found.by_kind.values())
    assert found.confirmed <= found.found < found.looked_at
    assert found.first_rows + found.second_rows == 1200
    assert all(one.q_value <= 0.05 and one.p_value <= one.q_value for one in found.insights)


def test_effects_are_drawn_towards_nothing(made: SimpleNamespace) -> None:
    one = made.explored(signal(made, 500), "y").insights[0]
    assert 0 < abs(one.effect) < 1
    assert one.low < one.value < one.high


def test_the_same_seed_tells_the_same(made: SimpleNamespace) -> None:
    first, second = (made.explored(signal(made), "y", seed=3).as_data() for _ in range(2))
    assert first | {"seconds": 0} == second | {"seconds": 0}


def test_the_sentences_of_a_large_table_count_all_its_rows(
    made: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journeyman.insights.find.MOST_ROWS", 800)
    found = made.explored(signal(made), "y")
    assert found.first_rows == found.second_rows == 400
    assert "800 of 1,200 rows" in found.left_out[0]
    claims = found.insights[0].facts["claims"]
    assert sum(claim["rows"] for claim in claims) == 1200


def test_little_time_means_fewer_rows_and_what_comes_too_late_is_said(made: SimpleNamespace) -> None:
    table = made.table(signal(made, 6000))
    found = find_insights(table, find_aim(table, Brief(predict="y")), seconds=1e-9)
    assert found.insights == ()
    assert any("for lack of time not looked at" in one for one in found.left_out)
    assert any("2,000 of 6,000" in one for one in found.left_out)


def test_rows_that_are_copies_of_few_make_no_insight(made: SimpleNamespace) -> None:
    """Forty people with thirty rows each are forty pieces of evidence, if it is said so."""
    random = np.random.default_rng(2)
    who = np.repeat(np.arange(40), 30)
    columns = {"team": np.array(["a", "b"])[random.integers(0, 2, 40)][who], "x": random.normal(size=1200)}
    columns["y"] = random.normal(size=40)[who] + 0.3 * random.normal(size=1200)
    assert made.explored(columns, "y", groups=who).confirmed == 0


def test_a_few_rows_are_no_table_to_be_explored(made: SimpleNamespace) -> None:
    found = made.explored({"x": np.arange(30.0), "y": np.arange(30.0)})
    assert found.insights == ()
    assert "too few" in found.left_out[-1]
