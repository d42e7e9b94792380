"""What a table tells: one kind of insight a file, found on one half of the rows, confirmed on the other."""
