"""Extract the text of Word files as Word shows it once all changes are accepted.

Word keeps in one file what was written, what was deleted, what is hidden, and some of it twice. A
file comes in; the paragraphs and rows that a reader sees go out, with a note on what was left out.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mapgen.core.clean_text import raised
from mapgen.errors import InputError
from mapgen.reading.key_figures import figures_in_boxes
from mapgen.reading.read_text import SAVE_AS_TEXT, ArticleDraft, DraftTable, refuse_bomb

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DELETED = {f"{_W}del", f"{_W}moveFrom"}
_OFF = {"0", "false", "off", "none"}
_MOST_COLUMNS = 100  # of a table; Word itself allows 63
_CELL_CHARS = 500  # of a cell that is kept for tables of figures, which need less
_MOST_CELL_CHARS = 4_000_000  # of all such cells; a merged cell counts once for each that it covers
_SPAN = re.compile(r"[0-9]{1,4}")
_MOST_STYLES = 20  # length of a chain of styles that rest on each other
_NOTE_PARTS = {"footnoteReference": "/footnotes", "endnoteReference": "/endnotes"}
_LETTERS = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"\S+(?:\s+\S+){4,}[.!?][”’\"')]*$")  # a cell that is read by itself
_TEMPLATE = "python-docx"  # author of files with the days of the template of this library
_SIGNS = {"noBreakHyphen": "-", "tab": " ", "ptab": " ", "br": "\n", "cr": "\n"}


@dataclass(slots=True)
class _Page:
    """What has been read of a document so far, and what was left out."""

    unseen_styles: frozenset[str]
    lines: list[str] = field(default_factory=list)
    apart: list[list[str]] = field(default_factory=list)  # text boxes of the paragraph being read
    notes: list[tuple[str, str]] = field(default_factory=list)  # footnotes that were referred to
    tables: list[DraftTable] = field(default_factory=list)
    n_deleted: int = 0
    n_hidden: int = 0
    n_cell_chars: int = 0
    n_tables_passed_over: int = 0


def read_docx(name: str, data: bytes) -> ArticleDraft:
    """Return the paragraphs and table rows of a Word file, one per line.

    Tracked changes are accepted. Deleted, hidden and struck text is left out, and a note says so.
    The text of text boxes follows the paragraph to which they are anchored; footnotes are at the
    end.

    Raises
    ------
    InputError
        If it is not a .docx file, or unpacks to more than the limit.
    """
    from docx import Document  # noqa: PLC0415  only needed here

    try:
        refuse_bomb(name, data)
        document = Document(io.BytesIO(data))
        _refuse_declarations(name, document.element)
        title = (document.core_properties.title or "").strip() or None
        made_on = _made_on(document.core_properties)
        page = _Page(unseen_styles=_unseen_styles(document.styles.element))
        titles = {s.style_id for s in document.styles if s.name == "Title"}
        for lines, style in _blocks(document.element.body, page):
            if style in titles and any(line.strip() for line in lines):
                title = " ".join(lines).strip()
            else:
                page.lines += lines
        page.lines += _notes(name, document.part, page)
    except InputError:
        raise
    except Exception as err:  # zip, XML and package errors have no common base class
        problem = f"cannot be read as a Word file of the .docx kind ({type(err).__name__})"
        raise InputError(name, problem, f"{SAVE_AS_TEXT}.") from err
    text = "\n".join(line.strip() for line in page.lines if line.strip())
    return ArticleDraft(
        text=text,
        title=title,
        made_on=made_on,
        notes=_left_out(page),
        tables=tuple(page.tables),
    )


def _made_on(properties: Any) -> str | None:  # noqa: ANN401  python-docx has no types
    """Return the day on which a file says that it was last saved, not the day of its template."""
    if _TEMPLATE in (properties.author, properties.last_modified_by):
        return None
    day = properties.modified or properties.created
    return None if day is None else str(day.date().isoformat())


def _refuse_declarations(name: str, element: Any) -> None:  # noqa: ANN401  lxml has no types
    """Refuse a part that declares entities: they are not resolved, so words would be missing."""
    if element.getroottree().docinfo.doctype:
        problem = "has a document type, which Word files must not have"
        raise InputError(name, problem, f"{SAVE_AS_TEXT}.")


def _left_out(page: _Page) -> tuple[str, ...]:
    """Return a note on each kind of text that was left out."""
    found = (
        (page.n_deleted, "deleted in tracked changes"),
        (page.n_hidden, "hidden or struck through"),
    )
    notes = [
        f"{count} {'passage' if count == 1 else 'passages'} {what} left out"
        for count, what in found
        if count
    ]
    if page.n_tables_passed_over:
        n = page.n_tables_passed_over
        notes.append(f"{n} {'table' if n == 1 else 'tables'} too large to be read for figures")
    return tuple(notes)


def _blocks(parent: Any, page: _Page) -> Iterator[tuple[list[str], str | None]]:  # noqa: ANN401
    """Yield the lines of each paragraph and table in an element, with the style of a paragraph.

    A paragraph whose end was deleted in tracked changes goes on in the next one.
    """
    begun: list[str] = []
    for block in _unwrapped(parent, page):
        if block.tag == f"{_W}p":
            begun.append(_words(block, page))
            boxes, page.apart = page.apart, []
            mark = block.find(f"{_W}pPr/{_W}rPr/{_W}del")
            if mark is not None:
                yield [line for box in boxes for line in box], None
                continue
            words, begun = "".join(begun), []
            style = block.find(f"{_W}pPr/{_W}pStyle")
            yield [words], None if style is None else style.get(f"{_W}val")
            yield [line for box in boxes for line in box], None
        elif block.tag == f"{_W}tbl":
            yield _rows(block, page), None
    yield ["".join(begun)], None


def _unwrapped(parent: Any, page: _Page) -> Iterator[Any]:  # noqa: ANN401
    """Yield the children of an element, with content controls and insertions opened."""
    for child in parent:
        if child.tag in _DELETED:
            page.n_deleted += _has_words(child)
        elif child.tag == f"{_W}sdt":
            if child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is None:  # "Click here to enter text"
                for content in child.iterchildren(f"{_W}sdtContent"):
                    yield from _unwrapped(content, page)
        elif child.tag in {f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"}:
            yield from _unwrapped(child, page)
        elif child.tag == _ALTERNATE:
            choice = child.find(_CHOICE)
            yield from _unwrapped(child[0] if choice is None and len(child) else choice, page)
        else:
            yield child


def _words(paragraph: Any, page: _Page) -> str:  # noqa: ANN401
    """Return the words of a paragraph; its text boxes are put apart."""
    words = ""
    for child in _unwrapped(paragraph, page):
        if child.tag == f"{_W}r":
            words += _run(child, page)
        elif child.tag in {f"{_W}hyperlink", f"{_W}fldSimple", f"{_W}dir", f"{_W}bdo"}:
            words += _words(child, page)
    return words


def _run(run: Any, page: _Page) -> str:  # noqa: ANN401
    """Return the words of a run, nothing if it is hidden or struck through."""
    if _is_unseen(run, page):
        page.n_hidden += _has_words(run)
        return ""
    words = ""
    for child in _unwrapped(run, page):
        kind = child.tag.removeprefix(_W)
        if kind == "t":
            words += child.text or ""
        elif kind in _SIGNS:
            words += _SIGNS[kind]
        elif kind in _NOTE_PARTS:
            page.notes.append((_NOTE_PARTS[kind], child.get(f"{_W}id", "")))
        elif kind == "delText":
            page.n_deleted += _has_words(child)
        else:
            _put_apart(child, page)
    level = run.find(f"{_W}rPr/{_W}vertAlign")
    return raised(words) if level is not None and level.get(f"{_W}val") == "superscript" else words


def _put_apart(drawing: Any, page: _Page) -> None:  # noqa: ANN401
    """Read the text boxes of a drawing or picture."""
    for content in drawing.iter(f"{_W}txbxContent"):
        if _is_boxed(content, drawing):
            continue  # a box in a box is read with the outer one
        outer, page.apart = page.apart, []
        lines = [line for lines, _ in _blocks(content, page) for line in lines]
        outer.append(lines)
        page.apart = outer


def _is_boxed(content: Any, drawing: Any) -> bool:  # noqa: ANN401
    """Whether a text box stands in another one of the same drawing."""
    for outer in content.iterancestors():
        if outer is drawing:
            return False
        if outer.tag == f"{_W}txbxContent":
            return True
    return False


def _rows(table: Any, page: _Page) -> list[str]:  # noqa: ANN401
    """Return the rows of a table, each cell once, and keep the cells of each row with the page.

    A cell with a whole sentence is a line of its own, and so is each key figure with its label.
    """
    lines: list[str] = []
    rows: list[str] = []
    grid: list[list[str]] = []
    caption = next((line for line in reversed(page.lines) if line.strip()), "")
    for row in _unwrapped(table, page):
        if row.tag != f"{_W}tr":
            continue
        if row.find(f"{_W}trPr/{_W}del") is not None:
            page.n_deleted += _has_words(row)
            continue
        short: list[str] = []
        cells: list[str] = []
        for cell in _unwrapped(row, page):
            words = _cell(cell, page) if cell.tag == f"{_W}tc" else []
            cells += _spanned(cell, words, grid[-1] if grid else [], len(cells))
            if any("\n" in line or _SENTENCE.search(line) for line in words):
                lines += [" ".join(short), *words]
                short = []
            else:
                short += words
        lines.append(" ".join(short))
        rows.append(" ".join(short).strip())
        grid.append(cells)
    boxes = figures_in_boxes(grid)
    if boxes is not None:
        return boxes
    page.n_cell_chars += sum(len(cell) for cells in grid for cell in cells)
    if page.n_cell_chars <= _MOST_CELL_CHARS:
        page.tables.append((caption.strip(), rows, grid))
    else:
        page.n_tables_passed_over += 1
    return lines


def _spanned(cell: Any, words: list[str], above: list[str], at: int) -> list[str]:  # noqa: ANN401
    """Return the words of a cell, or those above it, once for each column that it spans."""
    if cell.tag != f"{_W}tc":
        return []
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    text = span.get(f"{_W}val", "1") if span is not None else "1"
    n_columns = int(text) if _SPAN.fullmatch(text) else 1
    told = " ".join(words)[:_CELL_CHARS]
    if _is_merged_upwards(cell):
        told = above[at] if at < len(above) else ""
    return [told] * max(0, min(n_columns, _MOST_COLUMNS - at))


def _is_merged_upwards(cell: Any) -> bool:  # noqa: ANN401
    """Whether a cell goes on from the one above."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val", "continue") == "continue"


def _cell(cell: Any, page: _Page) -> list[str]:  # noqa: ANN401
    """Return the lines of a cell; a cell merged into the one above has none."""
    if _is_merged_upwards(cell):
        return []
    if cell.find(f"{_W}tcPr/{_W}cellDel") is not None:
        page.n_deleted += _has_words(cell)
        return []
    lines = [line.strip() for lines, _ in _blocks(cell, page) for line in lines]
    return [line for line in lines if line]


def _notes(name: str, part: Any, page: _Page) -> list[str]:  # noqa: ANN401
    """Return the footnotes and endnotes that the text refers to, in its order."""
    from docx.oxml import parse_xml  # noqa: PLC0415

    told: dict[tuple[str, str], list[str]] = {}
    found = {
        (kind, ending): rel.target_part
        for rel in part.rels.values()
        for kind, ending in _NOTE_PARTS.items()
        if not rel.is_external and rel.reltype.endswith(ending)
    }
    for (kind, ending), target in found.items():
        root = parse_xml(target.blob)
        _refuse_declarations(name, root)
        for note in root.iterchildren(f"{_W}{kind.removesuffix('Reference')}"):
            lines = [line for lines, _ in _blocks(note, page) for line in lines]
            told[ending, note.get(f"{_W}id", "")] = lines
    return [line for key in dict.fromkeys(page.notes) for line in told.get(key, [])]


def _is_unseen(run: Any, page: _Page) -> bool:  # noqa: ANN401
    """Whether a run is hidden or struck through, by itself or by its style."""
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    marked = [_switch(properties, sign) for sign in ("vanish", "strike", "dstrike")]
    style = properties.find(f"{_W}rStyle")
    by_style = style is not None and style.get(f"{_W}val") in page.unseen_styles
    return any(marked) or (by_style and False not in marked)


def _switch(properties: Any, sign: str) -> bool | None:  # noqa: ANN401
    """Return whether a property is switched on; None if the element does not say."""
    found = properties.find(f"{_W}{sign}")
    return None if found is None else found.get(f"{_W}val", "true") not in _OFF


def _unseen_styles(styles: Any) -> frozenset[str]:  # noqa: ANN401
    """Return the ids of the styles of characters that hide or strike what they are set on."""
    by_id = {style.get(f"{_W}styleId"): style for style in styles.iterchildren(f"{_W}style")}
    hides, rests_on = set(), {}
    for name, style in by_id.items():
        properties, base = style.find(f"{_W}rPr"), style.find(f"{_W}basedOn")
        if properties is not None and any(
            _switch(properties, sign) for sign in ("vanish", "strike", "dstrike")
        ):
            hides.add(name)
        rests_on[name] = None if base is None else base.get(f"{_W}val")
    unseen = set()
    for name in by_id:
        chain = name
        for _ in range(_MOST_STYLES):
            if chain in hides:
                unseen.add(name)
            chain = rests_on.get(chain)
            if chain is None:
                break
    return frozenset(unseen)


def _has_words(element: Any) -> bool:  # noqa: ANN401
    """Whether an element has letters in it."""
    return any(_LETTERS.search(text) for text in element.itertext())
