"""Ways to see that a row does not fit: one a file, each with ``strangeness(cells) -> Strangeness``."""
