"""The shelf of detectors: one way in which a cell can be wrong a file."""
