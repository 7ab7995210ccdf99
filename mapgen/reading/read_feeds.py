"""Read feeds that were saved as files: RSS, Atom and JSON Feed. Each item is an article.

It runs in the guarded process; see `mapgen.reading.guarded`. Nothing is fetched.
"""

from __future__ import annotations

import functools
import hashlib
import html
import io
import json
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mapgen.errors import InputError
from mapgen.reading.day_forms import ALWAYS, days_meant
from mapgen.reading.feed_bytes import MAX_ITEMS, cut_at_items, in_utf8
from mapgen.reading.html_text import has_markup, text_of_html
from mapgen.reading.read_text import draft_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mapgen.reading.read_text import ArticleDraft

MAX_BAD_ITEMS = 100
"""Most items at which the parser fails that are refused one by one."""

_FEED_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/')
_FOOTER = re.compile(
    r"\n\s*(?:The post .{0,300}? (?:appeared first on|first appeared on) .{0,200}"
    r"|(?:Continue reading|Read more|Read the full (?:story|article)|Full story)\b.{0,200})\s*$",
    re.DOTALL,
)
_CUT_MARK = re.compile(r"\s*(?:\[(?:…|\.\.\.|&hellip;)\]|Read more\s*[.…»→]*)\s*$")
_MOST_STAMP_CHARS = 1_000  # of a day; the longest stamps have some dozens
_NO_MOMENT = (0,) * 9
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
    data, notes, bad_items = in_utf8(name, data)
    try:
        feed = _parsed(data)
    except Exception:  # noqa: BLE001  the parser fails in many ways on damaged files
        feed, entries = _one_by_one(name, data)
    else:
        entries = list(feed.entries)
        if feed.bozo:
            notes = ("the file is damaged; items may be missing", *notes)
    for number, refusal in sorted(bad_items.items()):
        entries.insert(number, refusal)
    if not entries:
        problem = "has no items in it" if feed.get("version") else "is not an RSS or Atom feed"
        raise InputError(name, problem, "Save the feed again.")
    outlet = _words(feed.feed.get("title"))
    read = [
        entry if isinstance(entry, InputError) else _fields_of_entry(entry, outlet)
        for entry in entries[: MAX_ITEMS + 1]
    ]
    return _drafts(name, read, notes)


@functools.cache
def _parser() -> Any:  # noqa: ANN401  feedparser has no types
    """Return the parser of feeds, which looks for no day in a stamp without end.

    Its patterns take long for one, and the stamps are read here; see `day_stated`.
    """
    import feedparser  # noqa: PLC0415  slow to load, and only needed here

    feedparser.registerDateHandler(
        lambda stamp: _NO_MOMENT if len(stamp) > _MOST_STAMP_CHARS else None
    )
    return feedparser


def _parsed(data: bytes) -> Any:  # noqa: ANN401  as above
    """Return a feed as the parser reads it."""
    # as a stream: a text would be taken for an address
    return _parser().parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)


def _one_by_one(name: str, data: bytes) -> tuple[Any, list[Any]]:
    """Return a feed that the parser fails at, and its entries, with a refusal for each bad item.

    Parts of the feed are halved until they can be read, or have one item. After many bad items,
    parts that cannot be read are refused as they are.
    """
    head, items, tail = cut_at_items(data)
    items = items[: MAX_ITEMS + 1]
    try:
        feed = _parsed(head + tail)
    except Exception as err:
        problem = f"cannot be read as a feed ({type(err).__name__})"
        raise InputError(name, problem, "Save the feed again.") from err
    entries: list[Any] = []
    n_bad = 0
    waiting = [(0, len(items))]
    while waiting:
        first, last = waiting.pop()
        try:
            entries += _parsed(b"".join((head, *items[first:last], tail))).entries
        except Exception as err:  # noqa: BLE001  as above
            if last - first > 1 and n_bad < MAX_BAD_ITEMS:
                middle = (first + last) // 2
                waiting += [(middle, last), (first, middle)]
                continue
            n_bad += 1
            which = f"item {last}" if last - first == 1 else f"items {first + 1:,} to {last:,}"
            problem = f"cannot be read ({type(err).__name__})"
            entries.append(InputError(f"{name} {which}", problem, "Save the feed again."))
    return feed, entries


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
        if isinstance(item, dict)
        else InputError(f"{name} item {number}", "is not a JSON object", "Save the feed again.")
        for number, item in enumerate(listed[: MAX_ITEMS + 1], start=1)
    ]
    return _drafts(name, items, ())


def _drafts(
    name: str, items: list[dict[str, object] | InputError], notes: tuple[str, ...]
) -> list[ArticleDraft | InputError]:
    """Return the checked drafts of a feed."""
    drafts: list[ArticleDraft | InputError] = []
    stem = PurePath(name).stem
    for number, fields in enumerate(items[:MAX_ITEMS], start=1):
        if isinstance(fields, InputError):
            drafts.append(fields)
            continue
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
            drafts.append(replace(draft, notes=notes))
            notes = ()  # of the file: told once, with its first article
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
    if not isinstance(stamp, str) or len(stamp) > _MOST_STAMP_CHARS:
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
