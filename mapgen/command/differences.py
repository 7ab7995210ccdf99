"""Compare two maps, and write a note of what is new, changed and gone.

Two files come in, each a page that mapgen wrote or a claims file; the note goes out as Markdown,
HTML or JSON. Both are compared by their cards, which a page has and a claims file gives.
"""

# ruff: noqa: PLC0415  modules load when their command runs

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mapgen.errors import InputError

if TYPE_CHECKING:
    from mapgen.drawing.data.page_records import PageData
    from mapgen.export.changes import Changes

_DATA = 'id="mg-data">'
_PAGES = {".html", ".htm"}


def difference_note(first: str, second: str, ending: str) -> bytes:
    """Return the note of what differs between two maps.

    Parameters
    ----------
    first, second
        The earlier and the later map: pages (``.html``) or claims files.
    ending
        ``.json``, ``.html``, or anything else for Markdown.

    Raises
    ------
    InputError
        If a file cannot be read, or is neither a page of mapgen nor a claims file.
    """
    from mapgen.export.changes import changes_between, state_of_page

    changes = changes_between(state_of_page(_page_of(first)), state_of_page(_page_of(second)))
    if ending == ".json":
        return (json.dumps(changes.to_json(), ensure_ascii=False, indent=1) + "\n").encode()
    if ending in _PAGES:
        return _html(changes).encode()
    return changes.to_markdown().encode()


def _page_of(path: str) -> PageData:
    """Return the data of a page, or those of the page that claims would give."""
    if Path(path).suffix.lower() in _PAGES:
        return _data_in(path)
    from gazetteer import Gazetteer
    from mapgen import pipeline
    from mapgen.claims.claims_file import read_claims
    from mapgen.drawing.data.page_data import page_data
    from mapgen.settings import Settings

    settings, extraction = Settings(), read_claims(path)
    with Gazetteer.open() as gazetteer:
        situation = pipeline.situate(extraction, gazetteer, settings)
        return page_data(pipeline.shown(situation, gazetteer, settings))


def _data_in(path: str) -> PageData:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(path, "cannot be read", "Name a page that mapgen wrote.") from err
    block = text.partition(_DATA)[2].partition("</script>")[0]
    foreign = InputError(path, "is no page of mapgen", "Name a page that mapgen wrote.")
    try:
        data = json.loads(block)
        if not (isinstance(data["cards"], list) and isinstance(data["meta"]["title"], str)):
            raise foreign
    except (ValueError, KeyError, TypeError) as err:
        raise foreign from err
    return cast("PageData", data)


def _html(changes: Changes) -> str:
    """Return the note as a page without scripts; words of articles stay text."""
    from html import escape

    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).render(changes.to_markdown())
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(changes.title)}</title></head>\n<body>\n{body}</body></html>\n"
    )
