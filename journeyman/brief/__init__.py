"""What the user wants: the aim as given, as understood, and as written down."""
