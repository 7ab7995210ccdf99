"""Check a user's tables of sides, words, colours and texts, and report faults by line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mapgen.core.tables.checks import LONGEST_NAME, Fault
from mapgen.core.tables.in_force import REPLACING, packaged_toml, table_rows, using
from mapgen.core.tables.sides import SHAPES
from mapgen.core.tables.style import colours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.core.tables.in_force import Tables

SCHEMES: Final = ("light", "dark")
LEAST_LETTER: Final = 3.0
"""Least contrast of the letter of a sign on its fill (WCAG 2.2, 1.4.11)."""

LEAST_TEXT: Final = 4.5
"""Least contrast of text on its background (WCAG 2.2, 1.4.3)."""

TEXT_ON: Final = (
    ("ink", "paper"), ("ink2", "paper"), ("ink", "land"), ("ink2", "land"), ("ink", "other"),
    ("ink2", "other"), ("accent", "paper"), ("tintink", "tint"), ("country", "other"),
    ("water", "sea"),
)  # fmt: skip
"""Colours of text, each with its background."""

_TEXTS = ("id", "name", "short", "phrase", "letter", "shape")
_INKS = ("fill", "line", "on")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SHADOW = re.compile(r"[\w .,()%-]{1,200}")  # goes into CSS: no braces, quotes or semicolons
_WORD = re.compile(r"[\w'’.:-]{1,60}")  # ids of parties have a colon
_LINE = re.compile(r"at line (\d+)")
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """The text of a TOML table, for finding the line of a section or key."""

    name: str
    text: str

    def line(self, section: str, key: str | None = None, n: int = 0) -> int | None:
        """Return the line of the n-th section of a name, or of a key in it.

        Parameters
        ----------
        section
            Name of the section.
        key
            Key in the section; None returns the line of the heading.
        n
            Index of the section among those of the same name.

        Returns
        -------
        int or None
            Line, counted from 1. It is that of the heading if the section lacks the key, and None
            if there is no such section.
        """
        lines = self.text.split("\n")
        head = re.compile(rf"\s*\[+\s*[\"']?{re.escape(section)}[\"']?\s*\]+")
        heads = [i for i, line in enumerate(lines) if head.match(line)]
        if n >= len(heads):
            return None
        if key is None:
            return heads[n] + 1
        own = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        for i in range(heads[n] + 1, len(lines)):
            if lines[i].lstrip().startswith("["):
                break
            if own.match(lines[i]):
                return i + 1
        return heads[n] + 1

    def fault(
        self, at: tuple[str, str | None, int], column: str | None, problem: str, advice: str
    ) -> Fault:
        """Return a fault at a section, key and index of the section.

        Parameters
        ----------
        at
            Section, key and index, as for `line`.
        column
            Key that the message names, if any.
        problem, advice
            What is wrong, and what the user can do.
        """
        return Fault(self.name, self.line(*at), column, problem, advice)


def faults_of_toml(name: str, text: str, tables: Tables) -> list[Fault]:
    """Return every fault in a TOML table.

    Parameters
    ----------
    name, text
        Name and content of the file.
    tables
        All tables of the folder, with which the file is checked.

    Returns
    -------
    list of Fault
        The faults; empty if there are none.
    """
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as err:
        at = _LINE.search(str(err))
        problem = f"is not valid TOML ({err})"
        return [Fault(name, int(at[1]) if at else None, None, problem, "Mend that line.")]
    file, table = TomlFile(name, text), REPLACING.get(name, name)
    with using(tables):
        if table == "sides.toml":
            return list(_faults_of_sides(file, values))
        faults = list(_faults_of_keys(file, values, packaged_toml(table)))
        if table == "words.toml":
            faults += _faults_of_word_lists(file, values)
        elif table == "style.toml":
            faults += _faults_of_colours(file, values)
            if not faults:
                faults += _faults_of_text_colours(file, values)
        else:
            faults += _faults_of_interface(file, values)
    return faults


def _faults_of_keys(
    file: TomlFile, own: dict[str, Any], packaged: dict[str, Any]
) -> Iterator[Fault]:
    """Yield sections and keys that the packaged table lacks, and values that are not text."""
    for section, keys in own.items():
        if section not in packaged or not isinstance(keys, dict):
            advice = f"The sections are {', '.join(packaged)}."
            yield file.fault((section, None, 0), section, "is not a known section", advice)
            continue
        for key, value in keys.items():
            at = (section, key, 0)
            if key not in packaged[section]:
                advice = f"The keys of {section} are {', '.join(packaged[section])}."
                yield file.fault(at, key, "is not a known key", advice)
            elif not isinstance(value, str):
                yield file.fault(at, key, "is not a text", "Put it in double quotes.")


def _known_texts(own: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for section, keys in own.items():
        for key, value in keys.items() if isinstance(keys, dict) else ():
            if isinstance(value, str):
                yield section, key, value


def _faults_of_word_lists(file: TomlFile, own: dict[str, Any]) -> Iterator[Fault]:
    for section, key, value in _known_texts(own):
        for word in value.split():
            if not _WORD.fullmatch(word):
                problem = f"{word[:60]!r} is not a word"
                yield file.fault((section, key, 0), key, problem, "Part words by blanks alone.")


def _faults_of_colours(file: TomlFile, own: dict[str, Any]) -> Iterator[Fault]:
    for section, key, value in _known_texts(own):
        allowed = _SHADOW if key == "shadow" else _HEX
        if not allowed.fullmatch(value):
            problem = f"{value[:60]!r} is not a colour"
            yield file.fault((section, key, 0), key, problem, "Write it like #1f2328.")


def _faults_of_text_colours(file: TomlFile, own: dict[str, Any]) -> Iterator[Fault]:
    """Yield colours of text with too little contrast, with the tables in force."""
    for scheme in SCHEMES:
        table, given = colours(scheme), own.get(scheme, {})
        for text, ground in TEXT_ON:
            changed = text if text in given else ground
            found = contrast(table[text], table[ground])
            if changed in given and found < LEAST_TEXT:
                problem = f"{text} on {ground} has a contrast of {found:.1f} in {scheme}"
                advice = f"It must be {LEAST_TEXT} at least: make one darker, or the other lighter."
                yield file.fault((scheme, changed, 0), changed, problem, advice)


def _faults_of_interface(file: TomlFile, own: dict[str, Any]) -> Iterator[Fault]:
    english = packaged_toml("interface.toml")["en"]
    for section, key, value in _known_texts(own):
        at = (section, key, 0)
        if key == "direction" and value not in {"ltr", "rtl"}:
            yield file.fault(at, key, f"{value[:60]!r} is not ltr or rtl", "Write one of the two.")
        unknown = set(_HOLE.findall(value)) - set(_HOLE.findall(english.get(key, "")))
        for hole in sorted(unknown) if key in english else ():
            problem = f"{{{hole}}} is never filled in"
            yield file.fault(at, key, problem, "Use the braces of the English text only.")


def _faults_of_sides(file: TomlFile, own: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of sides and spare colours, with the tables in force."""
    for key in own:
        if key not in {"side", "spare"}:
            advice = "The table has [[side]] and [[spare]]."
            yield file.fault((key, None, 0), key, "is not a known section", advice)
    known = {party["side"] for party in table_rows("actors.csv")}
    seen: set[str] = set()
    for n, row in _numbered(own.get("side")):
        at = ("side", None, n)
        if not isinstance(row, dict):
            yield file.fault(at, "side", "is not a table", "Begin each side with [[side]].")
            continue
        yield from _faults_of_side(file, n, row)
        yield from _faults_of_inks(file, "side", n, row)
        side = row.get("id")
        if isinstance(side, str) and side in seen:
            at_id = ("side", "id", n)
            yield file.fault(at_id, "id", f"{side!r} stands above already", "Keep one of the two.")
        elif isinstance(side, str) and side and side not in known:
            advice = "Add a party of that side to actors.csv, or mend the id."
            yield file.fault(("side", "id", n), "id", f"{side!r} is not a known side", advice)
        seen.add(str(side))
    for n, row in _numbered(own.get("spare")):
        if isinstance(row, dict):
            yield from _faults_of_inks(file, "spare", n, row)
        else:
            advice = "Begin each with [[spare]]."
            yield file.fault(("spare", None, n), "spare", "is not a table", advice)
    yield from _same_letters(file, own)


def _numbered(rows: object) -> list[tuple[int, Any]]:
    return list(enumerate(rows if isinstance(rows, list) else [] if rows is None else [rows]))


def _faults_of_side(file: TomlFile, n: int, row: dict[str, Any]) -> Iterator[Fault]:
    for key in row:
        if key not in {*_TEXTS, *SCHEMES}:
            advice = f"A side has {', '.join((*_TEXTS, *SCHEMES))}."
            yield file.fault(("side", key, n), key, "is not a known key", advice)
    for key in _TEXTS:
        value, at = row.get(key), ("side", key, n)
        if not isinstance(value, str) or not value.strip():
            yield file.fault(at, key, "is missing", "Give it as a text in double quotes.")
        elif len(value) > LONGEST_NAME:
            yield file.fault(at, key, f"has more than {LONGEST_NAME} letters", "Shorten it.")
        elif key == "letter" and not (len(value) == 1 and value.isalnum()):
            problem = f"{value!r} is not one letter or digit"
            yield file.fault(at, key, problem, "Give the letter that the sign shows.")
        elif key == "shape" and value not in SHAPES:
            advice = f"The shapes are {', '.join(SHAPES)}."
            yield file.fault(at, key, f"{value!r} is not a known shape", advice)


def _faults_of_inks(file: TomlFile, section: str, n: int, row: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults in the colours of a side or of a spare entry."""
    for scheme in SCHEMES:
        inks, at = row.get(scheme), (section, scheme, n)
        if not isinstance(inks, dict):
            advice = 'Give it as { fill = "#b23f30", line = "#7e2218", on = "#ffffff" }.'
            yield file.fault(at, scheme, "is missing", advice)
            continue
        bad = [ink for ink in _INKS if not _is_colour(inks.get(ink))]
        for ink in bad:
            problem = f"{str(inks.get(ink))[:60]!r} is not a colour"
            yield file.fault(at, f"{scheme}.{ink}", problem, "Write it like #b23f30.")
        for ink in inks:
            if ink not in _INKS:
                advice = f"The colours are {', '.join(_INKS)}."
                yield file.fault(at, f"{scheme}.{ink}", "is not a known key", advice)
        found = 0.0 if bad else contrast(inks["on"], inks["fill"])
        if not bad and found < LEAST_LETTER:
            problem = f"the letter on the fill has a contrast of {found:.1f}"
            advice = f"It must be {LEAST_LETTER} at least: #ffffff or #000000 serves most fills."
            yield file.fault(at, f"{scheme}.on", problem, advice)


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def _same_letters(file: TomlFile, own: dict[str, Any]) -> Iterator[Fault]:
    """Yield sides of one war that have the same letter."""
    first: dict[tuple[str, str], str] = {}
    for n, row in _numbered(own.get("side")):
        side, letter = (row.get("id"), row.get("letter")) if isinstance(row, dict) else (None, None)
        if not isinstance(side, str) or not isinstance(letter, str) or not letter.strip():
            continue
        other = first.setdefault((side.partition(":")[0], letter), side)
        if other != side:
            problem = f"{letter!r} is the letter of {other} too"
            advice = "Sides of one war need letters of their own."
            yield file.fault(("side", "letter", n), "letter", problem, advice)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, as WCAG 2.2 defines it.

    Parameters
    ----------
    one, other
        Colours as ``#rrggbb``.

    Returns
    -------
    float
        Ratio from 1 (equal) to 21 (black and white).
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
