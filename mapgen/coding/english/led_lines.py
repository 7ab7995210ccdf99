"""Find the places that lead a paragraph, as in reports: "Kamanyola: the town fell on Monday".

The text comes in with its georeferences; led paragraphs go out, also those below a heading that is
the name of a town. What stands below the name is about it, so that "the town" means this place even
if another was named since, and no other place if the name is in no list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.model import Precision
from mapgen.places.toponym_features import common_words
from mapgen.reading.passages import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapgen.places.georeference import Georeference

_BEFORE = re.compile(r"[\s*•·▪»\-–—]*(?:\(?\w{1,3}[.)]\s+)?[\s*_]*")
_NAME = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2}")
_AFTER = re.compile(
    r"(?: (?:camp|city|town|village))?[*_]*(?:, [^\n.:;]{2,40})?(?: ?\([^()\n]{1,40}\))?[*_]*"
    r"(?::| [–—-]) "
)
_HEAD_END = re.compile(r"(?:, [^\n.:;]{2,30}| ?\([^()\n]{1,30}\))?[\s*_#:]*")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DAY_BEHIND = re.compile(rf"[^\n]{{0,50}}?[,(]? (?:\d{{1,2}} {_MONTH}\b|{_MONTH}\.? \d)")
_NAMES_AND_DAY = re.compile(
    rf"(?:,? \(?[A-Z][\w.'’-]*\)?){{0,6}},? (?:\d{{1,2}} {_MONTH}\b|{_MONTH}\.? \d)"
)  # no words of a sentence: "Urus-Martan, Chechnya, 24 March 2000"
_ALONE = re.compile(r"[*_]*\.[*_]* (?=[A-Z“\"])")  # "Gharyan. The town ..."


@dataclass(frozen=True, slots=True)
class LedLine:
    """A paragraph that begins with the name of a place, or stands below it as a heading.

    Parameters
    ----------
    start, end
        Offsets of the paragraph.
    leader
        Georeference of the name; None if no list has it.
    is_headed
        Whether the name is a heading above the paragraph.
    """

    start: int
    end: int
    leader: Georeference | None
    is_headed: bool = False


@dataclass(frozen=True, slots=True)
class LedLines:
    """The paragraphs of a text that places lead, in reading order."""

    lines: tuple[LedLine, ...]

    @classmethod
    def of(
        cls, text: str, references: Sequence[Georeference], *, districts: bool = False
    ) -> LedLines:
        """Return the led paragraphs of a text, also those below a district if it is asked for."""
        by_start = {r.start: r for r in references}
        run_in = _run_in_heads(text, by_start)
        found = []
        head: Georeference | None = None  # the town that the last heading names alone
        for p in paragraphs(text):
            before = _BEFORE.match(text, p.start, p.end)
            start = before.end() if before else p.start
            leader = by_start.get(start)
            if p.start in run_in:
                found.append(LedLine(p.start, p.end, run_in[p.start]))
                continue
            if p.skip == "heading":
                is_head = leader is not None and _is_head(leader, text, p.end, districts=districts)
                is_head = is_head and leader is not None and not is_dateline(leader, text)
                head = leader if is_head else None
            elif leader is None and head is not None:
                found.append(LedLine(p.start, p.end, head, is_headed=True))
            elif leader is None:
                if _is_unknown_name(text, start, p.end):
                    found.append(LedLine(p.start, p.end, None))
            elif not _is_area(leader) and any(
                form.match(text, leader.end, p.end) for form in (_AFTER, _ALONE)
            ):
                found.append(LedLine(p.start, p.end, leader))
            elif head is not None:
                found.append(LedLine(p.start, p.end, head, is_headed=True))
        return cls(tuple(found))

    def at(self, offset: int) -> LedLine | None:
        """Return the led paragraph that contains an offset, or None."""
        n = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[n] if n >= 0 and offset < self.lines[n].end else None


def _run_in_heads(text: str, by_start: Mapping[int, Georeference]) -> dict[int, Georeference]:
    """Return the towns in capitals that head the items of a digest, by where their text begins.

    "KUITO - The city was shelled" looks like a dateline, which an article has once.
    """
    found: dict[int, Georeference] = {}
    for p in paragraphs(text):
        line = text.rfind("\n", max(0, p.start - _INDENT), p.start) + 1
        before = _BEFORE.match(text, line, p.start) if line < p.start else None
        town = by_start.get(before.end()) if before is not None else None
        if town is None or _is_area(town) or not text[town.start : town.end].isupper():
            continue
        if _DASH.fullmatch(text, town.end, p.start):
            found[p.start] = town
    return found if len({r.surface for r in found.values()}) >= _LEAST_ITEMS else {}


_DASH = re.compile(r"\s?[–—-]{1,2}\s")
_LEAST_ITEMS = 3  # of a digest, so that no two datelines are taken for one


def is_dateline(town: Georeference, text: str) -> bool:
    """Whether a name opens the dateline of an article: "CÚCUTA, Colombia, 26 January 2025".

    Such a line says where the article was written, not what the paragraphs below it are about.

    Parameters
    ----------
    town
        Georeference of the name.
    text
        The article.
    """
    line = line_opened(text, town.start)
    if line is None:
        return False
    if text[town.start : town.end].isupper():
        return _DAY_BEHIND.match(text, town.end) is not None
    return _is_at_head(text, line) and _NAMES_AND_DAY.match(text, town.end) is not None


_INDENT = 40  # characters before a name that may be blank


def line_opened(text: str, start: int) -> int | None:
    """Return where the line begins that a name opens, or None if other words open it.

    Parameters
    ----------
    text
        The article.
    start
        Offset of the name.
    """
    first = max(0, start - _INDENT)
    line = text.rfind("\n", first, start) + 1
    if text[max(line, first) : start].strip() or (line == 0 and first > 0):
        return None
    return line


_HEAD_LINES, _HEAD_LENGTH = 3, 500  # lines and characters of an article before its dateline


def _is_at_head(text: str, line: int) -> bool:
    """Whether a line stands below the title of an article or little more."""
    above = text[:line].splitlines() if line <= _HEAD_LENGTH else []
    return line <= _HEAD_LENGTH and sum(1 for words in above if words.strip()) < _HEAD_LINES


def region_headings(text: str) -> list[int]:
    """Return the offsets of headings that are names: the regions of a digest, "NORTHERN SHAN".

    Below them, "the city" is none that was named above.

    Parameters
    ----------
    text
        The article.
    """
    ordinary = common_words()
    found = []
    for p in paragraphs(text):
        words = text[p.start : p.end].strip(" \t*_#:").split()
        named = [w for w in words if w.strip(".,").lower() not in ordinary]
        if p.skip == "heading" and named and len(words) <= _MOST_WORDS:
            found += [p.start] if all(w[:1].isupper() for w in words) else []
    return found


_MOST_WORDS = 3  # of the name of a region


def _is_unknown_name(text: str, start: int, end: int) -> bool:
    """Whether a paragraph begins with a name that is no ordinary word: "Kambawali: ..."."""
    name = _NAME.match(text, start, end)
    if name is None or not _AFTER.match(text, name.end(), end):
        return False
    words = name[0].split()
    ordinary = common_words()
    return all(w[0].isupper() and not w.isupper() and w.lower() not in ordinary for w in words)


def _is_head(leader: Georeference, text: str, end: int, *, districts: bool) -> bool:
    """Whether a heading is nothing but the name of a town: "MARTE", "Rann (Borno):"."""
    is_district = leader.meant is not None and leader.meant.precision == Precision.DISTRICT
    fits = not _is_area(leader) or (districts and is_district)
    return fits and _HEAD_END.fullmatch(text, leader.end, end) is not None


def _is_area(leader: Georeference) -> bool:
    """Whether a name is that of a country or a province, which is no town."""
    return leader.meant is not None and Precision(leader.meant.precision).is_area
