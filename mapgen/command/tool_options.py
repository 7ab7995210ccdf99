"""Define the commands that read no articles: locator, doctor, completion, schema, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.command.subcommand import add_command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from mapgen.command.subcommand import Commands, Run

DEFAULT_LOCATOR = "output/locator.svg"
SHELLS = ("bash", "zsh", "fish")
SCHEMAS = ("settings",)
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
