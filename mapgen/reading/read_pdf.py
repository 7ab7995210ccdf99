"""Extract running text from PDF files: columns in order, words rejoined, no page headers."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mapgen.errors import InputError
from mapgen.reading.read_text import ArticleDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MAX_PAGES = 500
"""Far more pages than an article or report has. Limits the time that a file can take."""

MIN_TEXT_CHARS = 20
"""A file with fewer letters than this has only scanned pages."""

_INDENT_POINTS = 5.0
_MARGIN_SHARE = 0.08  # share of the page height where running heads and page numbers stand
_REPEATS = 3  # a line that repeats in the margin of this many pages is a header or footer
_SENTENCE_END = (".", "!", "?", "”", '"', "’", ":", ")")
_HYPHENS = "-\u2010\u00ad"
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
        pages, title = _pages(data, on_page)
    except PDFPasswordIncorrect as err:
        raise InputError(name, "is locked with a password", save) from err
    except PDFSyntaxError as err:
        raise InputError(name, "is not a PDF file, or a broken one", save) from err
    except Exception as err:  # damaged files make the parser fail in many ways
        problem = f"cannot be read as a PDF file ({type(err).__name__})"
        raise InputError(name, problem, save) from err
    if len(pages) > MAX_PAGES:
        raise InputError(name, f"has more than {MAX_PAGES} pages", "Split it.")
    text = "\n".join(pdf_paragraphs(pages))
    if sum(character.isalpha() for character in text) < MIN_TEXT_CHARS:
        problem = "has no text layer: it is a scan, a picture of text"
        raise InputError(name, problem, "Run text recognition (OCR) over it first, or type it in.")
    return ArticleDraft(text=text, title=title)


def _pages(
    data: bytes, on_page: Callable[[], object]
) -> tuple[list[tuple[float, list[Box]]], str | None]:
    """Return the height and blocks of each page, and the title the file states."""
    from pdfminer.high_level import extract_pages  # noqa: PLC0415
    from pdfminer.layout import LAParams, LTTextBox  # noqa: PLC0415
    from pdfminer.pdfdocument import PDFDocument  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415
    from pdfminer.utils import decode_text  # noqa: PLC0415

    title = None
    for info in PDFDocument(PDFParser(io.BytesIO(data))).info:
        if isinstance(info.get("Title"), bytes):
            title = decode_text(info["Title"]).strip() or None
    if title and re.match(r"(?i)untitled|microsoft word|.*\.\w{3,4}$", title):
        title = None  # the name of the original file, not a headline
    pages = []
    layout = LAParams(boxes_flow=None)  # detect blocks only; the order of columns is decided below
    for page in extract_pages(io.BytesIO(data), laparams=layout, maxpages=MAX_PAGES + 1):
        boxes = []
        for box in page:
            if isinstance(box, LTTextBox):
                lines = tuple((p.x0, _clean(p.get_text())) for p in box if p.get_text().strip())
                if lines:
                    boxes.append(Box(box.x0, box.y0, box.x1, box.y1, lines))
        pages.append((page.height, boxes))
        on_page()
    return pages, title


def pdf_paragraphs(pages: Sequence[tuple[float, list[Box]]]) -> list[str]:
    """Return all paragraphs in reading order, with broken words and sentences rejoined."""
    furniture = _furniture(pages)
    found: list[list[str]] = []  # each paragraph is a list of lines
    for height, boxes in pages:
        kept = [box for box in boxes if (_margin_key(box, height) not in furniture)]
        for box in reading_order(kept):
            for lines in _split(box):
                runs_on = found and not found[-1][-1].endswith(_SENTENCE_END)
                if runs_on and (lines[0][0].islower() or found[-1][-1][-1] in _HYPHENS):
                    found[-1].extend(lines)  # the sentence continues in the next column or page
                else:
                    found.append(lines)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(chain.from_iterable(found))))
    return [mend(lines, words) for lines in found]


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
    return text.replace("\u00ad", "")


def _split(box: Box) -> list[list[str]]:
    """Split a block into paragraphs at indented first lines."""
    margin = min(left for left, _ in box.lines)
    split: list[list[str]] = []
    for left, words in box.lines:
        indented = left - margin > _INDENT_POINTS
        if split and not (indented and split[-1][-1].endswith(_SENTENCE_END)):
            split[-1].append(words)
        else:
            split.append([words])
    return split


def _margin_key(box: Box, height: float) -> str:
    """Return the text of a block in the margin without numbers; empty for other blocks."""
    if _MARGIN_SHARE * height < box.bottom and box.top < (1 - _MARGIN_SHARE) * height:
        return ""
    return re.sub(r"\d+", "#", box.text)


def _furniture(pages: Sequence[tuple[float, list[Box]]]) -> set[str]:
    """Return the running heads, feet and page numbers of a file."""
    counts = Counter(
        key for height, boxes in pages for key in {_margin_key(box, height) for box in boxes} if key
    )
    bare = {key for key in counts if re.fullmatch(r"(?i)\W*(?:page )?#(?: ?(?:/|of) ?#)?\W*", key)}
    return bare | {key for key, count in counts.items() if count >= _REPEATS}


def _clean(words: str) -> str:
    """Return the words of a line with ligatures expanded and single spaces."""
    for sign, letters in _LIGATURES.items():
        words = words.replace(sign, letters)
    return " ".join(words.split())
