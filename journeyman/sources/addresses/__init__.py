"""Addresses on the network: which may be read, how they are fetched, and how they are shown without their secrets."""
