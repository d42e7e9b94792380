"""The shelf: one file, one thing that the product must never do.

A file says ``MUST_NOT`` in words, and has one or both of ``ours(bench) -> Seen``, on tables whose truth is known, and
``yours(bench, subject) -> Seen``, on the user's table. The file's name is the case's.

Bounds are chosen so that a product without a fault, on a machine without one, fails a case in less than one of a
hundred selftests; each file says how that follows.
"""
