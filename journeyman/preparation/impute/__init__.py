"""Steps that fill in what is missing."""
