from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import journeyman as jm
from journeyman.deployment import exporting
from journeyman.deployment.exporting import Option, copy_bundle, kinds, options_for
from journeyman.errors import BriefError, BundleError, InternalError


def test_every_kind_says_what_it_is_and_takes_no_option_of_the_command_itself() -> None:
    assert "docker" in kinds()
    for name, kind in kinds().items():
        assert kind.SAYS.endswith("."), name
        assert callable(kind.write)
        for option in kind.OPTIONS:
            assert isinstance(option, Option)
            assert option.name not in ("to", "out", "json", "quiet", "help")
            assert not option.choices or option.default in option.choices


def test_options_are_those_of_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    some = SimpleNamespace(SAYS="One.", OPTIONS=(Option("shade", "red", ("red", "blue"), "Which."),))
    other = SimpleNamespace(SAYS="Two.", OPTIONS=())
    monkeypatch.setattr(exporting, "kinds", lambda: {"some": some, "other": other})
    assert options_for("some", {}) == {"shade": "red"}
    assert options_for("some", {"shade": "blue"}) == {"shade": "blue"}
    assert options_for("other", {}) == {}
    with pytest.raises(BriefError, match="did you mean 'some'"):
        options_for("sme", {})
    with pytest.raises(BriefError, match="--shade green is none of its choices"):
        options_for("some", {"shade": "green"})
    with pytest.raises(BriefError, match="an export to other takes no --shade, because that is for some"):
        options_for("other", {"shade": "red"})
    with pytest.raises(BriefError, match="no export has such an option"):
        options_for("other", {"size": "1"})


def test_a_copy_is_the_bundle_that_was_loaded(built: Path, tmp_path: Path) -> None:
    bundle = built / "y" / "bundle"
    model = jm.load(bundle)
    copy = copy_bundle(bundle, model, tmp_path / "deep" / "bundle")
    assert {one.name: one.read_bytes() for one in copy.iterdir()} == {
        one.name: one.read_bytes() for one in bundle.iterdir()
    }
    other = SimpleNamespace(manifest=SimpleNamespace(content=lambda: b"another"))
    with pytest.raises(InternalError, match="has changed"):
        copy_bundle(bundle, other, tmp_path / "other")  # type: ignore[arg-type]  # a stand-in
    changed = shutil.copytree(bundle, tmp_path / "changed")
    (changed / "card.md").write_text("changed meanwhile")
    with pytest.raises(BundleError, match=r"card\.md"):
        copy_bundle(changed, model, tmp_path / "again")
