"""The operators of the graph that can be said in SQL: a shelf. Each file has some, by name, in ``SAYS``."""
