"""Read text and Markdown files into drafts of articles.

A draft holds what the file states, unchecked; ``articles`` checks it and makes an Article.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from mapgen.errors import InputError
from mapgen.reading.line_wrapping import unwrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.model import CodedEvent

MAX_FRONT_MATTER_BYTES = 16 * 1024
"""More than any front matter needs. Limits the cost of a hostile one."""

MAX_FIELD_CHARS = 2_000
"""Longest title, publisher, address or id; the longest addresses that browsers keep are as long."""

MAX_UNZIPPED_BYTES = 200_000_000
"""Largest unpacked .docx. A zip bomb is refused before it is unpacked."""

MAX_BRACKETS = 100
"""Most brackets in a front matter, because nested lists take the YAML scanner quadratic time."""

BASES = ("printed", "given", "inferred")
SAVE_AS_TEXT = "Save its text as a .txt file in UTF-8"
_SAVE_AS_UTF8 = "Save it as UTF-8 text (in most editors: Save As, Encoding, UTF-8)"


DraftTable = tuple[str, list[str], list[list[str]]]
"""A table in a text: the line above it, each row as a line of the text, and the cells of each row.
A cell that spans columns or rows is repeated among the cells."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleDraft:
    """What a file states about one article, before it is checked."""

    text: str
    id: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published_on: object = None
    published_on_basis: str | None = None
    made_on: str | None = None  # YYYY-MM-DD, by the file itself: the year of a day without one
    language: str | None = None
    country: str | None = None
    running_heads: tuple[str, ...] = ()  # of the first page of a PDF; not in the text
    pages: tuple[int, ...] = ()  # offsets at which the pages of a PDF begin
    notes: tuple[str, ...] = ()  # what a reader of the map should know of the file
    coded: CodedEvent | None = None
    tables: tuple[DraftTable, ...] = ()


def draft_of(name: str, fields: Mapping[str, object], text: str) -> ArticleDraft:
    """Return a draft from the named fields of a front matter or a record.

    Raises
    ------
    InputError
        If a field holds something that is not a plain value.
    """
    values: dict[str, str | None] = {}
    for key in ("id", "title", "source", "url", "published_on_basis", "language", "country"):
        value = fields.get(key)
        if isinstance(value, dict | list | tuple):
            raise InputError(name, f"has a {key} that is not a plain text", "Write it as a text.")
        text_of = (str(value).strip() or None) if value is not None else None
        if text_of is not None and len(text_of) > MAX_FIELD_CHARS:
            raise too_long(name, key)
        values[key] = text_of
    published_on = fields.get("published_on")
    if isinstance(published_on, str):
        published_on = published_on.strip() or None
    return ArticleDraft(
        text=text,
        id=values["id"],
        title=values["title"],
        source=values["source"],
        url=values["url"],
        published_on=published_on,
        published_on_basis=values["published_on_basis"],
        language=values["language"],
        country=values["country"],
    )


def too_long(name: str, key: str) -> InputError:
    """Return the refusal of an article with a field that is too long."""
    return InputError(name, f"has a {key} of more than {MAX_FIELD_CHARS:,} characters", "Cut it.")


def decode_text(name: str, data: bytes) -> str:
    """Decode UTF-8 text and remove a byte order mark; change nothing else.

    Raises
    ------
    InputError
        If the bytes are not UTF-8 text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(name, "is UTF-16 text, not UTF-8", f"{_SAVE_AS_UTF8}.")
    if b"\x00" in data:
        raise InputError(name, "is not text (it has NUL bytes)", f"{SAVE_AS_TEXT}.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = data.count(b"\n", 0, err.start) + 1
        problem = f"is not UTF-8 text (byte {err.start}, in line {line}, cannot be decoded)"
        raise InputError(name, problem, f"{_SAVE_AS_UTF8}.") from err


def read_txt(name: str, data: bytes) -> ArticleDraft:
    """Return the text of a plain file, unchanged."""
    return ArticleDraft(text=decode_text(name, data))


def read_markdown(name: str, data: bytes) -> ArticleDraft:
    """Return the text and front matter of a Markdown file.

    Markup is removed, except for the signs of headings, which mark lines that are not sentences.
    Wrapped lines are joined, as in rendered Markdown.
    """
    text = decode_text(name, data)
    fields, body = _front_matter(name, text)
    body = _without_markup(body)
    heading = re.match(r"\s*#[ \t]+(\S.*)", body)
    if heading and (not fields.get("title") or fields["title"] == heading[1].strip()):
        fields["title"] = heading[1].strip()  # not also as a sentence
        body = body[heading.end() :]
    return draft_of(name, fields, unwrapped(body))


def refuse_bomb(name: str, data: bytes) -> None:
    """Refuse a zip file whose directory states an unpacked size above the limit."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = sum(entry.file_size for entry in packed.infolist())
    if size > MAX_UNZIPPED_BYTES:
        raise InputError(name, "unpacks to more than 200 MB", f"{SAVE_AS_TEXT}.")


class _TextLoader(yaml.SafeLoader):
    """Safe YAML loader that keeps plain values as text, so that NO is Norway and not false."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


def _front_matter(name: str, text: str) -> tuple[dict[str, object], str]:
    """Split a text into the fields of its YAML front matter and its body."""
    opening = re.match(r"---[ \t]*\r?\n", text)
    if not opening:
        return {}, text
    closing = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)").search(text, opening.end())
    if not closing:
        raise InputError(name, "opens a front matter with --- that no second --- ends", "Add it.")
    block = text[opening.end() : closing.start()]
    if len(block.encode("utf-8")) > MAX_FRONT_MATTER_BYTES:
        raise InputError(name, "has a front matter larger than 16 KiB", "Shorten it.")
    advice = "Write plain `field: value` lines between the two --- lines."
    if block.count("[") + block.count("{") > MAX_BRACKETS:
        raise InputError(name, "has a front matter with too many lists in it", advice)
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(block)):
            raise InputError(name, "has a front matter with YAML aliases", advice)
        values = yaml.load(block, Loader=_TextLoader)  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as err:
        if isinstance(err, InputError):
            raise
        where = getattr(err, "problem_mark", None)
        line = f" (line {where.line + 2})" if where else ""
        raise InputError(name, f"has a front matter that is not valid YAML{line}", advice) from err
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise InputError(name, "has a front matter that is not a list of fields", advice)
    nothing = {"", "~", "null"}
    fields = {str(k): v for k, v in values.items() if not (isinstance(v, str) and v in nothing)}
    return fields, text[closing.end() :]


_MARKUP = (  # every repetition is bounded, so that no text takes quadratic time
    (r"<!--(?:(?!<!--).)*?-->", ""),  # comments
    (r"!\[[^\[\]\n]{0,1000}\]\([^()\n]{0,1000}\)", ""),  # pictures
    (r"\[([^\[\]\n]{1,1000})\]\([^()\n]{0,1000}\)", r"\1"),  # links; their words are kept
    (r"(?m)^[ ]{0,3}>[ ]?", ""),  # quoted blocks
    (r"(?m)^[ ]{0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*$", ""),  # rules
    (r"(\*\*|__)(?=\S)([^\n]{1,200}?)(?<=\S)\1", r"\2"),  # bold
    (r"(?<![\w*])\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*(?![\w*])", r"\1"),  # italics
    (r"(?<!\w)_(?=\S)([^_\n]{1,200}?)(?<=\S)_(?!\w)", r"\1"),
)


def _without_markup(text: str) -> str:
    """Return Markdown text without markup; the signs of headings are kept."""
    for pattern, words in _MARKUP:
        text = re.sub(pattern, words, text, flags=re.DOTALL if "<!--" in pattern else 0)
    return text
