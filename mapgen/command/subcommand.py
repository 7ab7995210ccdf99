"""Add one command to the parser, in the form that all commands of ``mapgen`` share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Run = Callable[[argparse.Namespace], int]
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # argparse has no public name


def add_command(
    commands: Commands, name: str, summary: str, example: str, run: Run
) -> argparse.ArgumentParser:
    """Add a command with its help and an example.

    Parameters
    ----------
    commands
        Group of commands, from ``ArgumentParser.add_subparsers``.
    name
        Name of the command.
    summary
        What the command does, in lower case and without a full stop.
    example
        A command line to show in the help.
    run
        Function that runs the command with the parsed arguments and returns the exit code.

    Returns
    -------
    argparse.ArgumentParser
        Parser of the command, to which options can be added.
    """
    command = commands.add_parser(
        name,
        allow_abbrev=False,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"example: {example}",
    )
    command.set_defaults(run=run)
    return command
