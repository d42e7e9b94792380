"""What a server counts, as Prometheus reads it (text format 0.0.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

#: Upper bounds of the histogram of latencies, in seconds.
BOUNDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
#: Different decisions and classes that are counted one by one; what comes later counts as "other".
_MOST_LABELS = 100

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counters and a histogram of this process, from its start."""

    def __init__(self) -> None:
        self._counters: dict[str, dict[Labels, int]] = {name: {} for name in _COUNTERS}
        self._buckets: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}
        self.in_progress = 0

    def request(self, path: str, status: int, seconds: float) -> None:
        """Count a request that was answered; ``path`` is one of the server's own."""
        self.add("journeyman_requests_total", path=path, status=str(status))
        buckets = self._buckets.setdefault(path, [0] * (len(BOUNDS) + 1))
        buckets[bisect_left(BOUNDS, seconds)] += 1
        self._seconds[path] = self._seconds.get(path, 0.0) + seconds

    def rows(self, answers: Iterable[Mapping[str, object]]) -> None:
        """Count the rows of an answer by status, decision, class and route."""
        for answer in answers:
            self.add("journeyman_rows_total", status=str(answer["status"]))
            if answer["status"] == "refused":
                continue
            if "probabilities" in answer:
                self.add("journeyman_predictions_total", **{"class": str(answer["prediction"])})
            if "decision" in answer:
                self.add("journeyman_decisions_total", action=str(answer["decision"]))
            if "route" in answer:
                self.add("journeyman_routes_total", route=str(answer["route"]))

    def add(self, name: str, **labels: str) -> None:
        """Count one more."""
        found = self._counters[name]
        key = tuple(sorted(labels.items()))
        if key not in found and len(found) >= _MOST_LABELS:
            key = tuple((label, "other") for label, _ in key)
        found[key] = found.get(key, 0) + 1

    def total(self, name: str) -> int:
        """The sum of a counter over its labels."""
        return sum(self._counters[name].values())

    def text(self, model: Mapping[str, str], loaded_at: float, started_at: float) -> str:
        """Everything, as Prometheus reads it.

        Parameters
        ----------
        model : labels that say which model serves
        loaded_at, started_at : seconds since 1970
        """
        lines: list[str] = []
        for name, told in _COUNTERS.items():
            lines += _head(name, "counter", told)
            lines += [f"{name}{_labels(key)} {value}" for key, value in sorted(self._counters[name].items())]
        name = "journeyman_request_seconds"
        lines += _head(name, "histogram", "How long requests took, from their first byte read to their answer.")
        for path, buckets in sorted(self._buckets.items()):
            below = 0
            for bound, count in zip((*map(repr, BOUNDS), "+Inf"), buckets, strict=True):
                below += count
                lines.append(f"{name}_bucket{_labels((('path', path), ('le', bound)))} {below}")
            lines.append(f"{name}_sum{_labels((('path', path),))} {self._seconds[path]:.9g}")
            lines.append(f"{name}_count{_labels((('path', path),))} {below}")
        gauges = {
            "journeyman_requests_in_progress": ("Requests that are being answered.", (), self.in_progress),
            "journeyman_model_info": ("The model that serves; always 1.", tuple(sorted(model.items())), 1),
            "journeyman_model_loaded_timestamp_seconds": ("When the model was loaded.", (), loaded_at),
            "journeyman_start_timestamp_seconds": ("When this server began.", (), started_at),
        }
        for name, (told, key, value) in gauges.items():
            lines += [*_head(name, "gauge", told), f"{name}{_labels(key)} {value:.17g}"]
        return "\n".join(lines) + "\n"


_COUNTERS = {
    "journeyman_requests_total": "Requests that were answered.",
    "journeyman_rows_total": "Rows that were asked about, by the status of their answer.",
    "journeyman_predictions_total": "Rows that were predicted, by class.",
    "journeyman_decisions_total": "Decisions that were given.",
    "journeyman_routes_total": "Where rows were sent: automate, person, audit.",
    "journeyman_reloads_total": "Models that were loaded in place of another, by result.",
    "journeyman_faults_total": "Requests that failed by our own fault.",
}


def _head(name: str, kind: str, told: str) -> list[str]:
    return [f"# HELP {name} {told}", f"# TYPE {name} {kind}"]


def _labels(pairs: Labels) -> str:
    if not pairs:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in pairs) + "}"


def _escaped(value: str) -> str:
    shown = "".join(one if one.isprintable() else "\ufffd" for one in value[:200])
    return shown.replace("\\", "\\\\").replace('"', '\\"')
