"""The command line: ``mapgen build | places | extract | render | explain``.

Exit codes: 0 done; 1 done, but some inputs were refused; 2 nothing could be done; 130 interrupted.
Standard output carries data only (``-o -``); all that is said to the user is on standard error.
"""

# ruff: noqa: PLC0415  modules load when their command runs: `mapgen --help` answers at once

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sys
from collections import Counter
from typing import TYPE_CHECKING

from mapgen.errors import MapgenError
from mapgen.options import make_parser

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer import Gazetteer
    from mapgen.articles import ReadResult
    from mapgen.model import Extraction
    from mapgen.settings import Settings

DONE, SOME_REFUSED, NOTHING_DONE = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, as shells expect
PIPE_CLOSED = 141  # 128 + SIGPIPE
NAMES_SHOWN = 8
REASONS_SHOWN = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = _parser().parse_args(argv)
    for library in ("pdfminer", "trafilatura", "htmldate", "charset_normalizer"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # we give the reason ourselves
    from gazetteer.errors import GazetteerError

    run: Callable[[argparse.Namespace], int] = args.run
    try:
        return run(args)
    except (MapgenError, GazetteerError) as err:
        _say(f"mapgen: {err}")
        return NOTHING_DONE
    except KeyboardInterrupt:
        _say("mapgen: interrupted; nothing was written.")
        return INTERRUPTED
    except BrokenPipeError:
        # the reader of our output has gone: keep Python from failing again when it closes
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _build(args: argparse.Namespace) -> int:
    from mapgen import pipeline

    settings = _settings(args)
    _check_output(args)
    articles = _articles(args, settings)
    with _gazetteer(args) as gazetteer:
        _progress(args, f"Reading {_count(len(articles.articles), 'article')}")
        extraction = pipeline.extract(articles.articles, gazetteer, settings)
        _draw(args, extraction, gazetteer, settings)
    return SOME_REFUSED if articles.refused else DONE


def _render(args: argparse.Namespace) -> int:
    from mapgen.records import read_claims

    settings = _settings(args)
    _check_output(args)
    extraction = read_claims(args.claims)
    with _gazetteer(args) as gazetteer:
        _draw(args, extraction, gazetteer, settings)
    return DONE


def _places(args: argparse.Namespace) -> int:
    from mapgen import pipeline
    from mapgen.records import toponyms_to_lines

    settings = _settings(args)
    _check_output(args)
    articles = _articles(args, settings)
    with _gazetteer(args) as gazetteer:
        _progress(args, f"Reading {_count(len(articles.articles), 'article')}")
        toponyms = pipeline.find_places(articles.articles, gazetteer)
    _write_lines(args, args.output, toponyms_to_lines(articles.articles, toponyms))
    _tell_not_found(args, (t.surface for t in toponyms if t.place_id is None))
    return SOME_REFUSED if articles.refused else DONE


def _extract(args: argparse.Namespace) -> int:
    from mapgen import pipeline
    from mapgen.records import claims_to_lines

    settings = _settings(args)
    _check_output(args)
    articles = _articles(args, settings)
    with _gazetteer(args) as gazetteer:
        _progress(args, f"Reading {_count(len(articles.articles), 'article')}")
        extraction = pipeline.extract(articles.articles, gazetteer, settings)
    _write_lines(args, args.output, claims_to_lines(extraction))
    _tell_extraction(args, extraction)
    return SOME_REFUSED if articles.refused else DONE


def _explain(args: argparse.Namespace) -> int:
    from mapgen import pipeline
    from mapgen.explain import explain, explain_json
    from mapgen.records import is_claims_file, read_claims

    settings = _settings(args)
    code = DONE
    if len(args.inputs) == 1 and is_claims_file(args.inputs[0]):
        extraction = read_claims(args.inputs[0])
    else:
        articles = _articles(args, settings)
        with _gazetteer(args) as gazetteer:
            extraction = pipeline.extract(articles.articles, gazetteer, settings)
        code = SOME_REFUSED if articles.refused else DONE
    columns = shutil.get_terminal_size((88, 24)).columns
    told = explain_json(extraction) if args.json else explain(extraction, width=min(columns, 100))
    _write_lines(args, "-", told)
    return code


def _draw(
    args: argparse.Namespace, extraction: Extraction, gazetteer: Gazetteer, settings: Settings
) -> None:
    """Write the map and say where it is."""
    from mapgen import pipeline

    _progress(args, "Drawing the map")
    situation = pipeline.situate(extraction, gazetteer, settings)
    _say_each("warning", situation.correction_notes)
    if args.output == "-":
        _write_out(pipeline.page(situation, gazetteer, settings))
    else:
        pipeline.write_map(situation, args.output, gazetteer, settings)
    _tell_extraction(args, extraction)
    if args.output != "-" and not args.quiet:
        _say(f"Open {args.output} in a browser.")


def _settings(args: argparse.Namespace) -> Settings:
    """Return the settings of the file, with the options of the command line over them."""
    from mapgen.settings import Settings, load_settings

    settings = load_settings(args.settings) if args.settings else Settings()
    names = (
        "published_on",
        "country",
        "parser",
        "coder",
        "title",
        "as_of",
        "baseline",
        "corrections",
        "roads",
        "coarsen_displacement",
        "quote_chars",
    )
    given = {name: getattr(args, name, None) for name in names}
    return settings.updated(**given)


def _articles(args: argparse.Namespace, settings: Settings) -> ReadResult:
    """Read the inputs and name all that was not read, each with its reason."""
    from mapgen.pipeline import read_articles

    result = read_articles(args.inputs, settings)
    _say_each("refused", result.refused)
    if not args.quiet:
        _say_each("passed over", result.passed_over)
        _say_each("note", result.notes)
    return result


def _say_each(what: str, reasons: Sequence[object]) -> None:
    """Say each reason in a line; of very many the first, and how many more there are."""
    for reason in reasons[:REASONS_SHOWN]:
        _say(f"{what}: {reason}")
    if len(reasons) > REASONS_SHOWN:
        _say(f"{what}: and {len(reasons) - REASONS_SHOWN} more")


def _gazetteer(args: argparse.Namespace) -> Gazetteer:
    """Open the gazetteer, with a line of progress on a terminal while it is first compiled."""
    from gazetteer import Gazetteer

    def progress(stage: str, done: int, total: int) -> None:
        share = f" {100 * done // total} %" if total else ""
        _progress(args, f"Preparing place names (only once): {stage}{share}")

    return Gazetteer.open(progress=progress)


def _check_output(args: argparse.Namespace) -> None:
    """Refuse before long work what could not be written, or would destroy an input."""
    from mapgen.files import OutputError, check_output

    if args.output == "-":
        return
    check_output(args.output)
    read = [getattr(args, name, None) or "-" for name in ("claims", "corrections", "roads")]
    for given in [*getattr(args, "inputs", []), *read]:
        if given != "-" and os.path.realpath(given) == os.path.realpath(args.output):
            msg = (
                f"{args.output}: is an input and would be written over. Name another file with -o."
            )
            raise OutputError(msg)


def _write_lines(args: argparse.Namespace, output: str, lines: Iterable[str]) -> None:
    """Write lines to a file, whole or not at all, or to standard output."""
    from mapgen.files import write_atomically

    text = "".join(f"{line}\n" for line in lines)
    if output == "-":
        _write_out(text)
        return
    write_atomically(output, text)
    if not args.quiet:
        _say(f"Wrote {output}.")


def _write_out(text: str) -> None:
    """Write UTF-8 to standard output, whatever encoding the terminal asks for."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _tell_extraction(args: argparse.Namespace, extraction: Extraction) -> None:
    """Say how much was coded and which names were not found."""
    if args.quiet:
        return
    n_claims, n_articles = len(extraction.claims), len(extraction.articles)
    n_off = sum(sentence.left_off is not None for sentence in extraction.sentences)
    _say(
        f"{_count(n_claims, 'claim')} from {_count(n_articles, 'article')}; "
        f"{_count(n_off, 'sentence')} left off the map (see `mapgen explain`)."
    )
    if not n_claims:
        _say("No happening was recognised in the articles: there is nothing to draw.")
    places = (place for claim in extraction.claims for place in claim.places)
    _tell_not_found(args, (place.surface for place in places if place.place_id is None))


def _tell_not_found(args: argparse.Namespace, surfaces: Iterable[str]) -> None:
    """Name what the gazetteer does not know."""
    names = Counter(" ".join(surface.split()) for surface in surfaces)
    if names and not args.quiet:
        shown = [name for name, _ in names.most_common(NAMES_SHOWN)]
        more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
        _say(f"{_count(len(names), 'name')} not found: {', '.join(shown)}{more}.")


def _count(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def _progress(args: argparse.Namespace, words: str) -> None:
    """Show one line of progress in place, on a terminal only."""
    if not args.quiet and sys.stderr.isatty():
        print(f"\r{words[:78]:<78}\r", end="", file=sys.stderr, flush=True)


def _say(words: str) -> None:
    """Say something to the user, never failing on a terminal that lacks a letter."""
    encoding = sys.stderr.encoding or "utf-8"
    clear = f"\r{'':78}\r" if sys.stderr.isatty() else ""
    with contextlib.suppress(BrokenPipeError):
        print(
            clear + words.encode(encoding, "backslashreplace").decode(encoding),
            file=sys.stderr,
            flush=True,
        )


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    return make_parser(
        {
            "build": _build,
            "places": _places,
            "extract": _extract,
            "render": _render,
            "explain": _explain,
        }
    )
