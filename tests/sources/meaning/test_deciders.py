from __future__ import annotations

from journeyman.plan.shelf import modules
from journeyman.sources.meaning.deciders import proposals, refinements, tellers


def test_whoever_proposes_has_a_turn_of_his_own_and_words_come_last() -> None:
    turns = [module.TURN for module in modules("sources.meaning") if hasattr(module, "propose")]
    assert len(turns) == len(set(turns)) == len(proposals())
    assert proposals()[-1].__module__.endswith(".words")
    assert proposals()[0].__module__.endswith(".typed")


def test_refinements_are_in_their_order() -> None:
    names = [refine.__module__.rpartition(".")[2] for refine in refinements()]
    assert names == ["sentinels", "epochs", "stand_in_dates", "identifiers", "likely"]


def test_everybody_who_tells_says_what() -> None:
    assert len(tellers()) >= 10
    assert all(tell.__doc__ for tell in tellers())
