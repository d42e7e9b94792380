"""The prototype page: files that a browser loads from the server itself, and nothing from elsewhere."""
