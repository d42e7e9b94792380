"""The dialects of SQL: a shelf. Each file has one, as ``DIALECT``."""
