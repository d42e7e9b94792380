"""Judging the data: one file a check, found by walking."""
