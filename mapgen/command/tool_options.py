"""Define the commands that read no articles: locator, fetch, doctor, tables and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.command.subcommand import add_command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from mapgen.command.subcommand import Commands, Run

DEFAULT_LOCATOR = "output/locator.svg"
DEFAULT_FOLDER = "articles"
SHELLS = ("bash", "zsh", "fish")
SCHEMAS = ("settings",)
CORRECTION_ACTIONS = ("merge",)
TABLE_ACTIONS = ("check", "export")


def add_tool_commands(commands: Commands, runs: Mapping[str, Run]) -> None:
    """Add the commands that read no articles.

    Parameters
    ----------
    commands
        Group of commands, from ``ArgumentParser.add_subparsers``.
    runs
        Function that runs each command, by name of the command.
    """
    locator = add_command(
        commands,
        "locator",
        "make a plain map: named countries and provinces in given colours",
        'mapgen locator "Syria=red" "Iraq, Jordan=#0072b2 hatched: neighbours" -o syria.svg',
        runs["locator"],
    )
    _locates(locator)
    fetch = add_command(
        commands,
        "fetch",
        "get articles and feeds from the web, and keep them as files",
        "mapgen fetch https://example.org/feed.xml --items 10 -o inbox",
        runs["fetch"],
    )
    _fetches(fetch)
    doctor = add_command(
        commands,
        "doctor",
        "list what is installed and what is missing, problems first",
        "mapgen doctor --json",
        runs["doctor"],
    )
    doctor.add_argument("--json", action="store_true", help="one JSON object instead of a list")
    completion = add_command(
        commands,
        "completion",
        "print the script that lets a shell complete commands and options",
        "mapgen completion bash > ~/.local/share/bash-completion/completions/mapgen",
        runs["completion"],
    )
    completion.add_argument("shell", choices=SHELLS, help="the shell the script is for")
    schema = add_command(
        commands,
        "schema",
        "print the JSON Schema of a file you write, for editors that check it",
        "mapgen schema settings > settings.schema.json",
        runs["schema"],
    )
    schema.add_argument("what", choices=SCHEMAS, help="the kind of file")
    tables = add_command(
        commands,
        "tables",
        "check a folder of your own tables, or write the packaged ones into a new folder",
        "mapgen tables check my-tables",
        runs["tables"],
    )
    tables.add_argument("action", choices=TABLE_ACTIONS, help="what to do with the folder")
    tables.add_argument("folder", metavar="FOLDER", help="the folder; a new one for export")
    corrections = add_command(
        commands,
        "corrections",
        "merge the corrections of two reviewers, and say how far they agree",
        "mapgen corrections merge ann.csv ben.csv -o corrections.csv",
        runs["corrections"],
    )
    corrections.add_argument("action", choices=CORRECTION_ACTIONS, help="what to do with the files")
    corrections.add_argument("first", metavar="FIRST", help="corrections of one reviewer (CSV)")
    corrections.add_argument("second", metavar="SECOND", help="corrections of another reviewer")
    corrections.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="-",
        help="the table of both, without what they contradict each other in; - is standard output",
    )
    diff = add_command(
        commands,
        "diff",
        "say what is new, changed and gone between two maps",
        "mapgen diff monday.html tuesday.html -o changes.md",
        runs["diff"],
    )
    diff.add_argument("first", metavar="OLD", help="the earlier map: a page or a claims file")
    diff.add_argument("second", metavar="NEW", help="the later map: a page or a claims file")
    diff.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default="-",
        help="the note as .md, .html or .json; - is standard output, as Markdown",
    )


def _fetches(command: argparse.ArgumentParser) -> None:
    """Add the options of fetch."""
    command.add_argument(
        "urls", metavar="URL", nargs="+", help="addresses of articles, feeds and other files"
    )
    command.add_argument(
        "--items",
        metavar="N",
        type=int,
        default=0,
        help="also get the pages of up to N new items of each feed (default 0)",
    )
    command.add_argument(
        "--pause",
        metavar="SECONDS",
        type=float,
        default=2.0,
        help="pause between two requests to a site, at least 1 (default 2)",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FOLDER",
        default=DEFAULT_FOLDER,
        help=f"folder for the files (default {DEFAULT_FOLDER})",
    )
    command.add_argument("--quiet", action="store_true", help="print only what was refused")


def _locates(command: argparse.ArgumentParser) -> None:
    """Add the options of a locator map."""
    command.add_argument(
        "areas",
        metavar="AREA=COLOUR",
        nargs="*",
        help='such as "Syria=red", "Homs (Syria): #c00", "Iraq, Iran = blue dotted: neighbours"',
    )
    command.add_argument(
        "--data", metavar="FILE", help="CSV of names and values: colours, categories or numbers"
    )
    command.add_argument("--column", metavar="NAME", help="column of the CSV that has the values")
    command.add_argument(
        "--classes", metavar="N", type=int, default=5, help="how many classes of numbers (5)"
    )
    command.add_argument(
        "--method",
        metavar="NAME",
        default="quantiles",
        help="classes with as many areas each (quantiles, the default) or equal steps (equal)",
    )
    command.add_argument(
        "--breaks", metavar="N,N", help="where classes end, such as 10,100,1000; in place of both"
    )
    command.add_argument(
        "--ramp",
        metavar="NAME",
        default="cividis",
        help="cividis (default), blues, oranges, purples, heat; all keep order in grey",
    )
    command.add_argument("--title", metavar="TEXT", help="headline of the map")
    command.add_argument(
        "--size",
        metavar="SIZE",
        help="a4, a5, slide, column, card, or width and height in mm (160x120); default: 203 mm "
        "wide, as high as the map needs",
    )
    command.add_argument("--legend-title", metavar="TEXT", help="heading of the legend")
    command.add_argument("--unit", metavar="TEXT", help="unit of the numbers, such as people")
    command.add_argument(
        "--legend",
        metavar="WHERE",
        default="below",
        help="where the legend is: below (default), top-left, top-right, bottom-left, "
        "bottom-right, none",
    )
    command.add_argument(
        "--zoom",
        metavar="WHERE",
        help='world, a region (middle-east), or areas ("Syria, Lebanon"); default: what is filled',
    )
    command.add_argument(
        "--labels",
        metavar="WHICH",
        default="areas",
        help="names of what is filled (areas, the default), of countries around too (all), or none",
    )
    command.add_argument(
        "--borders",
        metavar="VIEW",
        default="de-facto",
        help="whose view of disputed borders: de-facto (default), ISO, a country (UA); or none",
    )
    command.add_argument(
        "--provinces", action="store_true", help="draw provinces in all countries of the map"
    )
    command.add_argument("--quiet", action="store_true", help="print only errors")
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        default=DEFAULT_LOCATOR,
        help=f"svg, html, png or pdf by its ending (default {DEFAULT_LOCATOR}; - is SVG to "
        "standard output)",
    )
