"""Write the part of the page that needs no scripts: title, day, summary, picture and sources.

Page data come in; HTML goes out. A mail client, a sandboxed frame or a strict policy shows this
part; the scripts of the page remove it when the map has started. It needs no style sheet either.
"""

from __future__ import annotations

import html
import re
import textwrap
from typing import TYPE_CHECKING, Any

from mapgen.core.clean_text import marked
from mapgen.core.tables.interface_texts import interface_texts
from mapgen.drawing.data.translation import without_marks
from mapgen.drawing.page.apart import apart_html
from mapgen.drawing.page.embed import alternative_text

if TYPE_CHECKING:
    from mapgen.drawing.data.page_records import PageData
    from mapgen.situation.drawn_records import ArticleRecord

_MOST_SOURCES = 40
_MOST_SIGNS = 300  # letters of a description, of which networks show about 200


def plain_part(data: PageData) -> str:
    """Return the HTML of the part that needs no scripts.

    Parameters
    ----------
    data
        Page data, from `mapgen.drawing.data.page_data.page_data`.

    Returns
    -------
    str
        A ``main`` element. All texts of the data are escaped.
    """
    meta = data["meta"]
    texts = interface_texts(meta.get("language", "en"))
    day = ". ".join(part for part in (meta["as_of_text"], meta["as_of_note"]) if part)
    summary = "".join(
        f'<li dir="auto"><b>{safe(lead)}</b> {safe(words)}</li>' for lead, words in meta["summary"]
    )
    articles = list(meta["articles"].values())
    sources = "".join(f'<li dir="auto">{article_line(a)}</li>' for a in articles[:_MOST_SOURCES])
    if len(articles) > _MOST_SOURCES:
        sources += f"<li>+ {len(articles) - _MOST_SOURCES}</li>"
    return (
        f'<main id="plain"><p class="kicker" dir="auto">{safe(meta["kicker"])}</p>'
        f'<h1 dir="auto">{safe(meta["title"])}</h1><p dir="auto"><b>{safe(day)}</b></p>'
        f"{_picture(data)}<ul>{summary}</ul><p>{safe(texts['no_scripts'])}</p>"
        f"<h2>{safe(texts['articles'])}</h2><ul>{sources}</ul>"
        f"<p><small>{safe(' · '.join(meta['credits']))}</small></p></main>"
    )


def social_tags(data: PageData) -> str:
    """Return the tags with which a social network or a chat shows a link to the page.

    Parameters
    ----------
    data
        As for `plain_part`.

    Returns
    -------
    str
        ``meta`` elements. They name the address of the page, and a picture, only if the user gave
        these addresses: a network takes none but absolute ones, and a page does not know its own.
    """
    meta = data["meta"]
    told = " ".join(f"{lead} {words}" for lead, words in meta["summary"])
    about = textwrap.shorten(f"{meta['as_of_text']}. {told}", _MOST_SIGNS, placeholder=" …")
    pairs = {
        "og:type": "article",
        "og:title": meta["title"],
        "og:description": about,
        "og:locale": meta.get("language", "en"),
    }
    if "url" in meta:
        pairs["og:url"] = meta["url"]
    if "card_url" in meta:
        pairs["og:image"] = meta["card_url"]
        pairs["og:image:alt"] = textwrap.shorten(
            alternative_text(meta), _MOST_SIGNS, placeholder=" …"
        )
    card = "summary_large_image" if "card_url" in meta else "summary"
    tags = [f'<meta property="{name}" content="{quoted(text)}">' for name, text in pairs.items()]
    tags.append(f'<meta name="description" content="{quoted(about)}">')
    tags.append(f'<meta name="twitter:card" content="{card}">')
    return "\n".join(tags)


def _picture(data: PageData) -> str:
    """Return the picture of the last day, or nothing if the map shows nothing."""
    if not (data["signs"] or data["areas"] or data.get("tracks")):
        return ""
    from mapgen.drawing.figure.still import still_svg  # noqa: PLC0415  loads matplotlib

    bare: PageData = {**data, "signs": _without_marks(data["signs"])}
    return still_svg(bare, alternative_text(data["meta"]))


def _without_marks(value: Any) -> Any:  # noqa: ANN401  a part of the data has any type
    """Return a part of the data with texts as a picture shows them, which has no markup."""
    if isinstance(value, str):
        return without_marks(value)
    if isinstance(value, dict):
        return {key: _without_marks(v) for key, v in value.items()}
    return [_without_marks(v) for v in value] if isinstance(value, list) else value


def article_line(article: ArticleRecord) -> str:
    """Return outlet, headline and day of an article, with a link if it is on the web."""
    told = [article["source"], article["title"], article["published_on"]]
    words = safe(" · ".join(part for part in told if part) or article["label"])
    if not article["url"] or not re.match(r"https?://", article["url"], re.IGNORECASE):
        return words
    return f'<a href="{quoted(article["url"])}" rel="noopener noreferrer">{words}</a>'


def _clean(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in marked(text))


def safe(text: str) -> str:
    """Return a text as HTML between tags."""
    return apart_html(_clean(text))


def quoted(text: str) -> str:
    """Return a text as HTML inside the quotation marks of an attribute."""
    return html.escape(without_marks(_clean(text)), quote=True)
