"""Rows and series that do not fit, without a target: detectors one a file, and what they say together."""
