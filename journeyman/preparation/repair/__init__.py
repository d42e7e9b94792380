"""Steps that repair what may be wrong in columns. Each is a judgement, so each is tried, and kept where it pays."""
