"""What a column means: kind, gaps, marks, units, formats, each with its reason. One file for each thing decided.

Meaning is found from the cells alone, so the same cells mean the same in a text file and in a typed one.
"""

from journeyman.sources.meaning.understand import Meaning, understand

__all__ = ["Meaning", "understand"]
