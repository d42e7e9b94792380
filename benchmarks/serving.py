"""How fast a server starts and answers on loopback: one row at a time on one connection, and a thousand rows a request.

python benchmarks/serving.py RUN [--requests 3000] [--out FILE]
"""

from __future__ import annotations

import argparse
import http.client
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from machine import machine

STARTS = 5


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "serving.json")
    given = parser.parse_args()
    starts = []
    for _ in range(STARTS):
        process, _, seconds = started(given.run)
        starts.append(seconds)
        ended(process)
    process, url, _ = started(given.run)
    try:
        place = urlsplit(url)
        client = http.client.HTTPConnection(str(place.hostname), place.port)
        row = json.loads(asked(client, "GET", "/example"))
        one, body = json.dumps(row), json.dumps({"rows": [row] * 1000})
        told: dict[str, Any] = json.loads(asked(client, "POST", "/predict", one))
        health = measured(client, "GET", "/health", None, given.requests)
        single = measured(client, "POST", "/predict", one, given.requests)
        reasons = measured(client, "POST", "/predict?reasons=3", one, given.requests // 30)
        many = measured(client, "POST", "/predict", body, max(given.requests // 100, 5))
    finally:
        ended(process)
    figures = {
        **machine(),
        "columns": len(row),
        "model": told["model"],
        "start_seconds_p50": sorted(starts)[STARTS // 2],
        "health_milliseconds": quantiles(health),
        "one_row_milliseconds": quantiles(single),
        "one_row_with_reasons_milliseconds": quantiles(reasons),
        "thousand_rows_milliseconds": quantiles(many),
        "one_row_requests_a_second_on_one_connection": round(len(single) / sum(single)),
    }
    given.out.parent.mkdir(exist_ok=True)
    given.out.write_text(json.dumps(figures, indent=1) + "\n")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def started(run: str) -> tuple[subprocess.Popen[str], str, float]:
    """A server that answers, its address, and the seconds until it did."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "journeyman", "serve", run, "--port", "0", "--json", "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    text = ""
    while process.stdout is not None and not text.endswith("}\n"):
        text += process.stdout.readline()
    return process, str(json.loads(text)["url"]), time.perf_counter() - began


def ended(process: subprocess.Popen[str]) -> None:
    """End it as Ctrl-C does."""
    process.send_signal(signal.SIGINT)
    process.wait(20)


def asked(client: http.client.HTTPConnection, method: str, path: str, body: str | None = None) -> bytes:
    """One answer, which must be a good one."""
    client.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    response = client.getresponse()
    content = response.read()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}: {content[:300]!r}")
    return content


def measured(client: http.client.HTTPConnection, method: str, path: str, body: str | None, count: int) -> list[float]:
    """Seconds of each of some requests, after some that are not counted."""
    seconds = []
    for place in range(count + count // 10):
        began = time.perf_counter()
        asked(client, method, path, body)
        if place >= count // 10:
            seconds.append(time.perf_counter() - began)
    return seconds


def quantiles(seconds: list[float]) -> dict[str, float]:
    """Half of them, and 99 of 100, took at most so many milliseconds."""
    ordered = sorted(seconds)
    return {
        name: round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 3)
        for name, share in (("p50", 0.5), ("p99", 0.99))
    }


if __name__ == "__main__":
    main()
