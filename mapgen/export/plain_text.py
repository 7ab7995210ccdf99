"""Text of articles made harmless for the formats that would act on it."""

from __future__ import annotations

import re

# XML 1.0 has no way to write these; GeoJSON and CSV readers stumble over some of them.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What makes a spreadsheet calculate; the wide forms do so in East Asian settings.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def printable(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def cell(value: object) -> object:
    """Return a value as a spreadsheet cell that is never a formula.

    Text that begins like a formula gets a leading apostrophe; numbers stay as they are, negative
    ones too.
    """
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def cut_quote(text: str, most_chars: int) -> str:
    """Return a quote no longer than asked for; 0 asks for all of it."""
    if not most_chars or len(text) <= most_chars:
        return text
    return text[:most_chars].rstrip() + "…"
