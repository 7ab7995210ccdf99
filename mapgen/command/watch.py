"""Run ``mapgen watch``: keep a map current while articles come into a folder.

The folder is looked at every few seconds. New and changed files are read alone, their claims are
kept beside the map (see `watch_records`), and the page is replaced in one step. What changed is
written as a note, and handed on if the user wants so (see `handing_on`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen import pipeline
from mapgen.claims.claims_file import claims_from_lines
from mapgen.command.batch import about, key_of, lines_of
from mapgen.command.handing_on import hand_on
from mapgen.command.watch_records import FileRecord, WatchRecords
from mapgen.core.chosen_columns import parse_columns
from mapgen.core.files import OutputError, write_atomically
from mapgen.errors import InputError, MapgenError
from mapgen.export.changes import changes_between, state_of
from mapgen.reading.articles import Reading, files_in, read_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from gazetteer import Gazetteer
    from mapgen.export.changes import Changes
    from mapgen.settings import Settings

DONE, SOME_REFUSED, NOTHING_DONE = 0, 1, 2
_SETTLED_NS = 2_000_000_000  # a file that has not changed for this time is complete


@dataclass(slots=True)
class Watch:
    """A folder that is watched, and the map that is made from it.

    Parameters
    ----------
    folder
        Folder of articles.
    output
        Path of the map.
    gazetteer, settings
        As for `mapgen.pipeline.extract`.
    command
        Words of the command, or the address, that gets each note; empty for none.
    say
        Function that tells the user a line.
    """

    folder: Path
    output: Path
    gazetteer: Gazetteer
    settings: Settings
    command: tuple[str, ...]
    say: Callable[[str], None]
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)  # stamps of the last look

    def run(self, *, once: bool, every_s: float) -> int:
        """Keep the map current until the process ends.

        Parameters
        ----------
        once
            Whether to bring the map up to date and return.
        every_s
            Seconds between two looks at the folder.

        Returns
        -------
        int
            Exit code, as of ``mapgen build``.

        Raises
        ------
        MapgenError
            If the map cannot be made and ``once`` is set. Otherwise the reason is told, and the
            next look tries again.
        """
        with WatchRecords(self.output, self._about()) as records:
            self._hand_on(records)  # what a killed watch left
            while True:
                self.look(records, is_patient=not once)
                try:
                    self.draw(records)
                except MapgenError as err:
                    if once:
                        raise
                    self.say(f"not drawn: {err}")
                if once:
                    refused = any(record.refused for record in records.files.values())
                    return SOME_REFUSED if refused else DONE
                time.sleep(every_s)

    def look(self, records: WatchRecords, *, is_patient: bool) -> None:
        """Read the new and changed files, and forget those that are gone.

        Parameters
        ----------
        records
            What has been read so far.
        is_patient
            Whether to wait for a file that is still being written.
        """
        found = self._stamps()
        for name in sorted(set(records.files) - set(found)):
            records.remove(name)
            self.say(f"gone: {name}")
        before, self._seen = self._seen, found
        for name, stamp in found.items():
            record = records.files.get(name)
            if record is not None and record.stamp == stamp:
                continue
            is_still = before.get(name) == stamp or time.time_ns() - stamp[1] > _SETTLED_NS
            if is_still or not is_patient:
                self._read(records, name, stamp)

    def draw(self, records: WatchRecords) -> None:
        """Replace the page and write a note, if anything was read since the last time.

        Raises
        ------
        MapgenError
            If no article could be read, or a file cannot be written.
        """
        digest, drawn = f"{records.digest} {self._drawn_with()}", records.drawn
        if digest == drawn.digest and self.output.exists():
            return
        lines = records.lines()
        if not lines:
            refused = [line for record in records.files.values() for line in record.refused]
            problem = "has no article that could be read" + "".join(
                f"\n  {r}" for r in refused[:20]
            )
            raise InputError(str(self.folder), problem, "The map is made when one comes.")
        extraction = claims_from_lines(lines)
        situation = pipeline.situate(extraction, self.gazetteer, self.settings)
        shown = pipeline.shown(situation, self.gazetteer, self.settings)
        pipeline.write_map(shown, self.output)
        if self.settings.formats:
            pipeline.write_formats(shown, self.output, self.settings.formats)
        state, keys = state_of(shown), records.keys
        edited = [i for i, key in keys.items() if drawn.keys.get(i, key) != key]
        changes = changes_between(drawn.state, state, changed_articles=edited)
        number = drawn.number + 1
        self._write_note(records, number, changes)
        drawn.digest, drawn.number, drawn.state, drawn.keys = digest, number, state, keys
        drawn.is_handed_on = not self.command
        records.put_drawn()
        self.say(_told(self.output, changes))
        self._hand_on(records)

    def _about(self) -> dict[str, str | None]:
        """Return what the claims of a file depend on besides the file."""
        settings = self.settings
        return {
            **about(self.gazetteer, settings),
            "folder": os.path.realpath(self.folder),
            "published_on": str(settings.published_on),
            "country": settings.country,
            "columns": settings.columns,
        }

    def _drawn_with(self) -> str:
        """Return a digest of what a map depends on besides the claims."""
        settings = self.settings
        stamps = []
        for name in (settings.baseline, settings.corrections, settings.roads):
            with contextlib.suppress(OSError, ValueError):  # none, or the name of a packaged table
                stamps.append(Path(str(name)).stat().st_mtime_ns)
        told = f"{stamps} {settings}"
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()

    def _stamps(self) -> dict[str, tuple[int, int]]:
        """Return the size and time of the last change of each file, by name."""
        stamps = {}
        for path in files_in(self.folder, baseline=self.settings.baseline):
            try:
                status = path.stat()
            except OSError:  # it was removed just now
                continue
            stamps[str(path.relative_to(self.folder))] = (status.st_size, status.st_mtime_ns)
        return stamps

    def _read(self, records: WatchRecords, name: str, stamp: tuple[int, int]) -> None:
        """Read one file, code its articles that are new, and keep the record."""
        settings = self.settings
        columns = parse_columns(settings.columns) if settings.columns else None
        reading = Reading(settings.published_on, settings.country, columns)
        old = records.files.get(name)
        others = (record for other, record in records.files.items() if other != name)
        reading.ids = {article for record in others for article in record.ids}
        coded: dict[str, tuple[str, ...]] = {}
        for article in read_each([self.folder / name], reading):
            key = key_of(article)
            if old is not None and key in old.articles:
                coded[key] = old.articles[key]
                continue
            told = lines_of(article, self.gazetteer, settings)
            if isinstance(told, InputError):
                reading.refused.append(told)
            else:
                coded[key] = tuple(told)
        refused = tuple(str(err) for err in reading.refused)
        records.put(FileRecord(name=name, stamp=stamp, articles=coded, refused=refused))
        for line in refused:
            self.say(f"refused: {line}")
        for note in (*reading.passed_over, *reading.notes):
            self.say(f"note: {note}")
        new = len(set(coded) - set(old.articles if old else ()))
        self.say(f"read: {name} ({new} new {'article' if new == 1 else 'articles'})")

    def _write_note(self, records: WatchRecords, number: int, changes: Changes) -> None:
        markdown, data = records.note_paths(number)
        write_atomically(markdown, changes.to_markdown())
        record = {"number": number, "map": str(self.output), **changes.to_json()}
        write_atomically(data, json.dumps(record, ensure_ascii=False, indent=2) + "\n")

    def _hand_on(self, records: WatchRecords) -> None:
        """Hand the last note on, once."""
        drawn = records.drawn
        if drawn.is_handed_on or not self.command:
            return
        markdown, data = records.note_paths(drawn.number)
        paths = {"MAPGEN_MAP": self.output, "MAPGEN_CHANGES": data, "MAPGEN_CHANGES_MD": markdown}
        variables = {name: str(path) for name, path in paths.items()}
        problem = hand_on(self.command, data.read_bytes(), variables)
        if problem is not None:
            self.say(f"warning: {problem}.")
        drawn.is_handed_on = True
        records.put_drawn()


class Stopped(KeyboardInterrupt):
    """A signal told the watch to stop.

    Parameters
    ----------
    number
        Number of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number  # as shells expect


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Raise `Stopped` when SIGINT or SIGTERM comes while the block runs.

    A watch that a script starts with ``&`` inherits that SIGINT is ignored. It would then run
    until it is killed, so both signals count here whatever the parent process wanted.
    """
    if threading.current_thread() is not threading.main_thread():  # only it can handle signals
        yield
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def check_folder(folder: str, output: str) -> tuple[Path, Path]:
    """Return the watched folder and the map as paths.

    Raises
    ------
    InputError
        If the folder is none.
    OutputError
        If the map is standard output, or would be read as an article.
    """
    if not Path(folder).is_dir():
        raise InputError(folder, "is not a folder", "Name the folder into which articles come.")
    if output == "-":
        msg = "watch replaces a file: name one with -o."
        raise OutputError(msg)
    if Path(os.path.realpath(output)).is_relative_to(os.path.realpath(folder)):
        msg = f"{output}: lies in the watched folder and would be read. Name a file outside of it."
        raise OutputError(msg)
    return Path(folder), Path(os.path.realpath(output))


def _told(output: Path, changes: Changes) -> str:
    """Return the line that tells of a new page."""
    counts = f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.gone)} gone"
    return f"{'Wrote' if changes.as_of_before is None else 'Replaced'} {output}: {counts}."
