from __future__ import annotations

from journeyman.brief.read import make_brief
from journeyman.job.requested import brief_digest, named_by
from journeyman.report.summary import plain
from journeyman.sources.named import Named


def test_what_older_runs_did_not_know_counts_only_where_it_is_given() -> None:
    request = make_brief(predict="pay")
    older = {name: value for name, value in plain(request).items() if name not in ("max_latency", "join")}
    assert brief_digest(older) == brief_digest(request)
    assert brief_digest(make_brief(predict="pay", max_latency="1ms")) != brief_digest(request)


def test_what_is_named_beside_a_request_wins() -> None:
    request = make_brief(predict="pay", table="people")
    assert named_by(request)["table"] == "people"
    assert named_by(request, Named(table="others", allow_addresses=True)) == {
        **named_by(request),
        "table": "others",
        "allow_addresses": True,
    }
