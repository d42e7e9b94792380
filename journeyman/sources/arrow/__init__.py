"""Arrow: files (Feather) and streams of record batches."""
