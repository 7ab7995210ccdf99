"""Find names that a text only tells apart from a place that it means.

"Barda, not to be confused with the Barda in Iran" and "Ramadi (the city, not the hamlet of
al-Ramadi)" each tell of one place. A text comes in; the spans of the other ones go out, in which no
place is looked for.
"""

from __future__ import annotations

import re

_KINDS = (
    r"camp|city|district|hamlet|island|namesake|place|port|province|region|river|settlement|town"
    r"|village"
)
_OTHER = r"(?P<other>[^,;:.()\n—–]+)"
_CONFUSED = re.compile(
    r"\b(?:not|never)\s(?:to\s)?be\s(?:confused|mistaken|mixed\sup|muddled)\s(?:with|for)\s"
    + _OTHER,
    re.IGNORECASE,
)
_NOT_THE = re.compile(
    rf"\bnot\s(?:the|its)\s(?:[a-z-]+\s){{0,2}}?(?:{_KINDS})\s(?:called|named|of)\s{_OTHER}"
)
_NAME = re.compile(r"(?:[Aa][lrzdnst]h?-|[Ee]l-)?(?P<name>[A-Z][\w’'-]+)")
_BEFORE = 150  # characters in which the place meant stands


def names_set_apart(text: str) -> list[tuple[int, int]]:
    """Return where a text names a place only to say that it means another one.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    list of tuple of int
        Start and end of the words for the other place, in reading order.
    """
    found = [m.span("other") for m in _CONFUSED.finditer(text)]
    found += [m.span("other") for m in _NOT_THE.finditer(text) if _is_namesake(m, text)]
    return sorted(found)


def _is_namesake(match: re.Match[str], text: str) -> bool:
    """Whether the same name, apart from its article, stands just before "not the village of"."""
    name = _NAME.match(match["other"])
    if name is None:
        return False
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    return re.search(rf"(?<![\w]){re.escape(name['name'])}\b", before) is not None
