"""Read what the markup of a saved web page says: what it strikes or hides, and its day.

The parsed tree of a page comes in. What a reader does not see leaves it, and the day of publication
that the page states for its article goes out.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from mapgen.core.clean_text import raised
from mapgen.reading.printed_day import days_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_JSON_BYTES = 1_000_000
"""Largest block of JSON-LD that is read; the ones of news sites have some kilobytes."""

MAX_DEPTH = 6
"""Deepest level of a block of JSON-LD in which an article is looked for."""

MAX_VALUES = 100_000
"""Most values of a block of JSON-LD that are looked at."""

MAX_RULES = 500
"""Most rules of a style sheet in a page that are searched for hidden classes."""

_STRUCK = ("del", "s", "strike", "template", "dialog")
# Classes with which the common style libraries hide an element, and those that show it again on
# wide screens ("hidden md:block")
_UNSEEN = frozenset(
    {"hidden", "is-hidden", "d-none", "visually-hidden", "sr-only", "screen-reader-text"}
)
_SHOWN_AGAIN = re.compile(r"(?::|^d-\w+-)(?:block|flex|grid|inline|table|not-sr-only)")
_PASSAGES = ("del", "s", "strike", "p", "div", "span", "li", "section", "blockquote", "ul", "ol")
_HIDES = re.compile(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|"
    r"text-decoration(?:-line)?\s*:[^;}]{0,40}\bline-through)",
    re.IGNORECASE,
)
_RULE = re.compile(r"([^{}@;]{1,200})\{([^{}]{0,2000})\}")
_CLASS = re.compile(r"\s*(?:(?:p|div|span|section|li)?\.([\w-]+)|#([\w-]+))\s*")
_AT_RULE = re.compile(r"@[^{};]{1,200}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,200}\s*\}")
_COMMENT = re.compile(r"/\*(?:(?!\*/).){0,5000}\*/", re.DOTALL)
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report)$")
_MEDIA_TYPE = re.compile(r"Object$|Comment$|Review$|Clip$|Person$|Organization$")
_DATE_KEY = re.compile(r"date", re.IGNORECASE)
_DATE_MARKS = re.compile(r"date|time|publish|posted|byline", re.IGNORECASE)
_STAMP_IN_UTC = re.compile(r"T\d\d:?\d\d.*(?:Z|[+-]00:?00)$")
_MOST_WORDS = 14  # of a line that prints the day: "By A. Writer, Updated Friday, December 6, 2024"
_OFFICE = re.compile(r"\b(?:LibreOffice|OpenOffice|StarOffice|Microsoft Word)\b", re.IGNORECASE)
_ONE_DAY = timedelta(days=1)


_FEWEST_WORDS = 5  # of a passage for those without scripts that a user is told of


def without_hidden(tree: HtmlElement) -> int:
    """Remove what a page strikes out or hides, and write raised figures as such.

    Parameters
    ----------
    tree
        Page, which is changed. The head stays as it is.

    Returns
    -------
    int
        Number of passages with words that were removed.
    """
    body = tree.find("body") if tree.tag == "html" else tree
    if body is None:
        return 0
    hidden = _hidden_names(tree)
    removed = _without_fallbacks(body)
    waiting = [body]
    while waiting:
        for child in list(waiting.pop()):
            if not isinstance(child.tag, str):  # a comment
                continue
            if child.tag == "sup":
                _raise(child)
            elif _is_hidden(child, hidden):
                removed += child.tag in _PASSAGES and bool(child.text_content().strip())
                child.drop_tree()
            else:
                waiting.append(child)
    return removed


def _without_fallbacks(body: HtmlElement) -> int:
    """Remove what a page shows where scripts do not run, and return how many passages that were.

    A page that is little else is kept: its text waits for a script that a saved page lacks.
    """
    found = list(body.iter("noscript", "template"))
    inside = sum(len(element.text_content()) for element in found)
    if 2 * inside > len(body.text_content()):
        return 0
    removed = 0
    for element in found:
        removed += len(element.text_content().split()) >= _FEWEST_WORDS
        element.drop_tree()
    return removed


def _is_hidden(element: HtmlElement, hidden: frozenset[str]) -> bool:
    """Whether a reader does not see an element, or sees it struck out."""
    if element.tag == "dialog":
        return "open" not in element.attrib
    classes = element.get("class", "").split()
    names = {f".{name}" for name in classes} | {f"#{element.get('id')}"}
    is_classed = not _UNSEEN.isdisjoint(classes) and not any(map(_SHOWN_AGAIN.search, classes))
    return (
        element.tag in _STRUCK
        or "hidden" in element.attrib
        or is_classed
        or bool(_HIDES.search(element.get("style", "")))
        or not hidden.isdisjoint(names)
    )


def _hidden_names(tree: HtmlElement) -> frozenset[str]:
    """Return the classes and ids that the page's own style sheets hide or strike everywhere."""
    names = set()
    for sheet in tree.iter("style"):
        rules = _AT_RULE.sub("", _COMMENT.sub("", (sheet.text or "")[:MAX_JSON_BYTES]))
        for n, rule in enumerate(_RULE.finditer(rules)):
            if n >= MAX_RULES:
                break
            if _HIDES.search(rule[2]):
                found = [_CLASS.fullmatch(selector) for selector in rule[1].split(",")]
                names |= {f".{m[1]}" if m[1] else f"#{m[2]}" for m in found if m}
    return frozenset(names)


def _raise(element: HtmlElement) -> None:
    """Write the number of a footnote, or an exponent, with raised digits."""
    words = element.text_content()
    if raised(words) != words:
        for child in list(element):
            element.remove(child)
        element.text = raised(words)


def stated_day(tree: HtmlElement, text: str) -> str | None:
    """Return the day that a page states for its article in JSON-LD, or None.

    A printed day next to a stamp in UTC is the day at the place of the publisher. An article that
    was rewritten, and tells of days after the one it was first published on, has the day of its
    last change.

    Parameters
    ----------
    tree
        Page.
    text
        Text of the article.
    """
    found = list(_articles(tree))
    title = " ".join((tree.findtext(".//title") or "").split())
    own = [one for one in found if title.startswith(str(one.get("headline") or "\0"))]
    for one in own or found:
        stamp, changed = (one.get(key) for key in ("datePublished", "dateModified"))
        day = _day_of(stamp)
        if day is None:
            continue
        last = _day_of(changed)
        if last is not None and any(day + _ONE_DAY < told <= last for told in days_in(text)):
            return last.isoformat()
        if _STAMP_IN_UTC.search(str(stamp).strip()):
            return (_printed_near(tree, day) or day).isoformat()
        return day.isoformat()
    return None


def _day_of(stamp: object) -> date | None:
    """Return the day of a stamp as it is written, in its own time zone, or None."""
    if not isinstance(stamp, str):
        return None
    return next(iter([*days_in(stamp[:11].strip()[:10]), *days_in(stamp)]), None)


def _printed_near(tree: HtmlElement, stamp: date) -> date | None:
    """Return the day that a page prints in the line of its date, if a day or less from a stamp."""
    for element in tree.iter("time", "span", "div", "p"):
        marks = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('id', '')}"
        if element.tag != "time" and not _DATE_MARKS.search(marks):
            continue
        words = element.text_content().split()
        if len(words) > _MOST_WORDS:
            continue
        days = days_in(" ".join(words))
        if days and abs(days[0] - stamp) <= _ONE_DAY:
            return days[0]
    return None


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page describes in JSON-LD, those at the top first."""
    level = [block for _, block in _blocks(tree)]
    for _ in range(MAX_DEPTH):
        below: list[object] = []
        for value in level:
            if isinstance(value, list):
                below += value
            elif isinstance(value, dict):
                kinds = value.get("@type")
                if any(_ARTICLE_TYPE.search(str(k)) for k in _listed(kinds)):
                    yield value
                below += [value[key] for key in ("@graph", "mainEntity") if key in value]
        level = below


def _blocks(tree: HtmlElement) -> Iterator[tuple[HtmlElement, object]]:
    """Yield the blocks of JSON-LD in a page, each with its element."""
    for script in tree.iter("script"):
        words = script.text or ""
        if "ld+json" in script.get("type", "").lower() and len(words) <= MAX_JSON_BYTES:
            try:
                yield script, json.loads(words, strict=False)
            except (ValueError, RecursionError):  # broken JSON-LD says nothing; other marks may
                continue


def without_days_of_media(tree: HtmlElement) -> None:
    """Remove the days of pictures, films and comments from the JSON-LD of a page."""
    for script, block in _blocks(tree):
        waiting: list[object] = [block]
        n_seen, changed = 0, False
        while waiting and n_seen < MAX_VALUES:
            value = waiting.pop()
            n_seen += 1
            if isinstance(value, dict):
                if any(_MEDIA_TYPE.search(str(kind)) for kind in _listed(value.get("@type"))):
                    dated = [key for key in value if _DATE_KEY.search(key)]
                    changed = changed or bool(dated)
                    for key in dated:
                        del value[key]
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value
        if changed:
            script.text = json.dumps(block)


def day_of_office_file(tree: HtmlElement) -> str | None:
    """Remove the days that an office program writes into a page, and return the last one.

    They say when the document was made or saved, which is not the day of publication.

    Parameters
    ----------
    tree
        Page, which is changed.

    Returns
    -------
    str or None
        A day as ``2025-04-15``; None if no office program made the page, or if it states none.
    """
    marks = {meta.get("name", "").casefold(): meta for meta in tree.iter("meta")}
    program = marks.get("generator")
    if program is None or not _OFFICE.search(program.get("content", "")):
        return None
    days: list[date] = []
    for name in ("created", "changed"):
        if name in marks:
            days += days_in(marks[name].get("content", ""))
            marks[name].drop_tree()
    return max(days).isoformat() if days else None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
