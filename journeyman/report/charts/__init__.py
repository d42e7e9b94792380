"""One file a chart: ``facts(summary)`` gives a small record or None, ``draw(record)`` makes the picture of it."""
