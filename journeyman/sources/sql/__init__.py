"""What databases share: names that are quoted, one statement that only reads, which table is meant, limits."""
