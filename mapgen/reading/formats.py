"""List the formats of articles: their endings, what is read of them, and the function that reads.

``docs/inputs.md`` has a row for each format; a test compares it with this list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from mapgen.core.bounded import KEPT
from mapgen.errors import InputError
from mapgen.reading.figure_tables import MOST_ROWS, draft_of_figures
from mapgen.reading.guarded import read_guarded, read_many_guarded, read_sheets
from mapgen.reading.read_feeds import is_feed, is_json_feed
from mapgen.reading.read_mail import mails_in
from mapgen.reading.read_tables import jsonl_rows, open_jsonl, parquet_rows
from mapgen.reading.read_telegram import is_telegram, is_telegram_page
from mapgen.reading.read_text import ArticleDraft, read_markdown, read_txt
from mapgen.reading.read_whatsapp import is_whatsapp, read_whatsapp
from mapgen.reading.table_articles import articles_in_rows
from mapgen.reading.table_rows import (
    MAX_JSON_BYTES,
    csv_cells,
    csv_rows,
    is_json_lines,
    json_rows,
    rows_under_header,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mapgen.core.chosen_columns import ChosenColumns
    from mapgen.reading.table_rows import Row

    Drafts = Iterator[ArticleDraft | InputError]

MAX_TEXT_BYTES = 5_000_000
"""Largest text of one article. A long book has about a third of this."""

MAX_FILE_BYTES = 50_000_000
"""Largest file that is read into memory (PDF, Word, HTML). Tables of articles may be larger."""

HEAD_BYTES = 65_536
"""Bytes at the start of a file from which formats with one ending are told apart."""


@dataclass(slots=True)
class InputFile:
    """A file that is being read.

    Parameters
    ----------
    name
        The file as the user wrote it, for messages.
    path
        Its path, to open it once more.
    stream
        Its bytes, from the start.
    columns
        Columns of tables that the user named.
    notes
        What a user should know of the file as a whole; readers add to it.
    """

    name: str
    path: Path
    stream: BinaryIO
    columns: ChosenColumns | None = None
    notes: list[str] = field(default_factory=list)

    def data(self, most_bytes: int) -> bytes:
        """Return the bytes of the file.

        Raises
        ------
        InputError
            If it is larger than ``most_bytes``.
        """
        data = self.stream.read(most_bytes + 1)
        if len(data) > most_bytes:
            advice = "Split it into its articles."
            raise InputError(self.name, f"is larger than {most_bytes // 1_000_000} MB", advice)
        return data


@dataclass(frozen=True, kw_only=True, slots=True)
class InputFormat:
    """A format of articles.

    Parameters
    ----------
    name
        Name of the format, as in ``docs/inputs.md``.
    endings
        Endings of its files in lower case, with the dot.
    read
        Function that yields a draft for each article in a file, or the reason why it is refused.
    has_many
        Whether a file holds many articles, which are then numbered.
    is_it
        Whether a file with one of the endings has this format, by its first `HEAD_BYTES` bytes.
        None for the format that is meant by the ending alone; it is tried last.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[InputFile], Drafts]
    has_many: bool = False
    is_it: Callable[[bytes], bool] | None = None


def _txt(file: InputFile) -> Drafts:
    yield read_txt(file.name, file.data(MAX_TEXT_BYTES))


def _markdown(file: InputFile) -> Drafts:
    yield read_markdown(file.name, file.data(MAX_FILE_BYTES))


def _guarded(kind: str, file: InputFile) -> Drafts:
    yield read_guarded(kind, file.name, file.data(MAX_FILE_BYTES))


def _table(file: InputFile, rows_of: Callable[[BinaryIO], Iterator[Row | InputError]]) -> Drafts:
    """Yield the articles of a file whose rows are read from a stream."""

    def rows() -> Iterator[Row | InputError]:
        file.stream.seek(0)
        return rows_of(file.stream)

    def again() -> Iterator[Row | InputError]:
        with file.path.open("rb") as stream:
            yield from rows_of(stream)

    return articles_in_rows(file.name, rows, again, chosen=file.columns, notes=file.notes)


def _csv(file: InputFile) -> Drafts:
    def rows() -> tuple[str, Sequence[Sequence[object]]]:
        with file.path.open("rb") as stream:  # the other one is being read
            return file.name, list(islice(csv_cells(file.name, stream), MOST_ROWS + 100))

    drafts = _table(file, lambda stream: csv_rows(file.name, stream, _named(file)))
    yield from _or_figures(file, drafts, rows)


def _or_figures(
    file: InputFile,
    drafts: Drafts,
    rows: Callable[[], tuple[str, Sequence[Sequence[object]]]],
) -> Drafts:
    """Yield the articles of a table or, if it has none, the table as one of displaced people.

    Parameters
    ----------
    file
        The file. If the user named its columns, it is a table of articles.
    drafts
        The articles and refused rows of the table.
    rows
        Function that returns the table's name, for messages, and its rows with their cells.
    """
    first: list[ArticleDraft | InputError] = []
    failed: InputError | None = None
    try:
        while len(first) < KEPT and not any(isinstance(one, ArticleDraft) for one in first):
            first.append(next(drafts))
    except StopIteration:
        pass
    except InputError as err:
        failed = err
    is_articles = any(isinstance(one, ArticleDraft) for one in first)
    figures = None if is_articles or file.columns is not None else draft_of_figures(*rows())
    if figures is not None:
        yield figures
        return
    yield from first
    if failed is not None:
        raise failed
    yield from drafts


def _named(file: InputFile) -> tuple[str, ...]:
    """Return the columns that the user named."""
    return tuple(column for _, column in file.columns.by_field) if file.columns else ()


def _json(file: InputFile) -> Drafts:
    data = file.data(MAX_JSON_BYTES)
    if is_json_lines(data):
        return _table(file, partial(jsonl_rows, file.name))
    rows = partial(json_rows, file.name, data)
    return articles_in_rows(file.name, rows, rows, chosen=file.columns, notes=file.notes)


def _jsonl(file: InputFile) -> Drafts:
    return _table(file, lambda stream: jsonl_rows(file.name, open_jsonl(file.name, stream)))


def _parquet(file: InputFile) -> Drafts:
    rows = partial(parquet_rows, file.name, file.path, file.columns)
    return articles_in_rows(file.name, rows, rows, chosen=file.columns, notes=file.notes)


def _excel(file: InputFile) -> Drafts:
    """Yield the articles of each sheet that has a column for the text."""
    sheets = read_sheets(file.name, file.data(MAX_FILE_BYTES))
    refused: list[InputError] = []
    n_read = 0  # drafts of all sheets
    for title, lists in sheets:
        where = f"{file.name} ({title})" if len(sheets) > 1 else file.name
        rows = partial(rows_under_header, where, lists, _named(file))
        n_before = n_read
        drafts = articles_in_rows(where, rows, rows, chosen=file.columns, notes=file.notes)
        try:
            for draft in _or_figures(file, drafts, lambda: (where, lists)):  # noqa: B023
                n_read += 1
                yield draft
        except InputError as err:
            refused.append(err)
        else:
            if n_read == n_before:
                refused.append(InputError(where, "has no rows of articles"))
    if refused and not n_read:
        raise refused[0]
    file.notes += [f"passed over: {err}" for err in refused]


def _many_guarded(kind: str, file: InputFile) -> Drafts:
    yield from read_many_guarded(kind, file.name, file.data(MAX_FILE_BYTES))


def _whatsapp(file: InputFile) -> Drafts:
    order = file.columns.day_order if file.columns else None
    yield from read_whatsapp(file.name, file.data(MAX_FILE_BYTES), order=order)


def _mailbox(file: InputFile) -> Drafts:
    for number, mail in enumerate(mails_in(file.name, file.stream), start=1):
        if isinstance(mail, InputError):
            yield mail
            continue
        try:
            yield from read_many_guarded("mail", f"{file.name} mail {number}", mail)
        except InputError as err:
            yield err


FORMATS: tuple[InputFormat, ...] = (
    InputFormat(
        name="WhatsApp", endings=(".txt",), read=_whatsapp, has_many=True, is_it=is_whatsapp
    ),
    InputFormat(name="Plain text", endings=(".txt",), read=_txt),
    InputFormat(name="Markdown", endings=(".md", ".markdown"), read=_markdown),
    InputFormat(
        name="Telegram page",
        endings=(".html",),
        read=partial(_many_guarded, "telegram page"),
        has_many=True,
        is_it=is_telegram_page,
    ),
    InputFormat(name="Web page", endings=(".html", ".htm"), read=partial(_guarded, "html")),
    InputFormat(name="PDF", endings=(".pdf",), read=partial(_guarded, "pdf")),
    InputFormat(name="Word", endings=(".docx",), read=partial(_guarded, "docx")),
    InputFormat(name="CSV", endings=(".csv", ".tsv"), read=_csv, has_many=True),
    InputFormat(name="Excel", endings=(".xlsx",), read=_excel, has_many=True),
    InputFormat(name="JSON", endings=(".json",), read=_json, has_many=True),
    InputFormat(
        name="JSON Lines",
        endings=(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
        read=_jsonl,
        has_many=True,
    ),
    InputFormat(name="Parquet", endings=(".parquet",), read=_parquet, has_many=True),
    InputFormat(
        name="RSS or Atom feed",
        endings=(".rss", ".atom", ".xml"),
        read=partial(_many_guarded, "feed"),
        has_many=True,
        is_it=is_feed,
    ),
    InputFormat(
        name="JSON Feed",
        endings=(".json",),
        read=partial(_many_guarded, "json feed"),
        has_many=True,
        is_it=is_json_feed,
    ),
    InputFormat(name="Mail", endings=(".eml",), read=partial(_many_guarded, "mail"), has_many=True),
    InputFormat(name="Mailbox", endings=(".mbox",), read=_mailbox, has_many=True),
    InputFormat(
        name="Telegram",
        endings=(".json",),
        read=partial(_many_guarded, "telegram"),
        has_many=True,
        is_it=is_telegram,
    ),
)
"""The formats that mapgen reads. Those that share an ending are told apart by `InputFormat.is_it`,
in this order."""


def ending_of(path: Path) -> str:
    """Return the ending of a file in lower case; ``.jsonl.gz`` counts as one ending."""
    name = path.name.lower()
    longest = max((e for e in endings() if name.endswith(e)), key=len, default="")
    return longest or path.suffix.lower()


def endings() -> tuple[str, ...]:
    """Return the endings of all formats, each once, in their order."""
    return tuple(dict.fromkeys(ending for kind in FORMATS for ending in kind.endings))


def listed_endings() -> str:
    """Return the endings for a message: ``.txt, .md and .pdf``."""
    *others, last = endings()
    return f"{', '.join(others)} and {last}"


def format_of(path: Path, head: bytes) -> InputFormat | None:
    """Return the format of a file, or None if mapgen does not read it.

    Parameters
    ----------
    path
        Path of the file; its ending counts.
    head
        The first `HEAD_BYTES` bytes of the file, for formats that share an ending.
    """
    ending = ending_of(path)
    kinds = [kind for kind in FORMATS if ending in kind.endings]
    told = next((kind for kind in kinds if kind.is_it is not None and kind.is_it(head)), None)
    return told or next((kind for kind in kinds if kind.is_it is None), None)
