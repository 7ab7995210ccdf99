"""Tell the hashtags that label a post from those that stand in its sentences.

"Rebels captured #Goma on Friday. #DRC #M23" has one place in a sentence, and two labels. The first
of several tags at the end of a sentence without a full stop belongs to the sentence.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"#[^\W\d_]\w*$")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")


def label_starts(text: str) -> list[int]:
    """Return the offsets at which the labels at the ends of lines begin.

    Parameters
    ----------
    text
        An article.

    Returns
    -------
    list of int
        At most one for each line: the offset of the sign of its first label. A line of tags only
        has none.
    """
    if "#" not in text:
        return []
    starts = []
    at = 0
    for line in text.splitlines(keepends=True):
        start = _first_label(line) if "#" in line else None
        if start is not None:
            starts.append(at + start)
        at += len(line)
    return starts


def _first_label(line: str) -> int | None:
    """Return where the labels at the end of a line begin, or None."""
    tags: list[int] = []
    end = len(line.rstrip())
    while end > 0:
        start = max(line.rfind(" ", 0, end), line.rfind("\t", 0, end)) + 1
        if not _TAG.match(line, start, end):
            break
        tags.append(start)
        end = len(line[:start].rstrip())
    if not tags or end == 0:
        return None
    if not _SENTENCE_END.search(line[max(0, end - 4) : end]):
        tags.pop()  # "captured #Goma #DRC": the sentence goes on to the first tag
    return tags[-1] if tags else None
