from __future__ import annotations

from journeyman.errors import InputError
from journeyman.server.refusal import Refusal


def test_a_refusal_tells_three_parts_and_its_status() -> None:
    refusal = Refusal(413, "it is too large", because="2 are the most", remedy="send less", closes=True)
    assert isinstance(refusal, InputError)
    assert (refusal.status, refusal.closes, refusal.headers) == (413, True, {})
    assert refusal.as_document() == {
        "format": 1,
        "status": "refused",
        "error": "it is too large",
        "because": "2 are the most",
        "try": "send less",
    }
