"""Find where the paragraphs of a plain text begin, whether or not its lines are wrapped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.reading.key_figures import goes_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.reading.text_tables import TextTable

MAX_WRAPPED_COLUMNS = 120
"""A text with a line longer than this is not wrapped at a fixed column."""

_BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
_OWN_LINE = re.compile(r"[ ]{0,3}(?:[#>|*+=`~-]|\d+[.)] )")  # how lists, tables and headings begin
_NOT_WRAPPED = re.compile(r"[ ]{0,3}#{1,6}\s|.*\|[ \t]*$")  # never joined with the next


def paragraph_starts(text: str, tables: Iterable[TextTable] = ()) -> tuple[int, ...]:
    """Return the offset at which each paragraph begins.

    Each line is a paragraph, unless the text is wrapped; then blank lines separate paragraphs. A
    number alone on its line goes with the label in the next one, see `mapgen.reading.key_figures`.

    Parameters
    ----------
    text
        Text of an article.
    tables
        Tables in it, whose lines are paragraphs of their own.
    """
    starts: list[int] = []
    lines_of_tables = {start for table in tables for start in table.starts}
    is_in_table = False
    end = 0  # offset of the line before
    before = ""
    wrapped = is_wrapped(text)
    for line in re.finditer(r"[^\r\n\u2028\u2029]+", text):
        words = line.group()
        if not words.strip():
            continue
        is_new = not wrapped or not starts or _BLANK_LINE.search(text, end, line.start())
        start = line.start() + len(words) - len(words.lstrip())
        was_in_table, is_in_table = is_in_table, start in lines_of_tables
        if was_in_table or is_in_table or (is_new and not goes_with(before, words)):
            starts.append(start)
        end, before = line.end(), words
    return tuple(starts)


def is_wrapped(text: str) -> bool:
    """Whether lines are wrapped at a column instead of ending with the paragraph."""
    longest = max((len(line) for line in text.splitlines()), default=0)
    return longest <= MAX_WRAPPED_COLUMNS and _BLANK_LINE.search(text.strip()) is not None


def unwrapped(text: str) -> str:
    """Join the lines of each paragraph of a wrapped text; leave other texts unchanged.

    Each character of a line end becomes a space, so that offsets stay valid. Lists, tables and
    headings keep their lines.
    """
    if not is_wrapped(text):
        return text
    joined: list[str] = []
    before = ""
    for line in text.splitlines(keepends=True):
        if (
            before.strip()
            and line.strip()
            and not (_NOT_WRAPPED.match(before) or _OWN_LINE.match(line))
        ):
            words = joined[-1].rstrip("\r\n")
            joined[-1] = words + " " * (len(joined[-1]) - len(words))
        joined.append(line)
        before = line
    return "".join(joined)
