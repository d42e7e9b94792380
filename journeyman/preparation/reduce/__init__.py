"""Steps that make fewer columns of many."""
