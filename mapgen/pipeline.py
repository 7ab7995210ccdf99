"""Run the stages of mapgen, one function for each, with typed records between them.

::

    inputs --read--> articles --extract--> claims --situate--> situation
           --shown--> what may be shown --page--> HTML

Stages are imported when they are called, so that reading needs no map library and drawing needs no
parser.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.core.chosen_columns import parse_columns
from mapgen.core.files import write_atomically
from mapgen.core.tables.in_force import using
from mapgen.errors import NoInputError
from mapgen.reading.articles import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from gazetteer import Gazetteer
    from mapgen.coders import Coder
    from mapgen.drawing.story.story_file import StoryFile
    from mapgen.errors import InputError
    from mapgen.model import Article, Extraction, GivenArea, Holding, Situation
    from mapgen.places.toponyms import ToponymRecord
    from mapgen.reading.articles import ReadResult
    from mapgen.settings import Settings
    from mapgen.situation.shown import Shown


def read_articles(inputs: Sequence[str | Path], settings: Settings) -> ReadResult:
    """Read the articles of the inputs.

    Parameters
    ----------
    inputs
        Files and folders.
    settings
        Day of publication and country for articles that do not state them, and the columns of
        tables.

    Returns
    -------
    ReadResult
        The articles, and an error for each input that was refused.

    Raises
    ------
    NoInputError
        If no article could be read. The message gives the reason for each input.
    """
    chosen = parse_columns(settings.columns) if settings.columns else None
    result = read(
        inputs,
        published_on=settings.published_on,
        country=settings.country,
        columns=chosen,
        baseline=settings.baseline,
    )
    if not result.articles:
        raise no_article(result.refused)
    return result


def no_article(refused: Sequence[Exception]) -> NoInputError:
    """Return the error for a run in which no article could be read, with all reasons."""
    reasons = [str(err) for err in refused] or ["no input was given."]
    problem = "\n  ".join(["no article could be read:", *reasons]).rstrip(".")
    return NoInputError("inputs", problem)


def find_places(articles: Sequence[Article], gazetteer: Gazetteer) -> list[ToponymRecord]:
    """Recognise and resolve the toponyms of articles, without coding any claims.

    Parameters
    ----------
    articles
        Articles to read.
    gazetteer
        Gazetteer in which toponyms are resolved.

    Returns
    -------
    list of ToponymRecord
        See `mapgen.places.geoparsing.find_toponyms`.
    """
    from mapgen.core.clean_articles import cleaned
    from mapgen.places.geoparsing import find_toponyms

    read = [cleaned(article) for article in articles]
    maps = {article.id: told for article, told in read}
    found = find_toponyms([article for article, _ in read], gazetteer)
    return [
        replace(t, start=maps[t.article].before(t.start), end=maps[t.article].after(t.end))
        for t in found
    ]


def extract(articles: Sequence[Article], gazetteer: Gazetteer, settings: Settings) -> Extraction:
    """Code the claims of articles.

    Parameters
    ----------
    articles
        Articles in any languages; each goes to the coder for its language.
    gazetteer
        Gazetteer in which places are resolved.
    settings
        Parser, coder and tables.

    Returns
    -------
    Extraction
        Articles, claims and all sentences, with the reason for each that was left off the map.

    Raises
    ------
    SettingsError
        If the coder is not installed, or if a setting that it needs is missing.
    """
    with using(settings.tables):
        return _extract(articles, gazetteer, settings)


def _extract(articles: Sequence[Article], gazetteer: Gazetteer, settings: Settings) -> Extraction:
    """Code articles with the tables in force."""
    from mapgen.coders import BUILT_IN, MODEL, RULES, code_each, coder_for, installed_coders
    from mapgen.coding import GivenEvents, RuleCoder, TwoReaders, WithTables
    from mapgen.places.named_places import with_named_places

    kinds = installed_coders()
    given = GivenEvents(gazetteer, scope=settings.scope)
    read = [article for article in articles if article.coded is None]
    needed = {coder_for(article.language, settings.coder) for article in read}
    made: dict[str, Coder] = {
        name: kinds[name](gazetteer, parser=settings.parser)
        for name in sorted(needed - {MODEL, BUILT_IN, RULES})
    }
    if BUILT_IN in needed:
        made[BUILT_IN] = TwoReaders(gazetteer, parser=settings.parser, scope=settings.scope)
    if RULES in needed:
        made[RULES] = RuleCoder(gazetteer, parser=settings.parser, scope=settings.scope)
    if MODEL in needed:
        from mapgen.coding.llm.coder import LlmCoder, make_client

        client = make_client(settings.endpoint, settings.model)
        made[MODEL] = LlmCoder(gazetteer, parser=settings.parser, client=client)

    def coder_of(article: Article) -> Coder:
        if article.coded is not None:
            return given
        coder = made[coder_for(article.language, settings.coder)]
        return WithTables(coder, gazetteer) if article.table_rows else coder

    return with_named_places(code_each(articles, coder_of), gazetteer)


def not_coded(extraction: Extraction) -> list[InputError]:
    """Return an error for each article that its coder refused.

    Raises
    ------
    NoInputError
        If all articles were refused.
    """
    from mapgen.coders import refused_by_coder

    refused = refused_by_coder(extraction)
    if refused and len(refused) == len(extraction.articles):
        raise no_article(refused)
    return refused


def not_coded_of(
    blocks: Iterable[tuple[str, Sequence[str]]], settings: Settings
) -> list[InputError]:
    """Return an error for each article that its coder refused, from lines of a claims file.

    Parameters
    ----------
    blocks
        Pairs of which the second item holds the lines of one article.
    settings
        Only the coder llm can refuse an article.
    """
    from mapgen.claims.claims_file import claims_from_lines
    from mapgen.coders import MODEL, refused_by_coder

    if settings.coder != MODEL:  # no other coder refuses a whole article
        return []
    return [
        err for _, lines in blocks if lines for err in refused_by_coder(claims_from_lines(lines))
    ]


def situate(extraction: Extraction, gazetteer: Gazetteer, settings: Settings) -> Situation:
    """Apply the corrections, merge the claims into events and date the situation.

    Parameters
    ----------
    extraction
        Articles, sentences and claims.
    gazetteer
        Gazetteer for the places in the baseline and in the corrections.
    settings
        Baseline, corrections, title, day and tables.

    Returns
    -------
    Situation
        With the areas of control that the user gave, if the baseline is a layer of areas.
    """
    with using(settings.tables):
        return _situate(extraction, gazetteer, settings)


def _situate(extraction: Extraction, gazetteer: Gazetteer, settings: Settings) -> Situation:
    """Correct, merge and date claims with the tables in force."""
    from mapgen.merging.corrections import read_corrections, situation_with
    from mapgen.merging.events import read_baseline
    from mapgen.merging.given_areas import holdings_within, is_area_file, read_given_areas

    areas: tuple[GivenArea, ...] = ()
    baseline: tuple[Holding, ...] = ()
    if settings.baseline and is_area_file(settings.baseline):
        areas = read_given_areas(settings.baseline)
    elif settings.baseline:
        baseline = read_baseline(settings.baseline, gazetteer)
    decided = read_corrections(settings.corrections, gazetteer) if settings.corrections else ()
    situation = situation_with(
        extraction,
        decided,
        as_of=settings.as_of,
        title=settings.title,
        baseline=baseline,
        least=settings.min_confidence,
    )
    if not areas:
        return situation
    within = holdings_within(areas, situation.events, gazetteer)
    return replace(situation, given_areas=areas, baseline=within)


def build(inputs: Sequence[str | Path], gazetteer: Gazetteer, settings: Settings) -> Situation:
    """Run all stages from inputs to a situation.

    Parameters
    ----------
    inputs
        Files and folders of articles.
    gazetteer
        Gazetteer in which places are resolved.
    settings
        Settings of the run.

    Returns
    -------
    Situation
        The situation on its day.

    Raises
    ------
    NoInputError
        If no article could be read.
    """
    articles = read_articles(inputs, settings).articles
    return situate(extract(articles, gazetteer, settings), gazetteer, settings)


def shown(situation: Situation, gazetteer: Gazetteer, settings: Settings) -> Shown:
    """Return what may be shown of a situation, which all outputs are made from.

    Parameters
    ----------
    situation
        A situation from `situate`.
    gazetteer
        Gazetteer with the outlines of areas and the populations of places.
    settings
        Settings of the run, among them the coarsening of displacement.

    Returns
    -------
    Shown
        See `mapgen.situation.shown.shown`.
    """
    from mapgen.situation.shown import shown as made

    with using(settings.tables):
        return made(situation, gazetteer, settings)


def shown_reading(extraction: Extraction, gazetteer: Gazetteer, settings: Settings) -> Shown:
    """Return what may be shown of an extraction that is not merged into events."""
    from mapgen.model import Situation

    read = Situation(as_of=None, as_of_basis=None, title=settings.title, extraction=extraction)
    return shown(read, gazetteer, settings)


def page(shown: Shown) -> str:
    """Return the map as a self-contained HTML page."""
    from mapgen.drawing.data.page_data import page_data
    from mapgen.drawing.page.html import page_html

    with using(shown.settings.tables):
        return page_html(page_data(shown))


def notebook_bundle(shown: Shown) -> tuple[dict[str, object], dict[str, object]]:
    """Return the map in the forms among which a notebook chooses, and their metadata."""
    from mapgen.drawing.data.page_data import page_data, picture_data
    from mapgen.drawing.page.html import page_html
    from mapgen.drawing.page.notebook import notebook_bundle as bundle

    with using(shown.settings.tables):
        return bundle(page_html(page_data(shown)), picture_data(shown))


def write_map(shown: Shown, path: str | Path) -> None:
    """Write the map as an HTML page. An existing file is replaced completely or not at all.

    Parameters
    ----------
    shown
        What may be shown.
    path
        Path of the HTML file.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    write_atomically(path, page(shown))


def files_beside(path: str | Path, settings: Settings) -> list[Path]:
    """Return the paths of the formats that are written beside a map.

    Parameters
    ----------
    path
        Path of the map.
    settings
        Its formats.

    Raises
    ------
    OutputError
        If one of the files would overwrite the map.
    """
    from mapgen.core.files import OutputError
    from mapgen.core.formats import files_of

    files = files_of(path, settings.formats)
    if any(os.path.realpath(file) == os.path.realpath(path) for file in files):
        msg = f"{path}: the map and another format would be one file. Name the map .html."
        raise OutputError(msg)
    return files


def write_formats(
    shown: Shown,
    path: str | Path,
    formats: Sequence[str] | None = None,
) -> list[Path]:
    """Write data and pictures in one or more formats.

    Parameters
    ----------
    shown
        What may be shown.
    path
        Path of the file. If formats are given, its suffix is replaced by that of each format.
    formats
        Names of formats. By default the suffix of the path names the format.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    SettingsError
        If a format is unknown.
    OutputError
        If a file cannot be written.
    """
    from mapgen.export import write

    with using(shown.settings.tables):
        return write(shown, path, formats)


def write_report(shown: Shown, path: str | Path, *, as_shapes: bool = False) -> list[Path]:
    """Write a report of a situation.

    Parameters
    ----------
    shown
        What may be shown.
    path
        Path of the report, which ends in ``.md``, ``.html``, ``.docx`` or ``.pptx``.
    as_shapes
        Whether the map of slides is made of shapes that can be edited, not one picture.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    SettingsError
        If no report has this suffix.
    OutputError
        If a file cannot be written.
    """
    from mapgen.export.report import write_report as write

    with using(shown.settings.tables):
        return write(shown, path, as_shapes=as_shapes)


def story_page(shown: Shown, story: StoryFile) -> str:
    """Return the page of a story.

    Parameters
    ----------
    shown
        What may be shown.
    story
        The story, from :func:`mapgen.drawing.story.story_file.read_story`.

    Raises
    ------
    StoryError
        If a chapter asks for a day, a place or a sign that the map does not have.
    """
    from mapgen.drawing.data.page_data import page_data
    from mapgen.drawing.story.story_page import story_html

    with using(shown.settings.tables):
        return story_html(story, page_data(shown))
