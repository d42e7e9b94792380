"""What a column of such a name and such cells is as a rule: learnt from thousands of columns that people labelled."""
