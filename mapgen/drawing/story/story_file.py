"""Read a story file: front matter, a title, and chapters of words in Markdown.

The Markdown text comes in; its chapters go out, with their words as HTML and what they ask of the
map. Words are CommonMark with tables. HTML in them is text, links lead only to web and mail
addresses, and pictures are refused: nothing that a story says can run or load anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from mapgen.core.bounded import MAX_SETTINGS_BYTES, text_within
from mapgen.core.clean_text import marked
from mapgen.drawing.story.fields import Faults, read_fields
from mapgen.errors import StoryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from mapgen.drawing.story.fields import Field

MAX_CHAPTERS = 60
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_MAP = "map"  # the info string of the block that says what the map shows
_NOT_TEXT = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A chapter of a story, or the words before the first.

    Attributes
    ----------
    line
        Line of the heading, from 1.
    title
        The heading as plain text; empty for the words before the first chapter.
    html
        The words as HTML without any markup of the writer's own.
    map_line
        Line of the block that says what the map shows; None without one.
    asked
        What the block says, by name of the field.
    """

    line: int
    title: str
    html: str
    map_line: int | None = None
    asked: dict[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryFile:
    """A story as it is written.

    Attributes
    ----------
    name
        Name of the file, for messages.
    front
        Fields of the front matter, such as ``articles``.
    title
        The title of the front matter, or else the heading of the first order; may be empty.
    opening
        The words before the first chapter.
    chapters
        The chapters in order, at least one.
    """

    name: str
    front: dict[str, Field]
    title: str
    opening: Chapter
    chapters: tuple[Chapter, ...]


class _Reader(MarkdownIt):
    """A reader of Markdown whose links lead only to web and mail addresses."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.enable("table")

    def validateLink(self, url: str) -> bool:  # noqa: N802  the name that the library calls
        """Whether an address may become a link."""
        return _LINK.match(url) is not None


def read_story(path: str | Path) -> StoryFile:
    """Read a story file.

    Parameters
    ----------
    path
        Path of the file, UTF-8.

    Raises
    ------
    StoryError
        If the file cannot be read or has faults. The message names each fault with its line.
    """
    try:
        text = text_within(path, MAX_SETTINGS_BYTES)
    except OSError as err:
        msg = f"{path}: cannot be read ({err.strerror or err}). Name the Markdown file of a story."
        raise StoryError(msg) from err
    except UnicodeDecodeError as err:
        msg = f"{path}: is not UTF-8 text. Save the story as UTF-8."
        raise StoryError(msg) from err
    return parse_story(text, str(path))


def parse_story(text: str, name: str) -> StoryFile:
    """Read a story from its text.

    Parameters
    ----------
    text
        Markdown with an optional front matter.
    name
        Name of the file, for messages.

    Raises
    ------
    StoryError
        If the story has faults. The message names each with its line.
    """
    faults = Faults(name)
    text = _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text.removeprefix("\ufeff"))
    found = _FRONT.match(text)
    front = read_fields(found[1], 2, faults) if found else {}
    before = text[: found.end()].count("\n") if found else 0
    body = text[found.end() :] if found else text
    reader = _Reader()
    tokens = reader.parse(body)
    _refuse_pictures(tokens, before, faults)
    heading, parts = _parts(tokens, before, faults)
    told = [_chapter(reader, part, before, faults) for part in parts]
    if len(told) == 1:
        faults.add(before + 1, "There is no chapter. A chapter begins with a line “## Its title”.")
    if len(told) > MAX_CHAPTERS + 1:
        faults.add(told[MAX_CHAPTERS + 1].line, f"A story has at most {MAX_CHAPTERS} chapters.")
    if faults.found:
        raise StoryError(str(faults))
    given = front["title"].values if "title" in front else ()
    title = given[0].text if given else heading
    return StoryFile(
        name=name,
        front=front,
        title=marked(" ".join(title.split())),
        opening=told[0],
        chapters=tuple(told[1:]),
    )


@dataclass(slots=True)
class _Part:
    """The tokens of a chapter, without its heading."""

    line: int
    title: str = ""
    tokens: list[Token] = field(default_factory=list)


def _line(token: Token, before: int) -> int:
    """Return the line of the file on which a token begins."""
    return before + (token.map[0] if token.map else 0) + 1


def _parts(tokens: Sequence[Token], before: int, faults: Faults) -> tuple[str, list[_Part]]:
    """Return the heading of the first order, and the tokens of each chapter."""
    heading, parts, i = "", [_Part(line=before + 1)], 0
    while i < len(tokens):
        token = tokens[i]
        if token.type != "heading_open" or token.level or token.tag not in {"h1", "h2"}:
            parts[-1].tokens.append(token)
            i += 1
            continue
        words, line = _plain(tokens[i + 1]), _line(token, before)
        if token.tag == "h2":
            if not words:
                faults.add(line, "A chapter needs a title behind “##”.")
            parts.append(_Part(line=line, title=words))
        elif heading or len(parts) > 1:
            faults.add(line, "A story has one heading with “#”. Chapters begin with “##”.")
        else:
            heading = words
        i += 3  # heading_open, its words, heading_close
    return heading, parts


def _plain(inline: Token) -> str:
    """Return the words of a heading as plain text."""
    words = [
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or []
    ]
    return marked(" ".join("".join(words).split()))


def _refuse_pictures(tokens: Sequence[Token], before: int, faults: Faults) -> None:
    """Report each picture of the text: the one file of a story would not hold it."""
    for token in tokens:
        if any(child.type == "image" for child in token.children or []):
            why = "A story holds no pictures but its maps. Take the picture out, or link to it."
            faults.add(_line(token, before), why)


def _chapter(reader: MarkdownIt, part: _Part, before: int, faults: Faults) -> Chapter:
    """Return a chapter: its words as HTML, and what its map block asks for."""
    words: list[Token] = []
    asked: dict[str, Field] = {}
    map_line: int | None = None
    for token in part.tokens:
        if token.type != "fence" or token.level or token.info.strip() != _MAP:
            words.append(token)
            continue
        line = _line(token, before)
        if map_line is not None:
            faults.add(line, "A chapter has one map. Begin a new chapter for another.")
            continue
        map_line = line
        asked = read_fields(token.content, line + 1, faults)
    for token in words:
        for child in token.children or []:
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer")
                child.attrSet("target", "_blank")
    rendered = reader.renderer.render(words, reader.options, {})
    return Chapter(
        line=part.line,
        title=part.title,
        html=marked(rendered),
        map_line=map_line,
        asked=asked,
    )
