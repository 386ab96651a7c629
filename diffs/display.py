"""Words of a page as a display may have them."""

from __future__ import annotations

import re

# C0 and C1 controls but tab and line feed, and the characters that turn the direction of text around (UAX #9).
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """*text* without characters that steer a display, of a terminal or of a browser, rather than say something."""
    return _STEERING.sub("", text)
