"""Check the outputs of a command before long work, and write them at its end."""

# ruff: noqa: PLC0415  modules load when their command runs, so that `mapgen --help` is fast

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

from mapgen.command.messages import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence


def check_output(args: argparse.Namespace, beside: Sequence[str] = ()) -> None:
    """Refuse an output that is not writable or is also an input, before any long work."""
    from mapgen.core.files import OutputError
    from mapgen.core.files import check_output as check_file

    if args.output == "-":
        return
    names = ("claims", "corrections", "roads", "baseline", "settings")
    read = [*getattr(args, "inputs", []), *(getattr(args, name, None) or "-" for name in names)]
    inputs = {os.path.realpath(given) for given in read if given != "-"}
    outputs = {os.path.realpath(output) for output in (args.output, *beside)}
    args.existing = {path for path in outputs if os.path.isfile(path)}  # noqa: PTH113
    for output in (args.output, *beside):
        check_file(output)
        if os.path.realpath(output) in inputs:
            msg = f"{output}: is an input and would be written over. Name another file with -o."
            raise OutputError(msg)


def check_page_output(args: argparse.Namespace, inputs: Sequence[str]) -> None:
    """Refuse a name for the page that promises a picture, a report or another kind of file."""
    from mapgen.core.formats import check_page

    if args.output != "-":
        check_page(args.output, " ".join(map(shlex.quote, inputs)))


def check_lines_output(args: argparse.Namespace) -> None:
    """Refuse a name for JSON Lines that promises another kind of file."""
    from mapgen.core.formats import check_lines

    if args.output != "-":
        check_lines(args.output)


def write_lines(args: argparse.Namespace, output: str, lines: Iterable[str]) -> None:
    """Write lines atomically to a file, or to standard output."""
    from mapgen.core.files import write_atomically

    text = "".join(f"{line}\n" for line in lines)
    if output == "-":
        write_out(text)
        return
    write_atomically(output, text)
    if not args.quiet:
        say(told_written(args, [output]))


def told_written(args: argparse.Namespace, paths: Sequence[object]) -> str:
    """Return a message that names the files written and the files replaced."""
    old = [path for path in paths if os.path.realpath(str(path)) in args.existing]
    new = [path for path in paths if path not in old]
    told = [
        f"{word} {', '.join(map(str, which))}"
        for word, which in (("wrote", new), ("replaced", old))
        if which
    ]
    line = "; ".join(told)
    return f"{line[:1].upper()}{line[1:]}."


def write_out(text: str) -> None:
    """Write to standard output as UTF-8, whatever the encoding of the terminal."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
