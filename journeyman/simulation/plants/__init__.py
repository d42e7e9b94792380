"""Plants: what is put into a world on purpose, and written down. The folder is the registry."""
