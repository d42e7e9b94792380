"""The report: one self-contained page, drawn from a run's summary and from nothing else."""
