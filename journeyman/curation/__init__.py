"""Choosing: the rows and columns that are used, how rows are split, and which plans are worth a trial."""
