"""Find the names of places in a text, by the gazetteer and the words around them.

The parser's own entity labels are not used: they call towns in conflict news persons. A run of
words is a candidate when it begins and ends like a name; it is a toponym when the gazetteer
knows it and the words around it do not make it a person, a street, a team or an organisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.demonyms import demonyms
from mapgen.words import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer import Candidate, Gazetteer

MAX_WORDS = 5
INNER = word_list("toponyms", "inner")
_WORD = re.compile(r"[^\W\d_][\w'’‘ʿʾ`.]*(?<![.'’‘`])", re.UNICODE)
_GAP = re.compile(r"^(?: {1,2}|[-‑–])$")  # two spaces: a line end of two characters
_ABBREVIATED = word_list("toponyms", "abbreviated")

# Words that make a name in front of them, or after them, something other than a place.
STREET = word_list("toponyms", "street")
ORGANISATION = word_list("toponyms", "organisation")
TITLES = word_list("toponyms", "titles")
HONORIFIC_NEXT = word_list("toponyms", "honorific_next")
NOT_PLACES = word_list("toponyms", "not_places")
MIN_LETTERS = 3
ACRONYM_LETTERS = range(3, 6)
BIG_POPULATION = 150_000


@dataclass(frozen=True, kw_only=True, slots=True)
class ToponymRecord:
    """One line's worth of ``toponyms.jsonl``: a name found, and the place it was resolved to."""

    article: str
    start: int
    end: int
    surface: str
    type: str  # place | demonym | organisation
    place_id: str | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    feature: str | None = None
    geometry_id: str | None = None
    precision: str | None = None
    score: float | None = None
    candidates: tuple[str, ...] = ()
    method: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words that may name a place: offsets in code points, and its candidates."""

    start: int
    end: int
    surface: str
    candidates: tuple[Candidate, ...]
    sentence_start: bool


def find_spans(
    text: str, taken: Iterable[tuple[int, int]], gazetteer: Gazetteer, country: str | None = None
) -> list[Span]:
    """Return the runs of words that the gazetteer knows as names, longest first at each place.

    Parameters
    ----------
    text
        The whole article.
    taken
        Spans (start, end) that already name something else, such as parties.
    gazetteer
        Asked once per run of words.
    country
        ISO 3166-1 alpha-2 code of the article's subject, which allows looser spellings.
    """
    words = list(_WORD.finditer(text))
    blocked = sorted(taken)
    spans: list[Span] = []
    i = 0
    while i < len(words):
        hit = _longest(text, words, i, blocked, gazetteer, country)
        if hit is None:
            i += 1
            continue
        n, span = hit
        spans.append(span)
        i += n
    return spans


def _longest(
    text: str,
    words: list[re.Match[str]],
    i: int,
    blocked: list[tuple[int, int]],
    gazetteer: Gazetteer,
    country: str | None,
) -> tuple[int, Span] | None:
    first = words[i].group(0)
    if not (first[0].isupper() or first.casefold() in {"al", "el", "as", "ar", "ash", "an"}):
        return None
    end = i + 1
    while end < len(words) and end - i < MAX_WORDS and _joined(text, words[end - 1], words[end]):
        if not (words[end].group(0)[0].isupper() or words[end].group(0).casefold() in INNER):
            break
        end += 1
    for stop in range(end, i, -1):
        last = words[stop - 1].group(0)
        if not last[0].isupper() or (stop - i == 1 and not first[0].isupper()):
            continue
        start_c, end_c = words[i].start(), words[stop - 1].end()
        surface = re.sub(r"['’]s$", "", text[start_c:end_c])
        end_c = start_c + len(surface)
        if any(s < end_c and start_c < e for s, e in blocked):
            continue
        if surface in demonyms():
            continue
        if len(surface) < MIN_LETTERS or set(surface.casefold().split()) <= NOT_PLACES:
            continue
        if (
            surface.isupper()
            and len(surface) in ACRONYM_LETTERS
            and stop - i == 1
            and not _dateline(text, end_c)
        ):
            continue
        surface = " ".join(surface.split())
        name = surface.title() if surface.isupper() else surface
        found = gazetteer.lookup(name)
        if country:
            found = _merged(gazetteer.lookup(name, country=country), found)
        found = [c for c in found if len(surface) > 3 or c.level == "exact"]  # noqa: PLR2004
        if not found:
            continue
        if _is_other_name(text, words, i, stop, found) or _is_demonym(surface, found):
            continue
        before = text[:start_c].rstrip(" “\"'‘")
        return stop - i, Span(
            start_c, end_c, surface, tuple(found), not before or before[-1] in ".!?:\n”"
        )
    return None


def _joined(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether two words can belong to one name: "Deir ez-Zor", "St. Louis"."""
    gap = text[left.end() : right.start()]
    return _GAP.match(gap) is not None or (gap == ". " and left.group(0) in _ABBREVIATED)


def _merged(home: list[Candidate], wide: list[Candidate]) -> list[Candidate]:
    """Join look-ups at home and world-wide; a loose spelling gives way to a name known as such."""
    strict = [c for c in home if c.level in {"exact", "folded", "articles"}]
    home = home if not wide or strict else []
    known = {c.place.id for c in home}
    return home + [c for c in wide if c.place.id not in known]


def _is_demonym(surface: str, found: list[Candidate]) -> bool:
    """Whether a country is meant by its adjective: "Armenian", "Lebanese"."""
    best = found[0].place
    return (
        best.precision == "country"
        and surface != best.name
        and surface.lower().endswith(
            ("ian", "ean", "ese", "ish", "ians", "eans", "can", "cans", "iani", "raqi")
        )
    )


def _dateline(text: str, end: int) -> bool:
    return re.match(r"\s*[—–-]", text[end : end + 3]) is not None


def _is_other_name(
    text: str, words: list[re.Match[str]], i: int, stop: int, found: list[Candidate]
) -> bool:
    """Whether the words around make the run part of a person's, street's or body's name."""
    gap_after = text[words[stop - 1].end() : words[stop].start()] if stop < len(words) else ""
    after = words[stop].group(0) if gap_after in {" ", "-"} else ""
    gap_before = text[words[i - 1].end() : words[i].start()] if i else ""
    before = words[i - 1].group(0) if gap_before in {" ", "-"} else ""
    is_area = found[0].place.precision in {"country", "province", "region"}
    if after.casefold() in STREET or (after[:1].isupper() and after.casefold() in ORGANISATION):
        return True
    if gap_before == "-" and before[:1].isupper():
        return True
    if before.casefold() in TITLES and before[:1].isupper() and not is_area:
        return True
    generic = {
        "city",
        "province",
        "governorate",
        "region",
        "state",
        "district",
        "county",
        "oblast",
        "airport",
        "university",
        "bridge",
        "dam",
    }
    if (
        after[:1].isupper()
        and after.casefold() not in generic | NOT_PLACES
        and not is_area
        and gap_after == " "
    ):
        return True
    if after.casefold() in HONORIFIC_NEXT and gap_after in {" ", "-"} and not is_area:
        return True
    starts_sentence = i == 0 or text[words[i - 1].end() : words[i - 1].end() + 1] in ".!?\n"
    name_before = before[:1].isupper() and before.casefold() not in NOT_PLACES | generic | INNER
    return bool(
        name_before
        and not is_area
        and not starts_sentence
        and gap_before == " "
        and not _starts_clause(text, words, i - 1)
    )


def _starts_clause(text: str, words: list[re.Match[str]], i: int) -> bool:
    """Whether word i opens a sentence, so that its capital says nothing."""
    before = text[: words[i].start()].rstrip(" “\"'‘")
    return not before or before[-1] in ".!?:\n”"
