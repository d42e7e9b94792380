"""The learners: one kind a file."""
