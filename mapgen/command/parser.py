"""Make the parser of the command line from the map commands and the tool commands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from mapgen import __version__
from mapgen.command.map_options import add_map_commands
from mapgen.command.tool_options import add_tool_commands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.command.subcommand import Run


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
    add_map_commands(commands, runs)
    add_tool_commands(commands, runs)
    return parser
