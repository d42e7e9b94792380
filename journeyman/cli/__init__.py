"""The command line: parse, call the door, print the answer. One file a command in ``commands/``."""
