from __future__ import annotations

import re

from journeyman.server.metrics import BOUNDS, Metrics

SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? [0-9.e+-]+')


def text_of(metrics: Metrics, **labels: str) -> str:
    return metrics.text({"version": "abc", **labels}, 2.0, 1.0)


def test_every_line_is_one_that_prometheus_reads() -> None:
    metrics = Metrics()
    metrics.request("/predict", 200, 0.0004)
    metrics.request("/predict", 422, 3.0)
    metrics.request("/predict", 200, 100.0)
    metrics.rows(
        [{"status": "ok", "prediction": 'a"\\\n<b>', "probabilities": {}, "decision": "call", "route": "person"}]
    )
    metrics.rows([{"status": "refused", "prediction": None}])
    metrics.add("journeyman_reloads_total", result="done")
    text = text_of(metrics, target='x"}\n# evil 1')
    for line in text.splitlines():
        assert line.startswith(("# HELP ", "# TYPE ")) or SAMPLE.fullmatch(line), line
    assert 'journeyman_requests_total{path="/predict",status="200"} 2' in text
    assert 'journeyman_rows_total{status="refused"} 1' in text
    assert 'journeyman_decisions_total{action="call"} 1' in text
    assert 'journeyman_routes_total{route="person"} 1' in text
    assert text.endswith("\n")


def test_the_histogram_adds_up() -> None:
    metrics = Metrics()
    for seconds in (0.0001, 0.0005, 0.0006, 0.3, 99.0):
        metrics.request("/predict", 200, seconds)
    text = text_of(metrics)
    counts = [int(one) for one in re.findall(r'seconds_bucket\{path="/predict",le="[^"]+"\} (\d+)', text)]
    assert len(counts) == len(BOUNDS) + 1
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (2, 5)
    assert 'journeyman_request_seconds_count{path="/predict"} 5' in text


def test_labels_from_data_do_not_grow_without_end() -> None:
    metrics = Metrics()
    for place in range(1000):
        metrics.rows([{"status": "ok", "prediction": f"class {place}", "probabilities": {}}])
    text = text_of(metrics)
    assert text.count("journeyman_predictions_total{") <= 102
    assert 'journeyman_predictions_total{class="other"} 900' in text
    assert metrics.total("journeyman_rows_total") == 1000
