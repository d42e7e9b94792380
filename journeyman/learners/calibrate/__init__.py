"""Calibrators: steps that make probabilities truer."""
