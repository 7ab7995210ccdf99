"""Read articles from files, folders and standard input, and check them.

An input that cannot be read never stops the others. If the user named it, it is refused with a
reason; inside a folder, which may hold anything, it is skipped with a reason.
"""

from __future__ import annotations

import hashlib
import io
import math
import os
import re
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from mapgen.coders import languages_read
from mapgen.core.bounded import KEPT
from mapgen.core.clean_text import plain
from mapgen.errors import InputError, MapgenError, ProgramFaultError
from mapgen.model import Article
from mapgen.reading.figure_tables import rows_of_figures
from mapgen.reading.formats import (
    HEAD_BYTES,
    MAX_TEXT_BYTES,
    InputFile,
    ending_of,
    endings,
    format_of,
    listed_endings,
)
from mapgen.reading.line_wrapping import paragraph_starts
from mapgen.reading.printed_outlet import printed_outlet
from mapgen.reading.publication_day import publication_day
from mapgen.reading.read_tables import jsonl_rows
from mapgen.reading.read_text import ArticleDraft, read_markdown, read_txt
from mapgen.reading.table_articles import articles_in_rows
from mapgen.reading.table_rows import MAX_JSON_BYTES, json_rows
from mapgen.reading.text_tables import tables_in
from mapgen.settings import parse_country

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from _typeshed import WriteableBuffer

    from mapgen.core.chosen_columns import ChosenColumns

_STDIN_NAME = "standard input"
_HEAD_BYTES = 4096  # of standard input, from which the format is told
# A list of objects, an object over many lines, or one that wraps a list of articles
_JSON = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*\{|\{\s*\n|\{[^\n]{0,500}?\"(?:articles|results|items)\":\s*\[)"
)

MAX_RUN_CHARS = 300_000_000
"""Most text for one map, because all of it is held in memory. `mapgen extract` has no limit."""

MIN_CHARS_TO_TELL_LANGUAGE = 200
"""Language is not detected in shorter texts: a list of place names fits any language."""

STDIN = "-"

_PASSED_OVER_NAMES = ("readme", "license", "licence", "must_show")

# Frequent English words that few other languages share. A text with many of them is English, and
# the slow language model is not needed.
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|that|was|were|with|from|have|has|which|their|said)\b", re.IGNORECASE
)
_LANGUAGE_CHARS = 8000  # from which the language is told
_OUTLET_CHARS = 8000  # among which an article names its outlet
_ENGLISH_SHARE = 0.12
_MIN_ODDS = 1000.0  # required odds over English; lists of place names reach 100


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadResult:
    """The articles that were read, and the inputs that were not, each with its reason."""

    articles: tuple[Article, ...]
    refused: tuple[InputError, ...] = ()
    passed_over: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what was changed on the way, such as ids made unique


@dataclass(slots=True)
class Reading:
    """Progress and messages of a reading in progress. A caller may empty the lists."""

    published_on: date | None = None
    country: str | None = None
    columns: ChosenColumns | None = None
    n_articles: int = 0
    done_bytes: int = 0  # size of the files that have been read completely
    position: Callable[[], int] | None = None  # position in the file that is being read
    refused: list[InputError] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)  # last number appended to an id
    baseline: Path | None = None  # without links; passed over in a folder, in silence

    def leave_out(self, err: InputError, *, named: bool) -> None:
        """Add a refusal: to what was refused if the user named the input, else to what was skipped.

        Parameters
        ----------
        err
            The refusal.
        named
            Whether the user named the input.
        """
        if named:
            self.refused.append(err)
        else:
            self.passed_over.append(str(err))


def read(
    inputs: Sequence[str | Path],
    *,
    published_on: date | None = None,
    country: str | None = None,
    columns: ChosenColumns | None = None,
    baseline: str | None = None,
) -> ReadResult:
    """Read all inputs in the order given, and the files of a folder sorted by path.

    Parameters
    ----------
    inputs
        Files, folders, or ``-`` for standard input (plain text, Markdown or JSON Lines).
    published_on
        Day of publication for articles that do not state one.
    country
        Country (ISO 3166-1 alpha-2) for articles that do not state one.
    columns
        Columns of tables of articles that the user named.
    baseline
        File that says who held which places at first. It may lie in a folder of articles, where it
        is passed over without a word.

    Returns
    -------
    ReadResult
        A bad input does not raise; it is listed in ``refused`` or ``passed_over``.
    """
    reading = Reading(
        published_on=published_on,
        country=country,
        columns=columns,
        baseline=_resolved(Path(baseline)) if baseline else None,
    )
    articles, n_chars = [], 0
    for article in read_each(inputs, reading):
        n_chars += len(article.text)
        if n_chars > MAX_RUN_CHARS:
            problem = (
                f"was not read: the inputs together have more than {MAX_RUN_CHARS:,} characters"
            )
            advice = "Give fewer at a time; `mapgen extract` takes any number."
            reading.refused.append(InputError(f"{article.id} and what follows", problem, advice))
            break
        articles.append(article)
    return ReadResult(
        articles=tuple(articles),
        refused=tuple(reading.refused),
        passed_over=tuple(reading.passed_over),
        notes=tuple(reading.notes),
    )


def read_each(inputs: Sequence[str | Path], reading: Reading) -> Iterator[Article]:
    """Yield articles one at a time, in the same order as `read`, without keeping them.

    Parameters
    ----------
    inputs
        The same as for `read`.
    reading
        Record to which refusals, notes and progress are added.
    """
    for given in inputs:
        try:
            for article in _read_one(str(given), reading):
                reading.n_articles += 1
                yield article
        except InputError as err:
            reading.refused.append(err)


def size_of(inputs: Sequence[str | Path]) -> int | None:
    """Return the total size of all inputs in bytes, or None for standard input."""
    total = 0
    for given in map(str, inputs):
        if given == STDIN:
            return None
        try:
            path = Path(given)
            found = _files(path, Reading()) if path.is_dir() else [path]
            total += sum(file.stat().st_size for file in found if file.is_file())
        except (OSError, ValueError):  # the reason is reported when the file is read
            continue
    return total


def _read_one(given: str, reading: Reading) -> Iterator[Article]:
    """Read one input: a file, a folder or standard input."""
    if given == STDIN:
        yield from _take(given, "stdin", _stdin_drafts(reading), reading, named=True)
        return
    if re.match(r"https?://", given):
        advice = "Get it with `mapgen fetch`, or save the page in the browser, and give the file."
        raise InputError(given, "is a web address; mapgen reads files only", advice)
    path = Path(given)
    try:
        if path.is_dir():
            yield from _read_folder(given, path, reading)
        elif not path.exists():
            raise InputError(given, "does not exist", "Check the name and the folder.")
        else:
            yield from _read_file(given, path, reading, named=True)
    except OSError as err:
        advice = "Check the path and its permissions."
        raise InputError(given, f"cannot be read ({err.strerror or err})", advice) from err
    except ValueError as err:  # a path with a NUL character in it
        if isinstance(err, InputError):
            raise
        raise InputError(repr(given), "is not a possible file name", "Check the name.") from err


def _read_folder(given: str, folder: Path, reading: Reading) -> Iterator[Article]:
    """Read the articles in a folder and its subfolders, and note every skipped file."""
    n_before, n_passed = reading.n_articles, 0
    repeated = False
    within = _resolved(folder)
    for path in _files(folder, reading):
        if _resolved(path) == reading.baseline:
            continue
        before = len(reading.passed_over)
        passed_over = _why_passed_over(path, within)
        if passed_over is not None:
            reading.passed_over.append(f"{path}: {passed_over}")
        else:
            repeated = repeated or _resolved(path) in reading.seen
            try:
                yield from _read_file(str(path), path, reading, named=False)
            except OSError as err:
                reading.passed_over.append(f"{path}: cannot be read ({err.strerror or err})")
            except InputError as err:
                reading.passed_over.append(str(err))
        n_passed += max(0, len(reading.passed_over) - before)
    if reading.n_articles == n_before and not repeated:
        problem = "has no article in it" + (f" ({n_passed} skipped)" if n_passed else "")
        raise InputError(given, problem, f"mapgen reads {listed_endings()} files.")


def files_in(folder: Path, *, baseline: str | None = None) -> Iterator[Path]:
    """Yield the files under a folder that are read if the folder is given, sorted by path.

    Parameters
    ----------
    folder
        An existing folder.
    baseline
        File that says who held which places at first. It is not an article.
    """
    within = _resolved(folder)
    apart = _resolved(Path(baseline)) if baseline else None
    for path in _files(folder, Reading()):
        if _resolved(path) != apart and _why_passed_over(path, within) is None:
            yield path


def _why_passed_over(path: Path, within: Path) -> str | None:
    """Return why a file in a folder is not read, or None if it is."""
    if not _resolved(path).is_relative_to(within):
        return "a link that leads out of the folder; name it"
    if path.stem.lower() in _PASSED_OVER_NAMES:
        return "skipped because of its name"
    if ending_of(path) not in endings() or path.name.startswith("."):
        return "not a type of file that mapgen reads"
    return None


def _files(folder: Path, reading: Reading) -> Iterator[Path]:
    """Yield the files under a folder, sorted by path; links to folders are not followed."""
    for root, folders, names in os.walk(folder):
        hidden = sorted(name for name in folders if name.startswith("."))
        reading.passed_over += [f"{Path(root) / name}: a hidden folder" for name in hidden]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            yield Path(root) / name


def _read_file(name: str, path: Path, reading: Reading, *, named: bool) -> Iterator[Article]:
    """Read the article or articles of one file; a fault of the program costs only this file."""
    try:
        yield from _articles_in(name, path, reading, named=named)
    except (MapgenError, OSError):
        raise
    except Exception as err:
        raise ProgramFaultError(name, err) from err


def _resolved(path: Path) -> Path:
    """Return a path without links; a link to itself stays as it is."""
    return Path(os.path.realpath(path))


def _articles_in(name: str, path: Path, reading: Reading, *, named: bool) -> Iterator[Article]:
    """Yield the article or articles of one file."""
    resolved = _resolved(path)
    if resolved in reading.seen:
        reading.notes.append(f"{name}: given twice, read once")
        return
    reading.seen.add(resolved)
    ending = ending_of(path)
    stem = path.name[: len(path.name) - len(ending)] or path.name
    if not path.is_file():
        raise InputError(name, "is neither a file nor a folder", "Give a file, a folder or -.")
    with path.open("rb") as stream:
        kind = format_of(path, stream.read(HEAD_BYTES))
        if kind is None:
            raise _unread(name, ending)
        stream.seek(0)
        file = InputFile(name, path, stream, columns=reading.columns)
        reading.position = stream.tell
        try:
            drafts = kind.read(file)
            yield from _take(name, stem, drafts, reading, named=named, many=kind.has_many)
        finally:
            reading.position = None
            reading.notes += [f"{name}: {note}" for note in file.notes]
    reading.done_bytes += path.stat().st_size


def _unread(name: str, ending: str) -> InputError:
    """Return the refusal of a file of a format that mapgen does not read."""
    if ending in endings():
        kind = f"is a {ending} file of a kind that mapgen does not read"
    elif ending:
        kind = f"is a {ending} file"
    else:
        kind = "has no ending that says what kind of file it is"
    advice = f"mapgen reads {listed_endings()}; save its text as a .txt file."
    return InputError(name, kind, advice)


def _take(
    name: str,
    stem: str,
    drafts: Iterator[ArticleDraft | InputError],
    reading: Reading,
    *,
    named: bool,
    many: bool = False,
) -> Iterator[Article]:
    """Check the drafts of one input and yield those without faults."""
    n_drafts = n_refused = 0
    for n_drafts, draft in enumerate(drafts, start=1):
        try:
            if isinstance(draft, InputError):
                raise draft
            own_id = f"{stem}-{n_drafts}" if many else stem
            where = f"{name} ({draft.id or own_id})" if many else name
            article = _article(where, draft.id or own_id, draft, reading)
        except InputError as err:
            n_refused += 1
            if n_refused <= KEPT:
                reading.leave_out(err, named=named)
        else:
            reading.notes += [f"{where}: {note}" for note in draft.notes]
            yield article
    if n_refused > KEPT:
        problem = f"has {n_refused - KEPT:,} more that are not read, for such reasons"
        reading.leave_out(InputError(name, problem), named=named)
    if n_drafts == 0:
        raise InputError(name, "is empty", "Give a file with articles in it.")


def _article(where: str, article_id: str, draft: ArticleDraft, reading: Reading) -> Article:
    """Check a draft and return it as an article, with defaults from the user."""
    text = draft.text
    try:
        raw = text.encode("utf-8")
        for value in (draft.id, draft.title, draft.source, draft.url):
            (value or "").encode("utf-8")
        article_id = os.fsencode(article_id).decode("utf-8", "replace")  # name may not be UTF-8
    except UnicodeEncodeError as err:
        advice = "Save the text again as UTF-8."
        raise InputError(where, "has half a character (a lone surrogate) in it", advice) from err
    if not text.strip():
        raise InputError(where, "is empty", "Give a file with text in it.")
    if "\x00" in text:
        raise InputError(where, "is not text (it has NUL characters)", "Save its text again.")
    if len(raw) > MAX_TEXT_BYTES:
        raise InputError(where, "has more than 5 MB of text", "Split it into its articles.")
    language = _language(where, draft) if draft.coded is None else None
    published = publication_day(where, draft, reading.published_on)
    in_text = () if draft.tables or draft.coded is not None else tuple(tables_in(text))
    tables = draft.tables or tuple(table.draft for table in in_text)
    if published.note is not None:
        reading.notes.append(f"{where}: {published.note}")
    return Article(
        id=_unique(article_id, where, reading),
        text=text,
        title=plain(draft.title) if draft.title else None,
        source=plain(draft.source) if draft.source else printed_outlet(plain(text[:_OUTLET_CHARS])),
        url=draft.url,
        published_on=published.day,
        published_on_basis=published.basis,
        language=language,
        sha256=hashlib.sha256(raw).hexdigest(),
        country=_country(where, draft) or reading.country,
        paragraphs=paragraph_starts(text, in_text),
        coded=draft.coded,
        table_rows=tuple(
            row
            for caption, lines, grid in tables
            for _, rows in sorted(rows_of_figures(grid, lines, caption).items())
            for row in rows
        ),
        pages=draft.pages,
    )


def _country(where: str, draft: ArticleDraft) -> str | None:
    """Return the stated country as a code."""
    if draft.country is None:
        return None
    try:
        return parse_country(draft.country)
    except ValueError as err:
        problem = f"has a country that is not a two-letter code ({draft.country})"
        raise InputError(where, problem, "Write it like SY, or leave it out.") from err


def _unique(article_id: str, where: str, reading: Reading) -> str:
    """Return the id, with a number appended if another article already has it."""
    unique, n = article_id, reading.numbers.get(article_id, 1)
    while unique in reading.ids:
        n += 1
        unique = f"{article_id}-{n}"
    reading.numbers[article_id] = n  # so that a million articles with one id take no longer
    if unique != article_id:
        reading.notes.append(f"{where}: another article is called {article_id}; named {unique}")
    reading.ids.add(unique)
    return unique


def _language(where: str, draft: ArticleDraft) -> str | None:
    """Return the stated or detected language; refuse one that no coder reads."""
    if draft.language:
        language: str | None = re.split(r"[-_]", draft.language.lower())[0]
        language = "en" if language in {"eng", "english"} else language
    else:
        language = detect_language(plain(draft.text[:_LANGUAGE_CHARS]))
    if language is not None and language not in languages_read():
        how = "says it is" if draft.language else "seems to be"
        problem = f"{how} in a language that no installed coder reads ({language})"
        raise InputError(where, problem, "Give an English translation.")
    return language


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or ``None`` if it is uncertain."""
    if len(text.strip()) < MIN_CHARS_TO_TELL_LANGUAGE:
        return None
    sample = text[:4000]
    n_words = len(re.findall(r"\w+", sample))
    if len(_ENGLISH.findall(sample)) >= _ENGLISH_SHARE * n_words:
        return "en"
    import py3langid  # noqa: PLC0415  loads a model of several megabytes

    scores = dict(py3langid.rank(sample))
    best = max(scores, key=lambda language: scores[language])
    # the log odds grow with length; scale them as the library does when it compares texts
    lead = (scores[best] - scores["en"]) / math.sqrt(len(sample.encode("utf-8", "replace")))
    if best == "en":
        return "en"
    return str(best) if lead > math.log(_MIN_ODDS) else None


def _stdin_drafts(reading: Reading) -> Iterator[ArticleDraft | InputError]:
    """Return the articles on standard input: JSON Lines, Markdown with front matter, or text."""
    stream: BinaryIO = sys.stdin.buffer
    head = stream.read(_HEAD_BYTES)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if _JSON.match(head):
        data = head + stream.read(MAX_JSON_BYTES + 1 - len(head))
        if len(data) > MAX_JSON_BYTES:
            problem = f"has more than {MAX_JSON_BYTES // 1_000_000} MB of JSON"
            raise InputError(_STDIN_NAME, problem, "Write it as JSON Lines, an article per line.")
        listed = partial(json_rows, _STDIN_NAME, data)
        return articles_in_rows(
            _STDIN_NAME, listed, listed, chosen=reading.columns, notes=reading.notes
        )
    if start == b"{":
        rows = cast("BinaryIO", io.BufferedReader(_Joined(head, stream)))
        rows_of = partial(jsonl_rows, _STDIN_NAME, rows)
        return articles_in_rows(
            _STDIN_NAME, rows_of, None, chosen=reading.columns, notes=reading.notes
        )
    data = head + stream.read(MAX_TEXT_BYTES + 1)
    if len(data) > MAX_TEXT_BYTES:
        problem = f"has more than {MAX_TEXT_BYTES // 1_000_000} MB of text"
        raise InputError(_STDIN_NAME, problem, "Split it into its articles.")
    reader = read_markdown if data.startswith((b"---\n", b"---\r\n")) else read_txt
    return iter([reader(_STDIN_NAME, data)])


class _Joined(io.RawIOBase):
    """A stream of which the first bytes were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer with the next bytes, and return their number."""
        view = memoryview(buffer)
        data = self._head[: len(view)] or self._rest.read(min(len(view), 1 << 16))
        self._head = self._head[len(data) :]
        view[: len(data)] = data
        return len(data)
