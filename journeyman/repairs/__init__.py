"""Cells that are likely wrong, and what would repair them."""
