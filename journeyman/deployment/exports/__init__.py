"""The shelf of exports: one shape a file; the file's name is what ``--to`` names."""
