"""Ready the bytes of a feed for its parser, and cut them at its items.

A feed of many items must not be lost for one sign. The bytes of a file come in. They go out in
UTF-8, without what XML does not allow and the parser fails at, with a note on what was lost.
"""

from __future__ import annotations

import codecs
import html
import re
from itertools import pairwise

from mapgen.core.charsets import is_written, likely_text
from mapgen.errors import InputError
from mapgen.reading.tag_bounds import MOST_ATTRIBUTES, bounded

_MARKS = (  # of a charset, at the beginning of a file; the longer ones first
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    *(
        ("<?".encode(charset), charset)
        for charset in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
    ),
)
_STATED = re.compile(rb"[^<]{0,8}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\x21-\x7e]{1,60}?)[\"']")
_HEAD_BYTES = 1_000
_DECLARATION = re.compile(r"<\?xml[^>]{0,400}\?>")  # no \s* before it: slow in long empty runs
_NO_SIGN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_MOST_DIGITS = 7  # of the number of a sign
_LOST = "\N{REPLACEMENT CHARACTER}"
_FIRST_SEEN = 0x20  # the signs before it have no width: one inside a word must not part it
MAX_ITEMS = 20_000
"""Most items of a feed that are read; feeds of news sites have some dozens."""

MOST_MARKS = 50_000
"""Most signs that begin a tag or a reference ("<", "&") in one item, which the parser takes one by
one; a long article has some thousands. Outside the items each item may add one."""

FEW_MARKS = 400_000
"""Marks of a feed up to which it is read whatever its items have, as it takes little time."""

_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)(?=[\s>])")
_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")


def in_utf8(name: str, data: bytes) -> tuple[bytes, tuple[str, ...], dict[int, InputError]]:
    """Return the bytes of a feed in UTF-8, with signs that XML allows only, notes and refusals.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        Content of the file.

    Returns
    -------
    bytes
        The feed, without its declaration. What is no sign is U+FFFD; control signs are left out.
    tuple of str
        What was lost, for the user.
    dict of int to InputError
        The items that were taken out of a feed with many marks because they have more than
        `MOST_MARKS` of them, by their number from 0.

    Raises
    ------
    InputError
        If the feed states a charset in which nobody writes, or has too many marks outside items.
    """
    marked = next((charset for mark, charset in _MARKS if data.startswith(mark)), "")
    found = _STATED.match(data[:_HEAD_BYTES].replace(b"\x00", b""))
    stated = found[1].decode("ascii") if found else "utf-8"
    if not is_written(stated):
        problem = f"states a charset in which no text is written ({stated})"
        raise InputError(name, problem, "Save the feed as UTF-8.")
    # A first line that reads as ASCII is in no charset of two or four bytes a sign
    is_wide = stated.lower().startswith(("utf-16", "utf-32", "utf16", "utf32", "ucs"))
    text, n_lost = likely_text(data, marked or ("utf-8" if is_wide else stated))
    text, bad_items = _without_endless_items(name, text)
    text, n_references = _without_bad_references(_DECLARATION.sub("", text, count=1).lstrip())
    text, n_signs = _NO_SIGN.subn(lambda found: _instead_of(ord(found[0])), text)
    text, n_tags = bounded(text)
    notes = []
    n = n_lost + n_references + n_signs
    if n:
        signs = "a sign that is none was" if n == 1 else f"{n:,} signs that are none were"
        notes.append(f"{signs} left out or became “{_LOST}”")
    if n_tags:
        tags = "a tag" if n_tags == 1 else f"{n_tags:,} tags"
        notes.append(f"{tags} with more than {MOST_ATTRIBUTES:,} attributes read without them")
    return text.encode(), tuple(notes), bad_items


def _instead_of(code: int) -> str:
    """Return what stands for a sign that XML does not allow."""
    return "" if 0 <= code < _FIRST_SEEN else _LOST


def _without_bad_references(text: str) -> tuple[str, int]:
    """Return a text with U+FFFD for each reference to what is no sign, and their number."""
    n_lost = 0

    def mended(found: re.Match[str]) -> str:
        nonlocal n_lost
        digits = (found[1] or found[2]).lstrip("0") or "0"
        code = int(digits, 16 if found[1] else 10) if len(digits) <= _MOST_DIGITS else -1
        if 0x80 <= code <= 0x9F:  # noqa: PLR2004  which HTML reads as Windows-1252: "&#146;" is ’
            return html.unescape(f"&#{code};")
        if 0 <= code <= 0x10FFFF and not _NO_SIGN.match(chr(code)):  # noqa: PLR2004
            return found[0]
        n_lost += 1
        return _instead_of(code)

    return _REFERENCE.sub(mended, text), n_lost


def _without_endless_items(name: str, text: str) -> tuple[str, dict[int, InputError]]:
    """Return the text of a feed without the items with too many marks, and a refusal for each.

    Of the items behind the most that are read, one is left, so that the user is told of them.

    Raises
    ------
    InputError
        If there are too many marks outside the items.
    """
    if _n_marks(text) <= FEW_MARKS:
        return text, {}
    head, items, tail = cut_at_items(text.encode("utf-8", "surrogatepass"))
    advice = "Take out what repeats in it, or save it as a .txt file."
    bad: dict[int, InputError] = {}
    for number, item in enumerate(items[:MAX_ITEMS]):
        if _n_marks(item) > MOST_MARKS:
            problem = f"has more than {MOST_MARKS:,} tags and references such as &amp; in it"
            bad[number] = InputError(f"{name} item {number + 1}", problem, advice)
    if _n_marks(head) + _n_marks(tail) > MOST_MARKS + len(items):
        problem = f"has more than {MOST_MARKS:,} tags and references such as &amp; outside items"
        raise InputError(name, problem, advice)
    if not bad and len(items) <= MAX_ITEMS + 1:
        return text, {}
    kept = (item for number, item in enumerate(items[: MAX_ITEMS + 1]) if number not in bad)
    return b"".join((head, *kept, tail)).decode("utf-8", "surrogatepass"), bad


def _n_marks(text: str | bytes) -> int:
    """Return how many signs of a text begin a tag or a reference, if they are markup."""
    if isinstance(text, str):
        return text.count("<") + text.count("&")
    return text.count(b"<") + text.count(b"&")


def cut_at_items(data: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Return what is before the items of a feed, each item, and what is behind them.

    Parameters
    ----------
    data
        Content of a feed in UTF-8.
    """
    starts = [found.start() for found in _ITEM.finditer(data)]
    if not starts:
        return data, [], b""
    ends = [found.end() for found in _END.finditer(data, starts[-1])]
    end = ends[-1] if ends else len(data)
    cuts = [*starts, end]
    items = [data[a:b] for a, b in pairwise(cuts)]
    return data[: starts[0]], items, data[end:]
