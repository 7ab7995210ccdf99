"""Tell where people only mean to go from where they came: "most mean to reach X and then Y"."""

from __future__ import annotations

import re

_STILL_MEAN_TO = re.compile(
    r"\b(?:aim|hop|intend|mean|plan|want|wish)(?:e|s|es|ed|t|ned|ning|ing)?\sto\s(?:[a-z]+\s)?"
    r"(?:cross|flee|get|go|join|leave|make|move|reach|settle|travel|walk)\b"
    r"(?:(?!\b(?:arrived|but|came|crossed|fled|had|have|reached|went)\b)[^.;:]){0,80}$"
)


def is_only_meant(text: str, start: int, end: int) -> bool:
    """Return whether the words before a name say that people mean to go there.

    Parameters
    ----------
    text
        Text of the article.
    start
        Offset from which the words count, such as the start of the sentence.
    end
        Offset of the name.
    """
    return _STILL_MEAN_TO.search(text, start, end) is not None
