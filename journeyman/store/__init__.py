"""What is kept on disk, and how: whole files, an append-only journal, results by their content's digest."""
