"""The shelf of teachers: what is asked while others are fitted, and never deployed. See `journeyman.plan.teacher`."""
