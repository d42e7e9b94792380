"""Data from wherever it is, as typed tables that know what each column means."""
