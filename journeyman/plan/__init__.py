"""Plans: steps as data, their addresses and digests, the combinators, and the graph they are written into."""
