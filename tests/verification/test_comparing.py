from __future__ import annotations

import json
from pathlib import Path

import pytest

from journeyman.errors import BundleError, GateClosed, SourceError
from journeyman.store.digest import digest_bytes
from journeyman.verification.comparing import checked, digest_of, inside, object_in, require_equal, require_same


def test_a_check_holds_in_words_or_fails_in_words() -> None:
    assert checked("data", lambda: "the same").state == "holds"

    def damaged() -> str:
        raise BundleError("it is damaged", because="its digest differs")

    def strange() -> str:
        return str({}["not there"])

    assert checked("bundle", damaged).text == "it is damaged, because its digest differs"
    found = checked("run.json", strange)
    assert (found.state, "not what a run writes" in found.text) == ("fails", True)


def test_what_differs_is_named_on_both_sides() -> None:
    require_same("its digest", "a", "a")
    with pytest.raises(GateClosed, match="its digest is bbbbbbbbbbbb…, because aaaaaaaaaaaa… is certified"):
        require_same("its digest", "a" * 64, "b" * 64)
    require_equal({"a": 1.0}, {"a": 1.0 + 1e-12})
    with pytest.raises(GateClosed, match=r"fit\.a: 1\.0 is certified, 1\.1 is found"):
        require_equal({"a": 1.0}, {"a": 1.1}, "fit")


def test_files_are_read_within_limits(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"a": {"b": 1}}))
    assert digest_of(path, 100) == digest_bytes(path.read_bytes())
    with pytest.raises(SourceError, match="larger"):
        digest_of(path, 3)
    told = object_in(path)
    assert (inside(told, "a", "b"), inside(told, "a", "b", "c"), inside(told, "x")) == (1, None, None)
    path.write_text("[]")
    with pytest.raises(GateClosed, match="no JSON object"):
        object_in(path)
