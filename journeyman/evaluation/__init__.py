"""The room where candidates are judged: the choice, what it is worth, and whether to deploy it."""
