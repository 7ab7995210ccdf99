"""Find the names of places in a text, by the gazetteer and the words around them.

The parser's own entity labels are not used: they call towns in conflict news persons. A run of
words is a candidate when it begins and ends like a name; it is a toponym when the gazetteer knows it
and the words around it do not make it a person, a street, a team or an organisation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.model import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer import Candidate, Gazetteer, Place

MAX_WORDS = 5
INNER = frozenset("al el as ar ash an ad at az ez de del la le du des of on and the sur upon bin ibn".split())
_WORD = re.compile(r"[^\W\d_][\w'’‘ʿʾ`.]*(?<![.'’‘`])", re.UNICODE)
_GAP = re.compile(r"^(?:[ ]|[-‑–]|[ ]?[-‑][ ]?|\. )$")

# Words that make a name in front of them, or after them, something other than a place.
STREET = frozenset("street road avenue drive lane boulevard square derby stadium hotel bank university cup fc united".split())
ORGANISATION = frozenset(
    "observatory army front forces force ministry party council committee agency movement brigade brigades battalion division union "
    "organization organisation institute foundation group network academy corps alliance congress court parliament times post news".split()
)
TITLES = frozenset(
    "president minister general colonel commander captain sheikh mr mrs ms dr prince king leader spokesman spokeswoman secretary ambassador".split()
)
HONORIFIC_NEXT = frozenset("abdel abdul abu bin ibn al".split())
NOT_PLACES = frozenset(
    """the a an and but for not its his her their our this that these those they them there then thus here now how why who what when where which while will would could should
    may might must can shall has have had was were are been being did does done make made take took get got give gave say said see seen come came go went put set let
    if as at by in of on or so to up us we you he she it is be do no yes all any both each few more most much many some such than too very just only also even still yet ever never
    one two three four five six seven eight nine ten hundred thousand million monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december north south east west northern southern eastern western central old new city town village camp war front human rights state government army
    force forces rebel rebels region personal mass exodus fighter fighters battle image reports analysts losing despite meanwhile most many before after since until during against across
    among within without over under between because however although though once twice police officials residents families cars federal aid workers buyers shares rivals officers detectives nobody driver
    street road bank church king queen lady san santa saint university academy hospital school airport bridge
    telegram twitter facebook christian muslim islam sunni shia alawite alawites druze kurd kurds arab arabs islamic observatory party council
    union nation nations world life home hope love power peace order force major general police press media ministry agency office center centre green red black white blue
    today tomorrow yesterday friday's spring summer autumn winter sunday's man woman men women children people young big little good best first second third last next late early
    registration some every nothing none everything clock gateway corridor registration queue million shelling strikes paramilitaries marine mission along among fire sand rock hill lake river sea
    golden silver iron copper victory liberty independence freedom center plaza general
    """.split()
)
MIN_LETTERS = 3
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


def is_settlement(place: Place) -> bool:
    """Whether a place is drawn as a point."""
    return not Precision(place.precision).is_area


def find_spans(text: str, taken: Iterable[tuple[int, int]], gazetteer: Gazetteer, country: str | None = None) -> list[Span]:
    """Return the runs of words that the gazetteer knows as names, longest first at each place.

    Parameters
    ----------
    text
        The whole article.
    taken
        Spans (start, end) that already name something else, such as parties; nothing inside them is a place.
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
    text: str, words: list[re.Match[str]], i: int, blocked: list[tuple[int, int]], gazetteer: Gazetteer, country: str | None
) -> tuple[int, Span] | None:
    first = words[i].group(0)
    if not (first[0].isupper() or first.casefold() in {"al", "el", "as", "ar", "ash", "an"}):
        return None
    end = i + 1
    while end < len(words) and end - i < MAX_WORDS and _GAP.match(text[words[end - 1].end() : words[end].start()]):
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
        if stop - i == 1 and (surface.casefold() in NOT_PLACES or len(surface) < MIN_LETTERS):
            continue
        if surface.isupper() and 2 < len(surface) <= 5 and stop - i == 1 and not _dateline(text, end_c):  # noqa: PLR2004 - an acronym
            continue
        found = gazetteer.lookup(surface if not surface.isupper() else surface.title(), country=country)
        found = [c for c in found if len(surface) > 3 or c.level == "exact"]  # noqa: PLR2004
        if not found:
            continue
        if _is_other_name(text, words, i, stop, found):
            continue
        before = text[:start_c].rstrip(" “\"'‘")
        return stop - i, Span(start_c, end_c, surface, tuple(found), not before or before[-1] in ".!?:\n”")
    return None


def _dateline(text: str, end: int) -> bool:
    return re.match(r"\s*[—–-]", text[end : end + 3]) is not None


def _is_other_name(text: str, words: list[re.Match[str]], i: int, stop: int, found: list[Candidate]) -> bool:
    """Whether the words around make the run part of a person's, street's or body's name."""
    gap_after = text[words[stop - 1].end() : words[stop].start()] if stop < len(words) else ""
    after = words[stop].group(0) if gap_after in {" ", "-"} else ""
    gap_before = text[words[i - 1].end() : words[i].start()] if i else ""
    before = words[i - 1].group(0) if gap_before in {" ", "-"} else ""
    is_area = any(c.place.precision in {"country", "province", "region"} for c in found)
    if after.casefold() in STREET or (after[:1].isupper() and after.casefold() in ORGANISATION):
        return True
    if gap_before == "-" and before[:1].isupper():
        return True
    if before.casefold() in TITLES and before[:1].isupper() and not is_area:
        return True
    generic = {"city", "province", "governorate", "region", "state", "district", "county", "oblast", "airport", "university", "bridge", "dam"}
    if after[:1].isupper() and after.casefold() not in generic | NOT_PLACES and not is_area and gap_after == " ":
        return True
    if after.casefold() in HONORIFIC_NEXT and gap_after in {" ", "-"} and not is_area:
        return True
    starts_sentence = i == 0 or text[words[i - 1].end() : words[i - 1].end() + 1] in ".!?\n"
    name_before = before[:1].isupper() and before.casefold() not in NOT_PLACES | generic | INNER
    return bool(name_before and not is_area and not starts_sentence and gap_before == " " and not _starts_clause(text, words, i - 1))


def _starts_clause(text: str, words: list[re.Match[str]], i: int) -> bool:
    """Whether word i opens a sentence, so that its capital says nothing."""
    before = text[: words[i].start()].rstrip(" “\"'‘")
    return not before or before[-1] in ".!?:\n”"
