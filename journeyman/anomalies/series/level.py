"""Values far from where the series mostly is."""

from __future__ import annotations

from journeyman.anomalies.course import Course, in_spreads
from journeyman.table.columns import Numbers

WHY = "far from where it mostly is"


def strangeness(course: Course) -> Numbers | None:
    """The distance from the median of the whole series, in robust standard deviations."""
    return in_spreads(course.values)
