"""Ways to see that a stretch of a series does not fit: one a file, with ``strangeness(course) -> Numbers | None``."""
