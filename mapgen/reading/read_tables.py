"""Read files with many articles: JSON Lines (also gzipped) and Parquet, row by row."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from mapgen.errors import InputError
from mapgen.reading.read_text import MAX_FIELD_CHARS, draft_of, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mapgen.reading.read_text import ArticleDraft

MAX_GROUP_BYTES = 300_000_000
"""Largest unpacked row group of a Parquet file, as it is read at once."""

MAX_PASSED_BYTES = 512_000_000
"""If a line is longer than this, the rest of the file is not read."""

MAX_EMPTY_LINES = 1_000_000
"""Most empty lines of a file: a packed file of kilobytes can hold millions of them."""

MAX_LINE_BYTES = 32_000_000
"""An article of the largest size with every character escaped still fits in one line."""

MAX_FIELD_BYTES = 4 * MAX_FIELD_CHARS
"""A field of the greatest length takes at most this in UTF-8."""

_WORDS = frozenset({"string", "large_string"})

COLUMNS = (
    "id",
    "text",
    "title",
    "source",
    "url",
    "published_on",
    "published_on_basis",
    "language",
    "country",
)


def read_jsonl(name: str, stream: BinaryIO) -> Iterator[ArticleDraft | InputError]:
    """Yield a draft for each line, or the reason why that line is refused."""
    number = 0
    lines = _lines(name, stream)
    while True:
        try:
            line = next(lines, None)
        except (OSError, EOFError, zlib.error) as err:  # a damaged gzip file, or not a gzip file
            yield InputError(
                f"{name} after line {number}",
                f"cannot be read any further ({err})",
                "Fetch the file again.",
            )
            return
        if line is None:
            return
        number += 1
        where = f"{name} line {number}"
        if isinstance(line, InputError):
            yield line
        elif line.strip():
            try:
                record = _object_of_line(where, line)
                if "record" in record and "text" not in record:
                    advice = "Give it to `mapgen render`, or give the articles it was made from."
                    yield InputError(name, "is a claims file, not articles", advice)
                    return
                yield _draft_of_row(where, record)
            except InputError as err:
                yield err


def open_jsonl(name: str, stream: BinaryIO) -> BinaryIO:
    """Return the stream, which unpacks as it is read if the name ends in ``.gz``."""
    if name.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))
    return stream


def read_parquet(name: str, path: Path) -> Iterator[ArticleDraft | InputError]:
    """Yield a draft for each row, or the reason why it is refused, a few rows at a time.

    Raises
    ------
    InputError
        If the file is not Parquet, has no column ``text``, or unpacks to more than the limit.
    """
    import pyarrow as pa  # noqa: PLC0415  slow to load, and only needed here
    import pyarrow.parquet as pq  # noqa: PLC0415

    faults = (pa.ArrowException, OSError, ValueError, MemoryError)
    try:
        with path.open("rb") as stream:
            file = pq.ParquetFile(stream)
            names = [column for column in file.schema_arrow.names if column in COLUMNS]
            if "text" not in names:
                advice = "Name the column of the articles text."
                raise InputError(name, "has no column named text", advice)
            _refuse_large_groups(name, file.metadata)
            # With dictionary encoding, a text repeated in a million rows is held once.
            words = [c for c in names if str(file.schema_arrow.field(c).type) in _WORDS]
            if words:
                file = pq.ParquetFile(stream, read_dictionary=words, metadata=file.metadata)
            number = 0
            try:
                for batch in file.iter_batches(batch_size=64, columns=names):
                    long = _long_cells(batch)
                    for at in range(batch.num_rows):
                        number += 1
                        where = f"{name} row {number}"
                        if at in long:
                            yield too_long(where, long[at])
                        else:
                            yield _draft_of_parquet(where, batch, at)
            except faults as err:
                where = f"{name} after row {number}"
                why = " ".join(str(err).split())[:200]
                yield InputError(
                    where, f"cannot be read any further ({why})", "Write the file again."
                )
    except faults as err:
        if isinstance(err, InputError):
            raise
        raise InputError(name, "cannot be read as a Parquet file", "Write it again.") from err


def _long_cells(batch: Any) -> dict[int, str]:  # noqa: ANN401  pyarrow has no types
    """Return the rows with a field beyond the limit and its name, without unpacking the texts."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    found: dict[int, str] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name == "text" or not pa.types.is_dictionary(column.type):
            continue
        lengths = pc.binary_length(column.dictionary).to_pylist()
        if max((n or 0 for n in lengths), default=0) <= MAX_FIELD_CHARS:
            continue
        for at, index in enumerate(column.indices.to_pylist()):
            if index is not None and (lengths[index] or 0) > MAX_FIELD_BYTES:
                found.setdefault(at, name)
    return found


def _draft_of_parquet(where: str, batch: Any, at: int) -> ArticleDraft | InputError:  # noqa: ANN401
    try:
        row = {key: batch.column(i)[at].as_py() for i, key in enumerate(batch.schema.names)}
        return _draft_of_row(where, row)
    except UnicodeDecodeError:
        return InputError(where, "is not UTF-8 text", "Write the file again.")
    except InputError as err:
        return err


def _refuse_large_groups(name: str, told: Any) -> None:  # noqa: ANN401  pyarrow has no types
    """Refuse a file with a row group that unpacks to more than the limit."""
    for i in range(told.num_row_groups):
        group = told.row_group(i)
        columns = (group.column(j) for j in range(group.num_columns))
        if sum(c.total_uncompressed_size for c in columns) > MAX_GROUP_BYTES:
            problem = f"has row groups of more than {MAX_GROUP_BYTES // 1_000_000} MB"
            raise InputError(name, problem, "Write it with fewer rows in a group.")


def _lines(name: str, stream: BinaryIO) -> Iterator[bytes | InputError]:
    """Yield lines; skip one that is too long without holding it in memory."""
    number, n_empty = 0, 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        if line == b"\n":
            n_empty += 1
            if n_empty > MAX_EMPTY_LINES:
                problem = f"follows {MAX_EMPTY_LINES:,} empty lines; nothing after it was read"
                yield InputError(f"{name} line {number}", problem, "Leave out the empty lines.")
                return
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            passed = 0
            while (more := stream.readline(MAX_LINE_BYTES)) and not more.endswith(b"\n"):
                passed += len(more)
                if passed > MAX_PASSED_BYTES:  # a gzip bomb: a few bytes unpack to gigabytes
                    problem = "has no end within 500 MB; nothing after it was read"
                    yield InputError(f"{name} line {number}", problem, "Split the article.")
                    return
            yield InputError(f"{name} line {number}", "is longer than 32 MB", "Split the article.")
        else:
            yield line


def _object_of_line(where: str, line: bytes) -> dict[str, Any]:
    advice = 'Each line is one JSON object with at least a "text".'
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as err:
        raise InputError(where, "is not UTF-8 text", "Save the file as UTF-8.") from err
    except (ValueError, RecursionError) as err:  # ValueError: a number of 5,000 digits
        what = f" ({err.msg})" if isinstance(err, json.JSONDecodeError) else ""
        raise InputError(where, f"is not valid JSON{what}", advice) from err
    if not isinstance(record, dict):
        raise InputError(where, "is not a JSON object", advice)
    return record


def _draft_of_row(where: str, row: dict[str, Any]) -> ArticleDraft:
    text = row.get("text")
    if not isinstance(text, str):
        problem = "has no text" if text is None else "has a text that is not a string"
        raise InputError(where, problem, 'Put the article in the field "text".')
    return draft_of(where, row, text)
