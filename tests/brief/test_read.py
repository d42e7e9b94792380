from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeyman.brief.read import make_brief, read_brief
from journeyman.brief.write import brief_toml
from journeyman.errors import BriefError


def test_options_are_read_as_people_write_them() -> None:
    brief = make_brief(
        predict=" Churn ", time="2m", memory="4GB", ignore="id, name,id", gain="act:true=3", seed="7", task="binary",
        columns={"zip": {"kind": "category"}}, metric=None,
    )  # fmt: skip
    assert (brief.predict, brief.seconds, brief.memory_bytes, brief.seed) == ("Churn", 120.0, 4 * 10**9, 7)
    assert (brief.ignore, brief.gain) == (("id", "name"), {"act": {"true": 3.0}})
    assert (brief.trials, brief.metric, brief.columns) == (None, None, {"zip": {"kind": "category"}})


@pytest.mark.parametrize(("said", "seconds"), [("30s", 30), ("1.5h", 5400), (90, 90), ("90", 90), ("500ms", 0.5)])
def test_times(said: Any, seconds: float) -> None:
    assert make_brief(predict="y", time=said).seconds == seconds


@pytest.mark.parametrize(("said", "size"), [("4GB", 4 * 10**9), ("512MiB", 2**29), (1000, 1000), ("2 g", 2 * 10**9)])
def test_sizes(said: Any, size: int) -> None:
    assert make_brief(predict="y", memory=said).memory_bytes == size


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"predict": ""},
        {"predict": ["y"]},
        *[{"predict": "y", "time": said} for said in ("soon", 0, -1, float("nan"), float("inf"))],
        *[{"predict": "y", "seed": said} for said in (-1, True, "x")],
        *[{"predict": "y", name: said} for name, said in (("memory", "big"), ("trials", 0), ("trials", 2.5))],
        *[{"predict": "y", name: said} for name, said in (("task", "forecasting"), ("gain", 3), ("columns", "a"))],
        {"predict": "y", "time": 3, "trials": 2},
        {"predict": "y", "entity": "y"},
        {"predict": "y", "current": "y"},
        {"predict": "y", "current": "a", "ignore": "a"},
        {"predict": "y", "gain": "a:b=x**2"},
        *[{"predict": "y", "gain": "a:b=1", "capacity": said} for said in (0, -1, "many", float("nan"), True, 10**400)],
        *[{"predict": "y", "volume": said} for said in (0, -1, "many", float("inf"))],
        {"predict": "y", "gain": "a:b=1", "capacity": 1001},
        {"predict": "y", "gain": "a:b=1", "capacity": 50, "volume": 20},
        {"predict": "y", "capacity": 50},
        *[{"predict": "y", "ignore": said} for said in (["y"], 3)],
        *[{"predict": "y", "columns": {"a": said}} for said in ({"kind": "colour"}, {"hue": "x"}, "x")],
    ],
)
def test_what_cannot_be_read_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(BriefError) as refused:
        make_brief(**options)
    assert refused.value.happened
    assert refused.value.remedy


@pytest.mark.parametrize("name", ["protect"])
def test_what_is_not_there_yet_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BriefError, match=f"--{name.replace('_', '-')} is not in this version"):
        make_brief(predict="y", **{name: "x"})


@pytest.mark.parametrize(
    ("said", "seconds"), [("5ms", 0.005), ("300us", 3e-4), ("300 µs", 3e-4), ("0.5s", 0.5), (0.002, 0.002), ("1", 1.0)]
)
def test_the_time_of_an_answer_is_read_with_its_unit(said: Any, seconds: float) -> None:
    assert make_brief(predict="y", max_latency=said).max_latency == pytest.approx(seconds)


@pytest.mark.parametrize("said", ["soon", "0ms", "-1ms", "5 ns", True])
def test_a_time_that_is_none_is_refused_with_one_that_is(said: Any) -> None:
    with pytest.raises(BriefError) as refused:
        make_brief(predict="y", max_latency=said)
    assert "5ms" in refused.value.remedy


def test_directions_are_names_with_a_sign_behind() -> None:
    assert make_brief(predict="y", monotone="income+, debt -").monotone == ("income+", "debt-")
    assert make_brief(predict="y", monotone=["a-+"]).monotone == ("a-+",)
    for said in ("income", "+", "a+,a-", 3):
        with pytest.raises(BriefError):
            make_brief(predict="y", monotone=said)


def test_only_what_one_can_read_is_a_wish_of_yes_or_no() -> None:
    assert make_brief(predict="y", interpretable=True).interpretable
    with pytest.raises(BriefError, match="write --interpretable"):
        make_brief(predict="y", interpretable="yes")


def test_only_the_local_engine_is_there() -> None:
    assert make_brief(predict="y", engine="local").predict == "y"
    with pytest.raises(BriefError, match="ray is not in this version"):
        make_brief(predict="y", engine="ray")


def test_a_mistyped_option_is_told_its_neighbours() -> None:
    with pytest.raises(BriefError, match="did you mean 'predict'"):
        make_brief(pedict="y")


def test_options_win_over_the_file_and_a_clock_takes_the_place_of_trials(tmp_path: Path) -> None:
    file = tmp_path / "brief.toml"
    file.write_text('predict = "y"\ntrials = 6\nseed = 3\n[gain.act]\ntrue = 5\n[columns.zip]\nkind = "category"\n')
    assert read_brief(file).trials == 6
    brief = read_brief(file, time="2m", seed=4, metric=None)
    assert (brief.trials, brief.seconds, brief.seed, brief.predict) == (None, 120.0, 4, "y")
    assert brief.gain == {"act": {"true": 5.0}}
    assert read_brief(file, trials=2).trials == 2


@pytest.mark.parametrize("content", [b"predict = ", b"\xff\xfe\x00", b"nothing = 1\npredict = 'y'", b"#" * 1_000_001])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "brief.toml"
    file.write_bytes(content)
    with pytest.raises(BriefError):
        read_brief(file)


def test_a_missing_file_is_told_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "brief.toml").write_text("predict = 'y'")
    with pytest.raises(BriefError, match=r"did you mean 'brief\.toml'"):
        read_brief(tmp_path / "breif.toml")
    with pytest.raises(BriefError, match="is a folder"):
        read_brief(tmp_path)


def test_there_may_be_neither_time_nor_entity() -> None:
    brief = make_brief(predict="y", when="none", entity="none")
    assert (brief.when, brief.entity) == ("none", "none")


def test_capacity_is_a_share_of_the_volume() -> None:
    brief = make_brief(predict="y", gain="act:true=amount-12", capacity="50", current=" today ")
    assert (brief.capacity, brief.volume, brief.share, brief.current) == (50.0, None, 0.05, "today")
    assert brief.gain == {"act": {"true": "amount - 12"}}
    assert make_brief(predict="y", gain="act:true=1", capacity=50, volume=200).share == 0.25
    assert make_brief(predict="y", volume=200).share is None
    with pytest.raises(BriefError, match=r"1000 cases a period are assumed.*--volume"):
        make_brief(predict="y", gain="act:true=1", capacity=2000)


def test_a_switch_is_true_or_false() -> None:
    assert make_brief(predict="y", keep_cases=True).keep_cases
    assert not make_brief(predict="y").keep_cases
    with pytest.raises(BriefError, match="--keep-cases is 'yes'"):
        make_brief(predict="y", keep_cases="yes")


def test_what_is_read_is_part_of_the_brief() -> None:
    brief = make_brief(predict="y", table=" orders ", query="SELECT 1", join="a.csv:k")
    assert (brief.table, brief.query, brief.join) == ("orders", "SELECT 1", ("a.csv:k",))
    assert make_brief(predict="y", join=["a.csv:k", "b.csv:x,y", "a.csv:k"]).join == ("a.csv:k", "b.csv:x,y")
    for join in (3, [""], ["a.csv:k", None]):
        with pytest.raises(BriefError, match="FILE:KEY"):
            make_brief(predict="y", join=join)


def test_a_join_of_several_keys_comes_back_from_the_file(tmp_path: Path) -> None:
    brief = make_brief(predict="y", table="Q 1", join=("a.csv:k,l", 'b "c".csv:x=y'))
    (tmp_path / "brief.toml").write_text(brief_toml(brief, {}))
    assert read_brief(tmp_path / "brief.toml") == brief
