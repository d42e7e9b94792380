from __future__ import annotations

import pytest

from journeyman.server.response import Response, as_json


def test_every_answer_has_the_headers_that_keep_a_page_safe() -> None:
    head = dict(Response(200, b"abc", headers={"X-Model-Version": "1"}, closes=True).head())
    assert head[b"content-length"] == b"3"
    assert head[b"connection"] == b"close"
    assert head[b"x-model-version"] == b"1"
    assert head[b"x-content-type-options"] == b"nosniff"
    policy = head[b"content-security-policy"].decode()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert b"connection" not in dict(Response(200, b"").head())


def test_documents_are_strict_json() -> None:
    assert as_json({"a": "ø"}) == '{"a":"ø"}'.encode()
    with pytest.raises(ValueError, match="JSON compliant"):
        as_json({"a": float("nan")})
