"""Find the runs of words in a text that the gazetteer lists as names of places.

A text and a gazetteer come in. Spans go out, each with the places it may mean. Whether a span does
name a place is judged in `toponym_features`, from the words around it. The entity labels of the
parser are not used: they often label towns in conflict news as persons, and computing them takes
longer than everything in this module.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from gazetteer.records import AREA_FEATURES
from gazetteer.spelling import kind_words, without_possessive
from mapgen.core.tables.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer import Gazetteer
    from gazetteer.matching import Namesake

MAX_WORDS = 6
MAX_LOOSE_WORDS = 3
MAX_SITE_WORDS = 3
INNER = word_list("toponyms", "inner")
BEGINNINGS = word_list("toponyms", "beginnings")
NOT_PLACES = word_list("toponyms", "not_places")
SITES = word_list("toponyms", "sites")
ROMANISED = word_list("toponyms", "romanised")
ARTICLES = frozenset({"ad", "al", "an", "ar", "as", "ash", "el"})
HYPHENATED = frozenset({"adh", "at", "ath", "az", "ed", "en", "er", "es", "et", "ez", "ud", "ur"})
"""Forms of the Arabic article that are other words as well, unless a hyphen follows: "en-Nahud"."""
_WORD = re.compile(r"[^\W\d_][\w'’‘ʿʾ`.]*(?<![.'’‘`])", re.UNICODE)
_GAP = re.compile(r"^(?: {1,2}|\u00a0|[-‑–])$")  # two spaces stand for a line end (CR LF)
_AREA = (
    r"(?:countryside|district|province|region|governorate|oblast|raion|rayon|state|county|prefecture"
    r"|department|territory|commune|area|sub-?(?:county|district|division|prefecture)|cercle|zone|woreda"
    r"|township|arrondissement|canton|taluka?|tehsil|upazila)s?"
)
_AREA_BEHIND = re.compile(rf"(?:['’]s)?\s(?:(?:and|or)\s[A-Z][\w'’-]*\s)?{_AREA}\b", re.IGNORECASE)
_NAME = r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,2}"
_DISTRICT = r"(?i:count(?:y|ie)|district|territor(?:y|ie)|raion|rayon|cercle|woreda)"
# "Masisi territory", "Usaylan and Bayhan districts", "the districts of Usaylan and Bayhan"
_DISTRICT_BEHIND = re.compile(
    rf"\s{_DISTRICT}s?\b|(?:,\s{_NAME}){{0,4}},?\sand\s{_NAME}\s{_DISTRICT}s\b"
)
_DISTRICT_BEFORE = re.compile(
    rf"\b(?:{_DISTRICT}\sof|{_DISTRICT}s\sof(?:\s{_NAME},){{0,4}}\s{_NAME},?\sand)\s$"
)
_DISTRICTS_OF = re.compile(rf"\b{_DISTRICT}s\sof(?:\s{_NAME},){{0,4}}\s$")
_MORE_OF_LIST = re.compile(rf"(?:,\s{_NAME}){{0,4}},?\sand\s[A-Z]")
_AREA_BEFORE = re.compile(
    rf"\b(?:{_AREA}\sof|(?:north|south|east|west|northeast|northwest|southeast|southwest)ern"
    r"|central|rural|upper|lower|across|throughout|parts\sof)\s(?:the\s)?$",
    re.IGNORECASE,
)
PROVINCES = frozenset({"department", "governorate", "oblast", "prefecture", "province", "region"})
PROVINCES |= {"state"}
"""Words behind the name of a first-level area: "Mopti region"."""
PROVINCE_BEHIND = re.compile(rf"\s(?:{'|'.join(sorted(PROVINCES))})\b")
_ABBREVIATED = word_list("toponyms", "abbreviated")
_CODE_LETTERS = 3
_ACRONYM_LETTERS = 5
_LOOSE_LETTERS = 4
_QUOTES = " “\"'‘("


@dataclass(frozen=True, kw_only=True, slots=True)
class ToponymRecord:
    """One record of ``toponyms.jsonl``: a toponym and the place it was resolved to.

    ``start`` and ``end`` are offsets in code points, end exclusive. ``lat`` and ``lon`` are
    degrees in EPSG:4326. ``country`` is an ISO 3166-1 alpha-2 code, ``feature`` a GeoNames feature
    code, and ``score`` lies between 0 and 1. ``reason`` says why there is no place.
    """

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
    probability: float | None = None  # that this is the place meant, 0 to 1
    candidates: tuple[str, ...] = ()
    method: str | None = None
    reason: str | None = None


@dataclass(slots=True, eq=False)
class Span:
    """A run of words that may name a place."""

    start: int  # offsets in code points, end exclusive
    end: int
    surface: str
    namesakes: tuple[Namesake, ...]
    first: int  # indices of its words: first <= i < last
    last: int
    is_site: bool = False  # a listed name that ends in lower-case words: "Hmeimim air base"
    is_loose: bool = False  # listed only under a loose spelling, in the subject country
    features: dict[str, float] = field(default_factory=dict)
    sureness: float = 0.0  # 0 to 1, how surely the span names a place


@dataclass(slots=True)
class Words:
    """The words of a text, and the spans in it that already name something else."""

    text: str
    found: list[re.Match[str]]
    blocked: list[tuple[int, int]]  # spans in ascending order
    _ends: list[int] = field(init=False, repr=False)  # largest end up to each blocked span

    def __post_init__(self) -> None:
        self._ends = list(itertools.accumulate((end for _, end in self.blocked), max))

    @classmethod
    def of(cls, text: str, taken: Iterable[tuple[int, int]] = ()) -> Words:
        """Split a text into words, and block the spans that are taken."""
        return cls(text, list(_WORD.finditer(text)), sorted(taken))

    def word(self, i: int) -> str:
        """Return word i, or an empty string if there is no such word."""
        return self.found[i].group(0) if 0 <= i < len(self.found) else ""

    def run(self, i: int, stop: int) -> tuple[int, int, str]:
        """Return the start, end and text of words i to stop - 1, without a possessive ending."""
        start = self.found[i].start()
        surface = without_possessive(self.text[start : self.found[stop - 1].end()])
        return start, start + len(surface), surface

    def gap(self, i: int) -> str:
        """Return the characters between word i and the next."""
        if not 0 <= i < len(self.found) - 1:
            return "\n"
        return self.text[self.found[i].end() : self.found[i + 1].start()]

    def opens_sentence(self, i: int) -> bool:
        """Return whether word i opens a sentence or line, where any word has a capital."""
        before = self.text[max(0, self.found[i].start() - 40) : self.found[i].start()]
        before = before.rstrip(_QUOTES)
        return not before or before[-1] in ".!?:\n”"

    def is_blocked(self, start: int, end: int) -> bool:
        """Return whether a span overlaps a blocked one."""
        before = bisect_left(self.blocked, (end,))
        return before > 0 and self._ends[before - 1] > start

    def joined(self, i: int) -> bool:
        """Return whether word i and the next can form a name: "Deir ez-Zor", "St. Louis"."""
        gap = self.gap(i)
        return _GAP.match(gap) is not None or (gap == ". " and self.word(i) in _ABBREVIATED)


def _starts_name(words: Words, i: int) -> bool:
    """Return whether word i can be the first of a name."""
    word = words.word(i)
    return word[0].isupper() or is_article(words, i)


def is_article(words: Words, i: int) -> bool:
    """Whether word i is an Arabic article: "al" and "el", and the "en" of "en-Nahud".

    Parameters
    ----------
    words
        Words of the text.
    i
        Index of the word.
    """
    word = words.word(i).casefold()
    return word in ARTICLES or (word in HYPHENATED and words.gap(i) in {"-", "‑"})


def _is_comparison(words: Words, i: int) -> bool:
    """Whether "as" is no Arabic article: "trekked as far as Mogadishu"."""
    before = words.word(i - 1).casefold()
    return words.word(i) == "as" and before in {"far", "known", "same", "soon", "such", "well"}


def _run_end(words: Words, i: int) -> int:
    """Return the index after the longest run of words from word i that may be one name."""
    end = i + 1
    while end < len(words.found) and end - i < MAX_WORDS and words.joined(end - 1):
        word = words.word(end)
        if not (word[0].isupper() or word.casefold() in INNER):
            break
        end += 1
    return end


def find_spans(words: Words, gazetteer: Gazetteer) -> list[Span]:
    """Return all runs of words that the gazetteer lists as names, including overlapping ones.

    Parameters
    ----------
    words
        Words of the text.
    gazetteer
        Gazetteer in which the names are looked up.

    Returns
    -------
    list of Span
        Sorted by first word, longer spans first.
    """
    spans = []
    for i in range(len(words.found)):
        if not _starts_name(words, i) or _is_comparison(words, i):
            continue
        for stop in range(_run_end(words, i), i, -1):
            if not words.word(stop - 1)[0].isupper() or not words.word(i)[0].isalpha():
                continue
            if stop - i == 1 and not words.word(i)[0].isupper():
                continue
            span = _span(words, i, stop, gazetteer)
            if span is not None:
                spans.append(span)
    return spans


def _span(words: Words, i: int, stop: int, gazetteer: Gazetteer) -> Span | None:
    """Return the span of words i to stop - 1 if the gazetteer lists it as a name, else None."""
    start, end, surface = words.run(i, stop)
    if words.is_blocked(start, end) or surface in demonyms():
        return None
    if (
        surface.casefold() in BEGINNINGS
        and words.joined(stop - 1)
        and words.word(stop)[0].isupper()
    ):
        return None  # "Ain" in "Ain Zara" is not the town of Ain
    if words.text[end : end + 1] == ".":  # "Calif.", "N.C."
        dotted = tuple(n for n in gazetteer.namesakes(surface + ".") if n.name == surface + ".")
        if dotted:
            return Span(start, end + 1, surface + ".", dotted, i, stop)
    site = _site(words, stop, surface, gazetteer) if end == words.found[stop - 1].end() else None
    if site is not None:
        last, namesakes = site
        end = words.found[last - 1].end()
        return Span(start, end, words.text[start:end], namesakes, i, last, is_site=True)
    known = known_as(surface, gazetteer)
    if _is_plain(surface) and words.word(stop).casefold() == "of":
        return None  # "the West Bank of the Dnipro" is that of a river
    if end == words.found[stop - 1].end():
        known += tuple(n for n in _areas_of_kind(words, stop, surface, gazetteer) if n not in known)
    namesakes = _asked_for(words, i, stop, known)
    return Span(start, end, surface, namesakes, i, stop) if namesakes else None


def _areas_of_kind(
    words: Words, stop: int, surface: str, gazetteer: Gazetteer
) -> tuple[Namesake, ...]:
    """Return the areas that a name means only with the word behind it: "Centre department".

    "Nord region" is an area of Burkina Faso; "Nord" alone is not.
    """
    kind = words.word(stop)
    if words.gap(stop - 1) != " " or kind.casefold() not in PROVINCES | {"county"}:
        return ()
    found = gazetteer.namesakes(f"{surface} {kind}")
    asked = {"ADM2"} if kind.casefold() == "county" else {"ADM1", "RGN"}
    return tuple(n for n in found if n.feature in asked)


def _site(
    words: Words, stop: int, surface: str, gazetteer: Gazetteer
) -> tuple[int, tuple[Namesake, ...]] | None:
    """Return the end and the candidates of a listed site such as "Hmeimim air base", or None."""
    if surface.casefold() in NOT_PLACES:  # "A bridge" is not Abridge
        return None
    last = stop
    while last - stop < MAX_SITE_WORDS and words.gap(last - 1) == " ":
        if words.word(last) not in SITES:
            break
        last += 1
    for end in range(last, stop, -1):
        name = " ".join([surface, *(words.word(k) for k in range(stop, end))])
        found = tuple(n for n in gazetteer.namesakes(name) if n.level != "articles")
        if found:
            return end, found
    return None


def _asked_for(
    words: Words, i: int, stop: int, namesakes: tuple[Namesake, ...]
) -> tuple[Namesake, ...]:
    """Keep only the areas, or only the other namesakes, if the words beside a name ask for them.

    "Idlib province" and "the state of Kachin" ask for areas, "the town of Hama" and "Homs city" do
    not. If there are no such namesakes, all are kept.
    """
    kind = None
    after, before = words.word(stop), words.word(i - 2)
    if words.gap(stop - 1) == " ":
        kind = kind_words(after.casefold())
        if not after[:1].islower() and kind != "area":
            kind = None  # "Akobo County" is the county, "Gaza City" a name
    if kind is None and words.word(i - 1).casefold() == "of" and before[:1].islower():
        kind = kind_words(before)
    if kind is None:
        return namesakes
    asked = tuple(n for n in namesakes if (n.feature in AREA_FEATURES) == (kind == "area"))
    return asked or namesakes


def says_area(text: str, start: int, end: int) -> bool:
    """Return whether a name or the words around it ask for an area: "Homs countryside".

    Parameters
    ----------
    text
        Text of the article.
    start, end
        Offsets of the name, end exclusive.
    """
    if kind_words(text[start:end]) == "area":
        return True
    behind = _AREA_BEHIND.match(text, end)
    before = _AREA_BEFORE.search(text[max(0, start - 60) : start])
    return behind is not None or before is not None


def says_district(text: str, start: int, end: int) -> bool:
    """Return whether the words beside a name ask for a district: "Masisi territory".

    Parameters
    ----------
    text
        Text of the article.
    start, end
        Offsets of the name, end exclusive.
    """
    behind = _DISTRICT_BEHIND.match(text, end)
    head = text[max(0, start - 120) : start]
    if behind is None and PROVINCE_BEHIND.match(text, end):
        return False  # "in Svatove district of Luhansk region"
    if behind is not None or _DISTRICT_BEFORE.search(head) is not None:
        return True
    # "the districts of Usaylan and Bayhan" names two districts, but "two districts of Khartoum"
    # are parts of Khartoum
    return bool(_DISTRICTS_OF.search(head) and _MORE_OF_LIST.match(text, end))


def known_as(surface: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the places that a name can mean.

    Parameters
    ----------
    surface
        Name as written in the text.
    gazetteer
        Gazetteer in which the name is looked up.

    Returns
    -------
    tuple of Namesake
        Empty for words that do not name places. Short names must match exactly, and names in
        capitals are also looked up in title case.
    """
    name = " ".join(surface.split())
    lower = name.casefold()
    if len(name) < 2:  # noqa: PLR2004
        return ()
    if _is_plain(name):
        return _named_by_plain_words(name, gazetteer)
    if name.isupper() and len(name) <= _CODE_LETTERS:
        return tuple(n for n in gazetteer.namesakes(name) if n.name == name)
    if name.isupper():
        return _known_in_capitals(name, gazetteer)
    found = gazetteer.namesakes(name)
    if len(name) <= _CODE_LETTERS:
        return tuple(n for n in found if n.level == "exact")
    # "The Hague" is a place, "The Idlib Brigade" is not; "At Homs" begins a sentence
    if lower.startswith(("the ", "at ")):
        return tuple(n for n in found if n.level != "articles")
    return found


def _is_plain(name: str) -> bool:
    """Return whether a name consists of words that name no place by themselves."""
    return set(name.casefold().split()) <= NOT_PLACES


def _named_by_plain_words(name: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the region whose name consists of words that name no place by themselves: West Bank.

    Of such names only those of regions collected by hand count, written as they are listed.
    """
    if " " not in name:
        return ()
    wanted = {name, name.title()} if name.isupper() else {name}
    found = gazetteer.namesakes(name)
    return tuple(n for n in found if n.id.startswith("feature:") and n.name in wanted)


def _known_in_capitals(name: str, gazetteer: Gazetteer) -> tuple[Namesake, ...]:
    """Return the places that a name in capitals can mean; an acronym is never a small place."""
    found = gazetteer.namesakes(name.title())
    if len(name) <= _ACRONYM_LETTERS and " " not in name:
        codes = tuple(n for n in gazetteer.namesakes(name) if n.name == name)
        return codes or tuple(n for n in found if n.importance >= 0.3)  # noqa: PLR2004
    if name.startswith("THE "):
        return tuple(n for n in found if n.level != "articles")
    return found


def find_loose(words: Words, known: list[Span], gazetteer: Gazetteer, country: str) -> list[Span]:
    """Return runs of words that match a name only in a loose spelling.

    Parameters
    ----------
    words
        Words of the text.
    known
        Spans that were found already; runs that overlap them are left out.
    gazetteer
        Gazetteer in which the names are looked up.
    country
        ISO 3166-1 alpha-2 code of the subject country, in which the places must lie.

    Returns
    -------
    list of Span
        In reading order. Empty if the names of the country are not romanised, since only these
        are spelt in many ways.
    """
    if country.casefold() not in ROMANISED:
        return []
    words = replace(words, blocked=sorted([*words.blocked, *((s.start, s.end) for s in known)]))
    spans: list[Span] = []
    i = 0
    while i < len(words.found):
        span = None
        if _starts_name(words, i):
            stops = range(min(_run_end(words, i), i + MAX_LOOSE_WORDS), i, -1)
            span = next(
                filter(None, (_loose(words, i, j, gazetteer, country) for j in stops)), None
            )
        if span is not None:
            spans.append(span)
        i = span.last if span is not None else i + 1
    return spans


def _loose(words: Words, i: int, stop: int, gazetteer: Gazetteer, country: str) -> Span | None:
    """Return the span of words i to stop - 1 if it matches a name loosely, else None."""
    start, end, surface = words.run(i, stop)
    name = " ".join(surface.split())
    if not surface[-1].isalpha() or not words.word(stop - 1)[0].isupper():
        return None
    if len(name) < _LOOSE_LETTERS or _is_plain(name):
        return None
    if (name.isupper() and len(name) <= _ACRONYM_LETTERS) or surface in demonyms():
        return None
    if words.is_blocked(start, end) or known_as(surface, gazetteer):
        return None
    if words.joined(stop - 1) and words.word(stop)[0].isupper():
        return None  # part of a longer name: "Zolota" in "Zolota Balka"
    found = gazetteer.loose(name.title() if name.isupper() else name, country)
    return Span(start, end, surface, found, i, stop, is_loose=True) if found else None
