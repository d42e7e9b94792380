"""The few strokes that our pictures need, as SVG: every text and every attribute is escaped."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape


def element(name: str, content: Iterable[Markup] | str = "", **attributes: object) -> Markup:
    """An SVG element. Underscores in attributes' names become dashes; ``class_`` is ``class``.

    >>> element("text", "a < b", x=1.0, font_size=12)
    Markup('<text x="1" font-size="12">a &lt; b</text>')
    """
    given = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _shown(value)) for key, value in attributes.items()
    )
    inner = escape(content) if isinstance(content, str) else Markup("").join(content)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), given, inner)  # noqa: S704 - names are ours, not data's


def picture(width: float, height: float, title: str, strokes: Iterable[Markup], about: str = "") -> Markup:
    """A whole picture that grows and shrinks, with a title, and words about it for those who cannot see it."""
    told = [element("title", title), *([element("desc", about)] if about else [])]
    return element("svg", [*told, *strokes], viewBox=f"0 0 {width:g} {height:g}", role="img", aria_label=title)


def strip(height: float, title: str, strokes: Iterable[Markup], class_: str = "strip") -> Markup:
    """A picture as wide as its place, whose height, strokes and discs keep their size.

    Places across are in percent (`percent`), places down in pixels.
    """
    return element(
        "svg",
        [element("title", title), *strokes],
        width="100%",
        height=height,
        role="img",
        aria_label=title,
        class_=class_,
    )


def percent(share: float) -> str:
    """A place across a strip.

    >>> percent(0.5), percent(1 / 3)
    ('50%', '33.33%')
    """
    return f"{_shown(100.0 * share)}%"


def nice_ticks(low: float, high: float, about: int = 5) -> Sequence[float]:
    """Round numbers that span a range.

    >>> nice_ticks(0.0, 1.0)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return [low] if math.isfinite(low) else []
    rough = span / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((one * power for one in (1, 2, 2.5, 5) if one * power >= 0.7 * rough), 10 * power)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(place * step, 12) for place in range(first, last + 1)]


def _shown(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
