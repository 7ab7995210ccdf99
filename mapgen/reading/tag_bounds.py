"""Find the tags of HTML and XML with more attributes than any page has.

Parsers look through all attributes of a tag for each new one, so a tag of 200,000 takes minutes.
Markup comes in; it goes out without the attributes of such tags, and what is in them hidden.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 1_000
"""Most attributes of a tag; those of news sites have some dozens."""

# Whole tags, comments and scripts, one after the other, so that each sign is looked at once. The
# possessive quantifiers make sure of that.
_NAME = r"[^\s/>=][^\s/>=]*+"
_VALUE = r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+"
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|<(?P<raw>script|style)\b.*?(?:</(?P=raw)|\Z)"
    rf"|<[A-Za-z][^\s/>]*+(?P<attributes>(?:[\s/]++|{_VALUE}|{_NAME})*+)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rf"{_NAME}\s*+(?:{_VALUE})?+|{_VALUE}")


def bounded(markup: str) -> tuple[str, int]:
    """Return markup with tags that have too many attributes as hidden, and the number of those.

    Parameters
    ----------
    markup
        HTML or XML.
    """
    n_found = 0

    def mended(found: re.Match[str]) -> str:
        nonlocal n_found
        attributes = found["attributes"]
        if not attributes or len(attributes) <= MOST_ATTRIBUTES:
            return found[0]
        n = sum(1 for _ in _ATTRIBUTE.finditer(attributes))
        if n <= MOST_ATTRIBUTES:
            return found[0]
        n_found += 1
        return f'{found[0][: found.start("attributes") - found.start()]} hidden=""'

    return _TAG.sub(mended, markup), n_found
