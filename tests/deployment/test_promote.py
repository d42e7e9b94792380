from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.promote import promote, require_same_use
from journeyman.errors import BundleError, InputError, ResourceError
from journeyman.store.champion import champion_of
from journeyman.store.files import locked


def test_whoever_loads_the_run_gets_the_candidate(runs: Path, history: Callable[[Path], list[tuple[str, str]]]) -> None:
    (runs / "one" / "bundle" / "card.md").write_text("damaged")
    with pytest.raises(BundleError):
        jm.load(runs / "one")
    champion = champion_of(runs / "one")
    assert champion.is_itself
    (runs / "one" / "bundle" / "card.md").write_bytes((runs / "two" / "bundle" / "card.md").read_bytes())
    promote(runs / "one", runs / "two", because="it is newer")
    (runs / "one" / "bundle" / "card.md").write_text("damaged")
    assert jm.load(runs / "one").target == "y"
    assert history(runs / "one") == [("promote", "two")]
    # The bundle's own folder is that bundle, whoever serves.
    with pytest.raises(BundleError):
        jm.load(runs / "one" / "bundle")


def test_a_candidate_may_be_named_by_its_name(runs: Path) -> None:
    assert promote(str(runs / "one"), "two").serving == runs / "two"
    with pytest.raises(InputError, match="serves already"):
        promote(runs / "one", "two")


def test_what_lies_elsewhere_is_refused(runs: Path, built: Path) -> None:
    with pytest.raises(InputError, match="does not lie beside"):
        promote(runs / "one", built / "y")
    for name in ("../built/y", "nothing", str(runs / "nothing")):
        with pytest.raises(InputError, match="is no run"):
            promote(runs / "one", name)
    assert champion_of(runs / "one").is_itself


def model(target: str, task: str, *classes: str) -> Any:
    return SimpleNamespace(target=target, task=task, classes=classes, manifest=SimpleNamespace(router=None))


def test_what_predicts_something_else_cannot_stand_in() -> None:
    champion, folder = model("y", "binary", "a", "b"), Path("two")
    require_same_use(champion, model("y", "binary", "a", "b"), folder)
    for other, told in (
        (model("w", "binary", "a", "b"), "it predicts 'w'"),
        (model("y", "regression"), "regression"),
        (model("y", "binary", "b", "a"), "its positive class is 'a'"),
        (model("y", "binary", "a", "c"), "it does not know the class 'b'"),
    ):
        with pytest.raises(InputError, match=told):
            require_same_use(champion, other, folder)


def test_a_router_is_replaced_by_nothing_and_replaces_nothing() -> None:
    plain, router = model("y", "binary", "a", "b"), model("y", "binary", "a", "b")
    router.manifest = SimpleNamespace(router=object())
    for champion, candidate in ((plain, router), (router, plain), (router, router)):
        with pytest.raises(InputError, match="what an automation promises"):
            require_same_use(champion, candidate, Path("two"))


def test_two_at_once_do_not_mix(runs: Path) -> None:
    with locked(runs / "one"), pytest.raises(ResourceError, match="in use"):
        promote(runs / "one", "two")
