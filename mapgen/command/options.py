"""Define the commands and options of ``mapgen``, with help texts and examples."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from mapgen import __version__
from mapgen.command.tool_options import add_command, add_tools

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Run = Callable[[argparse.Namespace], int]

DEFAULT_MAP = "output/map.html"
DEFAULT_REPORT = "output/report.md"
DEFAULT_FIGURE = "output/figure.png"


def make_parser(runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Parameters
    ----------
    runs
        Function that runs each command, by name of the command.

    Returns
    -------
    argparse.ArgumentParser
        Parser that stores the function of the chosen command in ``run``.
    """
    parser = argparse.ArgumentParser(
        allow_abbrev=False,
        prog="mapgen",
        description="News articles in, an interactive situation map out: one HTML file that opens "
        "anywhere, offline.",
        epilog="example: mapgen build article1.txt article2.html -o output/map.html",
    )
    parser.add_argument("--version", action="version", version=f"mapgen {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = _command(
        commands,
        "build",
        "make a map from articles",
        "mapgen build articles/ --published-on 2024-12-06 -o output/map.html",
        runs["build"],
    )
    _reads_articles(build)
    _parses(build)
    _makes_map(build)
    _writes_formats(build)

    places = _command(
        commands,
        "places",
        "find the places that articles name (geoparsing only)",
        "mapgen places article.txt -o toponyms.jsonl",
        runs["places"],
    )
    _reads_articles(places)
    _writes_lines(places)

    extract = _command(
        commands,
        "extract",
        "write what articles claim, to read, edit or count",
        "mapgen extract articles/ -o claims.jsonl",
        runs["extract"],
    )
    _reads_articles(extract)
    _parses(extract)
    _writes_lines(extract)
    extract.add_argument(
        "--jobs",
        metavar="N",
        type=int,
        default=1,
        help="number of processes that code (default: 1)",
    )
    extract.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="code on a Dask cluster: its scheduler (tcp://host:8786), or local for --jobs "
        "processes here (needs mapgen[distributed])",
    )
    extract.add_argument(
        "--resume",
        action="store_true",
        help="continue where an earlier run with the same -o stopped",
    )

    render = _command(
        commands,
        "render",
        "make a map from a claims file, edited or not",
        "mapgen extract articles/ | mapgen render - -o output/map.html",
        runs["render"],
    )
    render.add_argument("claims", metavar="CLAIMS", help="claims.jsonl, or - for standard input")
    _makes_map(render)
    _writes_formats(render)

    embed = _command(
        commands,
        "embed",
        "write the lines that put a map into another page, with its text alternative",
        "mapgen embed output/map.html --address https://example.org/map.html -o snippet.html",
        runs["embed"],
    )
    embed.add_argument("page", metavar="PAGE", help="the HTML file of a map")
    embed.add_argument("--address", metavar="URL", help="where readers find it (default: its name)")
    _writes_lines(embed)

    report = _command(
        commands,
        "report",
        "write a one-page document: summary, picture, changes, figures, method",
        "mapgen report articles/ --baseline syria-2024-11 -o output/report.docx",
        runs["report"],
    )
    _reads_articles(report, also=", or one claims file")
    _parses(report)
    _makes_map(report, output=DEFAULT_REPORT, kinds=": md, html or docx by its ending")

    figure = _command(
        commands,
        "figure",
        "draw a still or animated picture of the map, without a browser",
        "mapgen figure articles/ --size a5 -o output/figure.pdf",
        runs["figure"],
    )
    _reads_articles(figure, also=", or one claims file")
    _parses(figure)
    _makes_map(figure, output=DEFAULT_FIGURE, kinds=": png, svg, pdf, gif or webp by its ending")
    _draws(figure)

    explain = _command(
        commands,
        "explain",
        "show what was coded from each sentence, or why it was left off the map",
        "mapgen explain article.txt",
        runs["explain"],
    )
    _reads_articles(explain, also=", or one claims file")
    _parses(explain)
    explain.add_argument(
        "--json", action="store_true", help="one JSON object per sentence, with the rules and codes"
    )
    add_tools(commands, runs)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    summary: str,
    example: str,
    run: Run,
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
    kinds = "txt, md, html, pdf, docx, jsonl(.gz), parquet"
    command.add_argument(
        "inputs", metavar="INPUT", nargs="+", help=f"articles ({kinds}), folders, -{also}"
    )
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


def _parses(command: argparse.ArgumentParser) -> None:
    """Add the options of commands that parse sentences; place names are found without."""
    command.add_argument("--parser", metavar="NAME", help="installed spaCy pipeline to parse with")
    command.add_argument(
        "--coder",
        metavar="NAME",
        help="the coder: rules (default, for English), llm, or another that is installed",
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
        help="a4 (297 x 210 mm, default), a5 (210 x 148), slide (338 x 190) or column (90 x 120)",
    )
    command.add_argument(
        "--dates",
        metavar="DAYS",
        help="days separated by commas: small maps side by side, or the frames of an animation",
    )
    command.add_argument(
        "--dpi", metavar="N", help="pixels per inch of a PNG (default 300; 192 with --like-page)"
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
