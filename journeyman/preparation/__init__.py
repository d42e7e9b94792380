"""The preparation shelf: steps that make columns what a learner needs; one kind a file."""
