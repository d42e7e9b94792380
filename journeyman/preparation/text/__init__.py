"""Steps that turn texts into numbers."""
