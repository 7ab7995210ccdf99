"""Find words that are written so that a reader knows them, and a program does not.

A text comes in; spans of it go out, each with what a reader reads there: the apostrophe that
"havent" lacks, a word without the marks that emphasise it, letters that stand apart.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = tuple[int, int, str]
"""Start and end of a span, and what is read instead."""

_ACCENTED = re.compile("(?<!\\w)[a-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]{2,16}(?!\\w)")
# Words that turn a sentence around, in which nobody writes an accent
_DENIALS = {"not", "never", "neither", "nor", "denied", "denies", "deny", "failed", "false", "fake"}
_DENIALS |= {"may", "might", "could", "would", "unless"}
_ENTITY = r"&(?:amp;)?(?:\#x?\w{1,6}|[lr]squo|apos|prime|acute);"
_NO_SIGNS = "\ufffd"  # where a sign was lost
_LETTERS_LIKE_SIGNS = "_\u02b0-\u02ff\u0374\u07f4\ua717-\ua721\ua788-\ua78c"
_NOT = re.compile(
    r"\b(?P<stem>are|could|did|does|do|had|has|have|is|might|must|need|dare|should|was|were|would|ca"
    rf"|wo|sha|ai)n(?P<sign>{_ENTITY}|(?:[^\w\n]|[{_LETTERS_LIKE_SIGNS}]){{0,3}})(?P<t>t)(?!\w)",
    re.IGNORECASE,
)
_NAMES = frozenset({"sha"})  # "Shant", which nobody writes for "shan't"
_OWNED = re.compile(r"\b(?:his|her|its|their|my|your|our)\s$", re.IGNORECASE)  # "as is their wont"
_OWNED_CHARS = 8
_SHORT = re.compile(  # "they've", "it's" where no apostrophe is left
    rf"(?<=[A-Za-z])(?:{_ENTITY}|[{_NO_SIGNS}])(?=(?:s|d|m|ll|re|ve)\b)", re.IGNORECASE
)
_EMPHASIS = re.compile(
    r"(?<![\w*])(?P<mark>[*_]{1,4})(?=[^\W_])[^\n*_]{1,200}"
    r"(?<=[\w.,!?;:”\"')])(?P<end>[*_]{1,4})(?![\w*])"
)
_APART = re.compile(r"(?<![\w’'-])(?:[a-z]([ -])(?:[a-z]\1){1,20}[a-z]|N O T)(?![\w’'-])")


def without_emphasis(text: str) -> Iterator[Change]:
    """Yield the marks of emphasis, as in "*not*" and "__not__", with nothing instead.

    Parameters
    ----------
    text
        Any text.
    """
    for found in _EMPHASIS.finditer(text):
        if found["end"] == found["mark"][::-1]:
            yield *found.span("mark"), ""
            yield *found.span("end"), ""


def joined_letters(text: str) -> Iterator[Change]:
    """Yield each word whose letters stand apart, such as "n o t" and "n-o-t", as one word.

    Parameters
    ----------
    text
        Any text.
    """
    for found in _APART.finditer(text):
        yield *found.span(), found[0].replace(" ", "").replace("-", "")


def bare_denials(text: str) -> Iterator[Change]:
    """Yield words such as "not" that have accents, without these.

    Parameters
    ----------
    text
        Any text.
    """
    if text.isascii():
        return
    for found in _ACCENTED.finditer(text):
        if not found[0].isascii():
            split = unicodedata.normalize("NFKD", found[0])
            bare = "".join(sign for sign in split if not unicodedata.combining(sign))
            if bare in _DENIALS:
                yield *found.span(), bare


def apostrophes(text: str) -> Iterator[Change]:
    """Yield where a contraction lacks its apostrophe or has another sign there, with one instead.

    Parameters
    ----------
    text
        Any text.
    """
    changes = [(*found.span(), "'") for found in _SHORT.finditer(text)]
    for found in _NOT.finditer(text):
        sign = found["sign"]
        if sign == "'" or _is_other_word(found):
            continue
        changes.append((*found.span("sign"), "'") if sign else (*found.span("t"), f"'{found['t']}"))
    yield from sorted(changes)


def _is_other_word(found: re.Match[str]) -> bool:
    """Whether what looks like a contraction is another word: "their wont", "I won. T. Smith"."""
    sign, stem = found["sign"], found["stem"].lower()
    if not sign:
        before = found.string[max(0, found.start() - _OWNED_CHARS) : found.start()]
        return stem in _NAMES or (stem == "wo" and _OWNED.search(before) is not None)
    return found["t"] == "T" and sign.strip() != sign
