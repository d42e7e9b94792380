"""The data, what each of its columns is, and what was seen in them."""
