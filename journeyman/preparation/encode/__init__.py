"""Steps that join words, or turn them into numbers."""
