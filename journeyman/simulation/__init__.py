"""Tables and companies whose truth is known, for testing everything that claims to be honest."""
