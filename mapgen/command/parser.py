"""Make the parser of the command line from the map commands and the tool commands."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from mapgen import __version__
from mapgen.command.map_options import add_map_commands
from mapgen.command.tool_options import add_tool_commands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.command.subcommand import Run


def _is_file(word: str) -> bool:
    """Whether a word is the name of a file or folder, or looks like one that is misspelt."""
    return Path(word).exists() or re.search(r"[^.]\.[a-z]{2,7}$|[/\\]", word) is not None


class Parser(argparse.ArgumentParser):
    """A parser whose errors say what may have been meant."""

    def error(self, message: str) -> NoReturn:
        """End the program with a message, and with the nearest name if there is one."""
        choice = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message, re.DOTALL)
        unknown = re.match(r"unrecognized arguments: (--[\w-]+)", message)
        if choice and "COMMAND" in message and _is_file(choice[1]):
            super().error(f"{choice[1]!r} is no command. For a map of it: mapgen build {choice[1]}")
        if choice:
            self._suggest(message, choice[1], re.findall(r"[\w-]+", choice[2]))
        if unknown:
            self._suggest(message, unknown[1], self.all_options())
        super().error(message)

    def _suggest(self, message: str, word: str, names: list[str]) -> None:
        """End the program with a message and the nearest name, if one is near."""
        near = get_close_matches(word, names, n=1)
        if near:
            super().error(f"{message}. Did you mean {near[0]}?")

    def all_options(self) -> list[str]:
        """Return the options of this parser and of its commands."""
        names = dict.fromkeys(self._option_string_actions)
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):  # argparse has no public name
                for command in action.choices.values():
                    names |= dict.fromkeys(command._option_string_actions)
        return list(names)


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
    parser: argparse.ArgumentParser = Parser(
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
