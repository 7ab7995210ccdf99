"""Names that were resolved once, where they stand again: a place all through a text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.core.spans import Spans
from mapgen.core.tables.word_lists import word_list
from mapgen.places.toponym_features import TITLES, common_words, given_name, surname
from mapgen.places.toponyms import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.places.georeference import Georeference

_BODIES = word_list("toponyms", "organisation") | word_list("toponyms", "force")
_AT = frozenset({"around", "at", "from", "in", "into", "near", "of", "outside", "to", "towards"})
_POINTS = frozenset({"settlement", "site", "district"})
_BEFORE = re.compile(r"(?:^|[\s(“\"'‘])(?P<word>[\w.’'-]+)\s$")
_AFTER = re.compile(r"[ -](?P<word>[A-Z][\w’'-]*)")


def repeated(
    text: str,
    references: Sequence[Georeference],
    taken: Iterable[tuple[int, int]],
    country: str | None,
) -> list[Georeference]:
    """Return names known from elsewhere in the text, where nothing was found.

    Parameters
    ----------
    text
        The article.
    references
        What was found in it.
    taken
        Spans of named parties, in which no place is looked for.
    country
        The country that the article is about: a small place elsewhere is in doubt.
    """
    blocked = Spans([*((r.start, r.end) for r in references), *taken])
    names = {r.surface: r for r in reversed(references) if _is_clear(r, country)}
    found = []
    for name, reference in sorted(names.items(), key=lambda item: (-len(item[0]), item[0])):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            start, end = match.span()
            if blocked.overlaps(start, end):
                continue
            if reference.method.startswith("loose") or not _is_other(reference, text, start, end):
                blocked.add(start, end)
                found.append(replace(reference, start=start, end=end))
    return found


def same_throughout(references: Sequence[Georeference]) -> tuple[Georeference, ...]:
    """Return names with the place that the same name has elsewhere in the article.

    Only a name that stayed open is given one, and only if all others of it mean one place. A name
    that the text puts in an area where nobody knows it stays open.

    Parameters
    ----------
    references
        What was found in the article.
    """
    known: dict[str, set[str]] = {}
    for r in references:
        if r.place is not None and r.place.precision in _POINTS:
            known.setdefault(r.surface, set()).add(r.place.id)
    sure = {r.surface: r for r in references if r.place and len(known.get(r.surface, ())) == 1}
    return tuple(_as_elsewhere(r, sure.get(r.surface)) for r in references)


def _as_elsewhere(r: Georeference, other: Georeference | None) -> Georeference:
    if other is None or other.place is None or r.place is not None or not r.is_unlisted:
        return r
    if (r.reason or "").startswith("no "):
        return r
    return r.resolved(other.place, other.method, score=other.score, candidates=other.candidates)


def _is_clear(r: Georeference, country: str | None) -> bool:
    """Whether a name can hardly mean anything but its place."""
    if r.place is None:
        return False
    if r.method.startswith("loose"):
        return True
    if country is not None and r.place.country != country:
        return False
    words = r.surface.casefold().replace("-", " ").split()
    is_name = r.surface[:1].isupper() or words[0] in ARTICLES
    return r.place.precision in _POINTS and is_name and not r.surface.isupper()


def _is_other(r: Georeference, text: str, start: int, end: int) -> bool:
    """Whether the words beside a name make it another one: "Mr Lyman", "Sake Brewery"."""
    own = r.surface.casefold()
    is_other = own in common_words() or given_name(own) or surname(own)
    before = _BEFORE.search(text[max(0, start - 40) : start])
    if is_other and (before is None or before["word"] not in _AT):
        return True
    if before is not None:
        word = before["word"]
        low = word.rstrip(".").casefold()
        if low in TITLES or given_name(low):
            return True
        if word[0].isupper() and low not in common_words():
            return True
    after = _AFTER.match(text, end)
    if after is None:
        return False
    low = after["word"].casefold()
    return low in _BODIES or not (low in common_words() or low.removesuffix("s") in common_words())
