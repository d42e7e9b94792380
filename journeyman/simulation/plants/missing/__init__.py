"""Missing cells by the three mechanisms (Rubin 1976): completely at random, at random, not at random."""
