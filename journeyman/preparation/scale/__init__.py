"""Steps that bring numbers to like size."""
