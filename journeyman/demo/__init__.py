"""The table that ships with the package, and what the demo asks of it."""
