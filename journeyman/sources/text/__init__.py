"""Text tables: from bytes to rows of cells, in one pass; what is broken is mended on evidence, and told."""
