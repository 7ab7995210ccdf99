"""Take the words out of pieces of HTML, as feeds and programs put them into fields of tables."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from mapgen.reading.page_markup import without_hidden
from mapgen.reading.tag_bounds import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|ul|ol|li|b|strong|em|i|u|h[1-6]|table|tr|td|blockquote|figure|img|del|s)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_BLOCK_NAMES = """
    address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main ol p pre section table td th tr ul"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "del", "s", "strike"})
_BLOCK = re.compile(rf"<(?:{'|'.join(sorted(_BLOCKS))})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
# Only what programs write for signs: "AT&T;" and "R&D" stay
_ENTITY = re.compile(
    r"&(?:amp|quot|apos|nbsp|[lr][sd]quo|[nm]dash|hellip|[a-z](?:acute|grave|circ|uml|cedil|tilde)|"
    r"#\d{1,6}|#x[0-9a-f]{1,5});",
    re.IGNORECASE,
)
_HALF = re.compile("[\ud800-\udfff]")  # of a sign: a lone surrogate, for which texts are refused
_SPACE = re.compile(r"[ \t\r\f\v\xa0]+")
_MOST_DEEP = 200  # elements inside each other; libxml2 allows 256


def has_markup(text: str) -> bool:
    """Whether a text has HTML elements in it."""
    return _TAG.search(text) is not None


def text_of_cell(text: str) -> str:
    """Return the words of a text that may be HTML, or have signs written as in HTML (``&amp;``)."""
    if has_markup(text):
        return text_of_html(text)
    return _ENTITY.sub(lambda m: html.unescape(m[0]), text)


def text_of_html(text: str, change: Callable[[HtmlElement], None] | None = None) -> str:
    """Return the words of a piece of HTML, a paragraph per block.

    Scripts and struck text are left out, and so is what a tag with far too many attributes holds.
    Without blocks, empty lines part the paragraphs. A text that cannot be read as HTML is returned
    as it is.

    Parameters
    ----------
    text
        A piece of HTML, such as ``<p>Rebels took Homs.</p><p>Hama fell.</p>``.
    change
        Function that changes its tree before the words are taken.
    """
    from lxml import etree  # noqa: PLC0415  slow to load, and seldom needed
    from lxml.html import fragment_fromstring  # noqa: PLC0415

    if _HALF.search(text):  # the parser would end there, and the rest be lost
        return text
    has_blocks = _BLOCK.search(text) is not None
    try:
        root = fragment_fromstring(bounded(text)[0], create_parent="div")
    except (etree.LxmlError, ValueError):  # ValueError: a declaration of an encoding
        return text
    without_hidden(root)
    if change is not None:
        change(root)
    lines = "".join(_words(root, 0, has_blocks=has_blocks)).split("\n")
    clean = (_SPACE.sub(" ", line).strip() for line in lines)
    return "\n\n".join(line for line in clean if line)


def words_of(element: Any) -> str:  # noqa: ANN401  lxml has no types
    """Return the words of an element as they stand, with a new line at each block."""
    return "".join(_words(element, 0, has_blocks=True))


def _words(element: Any, depth: int, *, has_blocks: bool) -> Iterator[str]:  # noqa: ANN401
    """Yield the words of an element in order, with a new line at each block."""
    is_block = element.tag in _BLOCKS
    if isinstance(element.tag, str) and element.tag not in _UNSEEN and depth < _MOST_DEEP:
        if is_block:
            yield "\n"
        line_end = " " if has_blocks else "\n"
        yield (element.text or "").replace("\n", line_end)
        for child in element:
            yield from _words(child, depth + 1, has_blocks=has_blocks)
            yield (child.tail or "").replace("\n", line_end)
    if is_block:
        yield "\n"
