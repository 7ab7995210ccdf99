"""Write the lines at the foot of a picture: sources, data, borders, method.

The data of a picture and a box come in; the lines are drawn at the bottom of the box, and the y at
which the rest must end goes out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mapgen.core.tables.interface_texts import languages
from mapgen.core.words import unique
from mapgen.drawing.data.moment import day_words
from mapgen.drawing.figure.marks import INK_2
from mapgen.drawing.figure.prose import Face, TextBlock, total_height
from mapgen.drawing.figure.sizes import readable
from mapgen.drawing.figure.typeface import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.sizes import Size
    from mapgen.drawing.figure.surface import Box, Surface
    from mapgen.situation.drawn_records import ArticleRecord, TitleBlock

_MOST_OUTLETS = 6
_PAGE_ONLY = ("Map software: Leaflet", "District lines:")  # credits that only the page owes
_SMALL_SHEET = 300.0  # width in points below which the method has one sentence
_TYPE = 0.76  # size of the type, in multiples of that of the text


def draw_footer(
    canvas: Surface, data: PictureData, size: Size, box: Box, unnamed: Sequence[str] = ()
) -> float:
    """Draw sources, credits, disclaimer and method at the bottom of a box.

    Parameters
    ----------
    canvas
        Sheet to draw on.
    data
        Data of the picture.
    size
        Size of the picture.
    box
        Left, top, right and bottom in points of the sheet.
    unnamed
        Names of places on the map for which there was no room.

    Returns
    -------
    float
        The y at which the rest of the picture must end, in points.
    """
    left, _, right, bottom = box
    face = Face(size=readable(size.text * _TYPE), colour=INK_2)
    narrow = size.width < _SMALL_SHEET
    meta = data["meta"]
    owed = [c for c in meta["credits"] if not c.startswith(_PAGE_ONLY)]
    drawn = f"Drawn by mapgen {meta['generator']['version']} with matplotlib"
    told = [
        ("On the map without a name:", f"{', '.join(unnamed)}." if unnamed else "", 6),
        ("Sources.", sources(meta), 2),
        ("Data.", "; ".join([*owed, drawn]) + ".", 2),
        ("Borders.", meta.get("disclaimer", ""), 2),
        ("Language.", _language_note(meta), 1),
        ("Method.", _method(data, short=narrow), 3 if narrow else 4),
    ]
    parts = [
        TextBlock(words, face, right - left, lead=lead, most=most)
        for lead, words, most in told
        if words
    ]
    y = bottom - total_height(parts, 0.0)
    above = y - size.text * 0.7
    for part in parts:
        part.draw(canvas, left, y)
        y += part.height
    return above


def _language_note(meta: TitleBlock) -> str:
    """Return a word that the picture is not all in the language asked for, if it is not English."""
    english, *_ = languages()
    if meta["language"] == english:
        return ""
    return f"Asked for in “{meta['language']}”; what is not translated is in English."


@dataclass
class _Outlet:
    """The articles of one publication."""

    n: int = 0
    days: list[str] = field(default_factory=list)
    inferred: str | None = None


def sources(meta: TitleBlock) -> str:
    """Cite the publications with the days of their articles.

    Parameters
    ----------
    meta
        Title block of the picture.

    Returns
    -------
    str
        The first six publications, each once: ``Nile Wire (2 articles), 1 to 3 Dec 2025``. An
        article whose publication is not known is cited by its title.
    """
    outlets: dict[str, _Outlet] = {}
    for article in meta["articles"].values():
        outlet = outlets.setdefault(outlet_name(article), _Outlet())
        outlet.n += 1
        if article["published_on"]:
            outlet.days.append(article["published_on"])
            if article["basis"] not in {None, "printed"}:
                outlet.inferred = article["basis"]
    told = [_cited(name, outlet) for name, outlet in list(outlets.items())[:_MOST_OUTLETS]]
    more = len(outlets) - len(told)
    return "; ".join([*told, *([f"and {more} more"] if more > 0 else [])]) + "."


def outlet_name(article: ArticleRecord) -> str:
    """Return the publication of an article, or else its title or label."""
    return one_line(article["source"] or article["title"] or article["label"])


def _cited(name: str, outlet: _Outlet) -> str:
    told = name if outlet.n == 1 else f"{name} ({outlet.n} articles)"
    if not outlet.days:
        return told
    days = " to ".join(unique(day_words(d) for d in (min(outlet.days), max(outlet.days))))
    return f"{told}, {days}" + (f" ({outlet.inferred})" if outlet.inferred else "")


def _method(data: PictureData, *, short: bool) -> str:
    """Say how the map was made, how sure it is, and what is estimated."""
    chosen = []
    for part in data["meta"]["method"]:
        head, *told = part
        if head == "What is estimated":
            told = [told[-1] if data["areas"] else told[0]]
        if head in {"How this map was made", "How sure", "What is estimated"}:
            chosen.append(told[0])
    return chosen[0] if short and chosen else " ".join(chosen)
