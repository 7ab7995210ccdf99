"""Keep what ``mapgen watch`` has read and drawn in a folder beside the map.

Each file of articles has a record of its own, with the lines of a claims file, written in one step.
A watch that is killed loses at most the file that it was reading, and reads that one again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mapgen.command.batch import locked
from mapgen.core.files import OutputError, write_atomically
from mapgen.export.changes import MapState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import BinaryIO

_FORM = 1  # of the records; another number makes a watch read all files again


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRecord:
    """What was read of one file: its articles, each with its key and lines of a claims file."""

    name: str  # relative to the watched folder
    stamp: tuple[int, int]  # size in bytes, time of the last change in nanoseconds
    articles: Mapping[str, tuple[str, ...]]  # key of the article to its lines
    refused: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The lines of all articles."""
        return [line for lines in self.articles.values() for line in lines]

    @property
    def ids(self) -> dict[str, str]:
        """The ids of the articles, each with its key."""
        found = {}
        for key, lines in self.articles.items():
            for line in lines[:1]:
                found[str(json.loads(line).get("id"))] = key
        return found


@dataclass(slots=True)
class Drawn:
    """The map as it was drawn last, and the number of the last note on what changed."""

    digest: str = ""  # of the records that it was drawn from
    number: int = 0
    state: MapState | None = None
    keys: dict[str, str] = field(default_factory=dict)  # article id to the key of the article
    is_handed_on: bool = True  # whether the command of --on-change has had the last note


class WatchRecords:
    """The records of a watch, in the folder ``.NAME.watch`` beside the map NAME.

    Parameters
    ----------
    output
        Path of the map.
    about
        What claims depend on besides the articles. If it differs from that of the records, they
        are removed, and all files are read again.

    Raises
    ------
    OutputError
        If the folder cannot be written, or another watch uses it.
    """

    def __init__(self, output: Path, about: Mapping[str, str | None]) -> None:
        self.folder = output.with_name(f".{output.name[:200]}.watch")
        self._notes = output.with_name(f"{output.stem}.changes")
        try:
            (self.folder / "files").mkdir(parents=True, exist_ok=True)
            self._lock: BinaryIO = (self.folder / "lock").open("ab")
        except OSError as err:
            msg = f"{self.folder}: cannot be written ({err.strerror or err}). Choose another place."
            raise OutputError(msg) from err
        if not locked(self._lock):
            self._lock.close()
            msg = f"{output}: another watch keeps it current. Stop that one, or name another file."
            raise OutputError(msg)
        self.files = self._read(json.dumps({"form": _FORM, **about}, sort_keys=True))
        self.drawn = self._read_drawn()

    def close(self) -> None:
        """Let another watch use the folder."""
        self._lock.close()

    def __enter__(self) -> WatchRecords:
        """Return the records."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the records."""
        self.close()

    @property
    def digest(self) -> str:
        """Digest of all records, which changes if an article does."""
        keys = [(name, list(self.files[name].articles)) for name in sorted(self.files)]
        return hashlib.sha256(json.dumps(keys).encode()).hexdigest()

    @property
    def keys(self) -> dict[str, str]:
        """The ids of all articles, each with its key."""
        return {i: key for record in self.files.values() for i, key in record.ids.items()}

    def lines(self) -> list[str]:
        """Return the lines of all articles, in the order of the names of the files."""
        return [line for name in sorted(self.files) for line in self.files[name].lines]

    def put(self, record: FileRecord) -> None:
        """Keep the record of a file in place of an earlier one."""
        head = {
            "name": record.name,
            "stamp": record.stamp,
            "articles": {key: len(lines) for key, lines in record.articles.items()},
            "refused": record.refused,
        }
        text = "\n".join([json.dumps(head), *record.lines])
        write_atomically(self._path(record.name), f"{text}\n")
        self.files[record.name] = record

    def remove(self, name: str) -> None:
        """Forget a file that is gone."""
        self._path(name).unlink(missing_ok=True)
        del self.files[name]

    def put_drawn(self) -> None:
        """Keep what `drawn` says."""
        told = self.drawn
        record = {
            "digest": told.digest,
            "number": told.number,
            "state": told.state.to_json() if told.state else None,
            "keys": told.keys,
            "is_handed_on": told.is_handed_on,
        }
        write_atomically(self.folder / "drawn.json", json.dumps(record))

    def note_paths(self, number: int) -> tuple[Path, Path]:
        """Return the paths of a note on what changed, as Markdown and as JSON."""
        start = self._notes / f"{number:04}"
        return start.with_suffix(".md"), start.with_suffix(".json")

    def _path(self, name: str) -> Path:
        digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        return self.folder / "files" / f"{digest}.jsonl"

    def _read(self, about: str) -> dict[str, FileRecord]:
        """Return the records of an earlier watch with the same settings; remove others."""
        kept = self.folder / "about.json"
        known = ""
        with contextlib.suppress(OSError, ValueError):  # none yet, or cut off
            known = kept.read_text("utf-8")
        records = {}
        for path in sorted((self.folder / "files").glob("*.jsonl")):
            record = _record_in(path) if known == about else None
            if record is None:
                path.unlink(missing_ok=True)
            else:
                records[record.name] = record
        if known != about:
            write_atomically(kept, about)
        return records

    def _read_drawn(self) -> Drawn:
        try:
            told: dict[str, Any] = json.loads((self.folder / "drawn.json").read_text("utf-8"))
            state = MapState.from_json(told["state"]) if told["state"] else None
            return Drawn(told["digest"], told["number"], state, told["keys"], told["is_handed_on"])
        except (OSError, ValueError, KeyError, TypeError):  # none yet, or of another version
            return Drawn()


def _record_in(path: Path) -> FileRecord | None:
    """Return the record in a file, or None if it is damaged."""
    try:
        head, *lines = path.read_text("utf-8").removesuffix("\n").split("\n")
        told = json.loads(head)
        articles, at = {}, 0
        for key, n_lines in told["articles"].items():
            articles[key] = tuple(lines[at : at + n_lines])
            at += n_lines
        size, changed = told["stamp"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if at != len(lines):
        return None
    refused: Iterable[str] = told.get("refused", ())
    return FileRecord(
        name=told["name"], stamp=(size, changed), articles=articles, refused=tuple(refused)
    )
