"""The room where candidates are tried: own processes, a hard clock, results kept as they come."""
