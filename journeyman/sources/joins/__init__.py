"""Joining tables: what was said, which rows belong together, and how differently spelt keys find each other."""
