"""Features that trees cannot make themselves, found in the training rows."""
