"""Define the commands that read articles or make a map, with their options and help texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.command.subcommand import add_command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from mapgen.command.subcommand import Commands, Run

DEFAULT_MAP = "output/map.html"
DEFAULT_REPORT = "output/report.md"
SHAPES = "shapes"
SLIDE_MAPS = ("picture", SHAPES)
DEFAULT_FIGURE = "output/figure.png"
DEFAULT_STORY, DEFAULT_DRAFT = "output/story.html", "output/story.md"


def add_map_commands(commands: Commands, runs: Mapping[str, Run]) -> None:
    """Add the commands from ``build`` to ``explain``.

    Parameters
    ----------
    commands
        Group of commands, from ``ArgumentParser.add_subparsers``.
    runs
        Function that runs each command, by name of the command.
    """
    _build(commands, runs["build"])
    _places(commands, runs["places"])
    _extract(commands, runs["extract"])
    _render(commands, runs["render"])
    _embed(commands, runs["embed"])
    _report(commands, runs["report"])
    _figure(commands, runs["figure"])
    _story(commands, runs["story"])
    _explain(commands, runs["explain"])
    _watch(commands, runs["watch"])


def _build(commands: Commands, run: Run) -> None:
    """Add ``build``, which makes a map from articles."""
    command = _command(
        commands,
        "build",
        "make a map from articles",
        "mapgen build articles/ --published-on 2024-12-06 -o output/map.html",
        run,
    )
    _reads_articles(command)
    _parses(command)
    _makes_map(command)
    _splits(command)
    _writes_formats(command)


def _places(commands: Commands, run: Run) -> None:
    """Add ``places``, which lists the places that articles name."""
    command = _command(
        commands,
        "places",
        "find the places that articles name (geoparsing only)",
        "mapgen places article.txt -o toponyms.jsonl",
        run,
    )
    _reads_articles(command)
    _writes_lines(command)


def _extract(commands: Commands, run: Run) -> None:
    """Add ``extract``, which writes what articles claim."""
    command = _command(
        commands,
        "extract",
        "write what articles claim, to read, edit or count",
        "mapgen extract articles/ -o claims.jsonl",
        run,
    )
    _reads_articles(command)
    _parses(command)
    _writes_lines(command)
    command.add_argument(
        "--jobs",
        metavar="N",
        type=int,
        default=1,
        help="number of processes that code (default: 1)",
    )
    command.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="code on a Dask cluster: its scheduler (tcp://host:8786), or local for --jobs "
        "processes here (needs mapgen[distributed])",
    )
    command.add_argument(
        "--resume",
        action="store_true",
        help="continue where an earlier run with the same -o stopped",
    )


def _render(commands: Commands, run: Run) -> None:
    """Add ``render``, which makes a map from a claims file."""
    command = _command(
        commands,
        "render",
        "make a map from a claims file, edited or not",
        "mapgen extract articles/ | mapgen render - -o output/map.html",
        run,
    )
    command.add_argument("claims", metavar="CLAIMS", help="claims.jsonl, or - for standard input")
    _makes_map(command)
    _splits(command)
    _writes_formats(command)


def _watch(commands: Commands, run: Run) -> None:
    """Add ``watch``, which keeps a map current."""
    command = _command(
        commands,
        "watch",
        "keep a map current while articles come into a folder",
        "mapgen watch inbox/ -o output/map.html --on-change notify-the-desk",
        run,
    )
    command.add_argument("folder", metavar="FOLDER", help="folder into which articles come")
    _reads_files(command)
    _parses(command)
    _makes_map(command, kinds="")
    _writes_formats(command)
    command.add_argument(
        "--on-change",
        metavar="COMMAND",
        help="command that gets each note on what changed, as JSON on its standard input; "
        "or a web address to which it is posted",
    )
    command.add_argument(
        "--every",
        metavar="SECONDS",
        type=float,
        default=5.0,
        help="time between two looks at the folder (default 5)",
    )
    command.add_argument("--once", action="store_true", help="bring the map up to date, then end")


def _embed(commands: Commands, run: Run) -> None:
    """Add ``embed``, which writes the HTML that puts a map into another page."""
    command = _command(
        commands,
        "embed",
        "write the lines that put a map into another page, with its text alternative",
        "mapgen embed output/map.html --address https://example.org/map.html -o snippet.html",
        run,
    )
    command.add_argument("page", metavar="PAGE", help="the HTML file of a map")
    command.add_argument(
        "--address", metavar="URL", help="where readers find it (default: its name)"
    )
    _writes_lines(command)


def _report(commands: Commands, run: Run) -> None:
    """Add ``report``, which writes a one-page document."""
    command = _command(
        commands,
        "report",
        "write a one-page document: summary, picture, changes, figures, method",
        "mapgen report articles/ --baseline syria-2024-11 -o output/report.docx",
        run,
    )
    _reads_articles(command, also=", or one claims file")
    _parses(command)
    _makes_map(command, output=DEFAULT_REPORT, kinds=": md, html, docx or pptx by its ending")
    command.add_argument(
        "--slide-map",
        choices=SLIDE_MAPS,
        default=SLIDE_MAPS[0],
        help="map of slides: one picture (default), or shapes that you can edit",
    )


def _figure(commands: Commands, run: Run) -> None:
    """Add ``figure``, which draws a picture."""
    command = _command(
        commands,
        "figure",
        "draw a still or animated picture of the map, without a browser",
        "mapgen figure articles/ --size a5 -o output/figure.pdf",
        run,
    )
    _reads_articles(command, also=", or one claims file")
    _parses(command)
    kinds = ": png, svg, pdf, gif, webp, mp4 or webm by its ending"
    _makes_map(command, output=DEFAULT_FIGURE, kinds=kinds)
    _draws(command)


def _story(commands: Commands, run: Run) -> None:
    """Add ``story``, which makes a page whose chapters drive the map."""
    command = _command(
        commands,
        "story",
        "make a page that tells a story with the map, chapter by chapter, or draft one",
        "mapgen story story.md -o output/story.html",
        run,
    )
    command.add_argument(
        "inputs",
        metavar="INPUT",
        nargs="+",
        help="the story (Markdown), and its articles unless it names them; with --draft the "
        "articles, or one claims file",
    )
    command.add_argument(
        "--draft",
        action="store_true",
        help="write a first draft from articles: a chapter for each day that matters",
    )
    _reads_files(command)
    _parses(command)
    _makes_map(command, output=DEFAULT_STORY, kinds="; with --draft story.md")


def _explain(commands: Commands, run: Run) -> None:
    """Add ``explain``, which shows how each sentence was coded."""
    command = _command(
        commands,
        "explain",
        "show what was coded from each sentence, or why it was left off the map",
        "mapgen explain article.txt",
        run,
    )
    _reads_articles(command, also=", or one claims file")
    _parses(command)
    command.add_argument(
        "--json", action="store_true", help="one JSON object per sentence, with the rules and codes"
    )


def _command(
    commands: Commands, name: str, summary: str, example: str, run: Run
) -> argparse.ArgumentParser:
    """Add a command with the options that all map commands share."""
    command = add_command(commands, name, summary, example, run)
    command.add_argument(
        "--settings",
        metavar="FILE",
        help="TOML file of settings; command-line options override it",
    )
    command.add_argument(
        "--tables",
        metavar="FOLDER",
        help="your own parties, sides, verbs, words and colours, laid over the packaged ones",
    )
    command.add_argument(
        "--quiet", action="store_true", help="print only errors and refused articles"
    )
    return command


def _reads_articles(command: argparse.ArgumentParser, *, also: str = "") -> None:
    """Add the inputs and the options of commands that read articles."""
    command.add_argument(
        "inputs",
        metavar="INPUT",
        nargs="+",
        help=f"files of articles (text, web pages, PDF, Word, tables: see docs/inputs.md), "
        f"folders, -{also}",
    )
    _reads_files(command)


def _reads_files(command: argparse.ArgumentParser) -> None:
    """Add the options that say what files do not state."""
    command.add_argument(
        "--published-on",
        metavar="DAY",
        help="day of publication (YYYY-MM-DD) of articles that do not state one",
    )
    command.add_argument(
        "--country",
        metavar="CODE",
        help="country (such as SY) of articles that do not state one; decides between namesakes",
    )
    command.add_argument(
        "--columns",
        metavar="PAIRS",
        help="columns of tables of articles, such as text=notes,date=event_date:dmy",
    )


def _splits(command: argparse.ArgumentParser) -> None:
    """Add the option that makes a map of each conflict."""
    command.add_argument(
        "--split",
        action="store_true",
        help="if the articles tell of separate conflicts, make a map of each (map-sudan.html)",
    )


def _parses(command: argparse.ArgumentParser) -> None:
    """Add the options of commands that parse sentences; place names are found without."""
    command.add_argument("--parser", metavar="NAME", help="installed spaCy pipeline to parse with")
    command.add_argument(
        "--coder",
        metavar="NAME",
        help="the coder: readers (default, for English), rules, llm, or another that is installed",
    )
    command.add_argument(
        "--scope",
        metavar="SCOPE",
        help="conflicts (default), or disasters to map people moved by floods and the like as well",
    )
    command.add_argument(
        "--endpoint",
        metavar="URL",
        help="for --coder llm: the server to send articles to (http://127.0.0.1:8080/v1)",
    )
    command.add_argument("--model", metavar="NAME", help="for --coder llm: the model to ask for")


def _makes_map(
    command: argparse.ArgumentParser,
    *,
    output: str = DEFAULT_MAP,
    kinds: str = "; - is standard output",
) -> None:
    """Add the options of commands that make a map."""
    command.add_argument("--title", metavar="TEXT", help="headline of the map")
    command.add_argument(
        "--disclaimer",
        metavar="TEXT",
        help="line about borders on pictures, in place of mapgen's own (none: no line)",
    )
    command.add_argument(
        "--headline",
        metavar="WHAT",
        help="headline without --title: reports (default: the title of the one article, or what "
        "the articles are about) or events",
    )
    command.add_argument(
        "--min-confidence",
        metavar="SHARE",
        help="leave out what the readers are less certain of than this, such as 0.9",
    )
    command.add_argument("--as-of", metavar="DAY", help="day the map shows (YYYY-MM-DD)")
    command.add_argument(
        "--baseline",
        metavar="FILE",
        help="who held what before: a CSV file, a packaged one such as syria-2024-11, or "
        "areas of your own (GeoJSON)",
    )
    command.add_argument(
        "--corrections",
        metavar="FILE",
        help="an analyst's decisions (CSV): claims accepted, rejected, or with other values",
    )
    command.add_argument(
        "--roads",
        metavar="FILE",
        help="roads that likely routes follow: GeoPackage, GeoJSON, or a corridors file",
    )
    command.add_argument(
        "--borders",
        metavar="VIEW",
        help="whose view of disputed borders is drawn: de-facto (default), ISO, or a country (UA)",
    )
    command.add_argument(
        "--coarsen-displacement",
        metavar="LEVEL",
        help="hide the towns that people flee from and to: show admin1 or admin2 areas instead",
    )
    command.add_argument(
        "--language",
        metavar="CODE",
        help="language of the page's interface: en (default), ar, fr, es, uk",
    )
    command.add_argument(
        "--quote-chars",
        metavar="N",
        help="longest quote on the page, in characters (default: the whole sentence)",
    )
    command.add_argument(
        "--url",
        metavar="URL",
        help="web address at which readers will find the page, for shared links (og:url)",
    )
    command.add_argument(
        "--card-url",
        metavar="URL",
        help="web address of the picture that shared links show (og:image): figure --size card",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default=output,
        help=f"where the result goes (default {output}{kinds})",
    )


def _draws(command: argparse.ArgumentParser) -> None:
    """Add the options of pictures."""
    command.add_argument(
        "--size",
        metavar="NAME",
        default="a4",
        help="a4 (297 x 210 mm, default), a5 (210 x 148), slide (338 x 190), column (90 x 140) "
        "or card (1200 x 630 pixels, for links)",
    )
    command.add_argument(
        "--dates",
        metavar="DAYS",
        help="days separated by commas: small maps side by side, or the frames of an animation",
    )
    command.add_argument(
        "--dpi",
        metavar="N",
        help="pixels per inch of a PNG (default 300; 100 for a card; 192 with --like-page)",
    )
    command.add_argument(
        "--like-page",
        action="store_true",
        help="the page itself, taken by an installed Chromium: .png as on a screen, .pdf on A4",
    )


def _writes_formats(command: argparse.ArgumentParser) -> None:
    """Add the option of commands that write other formats beside the map."""
    command.add_argument(
        "--formats",
        metavar="LIST",
        help="also write beside the map: geojson, gpkg, kml, kmz, csv, parquet, png, svg, pdf "
        "(separated by commas)",
    )


def _writes_lines(command: argparse.ArgumentParser) -> None:
    """Add the output of commands that write JSON Lines."""
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="-",
        help="file to write (default: standard output)",
    )
