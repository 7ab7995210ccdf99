"""Clean text of signs that a reader does not see, and find words that mix scripts.

A text comes in; a text that says what a reader sees goes out, with a map of its offsets back to the
first. Signs without width, emoji and the numbers of footnotes behind a word are left out,
full-width and mathematical letters become plain ones, a letter and the accent that follows it
become one, and so do the apostrophes of "haven't", which may be missing. In a word that mixes
scripts, letters that look like Latin ones become those. Such a word is noted as doubtful, and so is
one with signs inside it that no word has.

Notes
-----
The signs left out are those that Unicode calls default-ignorable (DerivedCoreProperties), tags and
control characters. Joiners between letters of scripts that need them stay. Compatibility forms are
replaced only where the meaning is the same: "10²" and "5 km²" stay, as they are not 102 and 5 km2.
A cross or "no entry" sign stays too, as it can mean that what follows is untrue.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.core.odd_spellings import apostrophes, bare_denials, joined_letters, without_emphasis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    _Replacer = Callable[[str, Iterable[tuple[int, int, str]]], tuple[str, "_Offsets"]]

IGNORED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Signs without width, as the inside of a character class."""

_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_FORMS = "\uff01-\uff5e\U0001d400-\U0001d7ff\ufb00-\ufb06\u24b6-\u24e9"  # other forms of letters
_SMALL = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
_RAISED_WORD = r"(?<!\w)[\u1d2c-\u1d6a\u1d9b-\u1dbf]{2,30}(?!\w)"  # "ᴺᴼᵀ"
_SPACES = "\u2000-\u200a\u205f\u2800\u3000"
# Quotation marks and dashes in UTF-8 that were read as Windows-1252 or Latin-1: "havenâ€™t"
_MOJIBAKE = "â€[˜™œ\u009d“”¦]|â\x80[\x93\x94\x98\x99\x9c\x9d\xa6]"
_APOSTROPHES = "\u00b4`\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201b\u2032\u055a\u05f3\ua78c\uff07"
_EMOJI = (  # all but 🚫, ❌ and ❎
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f6aa\U0001f6ac-\U0001faff\u231a\u231b\u23e9-\u23fa"
    "\u25fb-\u25fe\u2600-\u26ff\u2702-\u274b\u2753-\u2775\u2795-\u2797\u27b0\u2b1b\u2b1c\u2b50]"
)
_ORDINALS = "ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ"
_CHANGED = re.compile(
    rf"{_EMOJI}(?:[\u200d\ufe0f]|{_EMOJI})*|(?<=\d)(?:{_ORDINALS})|{_MOJIBAKE}|{_RAISED_WORD}"
    rf"|[{IGNORED}{_CONTROLS}{_FORMS}{_SPACES}{''.join(_SMALL)}]"
)
_CONTROLS_IN_ASCII = re.compile("[\x00-\x08\x0e-\x1b\x7f]")  # all that is changed in such a text
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_NOTE = (  # "Goma¹", "Goma²,³", "Goma[12]"; not "captur[e]d", "10³"  one way only to read a run
    r"(?<=[^\W\d_]|[\u0300-\u036f.,;:!?”’\"')\]%])"
    rf"(?<![{_RAISED}])"  # from the first of a run, or a run without end takes long
    rf"(?:[{_RAISED}](?:[,–-](?=[{_RAISED}]))?|[\u1d43\u1d47\u1d9c\u1d48](?![\u1d2c-\u1d6a])"
    r"|\[(?:\d{1,3}(?:[,–-] ?\d{1,3})*|[a-d]|note \d{1,2})\]|(?<=[a-z])\(\d{1,2}\)){1,30}"
    r"(?![\w\u0300-\u036f])"
)
_NOTE_IN_ASCII = re.compile(r"\[|[a-z]\(\d{1,2}\)")
_MARKS = "\u0300-\u036f\u20d0\u20d1\u20d4-\u20df\u20e1-\u20e4\u20e6-\u20f0"  # on, under, around
_READ_AS_ONE = re.compile(rf"(?P<note>{_NOTE})|(?P<on>[^{_MARKS}])[{_MARKS}]{{1,30}}")
_STROKES = "\u0334-\u0338\u20d2\u20d3\u20e0\u20e5"  # through letters, which they strike out
_SQUARED = re.compile(r"(?<![\w\u0300-\u036f])(?:[kcmd]?m|mi|ft|yd|sq)$")  # the unit of "5 km²"
_UNIT_CHARS = 4
_SHORT_ENDS = frozenset({"t", "s", "d", "m"} | {f"{a}{b}" for a in "tsdm" for b in " ,.;:!?\n"})
_SHORT_ENDS |= {"ll", "re", "ve"}
# "no†t", "n0t" and "n\ufffdt", but no address, no "M23s" and no "and/or"
_SIGN_INSIDE = re.compile(
    r"(?<![\w@#/.:&=?%+-])(?![a-z]{1,3}\d{1,3}s?\b)[a-z]{1,30}(?:[0-9†‡^*~|\\¶§•\ufffd]{1,3}[a-z]{1,30}){1,9}(?![\w@/.:&=?%+-]\w)"
)
_CONTRACTED = re.compile(rf"(?<=[A-Za-z])[{_APOSTROPHES}](?=(?:t|s|d|m|ll|re|ve)\b)", re.IGNORECASE)
_SUSPECT = re.compile(r"[^\x00-\x7f\u00c0-\u024f\u2010-\u2027\u1e00-\u1eff]")
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}{_STROKES}]+[^\W_]*)*")
# Letters that look like Latin ones, from the table of confusable characters of Unicode (UTS 39)
_LOOKS = {
    **dict(zip("аеорсухіјѕһԁԛԝѵ", "aeopcyxijshdqwv", strict=True)),
    **dict(zip("АВЕЅІЈКМНОРСТУХҮԌԚԜ", "ABESIJKMHOPCTYXYGQW", strict=True)),
    **dict(zip("αινορτυχ", "aivoptux", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("օոսցհ", "onugh", strict=True)),
    **dict(zip("ıɑɡ", "iag", strict=True)),
}


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text as a reader sees it, and how to go back to the first text.

    Parameters
    ----------
    text
        The clean text.
    doubtful
        Start and end of the words that mix scripts, as offsets into the clean text.
    unread
        Those among them with letters that look like no Latin ones.
    """

    text: str
    doubtful: tuple[tuple[int, int], ...] = ()
    unread: frozenset[tuple[int, int]] = frozenset()
    # Where each character begins and ends in the first text, and the end; empty if it is the same
    _starts: tuple[int, ...] = ()
    _ends: tuple[int, ...] = ()

    def before(self, offset: int) -> int:
        """Return the offset in the first text at which the character at an offset begins."""
        return self._starts[offset] if self._starts else offset

    def after(self, offset: int) -> int:
        """Return the offset in the first text behind the character before an offset."""
        return self._ends[offset - 1] if self._ends and offset else offset

    def cleaned(self, offset: int) -> int:
        """Return the offset in the clean text of an offset in the first text."""
        return bisect_left(self._starts, offset) if self._starts else offset

    def doubt(self, start: int, end: int) -> tuple[str, bool] | None:
        """Return the first doubtful word in a span of the clean text, or None.

        Returns
        -------
        tuple of str and bool, or None
            The word, and whether all its letters look like Latin ones.
        """
        at = bisect_right(self.doubtful, (start, start))
        at = max(0, at - 1)
        for word in self.doubtful[at:]:
            if word[0] >= end:
                return None
            if word[1] > start:
                return self.text[word[0] : word[1]], word not in self.unread
        return None


def clean(text: str) -> CleanText:
    """Clean a text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    CleanText
        The clean text with its map of offsets. A text that needs nothing is returned as it is.
    """
    return _cleaned(text, _replaced)


def plain(text: str) -> str:
    """Return a text as a reader sees it: without unseen signs, look-alikes as Latin letters."""
    return _cleaned(text, _replaced_unmapped).text


def _cleaned(text: str, replaced: _Replacer) -> CleanText:
    """Return a clean text, with its map of offsets if the function that replaces makes one."""
    is_plain = (
        text.isascii() and not _CONTROLS_IN_ASCII.search(text) and not _NOTE_IN_ASCII.search(text)
    )
    out, back = (text, _Offsets([], [])) if is_plain else replaced(text, _seen(text))
    for odd in (without_emphasis, joined_letters, bare_denials, apostrophes):
        out, step = replaced(out, odd(out))
        back = back.then(step)
    doubtful: list[tuple[int, int]] = []
    unread: set[tuple[int, int]] = set()
    if not out.isascii() and _SUSPECT.search(out):
        out, doubtful, unread = _mixed(out)
    doubtful += _with_signs(out, unread)
    step = _Offsets([], [])
    if not is_plain:
        out, step = replaced(out, _notes_and_accents(out))
        back = back.then(step)
    return CleanText(
        _CONTRACTED.sub("'", out),
        tuple(sorted(step.cleaned(*span) for span in doubtful)),
        frozenset(step.cleaned(*span) for span in unread),
        tuple(back.starts),
        tuple(back.ends),
    )


_NOTE_NUMBERS = re.compile(r"\d{1,3}(?:\s?,\s?\d{1,3}){0,5}|[a-d]")
_RAISED_FORMS = str.maketrans("0123456789abcd", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈ")


def raised(words: str) -> str:
    """Return words that a file prints raised: the number of a footnote in raised digits.

    Parameters
    ----------
    words
        Any words, such as "12", "3, 4" or the "th" of "5th", which stays.
    """
    note = words.strip()
    if not _NOTE_NUMBERS.fullmatch(note):
        return words
    return re.sub(r"\s", "", note).translate(_RAISED_FORMS)


@dataclass(frozen=True, slots=True)
class _Offsets:
    """Where each character of a new text begins and ends in the old one; none if they are equal."""

    starts: list[int]
    ends: list[int]

    def cleaned(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the new text of a span in the old one."""
        if not self.starts:
            return start, end
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def then(self, other: _Offsets) -> _Offsets:
        """Return where the text after another change begins and ends in this text's old one."""
        if not self.starts or not other.starts:
            return self if self.starts else other
        starts = [self.starts[at] for at in other.starts]
        return _Offsets(starts, [self.ends[at - 1] for at in other.ends])


def _replaced(text: str, changes: Iterable[tuple[int, int, str]]) -> tuple[str, _Offsets]:
    """Return a text with spans replaced, and its offsets in the text before.

    The starts have one more offset than the text has characters: that of the end.
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for start, end, new in changes:
        parts += [text[last:start], new]
        starts.extend(range(last, start))
        ends.extend(range(last + 1, start + 1))
        starts.extend([start] * len(new))
        ends.extend([end] * len(new))
        last = end
    if not parts:
        return text, _Offsets([], [])
    parts.append(text[last:])
    starts.extend(range(last, len(text) + 1))
    ends.extend(range(last + 1, len(text) + 1))
    return "".join(parts), _Offsets(starts, ends)


def _replaced_unmapped(text: str, changes: Iterable[tuple[int, int, str]]) -> tuple[str, _Offsets]:
    """Return a text with spans replaced and no offsets, which take most of the time."""
    parts: list[str] = []
    last = 0
    for start, end, new in changes:
        parts += [text[last:start], new]
        last = end
    return "".join([*parts, text[last:]]) if parts else text, _Offsets([], [])


def _seen(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the signs that a reader does not see, or reads as others, with what is read."""
    for found in _CHANGED.finditer(text):
        yield (*found.span(), _instead(found))


def _instead(found: re.Match[str]) -> str:
    """Return what stands for a sign: itself, a plain form, a space or nothing."""
    sign, text, at = found[0], found.string, found.start()
    if sign[0] == "â":
        packed = b"".join(c.encode("latin-1" if c < "\u0100" else "cp1252") for c in sign)
        return packed.decode("utf-8")
    if "\x80" <= sign <= "\x9f":
        return _in_windows(sign, text[at - 1 : at], text[at + 1 : at + 3])
    if sign in _SMALL:
        return _SMALL[sign]
    if sign == "\u200a" and _between_letters(text, at):  # a hair wide: one word to the eye
        return ""
    if sign in "\u200c\u200d":  # joiners, which Persian and Indian words need
        around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        needed = any("\u0600" <= c <= "\u0dff" for c in around)
        return sign if needed else ""
    if "\u2000" <= sign <= "\u200a" or sign in "\u205f\u2800\u3000":
        return " "
    if re.match(f"[{_FORMS}]|{_ORDINALS}|{_RAISED_WORD}", sign):
        return "".join(_SMALL.get(c, c) for c in unicodedata.normalize("NFKC", sign))
    if re.match(_EMOJI, sign):
        is_between = text[at - 1 : at].strip() and text[found.end() : found.end() + 1].strip()
        return " " if is_between else ""
    return ""


def _between_letters(text: str, at: int) -> bool:
    """Whether a sign stands between two letters."""
    return text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()


def _in_windows(sign: str, before: str, after: str) -> str:
    """Return the sign of Windows-1252 that stands for a control sign, where a page would show it.

    HTML reads "&#146;" as an apostrophe, and so do programs that save what was written in another
    charset. Between letters it may as well be hidden in a word: it is left out there, but for the
    apostrophe of a contraction.
    """
    if before.isalpha() and after[:1].isalpha():
        is_short = sign in "\x91\x92" and (before in "nN" or after[:1] not in "tT")
        return "’" if is_short and after[:2].lower() in _SHORT_ENDS else ""
    return sign.encode("latin-1").decode("cp1252", "ignore")


def _with_signs(text: str, unread: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the words with a digit or sign inside that no word has; add those that nobody reads."""
    for found in _SIGN_INSIDE.finditer(text):
        if "\ufffd" in found[0]:
            unread.add(found.span())
        yield found.span()


def _notes_and_accents(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the notes behind words as nothing, and letters followed by accents as one letter."""
    for m in _READ_AS_ONE.finditer(text):
        if m["note"] is None:
            new = unicodedata.normalize("NFC", m[0])
            if len(new) > 1 and m["on"].isascii() and m["on"].isalpha():  # underlined, say
                new = re.sub(f"[{_MARKS}]", "", new)
            if new != m[0]:
                yield (*m.span(), new)
        elif not _SQUARED.search(text, max(0, m.start() - _UNIT_CHARS), m.start()):
            yield (*m.span(), "")


def _mixed(text: str) -> tuple[str, list[tuple[int, int]], set[tuple[int, int]]]:
    """Return a text with look-alikes as Latin letters, and the words that mix scripts."""
    doubtful: list[tuple[int, int]] = []
    unread: set[tuple[int, int]] = set()
    out: list[str] = []
    last = 0
    for m in _WORD.finditer(text):
        word = m.group(0)
        if word.isascii() or not _SUSPECT.search(word):
            continue
        latin = unicodedata.normalize("NFC", "".join(_LOOKS.get(c, c) for c in word))
        looks = all(_script(c) in {"", "LATIN"} for c in set(latin))
        doubt = _doubt(word, latin, looks=looks)
        if not doubt:
            continue
        latin = "".join(_LOOKS.get(c, c) for c in word)  # of the same length
        doubtful.append(m.span())
        if not looks or doubt == "unread":
            unread.add(m.span())
        out += [text[last : m.start()], latin]
        last = m.end()
    out.append(text[last:])
    return "".join(out), doubtful, unread


def _doubt(word: str, latin: str, *, looks: bool) -> str:
    """Return whether a word is "mixed" or "unread" by any reader; an empty string if neither."""
    digits = {c.isascii() for c in word if c.isdecimal()}
    if len(digits) > 1 or _STRUCK.search(word):
        return "unread"
    scripts = {_script(c) for c in set(word)} - {""}
    is_latin = looks and any(_script(c) == "LATIN" for c in set(latin))
    mixed = (len(scripts) > 1 and "LATIN" in scripts) or (is_latin and scripts != {"LATIN"})
    return "mixed" if mixed else ""


_STRUCK = re.compile(f"[{_STROKES}]")


def _script(character: str) -> str:
    """Return the script of a letter or digit by its Unicode name; empty for common signs."""
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    if unicodedata.combining(character):
        return ""
    name = unicodedata.name(character, "OTHER").split(" ", 1)[0]
    if name in {"MODIFIER", "SUPERSCRIPT", "SUBSCRIPT", "VULGAR", "MICRO", "FEMININE", "MASCULINE"}:
        return ""
    return name


TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Signs that turn the order of letters around, as the inside of a character class."""

_TURNING = re.compile(f"[{TURNING}]")
_COMMANDS = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029{TURNING}]")


def marked(text: str) -> str:
    """Replace each sign that turns letters around by U+FFFD, which readers see."""
    return _TURNING.sub("\N{REPLACEMENT CHARACTER}", text)


def on_terminal(text: str) -> str:
    """Return a text in which signs that a terminal obeys are written as escapes.

    Line ends and tabs stay.
    """
    return _COMMANDS.sub(lambda m: m.group(0).encode("unicode_escape").decode("ascii"), text)
