"""Read, check and write the files of the command ``story``."""

# ruff: noqa: PLC0415  modules load when their command runs

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.command.map_options import DEFAULT_DRAFT, DEFAULT_STORY
from mapgen.command.messages import say
from mapgen.command.outputs import write_out
from mapgen.core.files import OutputError, write_atomically
from mapgen.errors import StoryError

if TYPE_CHECKING:
    import argparse

    from mapgen.drawing.story.fields import Field
    from mapgen.drawing.story.story_file import StoryFile
    from mapgen.situation.shown import Shown

ARTICLES, TITLE = "articles", "title"
_PATHS = ("baseline", "corrections", "roads", "tables", "settings")
# Fields of the front matter that stand for options of the command.
OPTIONS = (
    *("published_on", "country", "columns", "coder", "scope", "parser", "as_of", "headline"),
    *("borders", "coarsen_displacement", "language", "quote_chars", "min_confidence"),
    *("url", "card_url", *_PATHS),
)


def story_of(args: argparse.Namespace) -> StoryFile:
    """Read the story, and lay what its front matter says under the options of the command.

    Parameters
    ----------
    args
        Options of the command. The articles of the story take the place of its path in ``inputs``.

    Raises
    ------
    StoryError
        If the story cannot be read, or its front matter has faults or names no articles.
    """
    from mapgen.drawing.story.story_file import read_story

    path, *articles = args.inputs
    story = read_story(path)
    _check_front(story)
    folder = Path(path).parent
    if not articles:
        named = story.front.get(ARTICLES)
        articles = [_beside(folder, value.text) for value in named.values] if named else []
    if not articles:
        msg = (
            f"{path}: names no articles. Add “articles: my-articles” between two lines --- at its "
            "top, or name them behind the story. For a first draft from articles, use --draft."
        )
        raise StoryError(msg)
    for name in OPTIONS:
        if name in story.front and getattr(args, name, None) is None:
            text = story.front[name].values[0].text
            setattr(args, name, _beside(folder, text) if name in _PATHS else text)
    if os.path.realpath(args.output) == os.path.realpath(path):
        msg = f"{args.output}: is the story and would be written over. Name another file with -o."
        raise OutputError(msg)
    args.inputs = articles
    return story


def _check_front(story: StoryFile) -> None:
    """Refuse fields of the front matter that mean nothing, or have no value or several."""
    from mapgen.drawing.story.fields import Faults

    faults, known = Faults(story.name), (TITLE, ARTICLES, *OPTIONS)
    for name, told in story.front.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            meant = f" Did you mean “{near[0]}”?" if near else f" It has {', '.join(known)}."
            faults.add(told.line, f"“{name}” is not a field of a story.{meant}")
        elif not _has_value(name, told):
            faults.add(told.line, f"“{name}” needs one value.")
    if faults.found:
        raise StoryError(str(faults))


def _has_value(name: str, told: Field) -> bool:
    return bool(told.values) if name == ARTICLES else len(told.values) == 1


def _beside(folder: Path, text: str) -> str:
    """Return a path of the story file, which is relative to its folder if something is there."""
    path = folder / text
    try:
        return str(path) if path.exists() else text
    except (OSError, ValueError):  # the path is too long or has a NUL character
        return text


def check_draft(args: argparse.Namespace) -> None:
    """Set the default output of a draft, and refuse to write over a story that is there.

    Raises
    ------
    OutputError
        If the output exists: a writer may have worked on it.
    """
    if args.output == DEFAULT_STORY:
        args.output = DEFAULT_DRAFT
    if args.output != "-" and Path(args.output).exists():
        msg = f"{args.output}: exists, and may hold your words. Name another file with -o."
        raise OutputError(msg)


def write(args: argparse.Namespace, shown: Shown, story: StoryFile | None) -> None:
    """Write the page of a story, or a first draft if there is none.

    Parameters
    ----------
    args
        Options of the command.
    shown
        What may be shown.
    story
        The story; None for a draft.
    """
    from mapgen import pipeline
    from mapgen.core.tables.in_force import using
    from mapgen.export.story_draft import story_draft

    if story is not None:
        text = pipeline.story_page(shown, story)
    else:
        with using(shown.settings.tables):
            text, n_left = story_draft(shown, _front_of(args))
        if n_left and not args.quiet:
            days = "1 more day has" if n_left == 1 else f"{n_left} more days have"
            say(f"note: {days} signs, but no chapter.")
    if args.output == "-":
        write_out(text)
    else:
        write_atomically(args.output, text)


def _front_of(args: argparse.Namespace) -> dict[str, str | list[str]]:
    """Return the front matter with which the draft makes the same map: articles and options."""
    folder = Path.cwd() if args.output == "-" else Path(args.output).parent

    def from_there(path: str) -> str:
        if not Path(path).exists():  # a packaged baseline
            return path
        try:
            return Path(os.path.relpath(path, folder)).as_posix()
        except ValueError:  # another drive of Windows
            return str(Path(path).resolve())

    front: dict[str, str | list[str]] = {ARTICLES: [from_there(path) for path in args.inputs]}
    for name in OPTIONS:
        value = getattr(args, name, None)
        if value is not None:
            front[name] = from_there(str(value)) if name in _PATHS else str(value)
    return front
