"""JSON: documents that hold a table, and JSON lines."""
