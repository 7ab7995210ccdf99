"""Run the command line: the commands that read articles or make a map, and the tools.

Exit codes: 0 success; 1 success, but some inputs were refused; 2 failure; 130 interrupted,
143 a watch that was told to stop.
Standard output carries data only (``-o -``); messages to the user go to standard error.
"""

# ruff: noqa: PLC0415  modules load when their command runs, so that `mapgen --help` is fast

from __future__ import annotations

import contextlib
import gc
import logging
import os
import shutil
import sys
from copy import copy
from typing import TYPE_CHECKING

from mapgen import __version__
from mapgen.command.given_settings import settings_of
from mapgen.command.messages import (
    count_of,
    say,
    show_progress,
    tell_counts,
    tell_extraction,
    tell_not_found,
)
from mapgen.command.outputs import (
    check_lines_output,
    check_output,
    check_page_output,
    told_written,
    write_bytes,
    write_lines,
    write_out,
)
from mapgen.command.own_folders import files_apart
from mapgen.command.parser import make_parser
from mapgen.command.tools import Voice, tool_runs
from mapgen.errors import MapgenError, told_fault

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from gazetteer import Gazetteer
    from mapgen.command.batch import Batch, Coding
    from mapgen.errors import InputError
    from mapgen.model import Extraction
    from mapgen.reading.articles import Reading, ReadResult
    from mapgen.settings import Settings
    from mapgen.situation.shown import Shown

DONE, SOME_REFUSED, NOTHING_DONE = 0, 1, 2
INTERRUPTED = 130  # 128 + SIGINT, as shells expect
PIPE_CLOSED = 141  # 128 + SIGPIPE
REASONS_SHOWN = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = _parser().parse_args(argv)
    gc.set_threshold(50_000)  # libraries keep a million objects alive; collect less often
    for library in ("pdfminer", "trafilatura", "htmldate", "charset_normalizer"):
        logging.getLogger(library).setLevel(logging.CRITICAL)  # mapgen reports the reason itself
    from gazetteer.errors import GazetteerError

    run: Callable[[argparse.Namespace], int] = args.run
    try:
        with files_apart(), contextlib.ExitStack() as args.of_run:  # holds the tables in force
            return run(args)
    except (MapgenError, GazetteerError) as err:
        say(f"mapgen: {err}")
        return NOTHING_DONE
    except _damage() as err:
        say(f"mapgen: the gazetteer is damaged ({err}). Rebuild it with `gazetteer build`.")
        return NOTHING_DONE
    except BrokenPipeError:
        return _closed_pipe()
    except Exception as err:  # noqa: BLE001  the last guard: no user ever sees a traceback
        say(
            f"mapgen: stopped by a fault of mapgen {__version__}: {told_fault(err)}. Nothing more "
            "was written. Please report it, with these words, the command and, if you may pass "
            "them on, the files."
        )
        return NOTHING_DONE
    except KeyboardInterrupt:
        say("mapgen: interrupted; nothing was written.")
        return INTERRUPTED


def _closed_pipe() -> int:
    """Keep Python from failing again at exit when the reader of the output is gone."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED


def _damage() -> type[Exception]:
    """Return the exception for a damaged database; sqlite3 is imported only when needed."""
    import sqlite3

    return sqlite3.DatabaseError


def _build(args: argparse.Namespace) -> int:

    settings = settings_of(args)
    check_output(args, _beside(args, settings))
    check_page_output(args, args.inputs)
    articles = _articles(args, settings)
    with _gazetteer(args) as gazetteer:
        extraction = _coded(args, articles, gazetteer, settings)
        not_coded = _not_coded(extraction)
        _draw_each(args, extraction, gazetteer, settings)
    return SOME_REFUSED if articles.refused or not_coded else DONE


def _render(args: argparse.Namespace) -> int:
    from mapgen.claims.claims_file import read_claims

    settings = settings_of(args)
    check_output(args, _beside(args, settings))
    check_page_output(args, [args.claims])
    extraction = read_claims(args.claims)
    with _gazetteer(args) as gazetteer:
        _draw_each(args, extraction, gazetteer, settings)
    return DONE


def _places(args: argparse.Namespace) -> int:
    from mapgen import pipeline
    from mapgen.claims.claims_file import toponyms_to_lines

    settings = settings_of(args)
    check_output(args)
    check_lines_output(args)
    articles = _articles(args, settings)
    with _gazetteer(args) as gazetteer:
        show_progress(args, f"Reading {count_of(len(articles.articles), 'article')}")
        toponyms = pipeline.find_places(articles.articles, gazetteer)
    write_lines(args, args.output, toponyms_to_lines(articles.articles, toponyms))
    lost = [t for t in toponyms if t.place_id is None]
    for tie in (False, True):
        tell_not_found(args, (t.surface for t in lost if (t.method == "tie") is tie), tie=tie)
    return SOME_REFUSED if articles.refused else DONE


def _extract(args: argparse.Namespace) -> int:
    import tempfile
    from pathlib import Path

    from mapgen import pipeline
    from mapgen.command.batch import Journal, about, extract_each

    settings = settings_of(args)
    check_output(args)
    check_lines_output(args)
    _check_jobs(args)
    share, n_refused, kept = _share(args), 0, False

    def tell(batch: Batch) -> None:
        nonlocal n_refused
        if batch.n_done:  # if no article is read, the refusals are raised below
            n_refused += len(batch.reading.refused)
            _say_remarks(args, batch.reading)
            show_progress(args, share(batch))

    with tempfile.TemporaryDirectory() as folder, _gazetteer(args) as gazetteer:
        real = Path(os.path.realpath(args.output))
        plain = args.output != "-" and (real.is_file() or not real.exists())
        aside = real.with_name(f".{real.name[:200]}.part") if plain else Path(folder) / "part"
        journal = Journal(aside, about(gazetteer, settings))
        try:
            run = (args.inputs, gazetteer, settings, journal)
            how = {"jobs": args.jobs, "code": _coding(args, gazetteer, settings)}
            batch = extract_each(*run, **how, resume=args.resume, tell=tell)
            if not batch.n_done:
                _refuse_all(batch.reading.refused)
            tell(batch)
            not_coded = pipeline.not_coded_of(journal.blocks(), settings)
            if len(not_coded) < batch.n_done:
                _write_parts(args, journal.parts())
        except BaseException:
            kept = journal.n_blocks > 0
            if kept and plain:
                say("What was coded is kept: the same command with --resume goes on from there.")
            raise
        finally:
            journal.close(remove=not kept)
    if len(not_coded) == batch.n_done:
        _refuse_all(not_coded)
    _say_each("refused", not_coded)
    n_refused += len(not_coded)
    tell_counts(args, batch.n_claims, batch.n_done, batch.n_left_off)
    tell_not_found(args, batch.unfound.elements())
    tell_not_found(args, batch.several.elements(), tie=True)
    return SOME_REFUSED if n_refused else DONE


def _coding(args: argparse.Namespace, gazetteer: Gazetteer, settings: Settings) -> Coding | None:
    """Return the function that codes on a cluster, or ``None`` without ``--scheduler``."""
    if args.scheduler is None:
        return None
    from mapgen.command.cluster import coding_on

    return coding_on(args.scheduler, gazetteer, settings, jobs=args.jobs)


def _check_jobs(args: argparse.Namespace) -> None:
    """Refuse invalid combinations of ``--jobs``, ``--scheduler`` and ``--resume``."""
    from mapgen.errors import SettingsError

    if args.jobs < 1:
        msg = f"--jobs: {args.jobs} is not a number of processes, 1 or more."
        raise SettingsError(msg)
    if args.jobs > 1 and args.scheduler not in {None, "local"}:
        msg = f"--jobs: {args.scheduler} has its own workers. Leave out --jobs."
        raise SettingsError(msg)
    if args.resume and args.output == "-":
        msg = "--resume needs a file to go on with: name it with -o."
        raise SettingsError(msg)


def _share(args: argparse.Namespace) -> Callable[[Batch], str]:
    """Return a function that words the progress: articles, rate and, if known, time left."""
    import time

    from mapgen.reading.articles import size_of

    shown = not args.quiet and sys.stderr.isatty()
    total = size_of(args.inputs) if shown else None
    start = time.monotonic()

    def words(batch: Batch) -> str:
        if not shown:
            return ""
        n_new, seconds = batch.n_done - batch.n_resumed, max(time.monotonic() - start, 0.001)
        told = f"{count_of(batch.n_done, 'article')}, {n_new / seconds:.1f} a second"
        at = batch.reading.done_bytes + (batch.reading.position or int)()
        if total and n_new and 0 < at < total:
            left = int(seconds * (total - at) / at)
            told += f", {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
        return told

    return words


def _say_remarks(args: argparse.Namespace, reading: Reading) -> None:
    """Print the new refusals, skipped files and notes of a reading, then clear them."""
    said = [("refused", [str(err) for err in reading.refused])]
    if not args.quiet:
        said += [("skipped", reading.passed_over), ("note", reading.notes)]
    for what, reasons in said:
        for reason in reasons:
            say(f"{what}: {reason}")
    for remarks in (reading.refused, reading.passed_over, reading.notes):
        remarks.clear()


def _refuse_all(refused: Sequence[InputError]) -> None:
    from mapgen.pipeline import no_article

    raise no_article(refused[:REASONS_SHOWN])


def _write_parts(args: argparse.Namespace, parts: Iterable[bytes]) -> None:
    """Write bytes atomically to a file, or to standard output."""
    from mapgen.core.files import write_parts

    if args.output == "-":
        sys.stdout.buffer.writelines(parts)
        sys.stdout.buffer.flush()
        return
    write_parts(args.output, parts)
    if not args.quiet:
        say(told_written(args, [args.output]))


def _explain(args: argparse.Namespace) -> int:
    from mapgen import pipeline
    from mapgen.situation.explain import explain, explain_json

    settings = settings_of(args)
    extraction, code = _extraction(args, settings)
    with _gazetteer(args) as gazetteer:
        shown = pipeline.shown_reading(extraction, gazetteer, settings)
    columns = shutil.get_terminal_size((88, 24)).columns
    told = explain_json(shown) if args.json else explain(shown, width=min(columns, 100))
    write_lines(args, "-", told)
    return code


def _draw_each(
    args: argparse.Namespace, extraction: Extraction, gazetteer: Gazetteer, settings: Settings
) -> None:
    """Write one map, or with --split one for each conflict that the articles tell of."""
    if not args.split:
        _draw(args, extraction, gazetteer, settings)
        return
    from mapgen.command.splitting import parts_of
    from mapgen.core.files import OutputError

    if args.output == "-":
        msg = "--split can write several files, and - is one. Name a file with -o."
        raise OutputError(msg)
    parts, left = parts_of(extraction, gazetteer, settings, args.output)
    for part in parts:
        own = copy(args)
        own.output = part.output
        if part.output != args.output:
            check_output(own, _beside(own, settings))
        _draw(own, part.extraction, gazetteer, settings)
    _say_each("note", [f"Article {name} is in no map: it tells of none of them." for name in left])


def _draw(
    args: argparse.Namespace, extraction: Extraction, gazetteer: Gazetteer, settings: Settings
) -> None:
    """Write the map and the other formats, and report the files."""
    from mapgen import pipeline

    shown = _shown(args, extraction, gazetteer, settings, "Drawing the map")
    if args.output == "-":
        write_out(pipeline.page(shown))
    else:
        pipeline.write_map(shown, args.output)
    tell_extraction(args, extraction)
    if settings.formats:
        show_progress(args, "Writing other formats")
        written = pipeline.write_formats(shown, args.output, settings.formats)
        if not args.quiet:
            say(told_written(args, written))
    if args.output != "-" and not args.quiet:
        is_new = os.path.realpath(args.output) not in args.existing
        how = f"Open {args.output}" if is_new else f"Replaced {args.output}; open it"
        say(f"{how} in a browser.")


def _beside(args: argparse.Namespace, settings: Settings) -> list[str]:
    """Return the paths of the other formats, which are written next to the map."""
    if not settings.formats:
        return []
    from mapgen.core.files import OutputError
    from mapgen.pipeline import files_beside

    if args.output == "-":
        msg = "--formats writes files beside the map, which - does not have. Name a file with -o."
        raise OutputError(msg)
    return [str(path) for path in files_beside(args.output, settings)]


def _extraction(args: argparse.Namespace, settings: Settings) -> tuple[Extraction, int]:
    """Return the claims of articles or of one claims file, and the exit code so far."""
    from mapgen.claims.claims_file import is_claims_file, read_claims

    if len(args.inputs) == 1 and is_claims_file(args.inputs[0]):
        return read_claims(args.inputs[0]), DONE
    articles = _articles(args, settings)
    with _gazetteer(args) as gazetteer:
        extraction = _coded(args, articles, gazetteer, settings)
    not_coded = _not_coded(extraction)
    return extraction, SOME_REFUSED if articles.refused or not_coded else DONE


def _coded(
    args: argparse.Namespace, articles: ReadResult, gazetteer: Gazetteer, settings: Settings
) -> Extraction:
    """Code articles, and warn of a country or baseline that they do not fit.

    On a terminal, show how far it is and how long the rest takes.
    """
    from mapgen import pipeline
    from mapgen.command.country_check import remarks
    from mapgen.command.messages import ReadingProgress
    from mapgen.core.progress import reporting

    with reporting(ReadingProgress(args, [len(a.text) for a in articles.articles])):
        extraction = pipeline.extract(articles.articles, gazetteer, settings)
    _say_each("warning", remarks(extraction, gazetteer, settings))
    return extraction


def _shown(
    args: argparse.Namespace,
    extraction: Extraction,
    gazetteer: Gazetteer,
    settings: Settings,
    doing: str,
) -> Shown:
    """Return what may be shown; warn of corrections and of a title that had no effect."""
    from mapgen import pipeline

    show_progress(args, doing)
    situation = pipeline.situate(extraction, gazetteer, settings)
    _say_each("warning", situation.correction_notes)
    shown = pipeline.shown(situation, gazetteer, settings)
    _say_each("warning", shown.remarks)
    return shown


def _tell_made(args: argparse.Namespace, extraction: Extraction, written: Sequence[object]) -> None:
    """Report how much was coded and which files were written."""
    tell_extraction(args, extraction)
    if not args.quiet:
        say(told_written(args, written))


def _not_coded(extraction: Extraction) -> bool:
    """Report the articles that the coder refused, and return whether there are any."""
    from mapgen import pipeline

    refused = pipeline.not_coded(extraction)
    _say_each("refused", refused)
    return bool(refused)


def _report(args: argparse.Namespace) -> int:
    from mapgen import pipeline
    from mapgen.command.map_options import SHAPES
    from mapgen.core.formats import report_files

    settings = settings_of(args)
    check_output(args, [str(path) for path in report_files(args.output)])
    extraction, code = _extraction(args, settings)
    with _gazetteer(args) as gazetteer:
        shown = _shown(args, extraction, gazetteer, settings, "Writing the report")
        as_shapes = args.slide_map == SHAPES
        written = pipeline.write_report(shown, args.output, as_shapes=as_shapes)
    _tell_made(args, extraction, written)
    return code


def _watch(args: argparse.Namespace) -> int:
    from mapgen.command.handing_on import words_of
    from mapgen.command.watch import Stopped, Watch, check_folder, stoppable

    settings = settings_of(args)
    folder, output = check_folder(args.folder, args.output)
    command = words_of(args.on_change)
    check_output(args, _beside(args, settings))
    check_page_output(args, [args.folder])

    def tell(line: str) -> None:
        if not args.quiet or line.startswith(("refused", "warning", "not drawn")):
            say(line)

    try:
        with stoppable(), _gazetteer(args) as gazetteer:
            watch = Watch(folder, output, gazetteer, settings, command, tell)
            return watch.run(once=args.once, every_s=min(max(args.every, 0.1), 3600.0))
    except Stopped as err:
        say("mapgen: stopped. What was read is kept: the same command goes on from there.")
        return err.exit_code


def _embed(args: argparse.Namespace) -> int:
    from mapgen.drawing.page.embed import embed_snippet

    check_output(args)
    snippet = embed_snippet(args.page, address=args.address)
    write_lines(args, args.output, snippet.splitlines())
    return DONE


def _figure(args: argparse.Namespace) -> int:
    from mapgen.drawing.figure import kind_of, whole_dpi, write_picture
    from mapgen.drawing.figure.sizes import size_named
    from mapgen.drawing.figure.video import check_video
    from mapgen.settings import listed_days

    if args.like_page:
        return _like_page(args)
    settings = settings_of(args)
    days, dpi = listed_days(args.dates or ""), whole_dpi(args.dpi) if args.dpi else None
    check_video(kind_of(args.output))  # report what cannot be made before the long work
    size_named(args.size)
    check_output(args)
    extraction, code = _extraction(args, settings)
    with _gazetteer(args) as gazetteer:
        shown = _shown(args, extraction, gazetteer, settings, "Drawing the picture")
        write_picture(shown, args.output, size=args.size, days=days, dpi=dpi)
    _tell_made(args, extraction, [args.output])
    return code


def _like_page(args: argparse.Namespace) -> int:
    from mapgen import pipeline
    from mapgen.core.files import write_bytes_atomically
    from mapgen.drawing.figure import kind_of, whole_dpi
    from mapgen.drawing.figure.page_screenshot import SCREEN_DPI, check_kind, picture_of_page
    from mapgen.drawing.figure.sizes import DEFAULT_SIZE, FigureError

    settings, kind = settings_of(args), kind_of(args.output)
    check_kind(kind)
    dpi = whole_dpi(args.dpi or str(SCREEN_DPI))
    if args.dates or args.size != DEFAULT_SIZE:
        msg = "--size and --dates are for drawn pictures: leave them out, or leave --like-page out."
        raise FigureError(msg)
    check_output(args)
    extraction, code = _extraction(args, settings)
    with _gazetteer(args) as gazetteer:
        shown = _shown(args, extraction, gazetteer, settings, "Drawing the page")
        page = pipeline.page(shown)
    show_progress(args, "Taking its picture")
    write_bytes_atomically(args.output, picture_of_page(page, kind, dpi=dpi))
    _tell_made(args, extraction, [args.output])
    return code


def _story(args: argparse.Namespace) -> int:
    from mapgen.command import stories

    story = None if args.draft else stories.story_of(args)
    if story is None:
        stories.check_draft(args)
    settings = settings_of(args)
    check_output(args)
    extraction, code = _extraction(args, settings)
    with _gazetteer(args) as gazetteer:
        shown = _shown(args, extraction, gazetteer, settings, "Writing the story")
        stories.write(args, shown, story)
    _tell_made(args, extraction, [args.output] if args.output != "-" else [])
    return code


def _articles(args: argparse.Namespace, settings: Settings) -> ReadResult:
    """Read the inputs, and report each that could not be read, with the reason."""
    from mapgen.pipeline import read_articles

    result = read_articles(args.inputs, settings)
    _say_each("refused", result.refused)
    if not args.quiet:
        _say_each("skipped", result.passed_over)
        _say_each("note", result.notes)
    return result


def _say_each(what: str, reasons: Sequence[object]) -> None:
    """Print one line per reason; if there are very many, the first ones and a count."""
    for reason in reasons[:REASONS_SHOWN]:
        say(f"{what}: {reason}")
    if len(reasons) > REASONS_SHOWN:
        say(f"{what}: and {len(reasons) - REASONS_SHOWN} more")


def _gazetteer(args: argparse.Namespace) -> Gazetteer:
    """Open the gazetteer; say so if it must be compiled first, and show progress on a terminal."""
    from gazetteer import Gazetteer

    is_told = args.quiet

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal is_told
        if not is_told and not stage.startswith("villages"):  # which take a second or two
            say("Preparing the place names, which takes about a minute and happens only once.")
            is_told = True
        share = f" {100 * done // total} %" if total else ""
        show_progress(args, f"Preparing place names (only once): {stage}{share}")

    return Gazetteer.open(progress=progress)


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    return make_parser(
        {
            "build": _build,
            "places": _places,
            "extract": _extract,
            "render": _render,
            "explain": _explain,
            **tool_runs(Voice(say=say, write_out=write_bytes)),
            "embed": _embed,
            "figure": _figure,
            "report": _report,
            "story": _story,
            "watch": _watch,
        }
    )
