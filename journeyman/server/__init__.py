"""A bundle behind HTTP: rows in, predictions out, and the prototype page.

It imports what serving needs and no room above `bundle`.
"""
