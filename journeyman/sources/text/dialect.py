"""How cells stand in the lines of a text table."""

from __future__ import annotations

from dataclasses import dataclass

#: What marks that people cannot see are called.
_SPELLED = {
    "\t": "tab",
    "\x1f": "the unit separator (U+001F)",
    "\x1e": "the record separator (U+001E)",
    "\x01": "the control character U+0001",
    " ": "space",
}


@dataclass(frozen=True)
class Dialect:
    """How cells stand in a line.

    Parameters
    ----------
    delimiter : what separates cells, one to three characters; ``""`` where a line is one cell, or cells have slots
    quote : what stands around a cell that holds delimiters, quotes or line ends; ``""`` for none
    escape : what stands before a character that is meant literally; ``""`` where quotes are doubled
    blanks : ``"one"``: one blank after a delimiter belongs to it; ``"around"``: all blanks around it do; ``"run"``: a
        run of blanks is one delimiter, and blanks at the ends of a line are nothing; ``""``: blanks are content
    slots : where cells stand by position, the first character of each
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    blanks: str = ""
    slots: tuple[int, ...] = ()

    def spelled(self) -> str:
        """The delimiter in words."""
        if self.slots:
            return "position"
        if self.blanks == "run":
            return "runs of blanks"
        text = _SPELLED.get(self.delimiter, f"'{self.delimiter}'")
        return f"'{self.delimiter} '" if self.blanks == "one" else text
