"""Leaks: nine ways by which the target is known before it can be, each in three strengths."""
