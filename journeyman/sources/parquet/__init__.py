"""Parquet: a file, or a folder of files that are parts of one table."""
