"""Read the rows of tables: CSV, JSON and Excel sheets, one after another and within limits.

A file comes in; rows go out, each with where it stands in the file and its cells by column. What
the cells mean is decided in `columns`.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from mapgen.errors import InputError
from mapgen.reading.columns import NAMES, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

MAX_COLUMNS = 2_000
"""Most columns of a table; the widest published ones have some hundreds."""

MAX_CELL_CHARS = 5_000_000
"""Longest cell, which is the largest text of one article."""

MAX_JSON_BYTES = 50_000_000
"""Largest JSON file, as it is read at once. JSON Lines may be larger."""

MAX_JSON_NODES = 2_000_000
"""Most objects and lists of a JSON file, since each takes a hundred bytes of memory or more."""

_MAX_LINE_CHARS = 32_000_000
_HEADER_ROWS = 20  # rows at the start among which the header is looked for
_SAMPLE_ROWS = 20  # rows from which the separator is told
_SEPARATORS = ",;\t|"
_LIST_NAMES = """
    articles results items docs data stories hits news events records documents posts entries rows
    response"""
_LISTS = _LIST_NAMES.split()  # names of lists of articles, as services give them
_MOST_DEEP = 4  # objects inside each other around the list of articles


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: where it stands, for messages, and its cells by column."""

    where: str
    cells: dict[str, Any]


def csv_rows(name: str, stream: BinaryIO, named: Iterable[str] = ()) -> Iterator[Row | InputError]:
    """Yield the rows of a CSV or TSV file. The separator is told from the first rows.

    Parameters
    ----------
    name
        The file, for messages.
    stream
        Its bytes.
    named
        Columns that the user named, by which the header is known.

    Raises
    ------
    InputError
        If the file is not text, or has no header.
    """
    yield from rows_under_header(name, _csv_cells(name, _reader(name, stream)), named)


def csv_cells(name: str, stream: BinaryIO) -> Iterator[list[str]]:
    """Yield the cells of the rows of a CSV file, up to a fault."""
    for cells in _csv_cells(name, _reader(name, stream)):
        if isinstance(cells, InputError):
            return
        yield cells


def _reader(name: str, stream: BinaryIO) -> Iterator[list[str]]:
    """Return a reader of a CSV file with the separator that its first rows show."""
    lines = _text_lines(name, stream)
    separator, head = _separator(list(islice(lines, _SAMPLE_ROWS)))
    csv.field_size_limit(MAX_CELL_CHARS)
    return csv.reader(_chained(head, lines), delimiter=separator)


def rows_under_header(
    name: str, lists: Iterable[list[Any] | InputError], named: Iterable[str] = ()
) -> Iterator[Row | InputError]:
    """Yield rows from lists of cells, of which one of the first is the header.

    Parameters
    ----------
    name
        The file, or a sheet of it, for messages.
    lists
        Cells of each row, in order.
    named
        Columns that the user named, by which the header is known.
    """
    first: list[list[Any]] = []
    rest = iter(lists)
    for cells in islice(rest, _HEADER_ROWS):
        if isinstance(cells, InputError):
            yield cells
            return
        first.append(cells)
    at = _header_row(first, named)
    if at is None:
        return
    header = _named([_text(cell) for cell in first[at]])
    if len(header) > MAX_COLUMNS:
        raise InputError(name, f"has more than {MAX_COLUMNS:,} columns", "Give the columns needed.")
    number = at + 1
    for cells in _chained(first[at + 1 :], rest):
        number += 1
        if isinstance(cells, InputError):
            yield cells
            return
        row = _row(f"{name} row {number}", header, cells)
        if row is not None:
            yield row


def json_rows(name: str, data: bytes) -> Iterator[Row | InputError]:
    """Yield the articles of a JSON file: a list, a list inside an object, or a single article.

    Raises
    ------
    InputError
        If it is not JSON, is too large, or has no list of objects in it.
    """
    found = _objects(_parsed(name, data), 0)
    if found is None:
        problem = "has no list of articles in it"
        raise InputError(name, problem, 'Give a list of objects, or {"articles": [...]}.')
    for number, item in enumerate(found, start=1):
        where = f"{name} item {number}"
        if isinstance(item, dict):
            yield Row(where, flat(item))
        else:
            yield InputError(where, "is not a JSON object", 'Give an object with a "text".')


def is_json_lines(data: bytes) -> bool:
    """Whether JSON is written as an object per line, whatever the ending of the file."""
    first, _, rest = data.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return first[:1] == b"{" and first.rstrip()[-1:] == b"}" and rest.lstrip()[:1] == b"{"


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """Return an object with the fields of objects in it as columns: ``source.name``.

    Lists of texts become paragraphs of one text.
    """
    cells: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            for inner, deep in value.items():
                if isinstance(deep, dict):
                    deep = _of_deep(deep)  # noqa: PLW2901
                cells[f"{key}.{inner}"] = _cell(deep)
        else:
            cells[key] = _cell(value)
    return cells


def _of_deep(deep: dict[str, Any]) -> str | None:
    """Return the text of an object in an object; of the days of ReliefWeb, that of publication."""
    texts = [deep.get("original"), deep.get("published"), *deep.values()]
    return next((text for text in texts if isinstance(text, str)), None)


def _cell(value: Any) -> Any:  # noqa: ANN401  a JSON value can have any type
    """Return a value of a cell; a list of texts is one text, and other lists are left out.

    A list of objects with a name, such as the sources of ReliefWeb, is the list of the names.
    """
    if not isinstance(value, list):
        return value
    if value and all(isinstance(v, dict) and isinstance(v.get("name"), str) for v in value):
        return "; ".join(v["name"] for v in value)
    texts = [v for v in value if isinstance(v, str)]
    return "\n\n".join(texts) if texts and len(texts) == len(value) else None


def _parsed(name: str, data: bytes) -> Any:  # noqa: ANN401  a JSON value can have any type
    """Parse a JSON file."""
    if data.count(b"{") + data.count(b"[") > MAX_JSON_NODES:
        problem = f"has more than {MAX_JSON_NODES:,} objects and lists"
        raise InputError(name, problem, "Write it as JSON Lines, an article per line.")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as err:
        raise InputError(name, "is not UTF-8 text", "Save the file as UTF-8.") from err
    except (ValueError, RecursionError) as err:  # ValueError: a number of 5,000 digits
        what = f" ({err.msg})" if isinstance(err, json.JSONDecodeError) else ""
        raise InputError(name, f"is not valid JSON{what}", "Write the file again.") from err


def _objects(value: Any, depth: int) -> list[Any] | None:  # noqa: ANN401
    """Return the list of objects in a JSON value, or None."""
    if isinstance(value, list):
        return value if any(isinstance(item, dict) for item in value) else None
    if not isinstance(value, dict) or depth > _MOST_DEEP:
        return None
    inner = [(key, v) for key, v in value.items() if isinstance(v, list | dict)]
    inner.sort(key=lambda pair: _LISTS.index(pair[0]) if pair[0] in _LISTS else len(_LISTS))
    for key, part in inner:
        if key in _LISTS or isinstance(part, list):
            found = _objects(part, depth + 1)
            if found is not None and (key in _LISTS or not _has_texts(value)):
                return found
    return [value] if _has_texts(value) else None


def _has_texts(value: dict[str, Any]) -> bool:
    """Whether an object is itself an article: it has a text of some length."""
    return any(isinstance(v, str) and len(v.split()) > 3 for v in value.values())  # noqa: PLR2004


def _text_lines(name: str, stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a text in UTF-8 or, with a byte order mark, UTF-16; none is very long."""
    start = stream.read(2)
    encoding = "utf-16" if start in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    number = 0
    try:
        while line := text.readline(_MAX_LINE_CHARS):
            number += 1
            if "\x00" in line:
                raise InputError(name, "is not text (it has NUL characters)", "Save it again.")
            if len(line) == _MAX_LINE_CHARS:
                where = f"{name} line {number}"
                raise InputError(where, "is longer than 32 MB", "Split it.")
            yield line
    except UnicodeError as err:
        advice = "Save it as UTF-8 (in Excel: Save As, CSV UTF-8)."
        raise InputError(name, f"is not UTF-8 text (after line {number})", advice) from err
    finally:
        text.detach()  # so that the stream is closed by whoever opened it


def _separator(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Return the sign between the cells, and the lines without Excel's ``sep=;``."""
    kept = list(lines)
    first = kept[0].strip() if kept else ""
    if first.casefold().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], kept[1:]
    counts = {sign: _numbers_of_cells(kept, sign) for sign in _SEPARATORS}
    # The sign that parts the most rows into the same number of cells, the more the better.
    return max(_SEPARATORS, key=lambda sign: counts[sign]), kept


def _numbers_of_cells(lines: Sequence[str], sign: str) -> tuple[int, int]:
    """Return how many rows have the most common number of cells over one, and that number."""
    rows = [len(cells) for cells in _parsed_lines(lines, sign) if len(cells) > 1]
    if not rows:
        return 0, 0
    common = max(set(rows), key=lambda n: (rows.count(n), n))
    return rows.count(common), common


def _parsed_lines(lines: Sequence[str], sign: str) -> list[list[str]]:
    """Return the cells of lines; of a torn end, none."""
    parsed: list[list[str]] = []
    try:
        parsed.extend(csv.reader(lines, delimiter=sign))
    except csv.Error:
        return parsed
    return parsed


def _csv_cells(name: str, reader: Iterator[list[str]]) -> Iterator[list[Any] | InputError]:
    """Yield the cells of each row; end with the reason if the file cannot be read further."""
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as err:
            problem = f"cannot be read any further ({err})"
            yield InputError(f"{name} after row {number}", problem, "Check the quotation marks.")
            return
        except InputError as err:
            yield err
            return
        if cells is None:
            return
        number += 1
        yield list(cells)


def _header_row(rows: Sequence[list[Any]], named: Iterable[str]) -> int | None:
    """Return which of the first rows is the header: the first with two known names, or one."""
    known = {name for names in NAMES.values() for name in names} | set(map(plain_name, named))
    counts = [sum(plain_name(_text(cell)) in known for cell in cells) for cells in rows]
    for least in (2, 1):
        at = next((at for at, n in enumerate(counts) if n >= least), None)
        if at is not None:
            return at
    return next((at for at, cells in enumerate(rows) if any(map(_text, cells))), None)


def _row(where: str, header: Sequence[str], cells: list[Any]) -> Row | InputError | None:
    """Return a row, or None for an empty one and for the tags of HXL under the header."""
    filled = [text for text in map(_text, cells) if text]
    if not filled or all(text.startswith("#") and " " not in text for text in filled):
        return None
    if any(map(_text, cells[len(header) :])):
        problem = f"has {len(cells)} cells, and the header {len(header)}"
        return InputError(where, problem, "Check the quotation marks and separators.")
    return Row(where, dict(zip(header, cells, strict=False)))


def _named(cells: Sequence[str]) -> list[str]:
    """Return the names of columns, each once; trailing columns without a name are left out."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    names: list[str] = []
    seen: dict[str, int] = {}
    for cell in cells:
        seen[cell] = seen.get(cell, 0) + 1
        names.append(cell if seen[cell] == 1 else f"{cell} ({seen[cell]})")
    return names


def _text(cell: object) -> str:
    """Return the words of a cell without white space around them."""
    return "" if cell is None else str(cell).strip()


def _chained(first: Iterable[Any], rest: Iterator[Any]) -> Iterator[Any]:
    """Yield what was read to look at it, then the rest."""
    yield from first
    yield from rest
