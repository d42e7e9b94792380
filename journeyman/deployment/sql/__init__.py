"""A model as SQL: the audited graph, compiled wire by wire and column by column."""
