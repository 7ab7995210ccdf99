"""Read the layers of users up to a size, and JSON up to the memory that its values take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAX_LAYER_BYTES = 200_000_000
"""Largest layer: three times the outlines of all districts of a large country."""

MAX_JSON_MEMORY = 600_000_000
"""Most memory, in bytes, that the values of a JSON file may take: 3,000,000 points or so."""

_BRACKET, _BRACE, _COMMA, _QUOTE = 80, 200, 40, 20  # bytes of memory, as CPython 3.11 takes
_WIDE, _WIDEST = re.compile(rb"[\xc4-\xff]"), re.compile(rb"[\xf0-\xff]")


class TooLargeError(ValueError):
    """A file is larger than a limit; the message is a clause about it."""


def bytes_within(path: Path, most: int) -> bytes:
    """Return the content of a file; no more than a limit is read.

    Parameters
    ----------
    path
        Path of the file.
    most
        Largest size in bytes.

    Raises
    ------
    OSError
        If the file cannot be read.
    TooLargeError
        If it is larger.
    """
    is_large = path.stat().st_size > most
    with path.open("rb") as stream:  # a device has no size
        data = b"" if is_large else stream.read(most + 1)
    if is_large or len(data) > most:
        msg = f"is larger than {most // 1_000_000} MB"
        raise TooLargeError(msg)
    return data


def json_text(data: bytes) -> str:
    """Return the text of a JSON document whose values take no more memory than the limit.

    Parameters
    ----------
    data
        The document in UTF-8, with or without a byte order mark.

    Raises
    ------
    TooLargeError
        If its values could take more memory than `MAX_JSON_MEMORY`.
    UnicodeDecodeError
        If it is not UTF-8.

    Notes
    -----
    Two signs such as "[]" make a value of 64 bytes, so that a limit on the size of the file alone
    would allow thirty times as much memory. The memory is estimated from the number of signs.
    """
    width = 4 if _WIDEST.search(data) else 2 if _WIDE.search(data) else 1
    memory = _BRACKET * data.count(b"[") + _BRACE * data.count(b"{")
    memory += _COMMA * data.count(b",") + _QUOTE * data.count(b'"') + width * len(data)
    if memory > MAX_JSON_MEMORY:
        msg = f"has too many values for memory ({len(data) // 1_000_000} MB)"
        raise TooLargeError(msg)
    return data.decode("utf-8-sig")
