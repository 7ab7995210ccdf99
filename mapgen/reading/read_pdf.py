"""Extract running text from PDF files: columns in order, words rejoined, no page headers."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from mapgen.core.clean_text import raised
from mapgen.errors import InputError
from mapgen.reading.figure_tables import line_of, rows_of_figures
from mapgen.reading.key_figures import figures_in_boxes, goes_with, is_number
from mapgen.reading.pdf_tables import PdfTable, tables_of
from mapgen.reading.printed_day import day_in_name
from mapgen.reading.read_text import ArticleDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from mapgen.reading.read_text import DraftTable

MAX_PAGES = 500
"""Far more pages than an article or report has. Limits the time that a file can take."""

MIN_TEXT_CHARS = 20
"""A file with fewer letters than this has only scanned pages."""

_INDENT_POINTS = 5.0
_MARGIN_SHARE = 0.08  # share of the page height where running heads and page numbers stand
_REPEATS = 2  # a line that repeats in the margin of this many pages is a header or footer
_SENTENCE_END = (".", "!", "?", "”", '"', "’", ":", ")")
_HYPHENS = "-\u2010\u00ad"
_RAISED_SIZE, _RAISED_BY = 0.85, 0.15  # of the size of the letters in the line
_OTHER_SIZE = 1.08  # of the letters of a heading, as a multiple of those of the text
_RAGGED_SHARE = 0.15  # of the width of a block by which a line ends early
_CAPTION_POINTS = 60.0  # above a table
_CAP_SIZE = 1.5  # of a drop cap, as a multiple of the other letters in its line
_CAP = re.compile(r"^\s*([A-Z])\s*(?=[a-z])")
_FOOTNOTE = re.compile(r"^(\d{1,2}|[¹²³⁰⁴-⁹]{1,2})\s?(?=[A-Z(“\"])")
_AFTER_CAP = "\ue000"  # stands between a drop cap and the word, or the rest of one, behind it
_STAMP = re.compile(r"D?:?(\d{8})")  # "D:20250416083000+02'00'"
# Round and square bullets; the private ones are those of the Symbol and Wingdings fonts of Word
_BULLET = re.compile(
    "^(?:[•‣⁃∙▪▫■□●○◦◾◽➢➤►▶✓✔\uf02d\uf06e\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc]|o(?=\\s+[A-Z\\d]))(?:\\s+|$)"
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_COMPOUND_TAILS = re.compile(
    "aligned|allied|armed|backed|based|born|controlled|dominated|era|held|led|linked|long|made|"
    "majority|old|organi[sz]ed|range|ranking|run|scale|sized|sponsored|style"
)  # second halves of words that keep their hyphen: "rebel-held"


@dataclass(frozen=True, slots=True)
class Box:
    """A block of lines on a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    lines: tuple[tuple[float, str], ...]  # left edge of each line, its words
    middles: tuple[float, ...] = ()  # height of the middle of each line
    is_row: bool = False  # a row of a table of figures, which stays a line of its own

    @property
    def text(self) -> str:
        """All words of the block as one text."""
        return " ".join(words for _, words in self.lines)

    @property
    def middle(self) -> float:
        """Height of the middle of the block."""
        return (self.bottom + self.top) / 2

    def shares_column(self, other: Box) -> bool:
        """Whether two blocks overlap horizontally."""
        return min(self.right, other.right) - max(self.left, other.left) > _INDENT_POINTS


def read_pdf(
    name: str, data: bytes, *, on_page: Callable[[], object] = lambda: None
) -> ArticleDraft:
    """Return the running text of a PDF file.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    data
        Content of the file.
    on_page
        Called after each page.

    Raises
    ------
    InputError
        If the file is damaged, locked, too long, or a scan without text.
    """
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415  only needed here
    from pdfminer.pdfparser import PDFSyntaxError  # noqa: PLC0415

    save = "Save its text as a .txt file in UTF-8."
    try:
        pages, info, tables = _pages(data, on_page)
    except PDFPasswordIncorrect as err:
        raise InputError(name, "is locked with a password", save) from err
    except PDFSyntaxError as err:
        raise InputError(name, "is not a PDF file, or a broken one", save) from err
    except Exception as err:  # damaged files make the parser fail in many ways
        problem = f"cannot be read as a PDF file ({type(err).__name__})"
        raise InputError(name, problem, save) from err
    if len(pages) > MAX_PAGES:
        raise InputError(name, f"has more than {MAX_PAGES} pages", "Split it.")
    text, starts = pdf_text(pages)
    if sum(character.isalpha() for character in text) < MIN_TEXT_CHARS:
        problem = "has no text layer: it is a scan, a picture of text"
        raise InputError(name, problem, "Run text recognition (OCR) over it first, or type it in.")
    return ArticleDraft(
        text=text,
        title=info.title,
        made_on=info.made_on,
        running_heads=running_heads(pages),
        pages=starts,
        tables=tables,
    )


def _pages(
    data: bytes, on_page: Callable[[], object]
) -> tuple[list[tuple[float, list[Box]]], _Info, tuple[DraftTable, ...]]:
    """Return the height and blocks of each page, what the file states, and its tables."""
    from pdfminer.high_level import extract_pages  # noqa: PLC0415
    from pdfminer.layout import LAParams, LTTextBox  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415

    info = _info_of(PDFDocument(PDFParser(io.BytesIO(data))).info)
    pages: list[tuple[float, list[Box]]] = []
    tables: list[list[PdfTable]] = []
    layout = LAParams(boxes_flow=None)  # detect blocks only; the order of columns is decided below
    for page in extract_pages(io.BytesIO(data), laparams=layout, maxpages=MAX_PAGES + 1):
        boxes: list[Box] = []
        blocks = [
            [line for line in box if line.get_text().strip()]
            for box in page
            if isinstance(box, LTTextBox)
        ]
        for lines in _filled(blocks):
            boxes += _boxes_of(lines)
        pages.append((page.height, _with_caps(boxes)))
        tables.append(tables_of(page, _words))
        on_page()
    pages, of_people = with_tables(pages, tables)
    return pages, info, of_people


def _filled(blocks: list[list[Any]]) -> list[list[Any]]:
    """Return the blocks of a page with words that stand alone put back into the gap of a line.

    In a narrow column, wide gaps between justified words break a line into pieces.
    """
    gaps = {
        round(before.y0): (block, at, before, after)
        for block in blocks
        for at, (before, after) in enumerate(pairwise(block), start=1)
        if abs(before.y0 - after.y0) < 1 and before.x1 < after.x0
    }
    kept = []
    for block in blocks:
        line = block[0] if len(block) == 1 else None
        gap = gaps.get(round(line.y0)) if line is not None else None
        if line is None or gap is None or not (gap[2].x1 <= line.x0 and line.x1 <= gap[3].x0):
            kept.append(block)
        else:
            gap[0].insert(gap[1], line)
            del gaps[round(line.y0)]
    return [block for block in kept if block]


def _boxes_of(told: list[Any]) -> list[Box]:
    """Return a block of lines as one or, where a heading ends in it, as several."""
    edges = (min(x.x0 for x in told), max(x.x1 for x in told))
    groups: list[list[Any]] = []
    for line in told:
        if groups and not _is_heading_over(groups[-1][-1], line, edges[1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    top, bottom = max(line.y1 for line in told), min(line.y0 for line in told)
    tops = [top, *((a[-1].y0 + b[0].y1) / 2 for a, b in pairwise(groups))]
    bottoms = [*tops[1:], bottom]
    return [
        Box(
            left=min(line.x0 for line in lines),
            bottom=bottom,
            right=max(line.x1 for line in lines),
            top=top,
            lines=tuple((line.x0, _clean(_words(line))) for line in lines),
            middles=tuple((line.y0 + line.y1) / 2 for line in lines),
        )
        for lines, top, bottom in zip(groups, tops, bottoms, strict=True)
    ]


def _is_heading_over(line: Any, below: Any, right: float) -> bool:  # noqa: ANN401
    """Whether a line ends a heading: the next one is of another size, or no longer bold.

    A heading as large as the text must end before the right edge of the block, as a bold line that
    goes on does not.
    """
    (size, is_bold), (size_below, is_bold_below) = _type_of(line), _type_of(below)
    if not size or not size_below:
        return False
    if max(size, size_below) > _OTHER_SIZE * min(size, size_below):
        return True
    ends_early = line.x1 < right - (right - line.x0) * _RAGGED_SHARE
    return is_bold and not is_bold_below and ends_early


def _type_of(line: Any) -> tuple[float, bool]:  # noqa: ANN401
    """Return the size of the letters of a line, and whether most are bold."""
    letters = [sign for sign in line if hasattr(sign, "size") and sign.get_text().isalnum()]
    if not letters:
        return 0.0, False
    bold = sum("bold" in sign.fontname.lower() for sign in letters)
    return median(sign.size for sign in letters), bold * 2 > len(letters)


@dataclass(frozen=True, slots=True)
class _Info:
    """What a file states about itself."""

    title: str | None
    made_on: str | None  # YYYY-MM-DD


def _info_of(found: Iterable[dict[str, Any]]) -> _Info:
    """Return the title and the day of making that the entries of a file state."""
    from pdfminer.utils import decode_text  # noqa: PLC0415

    told = {
        key: decode_text(entry[key]).strip()
        for entry in found
        for key in ("Title", "CreationDate")
        if isinstance(entry.get(key), bytes)
    }
    title = told.get("Title") or None
    if title and re.match(r"(?i)untitled|microsoft word|.*\.\w{3,4}$", title):
        title = None  # the name of the original file, not a headline
    stamp = _STAMP.match(told.get("CreationDate", ""))
    made_on = day_in_name(stamp[1]) if stamp else None
    return _Info(title, made_on.isoformat() if made_on is not None else None)


def with_tables(
    pages: list[tuple[float, list[Box]]], tables: Sequence[Sequence[PdfTable]]
) -> tuple[list[tuple[float, list[Box]]], tuple[DraftTable, ...]]:
    """Return pages with a block for each row of the tables of displaced people, and these tables.

    Key figures stand with their labels, and other tables stay as they are. A table that goes on
    over the next page is one.

    Parameters
    ----------
    pages
        Height and blocks of each page.
    tables
        All tables of each page.
    """
    drafts: list[DraftTable] = []
    last: tuple[int, PdfTable] | None = None  # the page and shape of the table that may go on
    new = [(height, list(boxes)) for height, boxes in pages]
    for number, (found, (_, boxes)) in enumerate(zip(tables, new, strict=True)):
        for table in found:
            grid = [[_clean(cell) for cell in row] for row in table.rows]
            lines = [line_of(cells) for cells in grid]
            caption = _above(table, pages[number][1])
            n_columns = len(grid[0])
            goes_on = last is not None and last[0] == number - 1 and table is found[0]
            if rows_of_figures(grid, lines, caption):
                drafts.append((caption, lines, grid))
            elif goes_on and last and len(last[1].rows[0]) == n_columns:
                old, old_lines, old_grid = drafts[-1]
                drafts[-1] = (old, old_lines + lines, old_grid + grid)
            else:
                last = None
                figures = figures_in_boxes(grid)
                if figures is not None:
                    boxes[:] = _without(boxes, table) + _row_boxes(table, figures)
                continue
            last = (number, table)
            boxes[:] = _without(boxes, table) + _row_boxes(table, lines)
    return new, tuple(drafts)


def _above(table: PdfTable, boxes: Iterable[Box]) -> str:
    """Return the words of the block right above a table."""
    over = [
        box
        for box in boxes
        if box.top > table.top
        and 0 <= box.middle - table.top < _CAPTION_POINTS
        and min(box.right, table.right) > max(box.left, table.left)
    ]
    return min(over, key=lambda box: box.middle).lines[-1][1] if over else ""


def _without(boxes: Iterable[Box], table: PdfTable) -> list[Box]:
    """Return the blocks of a page without the lines that stand in a table."""
    kept = []
    for box in boxes:
        lines = list(zip(box.lines, box.middles, strict=True))
        outside = [
            (line, middle)
            for line, middle in lines
            if not table.holds(line[0] + _INDENT_POINTS / 2, middle)
        ]
        if len(outside) == len(lines):
            kept.append(box)
            continue
        for part in (
            [(line, middle) for line, middle in outside if middle > table.top],
            [(line, middle) for line, middle in outside if middle <= table.top],
        ):
            if part:
                middles = tuple(middle for _, middle in part)
                bottom, top = min(middles) - _INDENT_POINTS, max(middles) + _INDENT_POINTS
                told = tuple(line for line, _ in part)
                kept.append(replace(box, bottom=bottom, top=top, lines=told, middles=middles))
    return kept


def _row_boxes(table: PdfTable, lines: Sequence[str]) -> list[Box]:
    """Return a block for each row of a table, from its top to its bottom."""
    height = (table.top - table.bottom) / len(lines)
    tops = [table.top - height * n for n in range(len(lines))]
    return [
        Box(
            left=table.left,
            bottom=top - height,
            right=table.right,
            top=top,
            lines=((table.left, line),),
            middles=(top - height / 2,),
            is_row=True,
        )
        for top, line in zip(tops, lines, strict=True)
        if line
    ]


def _words(line: Any) -> str:  # noqa: ANN401  pdfminer has no types
    """Return the words of a line, with the numbers of footnotes and exponents as raised digits."""
    signs = [
        (sign.get_text(), getattr(sign, "size", 0.0), getattr(sign, "y0", 0.0)) for sign in line
    ]
    letters = [(size, foot) for text, size, foot in signs if size and text.isalpha()]
    if not letters:
        return "".join(text for text, _, _ in signs)
    size = median(size for size, _ in letters)
    foot = median(foot for letter, foot in letters if letter == size)
    is_raised = "".join(
        "^" if s and s < _RAISED_SIZE * size and f > foot + _RAISED_BY * size else " "
        for _, s, f in signs
    )
    words = [text for text, _, _ in signs]
    for m in re.finditer(r"\^+", is_raised):
        words[m.start()] = raised("".join(words[m.start() : m.end()]))
        words[m.start() + 1 : m.end()] = [""] * (len(m[0]) - 1)
    shown = "".join(words)
    is_cap = signs[0][1] >= _CAP_SIZE * size and _CAP.match(shown)
    return _CAP.sub(rf"\1{_AFTER_CAP}", shown) if is_cap else shown


def _with_caps(boxes: list[Box]) -> list[Box]:
    """Return the blocks of a page with each drop cap put before the line that it begins."""
    caps = [box for box in boxes if len(box.text) == 1 and box.text.isupper()]
    for cap in caps:
        height = cap.top - cap.bottom
        beside = [
            box
            for box in boxes
            if box not in caps
            and cap.right - _INDENT_POINTS < box.lines[0][0] < cap.right + height
            and cap.bottom < box.top <= cap.top + height / 4
            and (box.lines[0][1][0].islower() or _is_much_larger(cap, box))
        ]
        if beside:
            first = max(beside, key=lambda box: box.top)
            (left, words), *rest = first.lines
            lines = ((left, f"{cap.text}{_AFTER_CAP}{words}"), *rest)
            boxes = [replace(box, lines=lines) if box is first else box for box in boxes]
            boxes.remove(cap)
    return boxes


def _is_much_larger(cap: Box, box: Box) -> bool:
    """Whether a capital is as large as a drop cap, also before "23 rebels" or "HE ARMY"."""
    height = (box.top - box.bottom) / len(box.lines)
    return box.lines[0][1][0].isalnum() and cap.top - cap.bottom > _CAP_SIZE * height


def pdf_text(pages: Sequence[tuple[float, list[Box]]]) -> tuple[str, tuple[int, ...]]:
    """Return the text of a file, and the offsets at which its pages begin.

    A page without text begins where the next one does. A paragraph that runs over to the next page
    is one line of the text.
    """
    paragraphs, words = _paragraphs(pages, _furniture(pages))
    text, starts = "", [0] * len(pages)
    begun = 0  # number of pages that have begun
    for lines in paragraphs:
        for at, (number, _) in enumerate(lines):
            if number >= begun:
                before = len(text) + len(mend([line for _, line in lines[:at]], words))
                starts[begun : number + 1] = [before + (1 if at else 0)] * (number + 1 - begun)
                begun = number + 1
        text += mend([line for _, line in lines], words) + "\n"
    starts[begun:] = [max(0, len(text) - 1)] * (len(pages) - begun)
    return text[:-1], tuple(starts)


def _paragraphs(
    pages: Sequence[tuple[float, list[Box]]], furniture: Container[str]
) -> tuple[list[list[tuple[int, str]]], Counter[str]]:
    """Return the lines of all paragraphs, each with the index of its page, and all words."""
    found: list[list[tuple[int, str]]] = []
    waiting: list[list[tuple[int, str]]] = []  # footnotes, till the sentence over them has ended
    after_row = False
    for number, (height, boxes) in enumerate(pages):
        kept = [box for box in boxes if (_margin_key(box, height) not in furniture)]
        notes = [box for box in kept if _is_footnote(box, kept)]
        body = [box for box in reading_order(kept) if box not in notes]
        for box in body:
            for lines in _split(box):
                last = found[-1][-1][1] if found and not (box.is_row or after_row) else ""
                after_row = box.is_row
                numbered = [(number, line) for line in lines]
                if _runs_on(last, lines[0]):
                    found[-1].extend(numbered)  # the sentence continues in the next column or page
                else:
                    found += [*waiting, numbered]
                    waiting = []
        waiting += [[(number, line) for line in lines] for box in notes for lines in _split(box)]
    found += waiting
    told = " ".join(line for lines in found for _, line in lines)
    return found, Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", told))


def _runs_on(last: str, line: str) -> bool:
    """Whether a sentence goes on from the line before in a new block."""
    goes_on = bool(last) and not last.endswith(_SENTENCE_END)
    return goes_on and (line[0].islower() or last[-1] in _HYPHENS)


def _is_footnote(box: Box, others: Sequence[Box]) -> bool:
    """Whether a block is a footnote: a number right before its words, and the raised one above."""
    found = _FOOTNOTE.match(box.lines[0][1])
    if found is None or box.is_row:
        return False
    number = raised(found[1])
    return any(number in other.text for other in others if other.bottom > box.bottom)


def reading_order(boxes: Iterable[Box]) -> list[Box]:
    """Return blocks in reading order: bands down the page, and columns within each band.

    A block that spans two columns, such as a headline, ends one band and begins the next.
    """
    rest = sorted(boxes, key=lambda box: (-box.top, box.left))
    spanning = []
    for box in rest:
        mates = [other for other in rest if box.shares_column(other)]
        if mates and min(m.right for m in mates) <= max(m.left for m in mates):
            spanning.append(box)
    waiting = [box for box in rest if box not in spanning]
    ordered: list[Box] = []
    for head in [*spanning, None]:
        band = [b for b in waiting if head is None or b.middle > head.middle]
        waiting = [b for b in waiting if b not in band]
        ordered += _columns(band)
        if head:
            ordered.append(head)
    return ordered


def _columns(boxes: list[Box]) -> list[Box]:
    """Return the blocks of one band, column by column from the left."""
    columns: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.left):
        for column in columns:
            if any(box.shares_column(other) for other in column):
                column.append(box)
                break
        else:
            columns.append([box])
    return [box for column in columns for box in sorted(column, key=lambda box: -box.top)]


def mend(lines: Sequence[str], words: Counter[str]) -> str:
    """Join lines, and rejoin words that were hyphenated at the end of a line."""
    text = ""
    for line in lines:
        tail = re.search(rf"([^\W\d_]+)[{_HYPHENS}]$", text[-80:])
        head = re.match(r"[^\W\d_]+", line)
        if not tail or not head:
            text = f"{text} {line}" if text else line
            continue
        whole = tail[1] + head[0]
        keeps = (
            text[-1] != "\u00ad"
            and words[whole] == 0
            and (
                head[0][0].isupper()
                or _COMPOUND_TAILS.fullmatch(head[0])
                or words[f"{tail[1]}-{head[0]}"] > 0
            )
        )
        text = (text if keeps else text[:-1]) + line
    text = re.sub(rf"([A-Z]){_AFTER_CAP}([A-Za-z\d]+)", lambda m: _first_word(m, words), text)
    return text.replace("\u00ad", "")


def _first_word(found: re.Match[str], words: Counter[str]) -> str:
    """Return a drop cap with what follows: "The", "A convoy", and "Army" if the file has "army"."""
    whole = f"{found[1]}{found[2]}"
    is_word = found[1] in "AI" and len(found[2]) > 1
    apart = is_word and not words[whole] and not words[whole.lower()]
    return f"{found[1]} {found[2]}" if apart else whole


def _split(box: Box) -> list[list[str]]:
    """Split a block into paragraphs at indented first lines, at bullets and at key figures."""
    margin = min(left for left, _ in box.lines)
    split: list[list[str]] = []
    for left, line in box.lines:
        words = _BULLET.sub("", line)
        last = split[-1][-1] if split else ""
        indented = left - margin > _INDENT_POINTS and last.endswith(_SENTENCE_END)
        begins = not split or indented or words != line or is_number(words) or is_number(last)
        if begins and not goes_with(last, words):
            split.append([words])
        else:
            split[-1].append(words)
    return [kept for lines in split if (kept := [line for line in lines if line])]


def _margin_key(box: Box, height: float) -> str:
    """Return the text of a block in the margin without numbers; empty for other blocks."""
    is_inside = _MARGIN_SHARE * height < box.bottom and box.top < (1 - _MARGIN_SHARE) * height
    if is_inside or box.is_row:
        return ""
    return re.sub(r"\d+", "#", box.text)


def _furniture(pages: Sequence[tuple[float, list[Box]]]) -> set[str]:
    """Return the running heads, feet and page numbers of a file."""
    counts = Counter(
        key for height, boxes in pages for key in {_margin_key(box, height) for box in boxes} if key
    )
    bare = {key for key in counts if re.fullmatch(r"(?i)\W*(?:page )?#(?: ?(?:/|of) ?#)?\W*", key)}
    return bare | {key for key, count in counts.items() if count >= _REPEATS}


def running_heads(pages: Sequence[tuple[float, list[Box]]]) -> tuple[str, ...]:
    """Return the heads and feet of the first page that are left out of the text."""
    furniture = _furniture(pages)
    height, boxes = pages[0] if pages else (0.0, [])
    return tuple(box.text for box in boxes if _margin_key(box, height) in furniture)


def _clean(words: str) -> str:
    """Return the words of a line with ligatures expanded and single spaces."""
    for sign, letters in _LIGATURES.items():
        words = words.replace(sign, letters)
    return " ".join(words.split())
