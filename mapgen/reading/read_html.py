"""Read a saved web page into the draft of an article: its main text, title, day and publisher."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from mapgen.errors import InputError
from mapgen.reading.html_tables import found_tables, with_boxes_as_lines, with_rows
from mapgen.reading.html_text import words_of
from mapgen.reading.page_markup import (
    day_of_office_file,
    stated_day,
    without_days_of_media,
    without_hidden,
)
from mapgen.reading.read_text import SAVE_AS_TEXT, ArticleDraft
from mapgen.reading.tag_bounds import MOST_ATTRIBUTES, bounded
from mapgen.reading.teasers import without_teasers

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from mapgen.reading.html_tables import PageTable

MIN_PAGE_LETTERS = 40
"""A page with fewer letters than this is a menu, not an article."""

_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{4}\)(https?://[^\s<>]{1,2000}) -->")
_MARK_BYTES = 4096  # in which the mark stands


_LITTLE_TEXT = 2_000  # characters, below which the extractor may take a page as one line
_LONG_PAGE = 100_000  # characters of a whole page, menus and scripts among them
_MOSTLY = 0.6  # share of such a line that paragraphs must make up, to be read in its place


def read_html(name: str, data: bytes) -> ArticleDraft:
    """Return the main text of a web page, with title, day and publisher from its markup.

    Raises
    ------
    InputError
        If no article can be found in the page.
    """
    tree, page, blocks, left_out, tables, made_on = _extracted(name, data)
    text = (page.text if page is not None and not isinstance(page, dict) else None) or ""
    text = _in_paragraphs(text, blocks)
    letters = islice(filter(str.isalpha, text), MIN_PAGE_LETTERS)
    if sum(1 for _ in letters) < MIN_PAGE_LETTERS:
        problem = "has no article text that can be separated from menus and adverts"
        raise InputError(name, problem, f"{SAVE_AS_TEXT}.")
    day = stated_day(tree, text) or page.date or None
    title = _without_site((page.title or "").strip(), page.sitename) or None
    first, _, rest = text.partition("\n")
    if title and first.strip() == title and rest.strip():
        text = rest.lstrip("\n")
    text, drafted = with_rows(text, tables)
    return ArticleDraft(
        text=text,
        title=title,
        source=page.sitename or None,
        url=page.url or _saved_from(data),
        published_on=day,
        published_on_basis="printed" if day else None,
        made_on=made_on,
        notes=left_out,
        tables=drafted,
    )


def _extracted(
    name: str, data: bytes
) -> tuple[Any, Any, list[str], tuple[str, ...], list[PageTable], str | None]:
    """Return the tree of a page, what was extracted, its blocks, notes, tables and day of its file.

    The last one is the day on which an office program saved the page.
    """
    import trafilatura  # noqa: PLC0415  slow to load, and only needed here

    if b"\x00" in data:
        raise InputError(name, "is not an HTML page (it has NUL bytes)", f"{SAVE_AS_TEXT}.")
    if bounded(data.decode("latin-1"))[1]:
        problem = f"has a tag with more than {MOST_ATTRIBUTES:,} attributes"
        raise InputError(name, problem, f"{SAVE_AS_TEXT}.")
    dates = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}
    n_hidden, n_teasers, n_out, made_on = 0, 0, 0, None
    blocks: list[str] = []
    tables: list[PageTable] = []
    try:
        tree = trafilatura.load_html(data)
        if tree is not None:
            n_hidden = without_hidden(tree)
            without_days_of_media(tree)
            made_on = day_of_office_file(tree)
            n_teasers = without_teasers(tree)
            with_boxes_as_lines(tree)
            tables, n_out = found_tables(tree)
            blocks = _blocks(tree)
        page = trafilatura.bare_extraction(
            tree, with_metadata=True, include_comments=False, date_extraction_params=dates
        )
    except Exception as err:  # parsers fail in many ways on broken pages
        problem = f"cannot be read as an HTML page ({type(err).__name__})"
        raise InputError(name, problem, f"{SAVE_AS_TEXT}.") from err
    return tree, page, blocks, _notes(n_hidden, n_teasers, n_out), tables, made_on


def _blocks(tree: HtmlElement) -> list[str]:
    """Return the words of each paragraph, heading and item of a page that is not very long."""
    if len(tree.text_content()) > _LONG_PAGE:
        return []
    return [" ".join(words_of(e).split()) for e in tree.iter("p", "h2", "h3", "h4", "li")]


def _in_paragraphs(text: str, blocks: list[str]) -> str:
    """Return the text of a page in its paragraphs.

    Of a page with little text, the extractor returns all words in one line, captions among them.

    Parameters
    ----------
    text
        What was extracted.
    blocks
        Words of each paragraph, heading and item of the page.
    """
    words = " ".join(text.split())
    if "\n" in text.strip() or len(words) > _LITTLE_TEXT:
        return text
    kept, at = [], 0
    for block in filter(None, blocks):
        found = words.find(block, at)
        if found >= 0:
            kept.append(block)
            at = found + len(block)
    n_kept = sum(map(len, kept))
    return "\n".join(kept) if len(kept) > 1 and n_kept > _MOSTLY * len(words) else text


def _saved_from(data: bytes) -> str | None:
    """Return the address that browsers and ``mapgen fetch`` write into a saved page."""
    found = _SAVED_FROM.search(data[:_MARK_BYTES])
    return found[1].decode("utf-8", "replace") if found else None


def _notes(n_hidden: int, n_teasers: int, n_out: int) -> tuple[str, ...]:
    """Return what the user is told of the words that were left out."""
    notes = []
    if n_hidden:
        passages = "a passage" if n_hidden == 1 else f"{n_hidden} passages"
        notes.append(f"left out {passages} that the page strikes out or hides")
    if n_teasers:
        teasers = "a passage that points" if n_teasers == 1 else f"{n_teasers} passages that point"
        notes.append(f"left out {teasers} to other articles")
    if n_out:
        tables = "a large table" if n_out == 1 else f"{n_out} large tables"
        notes.append(f"left out {tables} without figures of displaced people")
    return tuple(notes)


def _without_site(title: str, site: str | None) -> str:
    """Return the title of a page without the name of the site behind it."""
    head, mark, tail = re.sub(r"\s+[|–—-]\s+(?!.*\s[|–—-]\s)", "\0", title).partition("\0")
    return head if mark and site and tail.casefold() == site.casefold() else title
