"""Write the evidence of a story as HTML: a card for each sign, with its quotes and their sources.

Cards of the page data come in; HTML without scripts goes out. All texts are escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.drawing.page.plain import quoted, safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.drawing.data.page_records import PageData
    from mapgen.situation.drawn_records import Card, Quote

_WEB = re.compile(r"https?://", re.IGNORECASE)
_FILLED = re.compile(r"\{(\w+)\}")


def filled(text: str, **values: object) -> str:
    """Return a text of the interface with the values for its ``{names}``; nothing is escaped."""
    return _FILLED.sub(lambda m: str(values.get(m[1], "")), text)


def standing_html(card: Card, texts: Mapping[str, str]) -> str:
    """Return the standing of a card as a word in a frame, and whether it is doubtful."""
    word = texts.get(f"standing_{card['standing']}", card["standing"])
    known = re.sub(r"\W", "", card["standing"])
    found = f'<span class="st {known}">{safe(word)}</span>'
    if card["certainty"] is not None:
        told = filled(texts["certainty_of"], n=f"{card['certainty']:.2f}")
        found += f' <span class="sure {card["sure"]}">{safe(told)}</span>'
    return found


def card_html(card: Card, data: PageData, texts: Mapping[str, str]) -> str:
    """Return a card with its quotes.

    Parameters
    ----------
    card
        The card.
    data
        Data of the page, for the articles.
    texts
        Texts of the interface.
    """
    told = [standing_html(card, texts)]
    told += [f"<bdi>{safe(part)}</bdi>" for part in (card["by"], card["when"]) if part]
    quotes = "".join(_quote(q, data, texts) for q in card["quotes"])
    notes = [card["note"], card["rule"], *card["decisions"]]
    said = "".join(f'<p class="note" dir="auto">{safe(note)}</p>' for note in notes if note)
    return (
        f'<article class="ecard" id="e-{quoted(card["id"])}" tabindex="-1">'
        f'<h3 dir="auto">{safe(card["title"])}</h3><p class="cm">{" · ".join(told)}</p>'
        f"{quotes}{said}</article>"
    )


def _quote(quote: Quote, data: PageData, texts: Mapping[str, str]) -> str:
    """Return a quote with its marked words, who says it, and where it stands."""
    text, at, parts = quote["text"], 0, []
    for start, end, kind in sorted(quote["marks"], key=lambda m: (int(m[0]), int(m[1]))):
        first, last = int(start), int(end)
        if first < at or last > len(text) or first >= last:
            continue
        named = ' class="src"' if kind == "src" else ""
        parts += [safe(text[at:first]), f"<mark{named}>{safe(text[first:last])}</mark>"]
        at = last
    bare = not set(text) & set('“”"')  # words with quotation marks of their own get no second pair
    words = "".join([*parts, safe(text[at:])])
    shown = f"“{words}”" if bare else words
    article = data["meta"]["articles"].get(quote["article"])
    where = article["label"] if article else quote["article"]
    if "page" in quote:
        where += f", {filled(texts['page'], n=quote['page'])}"
    where += f", {filled(texts['paragraph'], n=quote['paragraph'])}"
    url = article["url"] if article else None
    source = f"<bdi>{safe(where)}</bdi>"
    if url and _WEB.match(url):
        source = f'<a href="{quoted(url)}" rel="noopener noreferrer" target="_blank">{source}</a>'
    who = filled(texts["said_by"], who=quote["who"])
    return f'<blockquote dir="auto">{shown}</blockquote><cite><bdi>{safe(who)}</bdi>{source}</cite>'
