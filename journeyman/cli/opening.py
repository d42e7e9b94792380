"""Opening a page for a person who sits in front of this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def has_screen() -> bool:
    """Whether a browser window would be seen here. Without one, a browser in the terminal would be in the way."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_file(path: Path) -> bool:
    """Open a page in the browser, where there is a screen to see it on; say whether that was done."""
    if not has_screen():
        return False
    import webbrowser

    return webbrowser.open(path.resolve().as_uri())
