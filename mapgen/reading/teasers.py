"""Tell what points to other articles from the article: "Read more: ...", lists of related stories.

A line, or the tree of a saved page, comes in. Whether it is a teaser, or the number of teasers that
were removed from the page, goes out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_SUBJECT = r"(?:stor(?:y|ies)|articles?|news|coverage|content|posts?|topics?|reading|links?)"
_LEAD = re.compile(
    r"[\s\[(*_>»›→•|–—-]*"
    r"(?:read (?:more|also|next|this|on)|also read|must read|see (?:also|more)"
    rf"|related(?: {_SUBJECT})?|recommended(?: {_SUBJECT})?|further reading"
    r"|don[’']t miss|you may also like|read|watch(?: (?:now|live|more|also))?|listen|in pictures)"
    r"\s*[\])*_]*\s*(?P<mark>[:|»›→>]|\s[–—-]\s)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\W*(?:read (?:more|next|also)|also read|see also|further reading|trending(?: now)?"
    rf"|(?:related|recommended|latest|popular|top|more|other)(?: {_SUBJECT})"
    r"|related|recommended(?: for you)?|most (?:read|popular|viewed)"
    r"|you (?:may|might) (?:also )?like"
    r"|more (?:on|from|about) .{2,40}|editor[’']?s[’']? (?:picks?|choice)|keep reading|up next)\W*",
    re.IGNORECASE,
)
_MOST_WORDS = 40  # of a teaser
_FEWEST_WORDS = 4  # of a paragraph that is one link; shorter ones may be names
_LINKED_SHARE = 0.9  # of the letters of a paragraph that points elsewhere
_LONGEST = 400  # characters of a teaser
_BLOCKS = ("p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6", "div", "span")
_MENUS = ("nav", "header", "footer", "aside")
# of the letters of a page that teasers have; of more, the page is a list of links
_MOST_SHARE = 0.5


def is_teaser(line: str) -> bool:
    """Whether a line points to another article: ``Read more: Rebels take a town``."""
    return len(line.split()) <= _MOST_WORDS and _LEAD.match(line) is not None


def without_teasers(tree: HtmlElement) -> int:
    """Remove what points to other articles from a page, and return the number of such passages.

    These are paragraphs that begin like "Read more:", paragraphs that are links from end to end,
    and lists below a heading like "Related stories". Nothing is removed from a page that is a list
    of links. Menus stay, as they are left out anyway.

    Parameters
    ----------
    tree
        Page, which is changed.
    """
    body = tree.find("body")
    if body is None:
        return 0
    found = list(dict.fromkeys(_teasers(body)))
    inside = set(found)
    outer = [e for e in found if not any(up in inside for up in e.iterancestors())]
    n_letters = sum(map(len, body.itertext()))
    if sum(_length(element) for element in outer) > _MOST_SHARE * n_letters:
        return 0
    for element in outer:
        element.drop_tree()
    return len(outer)


def _teasers(body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements of a page that point to other articles."""
    for element in body.iter(*_BLOCKS):
        if next(element.iterancestors(*_MENUS), None) is not None:
            continue
        if element.tag in {"p", "li", "blockquote"} and _is_linked(element):
            yield element
        words = " ".join(element.text_content().split()) if _length(element) < _LONGEST else ""
        if not words or element.find(".//p") is not None:
            continue
        if element.tag not in {"li", "blockquote"} and _HEADING.fullmatch(words):
            listed = list(_listed_below(element))
            if listed:
                yield element
                yield from listed
        elif element.tag != "span" and is_teaser(words):
            yield element


def _length(element: HtmlElement) -> int:
    return sum(map(len, element.itertext()))


def _is_linked(element: HtmlElement) -> bool:
    """Whether the words of a paragraph are links from end to end."""
    words = element.text_content().split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    linked = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return linked >= _LINKED_SHARE * len("".join(words))


def _listed_below(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the lists and linked paragraphs that follow a heading, up to the next text."""
    for element in heading.itersiblings():
        if not isinstance(element.tag, str):
            continue
        is_list = element.tag in {"ul", "ol"} and next(element.iter("a"), None) is not None
        if not is_list and not (element.tag in {"p", "div", "li", "a"} and _is_linked(element)):
            return
        yield element
