"""Read the rows of JSON Lines (also gzipped) and Parquet files, which may be very large."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from mapgen.core.chosen_columns import ChosenColumns
from mapgen.errors import InputError
from mapgen.reading.coded_events import export_of
from mapgen.reading.columns import is_known, is_short, no_text
from mapgen.reading.read_text import MAX_FIELD_CHARS, too_long
from mapgen.reading.table_rows import MAX_COLUMNS, Row, flat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def jsonl_rows(name: str, stream: BinaryIO) -> Iterator[Row | InputError]:
    """Yield a row for each line, or the reason why that line is refused."""
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
                yield Row(where, flat(record))
            except InputError as err:
                yield err


def open_jsonl(name: str, stream: BinaryIO) -> BinaryIO:
    """Return the stream, which unpacks as it is read if the name ends in ``.gz``."""
    if name.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))
    return stream


def parquet_rows(
    name: str, path: Path, chosen: ChosenColumns | None = None
) -> Iterator[Row | InputError]:
    """Yield the rows of a Parquet file, or the reason why one is refused, a few at a time.

    Only columns with a known name, those that the user named and those of days are read; of a
    dataset of events, all.

    Raises
    ------
    InputError
        If the file is not Parquet, or unpacks to more than the limit.
    """
    import pyarrow as pa  # noqa: PLC0415  slow to load, and only needed here
    import pyarrow.parquet as pq  # noqa: PLC0415

    faults = (pa.ArrowException, OSError, ValueError, MemoryError)
    try:
        with path.open("rb") as stream:
            file = pq.ParquetFile(stream)
            names = _columns_read(file.schema_arrow, chosen or ChosenColumns())
            if not names:
                raise no_text(name, file.schema_arrow.names)
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
                            yield _parquet_row(where, batch, at)
            except faults as err:
                if isinstance(err, InputError):
                    raise
                where = f"{name} after row {number}"
                why = " ".join(str(err).split())[:200]
                yield InputError(
                    where, f"cannot be read any further ({why})", "Write the file again."
                )
    except faults as err:
        if isinstance(err, InputError):
            raise
        raise InputError(name, "cannot be read as a Parquet file", "Write it again.") from err


def _columns_read(schema: Any, chosen: ChosenColumns) -> list[str]:  # noqa: ANN401  pyarrow has no types
    """Return the columns of a Parquet file that can be those of articles."""
    if export_of(schema.names) is not None:
        return list(schema.names)
    named = {column.casefold() for _, column in chosen.by_field}
    return [
        field.name
        for field in schema
        if is_known(field.name)
        or field.name.casefold() in named
        or str(field.type).startswith(("date", "timestamp"))
    ][:MAX_COLUMNS]


def _long_cells(batch: Any) -> dict[int, str]:  # noqa: ANN401  pyarrow has no types
    """Return the rows with a field beyond the limit and its name, without unpacking the texts."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    found: dict[int, str] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if not is_short(name) or not pa.types.is_dictionary(column.type):
            continue
        lengths = pc.binary_length(column.dictionary).to_pylist()
        if max((n or 0 for n in lengths), default=0) <= MAX_FIELD_CHARS:
            continue
        for at, index in enumerate(column.indices.to_pylist()):
            if index is not None and (lengths[index] or 0) > MAX_FIELD_BYTES:
                found.setdefault(at, name)
    return found


def _parquet_row(where: str, batch: Any, at: int) -> Row | InputError:  # noqa: ANN401
    try:
        row = {key: batch.column(i)[at].as_py() for i, key in enumerate(batch.schema.names)}
    except UnicodeDecodeError:
        return InputError(where, "is not UTF-8 text", "Write the file again.")
    return Row(where, flat(row))


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
