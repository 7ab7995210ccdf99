"""Find toponyms that the gazetteer does not list but the words around them show to be places.

"Rebels captured the village of Xqqrt" is a claim about a place, even if its coordinates are not
known. The words of a text come in, and the spans of such names go out. These names are kept
without coordinates: they are listed as not found and never drawn.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from gazetteer.spelling import without_possessive
from mapgen.core.tables.word_lists import word_list
from mapgen.places.toponym_features import (
    AFFECTING,
    FORCE,
    ORGANISATION,
    RAIDS,
    STREET,
    TEAM,
    TITLES,
    common_words,
    given_name,
    surname,
)
from mapgen.places.toponyms import ARTICLES, BEGINNINGS, NOT_PLACES, is_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mapgen.places.toponyms import Words

KINDS = word_list("toponyms", "unlisted_kinds")
TAKEN = word_list("toponyms", "taken")
_NO_PART = NOT_PLACES | TITLES | ORGANISATION | FORCE | TEAM | STREET
_NO_PART |= word_list("toponyms", "languages")
_AT = frozenset({"in", "near", "outside", "around", "into", "from", "to", "toward", "towards"})
_ENDS = frozenset({"was", "were", "fell", "has", "had", "changed", "is", "remains"})
_BOUND = frozenset(
    {"bound", "departed", "fled", "fleeing", "headed", "heading", "leaving", "left", "made"}
)
_DONE = AFFECTING | {"annexed", "conquered", "freed", "overrun", "surrendered", "swept"}
_PART_OF_NAME = frozenset({"base", "camp", "crossing", "dam", "island", "valley"})
_SITES = KINDS | word_list("toponyms", "unlisted_sites")
# what follows "an attack on Xqqrt", but not the name of an organisation: "on Xqqrt targets"
_AFTER_RAID = word_list("toponyms", "after_raid")
_FIGHTS = word_list("toponyms", "fights")
_NEAR = 12  # words between the fighting and where it broke out
_LIVING = frozenset({"inhabitants", "residents", "townsfolk", "townspeople", "villagers"})
_FALLING = frozenset({"bombs", "missiles", "mortars", "rockets", "shells"})
_OPENING = frozenset({"in", "at", "near", "outside", "around"})  # "In Xqqrt, shelling killed ..."
_POINTING_AT = _AT | {"at", "on", "inside", "through"} | AFFECTING
_THE_TOWN = re.compile(
    r"\b(?:the|this|that)\s(?:town|village|hamlet|city|settlement)\b(?!\sof\b)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+(?=[A-Z\"“‘])|\n")
_FAR = 300  # characters that a sentence may have
_MOST_WORDS = 3
_LEAST_LETTERS = 3
_ACRONYM = 6
_GOES_ON = re.compile(r",?\s(?:and|or)\s|,\s[A-Z]")
_LIST = re.compile(r",(?: and)?\s|\s(?:and|or)\s")


def find_unlisted(
    words: Words, known: Iterable[tuple[int, int]], areas: Collection[int] = ()
) -> list[tuple[int, int]]:
    """Return the spans of unlisted names that the words around them show to be places.

    Parameters
    ----------
    words
        Words of the text, in which the spans of parties and known places are blocked.
    known
        Spans of known places; an unlisted place may follow one in a list.
    areas
        Start offsets of names that may mean a province or district. In "Xqqrt, Chernihiv", Xqqrt
        is a place in the province of Chernihiv.

    Returns
    -------
    list of (int, int)
        Offsets of the start and the exclusive end of each name, in reading order.
    """
    taken = list(known)
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(words.found):
        end = _name_end(words, i)
        span = words.run(i, end)[:2] if end else None
        if span is None or end is None or words.is_blocked(*span) or _goes_on(words, i, taken):
            i += 1
            continue
        is_in_area = _is_before_area(words, i, end, areas) or _is_done_in(words, i, end, areas)
        if (
            is_in_area
            or _is_placed(words, i, end)
            or _is_town_of_next_sentence(words, span, i, taken)
            or _continues_list(words, span, [*taken, *found])
        ):
            if words.gap(end - 1) == " " and words.word(end) in _PART_OF_NAME:
                span = (span[0], words.found[end].end())  # "Khazir camp" is not Khazir
            found.append(span)
        i = end
    return sorted({*found, *_repeats(words, found)})


def _repeats(words: Words, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the other occurrences of the names, which mean the same place throughout a text."""
    names = {words.text[start:end] for start, end in found}
    spans: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words.text):
            inside = any(s < m.end() and m.start() < e for s, e in [*found, *spans])
            if not inside and not words.is_blocked(*m.span()):
                spans.append(m.span())
    return spans


def _goes_on(words: Words, i: int, known: Iterable[tuple[int, int]]) -> bool:
    """Return whether a word continues a known name: "Persha" in "Novoselivka Persha"."""
    before = words.found[i - 1].end() if i else 0
    return words.gap(i - 1) == " " and any(e == before for _, e in known)


def _name_end(words: Words, i: int) -> int | None:
    """Return the index of the word after an unlisted name at word i, or None if there is none."""
    end = _run_end(words, i)
    longer = end < len(words.found) and end - i == _MOST_WORDS and words.joined(end - 1)
    if end == i or (longer and words.word(end)[0].isupper()):
        return None
    return end if _may_be_name(words, i, end) else None


def _run_end(words: Words, i: int) -> int:
    """Return the index after a run of up to three capitalised words, with articles inside it."""
    end = i
    while end < len(words.found) and end - i < _MOST_WORDS:
        inner = is_article(words, end) and words.gap(end) == "-"
        if not (words.word(end)[0].isupper() or inner):
            break
        end += 1
        if words.gap(end - 1) not in {" ", "-"}:
            break
    return end


def _may_be_name(words: Words, i: int, end: int) -> bool:
    """Return whether a run of words is not an acronym, title, person, people or common word."""
    name = words.text[words.found[i].start() : words.found[end - 1].end()]
    is_acronym = name.rstrip("s").isupper() and len(name) <= _ACRONYM
    if len(name) < _LEAST_LETTERS or is_acronym:
        return False
    parts = [without_possessive(words.word(k)).casefold() for k in range(i, end)]
    if not _NO_PART.isdisjoint(parts) or any(words.word(k) in demonyms() for k in range(i, end)):
        return False
    if parts[0] in ARTICLES:  # "al-Asabaa"; an article inside is more often a person's
        parts = parts[1:]
    own = [p for p in parts if p not in BEGINNINGS or len(parts) == 1]
    if not common_words().isdisjoint([*own, *(p.removesuffix("s") for p in own)]):
        return False
    if _is_of_person(words, i, end):
        return False
    return _is_called(words, i) or not any(given_name(p) for p in parts)


def _is_of_person(words: Words, i: int, end: int) -> bool:
    """Return whether a title or a given name stands before a name."""
    before = words.word(i - 1).casefold()
    if before in TITLES:
        return True
    # "In" is a given name too, though not in "In Xqqrt, ..." or "a house in Filo Xqqrt"
    is_opening = before in _OPENING and words.opens_sentence(i - 1)
    is_small = end - i > 1 and words.word(i - 1)[:1].islower()
    return bool(given_name(before)) and not (is_opening or is_small)


def _is_called(words: Words, i: int) -> bool:
    """Return whether words such as "the town of" or "the suburbs of" stand before a word."""
    is_of = words.gap(i - 1) == " " and words.word(i - 1).casefold() == "of"
    return is_of and words.word(i - 2).casefold() in KINDS


def _is_placed(words: Words, i: int, end: int) -> bool:
    """Return whether the words before or after a name occur only with places."""
    return _is_placed_before(words, i, end) or _is_placed_behind(words, i, end)


def _is_placed_before(words: Words, i: int, end: int) -> bool:
    """Return whether words such as "the town of", "in" or "bound for" stand before a name."""
    if _is_called(words, i):
        return True
    if words.gap(i - 1) != " ":
        return False
    if _is_taken(words, i, end):
        return True
    before, second = words.word(i - 1), words.word(i - 2).casefold()
    low = before.casefold()
    if low in KINDS and second in {"the", "nearby", "neighbouring"}:
        return True
    is_out = low == "of" and second == "out"  # "driven out of X"
    if before[:1].islower() and (low in _AT or low in _DONE or is_out):
        return True
    return (low == "for" and second in _BOUND) or _is_opening(words, i, end)


def _is_opening(words: Words, i: int, end: int) -> bool:
    """Return whether a name opens a sentence behind "In" or "At" and ends with a comma."""
    is_opened = words.word(i - 1).lower() in _OPENING and words.opens_sentence(i - 1)
    return is_opened and words.gap(end - 1) == ", " and words.word(end)[:1].islower()


def _is_town_of_next_sentence(
    words: Words, span: tuple[int, int], i: int, known: Iterable[tuple[int, int]]
) -> bool:
    """Return whether the next sentence calls a name "the town", with no place named in between."""
    if words.gap(i - 1) != " " or words.word(i - 1).casefold() not in _POINTING_AT:
        return False
    text = words.text
    over = _SENTENCE_END.search(text, span[1], span[1] + _FAR)
    if over is None or text[over.start()] == "\n":
        return False
    end = _SENTENCE_END.search(text, over.end(), over.end() + _FAR)
    called = _THE_TOWN.search(text, over.end(), end.start() if end else over.end() + _FAR)
    before = max(0, span[0] - _FAR)
    start = max((m.end() for m in _SENTENCE_END.finditer(text, before, span[0])), default=before)
    return called is not None and not any(start <= s < called.start() for s, _ in known)


def _is_placed_behind(words: Words, i: int, end: int) -> bool:
    """Return whether words such as "district" or "was captured" stand after a name."""
    after, gap = words.word(end).casefold(), words.gap(end - 1)
    if gap == " " and after in KINDS and not words.word(end)[0].isupper():
        return True
    if gap == ", " and _is_explained(words, i, end):
        return True
    if after not in _ENDS:
        return False
    if after == "fell":
        return words.opens_sentence(i)
    return any(words.word(k).casefold() in _DONE | {"hands"} for k in range(end + 1, end + 4))


def _is_before_area(words: Words, i: int, end: int, areas: Collection[int]) -> bool:
    """Return whether the area that contains a place follows its name: "Xqqrt, Chernihiv"."""
    if end >= len(words.found) or words.gap(end - 1) not in {", ", " ("}:
        return False
    if words.found[end].start() not in areas:
        return False
    rest = words.text[words.found[end].end() : words.found[end].end() + 8]
    return not _GOES_ON.match(rest) and (end - i > 1 or not words.opens_sentence(i))


def _is_done_in(words: Words, i: int, end: int, areas: Collection[int]) -> bool:
    """Return whether "in" and an area stand between a name and what befell it.

    So they do in "Xqqrt in Yatenga was taken"; "Xqqrt in Yatenga said" is a person.
    """
    if words.word(end) != "in" or words.gap(end - 1) != " " or words.gap(end) != " ":
        return False
    if end + 1 >= len(words.found) or words.found[end + 1].start() not in areas:
        return False
    if end - i == 1 and surname(words.word(i).casefold()):
        return False
    for k in range(end + 2, min(end + 2 + _NEAR, len(words.found))):
        if not _ON_THE_WAY.fullmatch(words.gap(k - 1)):
            return False
        if words.word(k).casefold() in _ENDS:
            return any(words.word(n).casefold() in _DONE | {"hands"} for n in range(k + 1, k + 4))
    return False


_ON_THE_WAY = re.compile(r",? ")


def _is_taken(words: Words, i: int, end: int) -> bool:
    """Return whether words such as "the takeover of" or "the garrison at" precede a name."""
    what = words.word(i - 2).casefold()
    if words.word(i - 1).casefold() == "at":
        return what in _SITES or (_is_fought_at(words, i) and _is_no_more(words, i, end))
    fell = what in {"fell", "fallen"} and words.word(i - 3).casefold() in _FALLING
    if words.word(i - 1).casefold() == "on" and (what in RAIDS or fell):
        return _is_no_more(words, i, end)
    if words.word(i - 1).casefold() != "of" or any(
        surname(words.word(k).casefold()) for k in range(i, end)
    ):
        return False
    return what in TAKEN or what in _LIVING


def _is_fought_at(words: Words, i: int) -> bool:
    """Return whether fighting is told before "at": "broke out at Xqqrt", "ambushed them at"."""
    before = [words.word(k).casefold() for k in range(max(0, i - 2 - _NEAR), i - 1)]
    broke_out = before[-2:] in (["broke", "out"], ["broken", "out"], ["breaks", "out"])
    ambushed = bool({"ambush", "ambushed"} & set(before[-5:]))
    return ambushed or (broke_out and not _FIGHTS.isdisjoint(before))


def _is_no_more(words: Words, i: int, end: int) -> bool:
    """Return whether a name is no surname, and not a part of "on Xqqrt targets"."""
    is_last = words.gap(end - 1) != " " or words.word(end) in _AFTER_RAID
    return is_last and not any(surname(words.word(k).casefold()) for k in range(i, end))


def _is_explained(words: Words, i: int, end: int) -> bool:
    """Return whether "where", "which they took", "a mining town" or "in X, was taken" follows."""
    after = words.word(end).casefold()
    if after in {"in", "near"} and words.opens_sentence(i):
        return any(words.word(k).casefold() in _DONE for k in range(end + 1, end + 8))
    if after == "which":
        return any(words.word(k).casefold() in _DONE for k in range(end + 1, end + 6))
    return after == "where" or (after in {"a", "the"} and _kind_follows(words, end + 1))


def _kind_follows(words: Words, i: int) -> bool:
    """Return whether a word such as "town" or "centre" is among the next three words."""
    return any(words.word(k).casefold() in KINDS for k in range(i, i + 3))


def _continues_list(words: Words, span: tuple[int, int], placed: Iterable[tuple[int, int]]) -> bool:
    """Return whether a name follows a place in a list: "Hama, Xqqrt and Homs"."""
    return any(e < span[0] <= e + 6 and _LIST.fullmatch(words.text[e : span[0]]) for _, e in placed)
