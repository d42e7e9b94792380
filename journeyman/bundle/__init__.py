"""The bundle, which is what is deployed: its format, the reader of rows, the audit of its graph, and the model."""
