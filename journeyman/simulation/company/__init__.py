"""A company around a world: money, capacity, people who decide, outcomes that come late or never, tables to join."""
