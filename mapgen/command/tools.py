"""Run the tool commands (see `tool_options`), with output functions that ``cli`` passes in."""

# ruff: noqa: PLC0415  modules load when their command runs

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.errors import LocatorError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

DONE, FAULTS, NOTHING_DONE = 0, 1, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """The functions with which a command writes messages and data."""

    say: Callable[[str], None]  # a line to standard error
    write_out: Callable[[bytes], None]  # data to standard output


def tool_runs(voice: Voice) -> dict[str, Callable[[argparse.Namespace], int]]:
    """Return the function that runs each command, by name of the command."""
    return {
        "locator": partial(_locator, voice),
        "fetch": partial(_fetch, voice),
        "doctor": partial(_doctor, voice),
        "completion": partial(_completion, voice),
        "schema": partial(_schema, voice),
        "tables": partial(_tables, voice),
        "corrections": partial(_corrections, voice),
        "diff": partial(_diff, voice),
    }


def _diff(voice: Voice, args: argparse.Namespace) -> int:
    from mapgen.command.differences import difference_note
    from mapgen.core.files import check_output, write_bytes_atomically

    if args.output == "-":
        voice.write_out(difference_note(args.first, args.second, ".md"))
        return DONE
    check_output(args.output)
    note = difference_note(args.first, args.second, Path(args.output).suffix.lower())
    write_bytes_atomically(args.output, note)
    voice.say(f"Wrote {args.output}.")
    return DONE


def _locator(voice: Voice, args: argparse.Namespace) -> int:
    from mapgen.core.files import check_output, write_bytes_atomically
    from mapgen.locators import Classes, Legend, check_format, locator

    to_file = args.output != "-"
    suffix = Path(args.output).suffix if to_file else ".svg"
    check_format(suffix)
    if to_file:
        check_output(args.output)
    made = locator(
        *args.areas,
        data=args.data,
        column=args.column,
        classes=Classes(
            method=args.method, n=args.classes, breaks=_numbers(args.breaks), ramp=args.ramp
        ),
        legend=Legend(title=args.legend_title, unit=args.unit, place=args.legend),
        title=args.title,
        zoom=args.zoom,
        size=args.size,
        labels=args.labels,
        borders=args.borders,
        provinces=args.provinces,
    )
    content = made.to_bytes(suffix)
    if not args.quiet:
        for note in made.notes:
            voice.say(f"note: {note}")
    if not to_file:
        voice.write_out(content)
        return DONE
    replaced = Path(args.output).exists()
    write_bytes_atomically(args.output, content)
    if not args.quiet:
        voice.say(f"{'Replaced' if replaced else 'Wrote'} {args.output}.")
    return DONE


def _fetch(voice: Voice, args: argparse.Namespace) -> int:
    from mapgen.command.fetch import Fetching
    from mapgen.command.web import Guest

    def tell(line: str) -> None:
        if not args.quiet or line.startswith("refused"):
            voice.say(line)

    fetching = Fetching(Path(args.output), Guest(pause_s=max(args.pause, 1.0)), tell)
    fetching.run(args.urls, items=max(args.items, 0))
    if not fetching.refused:
        return DONE
    return FAULTS if len(fetching.refused) < len(args.urls) or fetching.n_kept else NOTHING_DONE


def _numbers(text: str | None) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in (text or "").split(",") if part.strip())
    except ValueError as err:
        message = f"breaks: {text!r} are not numbers separated by commas, such as 10,100,1000"
        raise LocatorError(message) from err


def _doctor(voice: Voice, args: argparse.Namespace) -> int:
    from mapgen.command.doctor import examine, told

    findings = examine()
    if args.json:
        listed = [finding.as_dict() for finding in findings]
        text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    else:
        text = told(findings)
    voice.write_out(text.encode("utf-8"))
    return NOTHING_DONE if any(finding.state == "problem" for finding in findings) else DONE


def _completion(voice: Voice, args: argparse.Namespace) -> int:
    from mapgen.command.completion import completion
    from mapgen.command.parser import make_parser

    class _Runs(dict[str, "Callable[[argparse.Namespace], int]"]):
        """A function for every name, because a parser that is only inspected runs nothing."""

        def __missing__(self, name: str) -> Callable[[argparse.Namespace], int]:
            return lambda _: DONE

    voice.write_out(completion(make_parser(_Runs()), args.shell).encode("utf-8"))
    return DONE


def _schema(voice: Voice, args: argparse.Namespace) -> int:
    from mapgen.command.settings_schema import settings_schema

    schemas = {"settings": settings_schema}
    text = json.dumps(schemas[args.what](), ensure_ascii=False, indent=1)
    voice.write_out(f"{text}\n".encode())
    return DONE


def _tables(voice: Voice, args: argparse.Namespace) -> int:
    from mapgen.core.tables.folder import check_tables, export_tables

    if args.action == "export":
        written = export_tables(args.folder)
        voice.say(f"Wrote {', '.join(str(path) for path in written)}.")
        return DONE
    faults = check_tables(args.folder)
    voice.write_out("".join(f"{_on_one_line(fault)}\n" for fault in faults).encode("utf-8"))
    n_faults = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}" if faults else "no fault"
    voice.say(f"{args.folder}: {n_faults}.")
    return FAULTS if faults else DONE


def _corrections(voice: Voice, args: argparse.Namespace) -> int:
    from gazetteer import Gazetteer
    from mapgen.core.files import check_output, write_bytes_atomically
    from mapgen.merging.corrections import merge_corrections

    if args.output != "-":
        check_output(args.output)
    with Gazetteer.open() as gazetteer:
        made = merge_corrections(args.first, args.second, gazetteer)
    content = made.to_csv().encode("utf-8")
    if args.output == "-":
        voice.write_out(content)
    else:
        write_bytes_atomically(args.output, content)
        n = len(made.rows)
        voice.say(f"Wrote {n} correction{'' if n == 1 else 's'} to {args.output}.")
    if made.n_both:
        share = round(100 * made.n_agreed / made.n_both)
        kappa = "" if made.kappa is None else f" Cohen's kappa: {made.kappa:.2f}."
        voice.say(
            f"They agree on {made.n_agreed} of {made.n_both} decisions that both made "
            f"({share} %).{kappa}"
        )
    if made.conflicts:
        voice.say("Left out, because the reviewers contradict each other:")
    for conflict in made.conflicts:
        voice.say(f"  {_on_one_line(conflict)}")
    return FAULTS if made.conflicts else DONE


def _on_one_line(fault: object) -> str:
    """Return a fault as one line without control characters for the terminal."""
    return "".join(c if c.isprintable() else " " for c in str(fault))
