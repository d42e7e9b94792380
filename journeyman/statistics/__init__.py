"""Metrics, folds, intervals and tests. No model and no table is known here, only arrays."""
