"""The metrics: one a file, by scikit-learn's names."""
