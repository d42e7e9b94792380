"""Steps that turn dates into numbers."""
