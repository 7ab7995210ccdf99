"""Which country a part of a text is about: a digest turns from one to the next.

"Libya: ...", "MYANMAR. ..." or a heading opens an item of a digest, which ends at the next one. "In
Libya, ..." holds for its paragraph. Elsewhere the text is about the country of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mapgen.core.tables.actors import ActorMention, Cast
from mapgen.core.tables.named_in_text import NamedInText, named_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.core.tables.actors import ActorTable
    from mapgen.places.georeference import Georeference

_ITEM = re.compile(r"^[\s#•*·>–—-]*(?:\d+[.)]\s*)?\**(?:[A-Z][\w -]{3,30}\s\()?$")
_LABEL = re.compile(
    r"\)?(?:\s\([^()\n]{2,40}\))?\**\s*(?::|\.\s|[–—]\s|-\s|\n|$|,\s[\w -]{3,24}\n)"
)
_ROW = re.compile(r"\)\**\s*[:–—-]\s*(?:[a-z~≈]+ ){0,2}\d")  # "- Tina (Chad): 1,900 people"
_IN = re.compile(r"(?:^[\s#•*·–-]*|[.!?…][\"”’)]?\s+)(?:Elsewhere\s)?[Ii]n\s(?:the\s)?$")
_HEADING = re.compile(r"(?<=\n)\n[#*\s]*[A-Z][^.!?:;\n]{2,60}\n|\n\*\*[^.!?:;\n]{2,60}(?=\n)")
_LEAST_ITEMS = 2
_MOST = 0.75  # share of the places of a text that is about one war
_MANY = 4
"""Places of a country that outweigh parties of another one, which has no place in the text: the
Taliban of a text on Swat make it none on Afghanistan."""


@dataclass(frozen=True, slots=True)
class CountrySection:
    """A part of a text, the country that it is about, and the parties that it names."""

    start: int
    end: int
    country: str | None
    cast: Cast
    mentions: tuple[ActorMention, ...]
    is_item: bool  # an item of a digest: nothing told before it is meant in it


@dataclass(frozen=True, slots=True)
class _Lead:
    """Words that say which country comes next, and how far that holds."""

    start: int
    end: int
    country: str
    is_item: bool


def country_sections(
    text: str,
    references: Sequence[Georeference],
    table: ActorTable,
    country: str | None,
    *,
    is_given: bool,
) -> tuple[CountrySection, ...]:
    """Divide a text by country.

    Parameters
    ----------
    text
        An article.
    references
        Its place names.
    table
        Parties to find.
    country
        Country of the article (ISO 3166-1 alpha-2), if known.
    is_given
        Whether the user gave that country. One found by the places alone gives way to that of
        the parties, where the text never names it.

    Returns
    -------
    tuple of CountrySection
        Sections in order, which together span the text.
    """
    whole = _named(text, references, 0, len(text))
    if not is_given:
        country = _of_parties(table.find(text, None, whole), whole, country, references)
        if _is_of_several_wars(table.find(text, None, whole), references):
            country = None
    items = _items(text, references)
    country = None if items and not is_given else country  # a digest has no country of its own
    parts = _parts(text, _with_paragraphs(text, references, items), country)
    return tuple(_section(text, references, table, whole, part) for part in parts)


def _section(
    text: str,
    references: Sequence[Georeference],
    table: ActorTable,
    whole: NamedInText,
    part: tuple[int, int, str | None, bool],
) -> CountrySection:
    start, end, country, is_item = part
    told = text[start:end]
    own = _named(text, references, start, end) if is_item else whole
    named = NamedInText(own.countries, whole.full_names)
    # an item of a digest has the parties that it names itself; a paragraph those of the article
    cast = Cast.of(table, told if is_item else text, country, named)
    found = table.find(told, country, cast.named)
    mentions = (ActorMention(m.start + start, m.end + start, m.party) for m in found)
    return CountrySection(start, end, country, cast, tuple(mentions), is_item)


def _named(text: str, references: Sequence[Georeference], start: int, end: int) -> NamedInText:
    """Return what a part of a text says about names."""
    countries = {
        r.place.country
        for r in references
        if start <= r.start < end and r.place is not None and r.place.precision == "country"
    }
    return named_in(text[start:end], frozenset(c for c in countries if c))


def _of_parties(
    sure: Sequence[ActorMention],
    named: NamedInText,
    country: str | None,
    references: Sequence[Georeference],
) -> str | None:
    """Return the country of the parties, where little else speaks for the one that was found."""
    theirs = {m.party.country for m in sure if m.party.country}
    if len(theirs) != 1 or country in theirs:
        return country
    (other,) = theirs
    places = Counter(r.place.country for r in references if r.place is not None)
    is_sure = country in named.countries or (places[country] >= _MANY and not places[other])
    return country if is_sure and places[other] < places[country] else other


def _is_of_several_wars(sure: Sequence[ActorMention], references: Sequence[Georeference]) -> bool:
    """Whether a text tells of armed groups of several countries, and mostly of none of these."""
    groups = {m.party.country for m in sure if m.party.kind in {"militia", "rebel"}} - {None}
    places = Counter(r.place.country for r in references if r.place is not None)
    told = [places[code] for code in groups if places[code]]
    return len(told) > 1 and max(told) < _MOST * places.total()


def _items(text: str, references: Sequence[Georeference]) -> list[_Lead]:
    """Return where the items of a digest begin; none, unless there are items of two countries."""
    found = []
    for r in references:
        if r.place is None or r.place.precision != "country" or r.place.country is None:
            continue
        line = text.rfind("\n", 0, r.start) + 1
        label = _LABEL.match(text, r.end)
        if _ITEM.match(text[line : r.start]) and label and not _ROW.match(text, r.end):
            alone = text[r.end : label.end()].strip(" *") in {"", "\n"}
            end = _next_heading(text, label.end()) if alone else len(text)
            found.append(_Lead(line, end, r.place.country, is_item=True))
    return found if len({lead.country for lead in found}) >= _LEAST_ITEMS else []


def _next_heading(text: str, start: int) -> int:
    """Return where the next heading of a text begins, or where the text ends."""
    m = _HEADING.search(text, start)
    return m.start() if m is not None else len(text)


def _with_paragraphs(
    text: str, references: Sequence[Georeference], items: list[_Lead]
) -> list[_Lead]:
    """Add the paragraphs, or the rest of them, that "In Libya, ..." opens."""
    found = list(items)
    for r in references:
        if r.place is None or r.place.precision != "country" or r.place.country is None:
            continue
        line = text.rfind("\n", 0, r.start) + 1
        opening = _IN.search(text[line : r.start])
        if opening is not None and text[r.end : r.end + 1] == ",":
            end = text.find("\n", r.end)
            start = line + opening.start()
            found.append(
                _Lead(start, len(text) if end < 0 else end, r.place.country, is_item=False)
            )
    return sorted(found, key=lambda lead: (lead.start, not lead.is_item))


def _parts(
    text: str, leads: list[_Lead], country: str | None
) -> list[tuple[int, int, str | None, bool]]:
    """Return start, end and country of each part of a text, and whether it is an item."""
    cuts = sorted({0, len(text), *(at for lead in leads for at in (lead.start, lead.end))})
    parts: list[tuple[int, int, str | None, bool]] = []
    for start, end in pairwise(cuts):
        # of an item and a paragraph inside it, the paragraph counts: it begins later
        held = [lead for lead in leads if lead.start <= start < lead.end]
        lead = held[-1] if held else None
        item = any(x.is_item for x in held)
        parts.append((start, end, lead.country if lead else country, item))
    return parts or [(0, 0, country, False)]
