"""Read feeds that were saved as files: RSS, Atom and JSON Feed. Each item is an article.

It runs in the guarded process; see `mapgen.reading.guarded`. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mapgen.core.charsets import is_written
from mapgen.errors import InputError
from mapgen.reading.day_forms import ALWAYS, days_meant
from mapgen.reading.html_text import has_markup, text_of_html
from mapgen.reading.read_text import draft_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mapgen.reading.read_text import ArticleDraft

MAX_ITEMS = 20_000
"""Most items of a feed that are read; feeds of news sites have some dozens."""

_FEED_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_CHARSET = re.compile(rb"[^<]{0,8}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\x21-\x7e]{1,60}?)[\"']")
_HEAD_BYTES = 1_000
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/')
_FOOTER = re.compile(
    r"\n\s*(?:The post .{0,300}? (?:appeared first on|first appeared on) .{0,200}"
    r"|(?:Continue reading|Read more|Read the full (?:story|article)|Full story)\b.{0,200})\s*$",
    re.DOTALL,
)
_CUT_MARK = re.compile(r"\s*(?:\[(?:…|\.\.\.|&hellip;)\]|Read more\s*[.…»→]*)\s*$")
_END_CHARS = 1_000  # of a text, within which its footer begins


def is_feed(head: bytes) -> bool:
    """Whether a file is an RSS or Atom feed, by its first bytes."""
    return _FEED_ROOT.search(head.replace(b"\x00", b"")) is not None  # it may be in UTF-16


def is_json_feed(head: bytes) -> bool:
    """Whether a file is a JSON Feed, by its first bytes."""
    return _JSON_FEED.search(head) is not None


def read_feed(name: str, data: bytes) -> list[ArticleDraft | InputError]:
    """Return a draft for each item of an RSS or Atom feed, or the reason why it is refused.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        Content of the file.

    Raises
    ------
    InputError
        If the file is no feed, or has no items.
    """
    import feedparser  # noqa: PLC0415  slow to load, and only needed here

    stated = _CHARSET.match(data[:_HEAD_BYTES].replace(b"\x00", b""))
    if stated and not is_written(stated[1].decode("ascii")):
        problem = f"states a charset in which no text is written ({stated[1].decode('ascii')})"
        raise InputError(name, problem, "Save the feed as UTF-8.")
    try:  # as a stream: a text would be taken for an address
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as err:  # the parser fails in many ways on damaged files
        problem = f"cannot be read as a feed ({type(err).__name__})"
        raise InputError(name, problem, "Save the feed again.") from err
    if not feed.entries:
        problem = "has no items in it" if feed.version else "is not an RSS or Atom feed"
        raise InputError(name, problem, "Save the feed again.")
    outlet = _words(feed.feed.get("title"))
    items = [_fields_of_entry(entry, outlet) for entry in feed.entries[: MAX_ITEMS + 1]]
    notes = (
        ("the file is damaged; items may be missing",) if feed.bozo and not _harmless(feed) else ()
    )
    return _drafts(name, items, notes)


def read_json_feed(name: str, data: bytes) -> list[ArticleDraft | InputError]:
    """Return a draft for each item of a JSON Feed, or the reason why it is refused.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        Content of the file.

    Raises
    ------
    InputError
        If the file is no JSON Feed, or has no items.
    """
    try:
        feed = json.loads(data.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError) as err:
        raise InputError(name, "is not valid JSON", "Save the feed again.") from err
    listed = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(listed, list) or not listed:
        raise InputError(name, "is a JSON Feed without items", "Save the feed again.")
    outlet, language = _words(feed.get("title")), _words(feed.get("language"))
    items = [
        _fields_of_item(item, outlet, language)
        for item in listed[: MAX_ITEMS + 1]
        if isinstance(item, dict)
    ]
    return _drafts(name, items, ())


def _harmless(feed: Any) -> bool:  # noqa: ANN401  feedparser has no types
    """Whether the parser's complaint concerns the declared encoding or type only."""
    return (
        "CharacterEncoding" in type(feed.get("bozo_exception")).__name__
        or "NonXML" in type(feed.get("bozo_exception")).__name__
    )


def _drafts(
    name: str, items: list[dict[str, object]], notes: tuple[str, ...]
) -> list[ArticleDraft | InputError]:
    """Return the checked drafts of a feed."""
    drafts: list[ArticleDraft | InputError] = []
    stem = PurePath(name).stem
    for number, fields in enumerate(items[:MAX_ITEMS], start=1):
        where = f"{name} item {number}"
        own = fields.pop("guid") or fields["url"]
        if isinstance(own, str) and own:  # the same when the feed has moved on
            mark = hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()[:8]
            fields["id"] = f"{stem}-{mark}"
        try:
            draft = draft_of(where, fields, str(fields["text"]))
        except InputError as err:
            drafts.append(err)
        else:
            drafts.append(replace(draft, notes=notes) if number == 1 else draft)
    if len(items) > MAX_ITEMS:
        problem = f"has more than {MAX_ITEMS:,} items; the others were not read"
        drafts.append(InputError(name, problem, "Split it."))
    return drafts


def _fields_of_entry(entry: Mapping[str, Any], outlet: str | None) -> dict[str, object]:
    """Return the fields of an item of RSS or Atom."""
    bodies = [part.get("value") for part in entry.get("content", ())] + [entry.get("summary")]
    source = _words((entry.get("source") or {}).get("title")) or outlet
    stated = [entry.get(key) for key in ("published", "created", "issued", "updated")]
    return _fields(
        title=entry.get("title"),
        bodies=bodies,
        source=source,
        url=entry.get("link"),
        guid=entry.get("id"),
        days=stated,
        language=None,
    )


def _fields_of_item(
    item: Mapping[str, Any], outlet: str | None, language: str | None
) -> dict[str, object]:
    """Return the fields of an item of a JSON Feed."""
    plain = item.get("content_text")
    bodies = [item.get("content_html"), html.escape(plain) if isinstance(plain, str) else None]
    return _fields(
        title=item.get("title"),
        bodies=[*bodies, item.get("summary")],
        source=outlet,
        url=item.get("url") or item.get("external_url"),
        guid=item.get("id"),
        days=[item.get("date_published"), item.get("date_modified")],
        language=_words(item.get("language")) or language,
    )


def _fields(
    *,
    title: object,
    bodies: list[object],
    source: str | None,
    url: object,
    guid: object,
    days: list[object],
    language: str | None,
) -> dict[str, object]:
    """Return the fields of a draft; the longest of the bodies is the text, else the title."""
    headline = without_outlet(_words(title), source)
    texts = [_body(body) for body in bodies if isinstance(body, str)]
    text = max(texts, key=len, default="") or headline or ""
    if headline and source and text.split() == [*headline.split(), *source.split()]:
        text = headline  # Google News writes the headline and the outlet again
    return {
        "title": headline,
        "text": text,
        "source": source,
        "url": url if isinstance(url, str) else None,
        "published_on": next((day for day in map(day_stated, days) if day is not None), None),
        "language": language,
        "guid": guid,
    }


def _body(body: str) -> str:
    """Return the words of an item without what the feed adds at its end."""
    text = text_of_html(body).strip()
    end = _FOOTER.sub("", text[-_END_CHARS:])
    text = (text[:-_END_CHARS] + end).rstrip()
    end = _CUT_MARK.sub(" …", text[-_END_CHARS:])
    return (text[:-_END_CHARS] + end).strip()


def without_outlet(title: str | None, outlet: str | None) -> str | None:
    """Return a headline without the name of the outlet behind it: "Town falls - The Post".

    Parameters
    ----------
    title
        Headline.
    outlet
        Name of the outlet, if known.
    """
    if title is None or outlet is None:
        return title
    found = re.fullmatch(r"(.+\S)\s+[|–—-]\s+(.+)", title, re.DOTALL)
    return found[1] if found and found[2].casefold() == outlet.casefold() else title


def day_stated(stamp: object) -> date | None:
    """Return the day of a stamp as it is written, in its own time zone, or None.

    Parameters
    ----------
    stamp
        A stamp of RFC 822 or ISO 8601; anything else gives None.
    """
    if not isinstance(stamp, str):
        return None
    try:
        return parsedate_to_datetime(stamp).date()
    except (ValueError, TypeError, OverflowError):  # not of RFC 822
        return days_meant(stamp).get(ALWAYS)


def _words(value: object) -> str | None:
    """Return a name or headline as plain words in one line, or None."""
    if not isinstance(value, str):
        return None
    words = text_of_html(value) if has_markup(value) or "&" in value else value
    return " ".join(words.split()) or None
