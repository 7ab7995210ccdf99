"""Files with many articles: JSON Lines (also gzipped) and Parquet; a bad row is refused alone."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from mapgen.errors import InputError
from mapgen.readers import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.readers import Draft

MAX_LINE_BYTES = 32_000_000
"""An article of the largest size with every character escaped still fits in one line."""

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


def read_jsonl(name: str, stream: BinaryIO) -> Iterator[Draft | InputError]:
    """Yield the article of each line, or why that line is refused."""
    number = 0
    lines = _lines(name, stream)
    while True:
        try:
            line = next(lines, None)
        except (OSError, EOFError, zlib.error) as err:  # a torn or false gzip file
            yield InputError(
                f"{name} after line {number}", f"cannot be read on ({err})", "Fetch the file again."
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
    """Return the stream, unpacked while it is read where the name ends in ``.gz``."""
    if name.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))
    return stream


def read_parquet(name: str, data: bytes) -> Iterator[Draft | InputError]:
    """Yield the article of each row, or why that row is refused.

    Raises
    ------
    InputError
        If it is not a Parquet file or has no column ``text``.
    """
    import pyarrow as pa  # noqa: PLC0415  slow to load, and only needed here
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(io.BytesIO(data))
        names = [column for column in file.schema_arrow.names if column in COLUMNS]
    except (pa.ArrowException, OSError) as err:
        raise InputError(name, "cannot be read as a Parquet file", "Write it again.") from err
    if "text" not in names:
        raise InputError(name, "has no column named text", "Name the column of the articles text.")
    number = 0
    try:
        for batch in file.iter_batches(batch_size=256, columns=names):
            for row in batch.to_pylist():
                number += 1
                try:
                    yield _draft_of_row(f"{name} row {number}", row)
                except InputError as err:
                    yield err
    except (pa.ArrowException, OSError, UnicodeDecodeError) as err:
        where = f"{name} after row {number}"
        yield InputError(where, f"cannot be read on ({err})", "Write the file again.")


def _lines(name: str, stream: BinaryIO) -> Iterator[bytes | InputError]:
    """Yield lines; one that is too long is passed by without being held in memory."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES):
        number += 1
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (more := stream.readline(MAX_LINE_BYTES)) and not more.endswith(b"\n"):
                pass
            yield InputError(f"{name} line {number}", "is longer than 32 MB", "Split the article.")
        else:
            yield line


def _object_of_line(where: str, line: bytes) -> dict[str, Any]:
    advice = 'Each line is one JSON object with at least a "text".'
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as err:
        raise InputError(where, "is not UTF-8 text", "Save the file as UTF-8.") from err
    except (json.JSONDecodeError, RecursionError) as err:
        what = f" ({err.msg})" if isinstance(err, json.JSONDecodeError) else ""
        raise InputError(where, f"is not valid JSON{what}", advice) from err
    if not isinstance(record, dict):
        raise InputError(where, "is not a JSON object", advice)
    return record


def _draft_of_row(where: str, row: dict[str, Any]) -> Draft:
    text = row.get("text")
    if not isinstance(text, str):
        problem = "has no text" if text is None else "has a text that is not a string"
        raise InputError(where, problem, 'Put the article in the field "text".')
    return draft_of(where, row, text)
