"""The tables of one run as a value, and which of them are in force.

A `Tables` holds the text of the files that a user lays over the packaged tables. Each reader of a
table (`default_table`, `lexicon`, `word_list`, `colours`, `interface_texts`, `Sides`) asks for the
tables in force when it is called; what it made is kept for each `Tables` apart, so two runs in one
process cannot mix. Outside of `using`, the packaged tables are in force.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import hashlib
import json
import tomllib
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLE_FILES: Final = (
    "actors.csv",
    "sides.toml",
    "lexicon.csv",
    "words.toml",
    "style.toml",
    "interface.toml",
)
"""The tables that a folder can add to; their packaged form is in ``mapgen/data``."""

REPLACING: Final = {
    "actors.only.csv": "actors.csv",
    "sides.only.toml": "sides.toml",
    "lexicon.only.csv": "lexicon.csv",
    "words.only.toml": "words.toml",
}
"""Files that stand in place of a packaged table, and not beside it."""

KEYS: Final = {"actors.csv": ("id",), "lexicon.csv": ("word", "pos")}
"""The columns that tell the rows of a table apart: a row with the same key replaces."""

P = ParamSpec("P")
T = TypeVar("T")

_KEPT = 8  # tables of so many runs are kept as they were read
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Tables:
    """What a user lays over the packaged tables; ``Tables()`` is the packaged ones alone.

    Two are equal when their files have the same text, whatever folder these came from.

    Parameters
    ----------
    files
        Names of files, as in `TABLE_FILES` and `REPLACING`, each with its text, in order of name.
        `mapgen.core.tables.folder.read_tables` reads and checks them.
    """

    files: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Work out the hash by which outputs name the tables they were made with."""
        data = json.dumps(sorted(self.files), ensure_ascii=False).encode("utf-8", "replace")
        object.__setattr__(self, "digest", hashlib.sha256(data).hexdigest()[:_DIGITS])

    def text(self, name: str) -> str | None:
        """Return the text of a file, or None where there is none of that name."""
        return dict(self.files).get(name)


PACKAGED: Final = Tables()
"""The tables of the package, with nothing over them."""

_IN_FORCE: ContextVar[Tables] = ContextVar("mapgen_tables", default=PACKAGED)
tables_in_force: Final = _IN_FORCE.get
"""Return the tables that readers ask for now."""


@contextlib.contextmanager
def using(tables: Tables | None) -> Iterator[None]:
    """Put tables in force for what runs inside; ``None`` stands for the packaged ones."""
    token = _IN_FORCE.set(tables or PACKAGED)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def per_tables(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function makes of the tables in force, for each tables apart."""

    @functools.lru_cache(maxsize=_KEPT)
    def made_for(_: Tables) -> dict[Any, T]:
        return {}

    @functools.wraps(make)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        made = made_for(_IN_FORCE.get())
        key = (args, tuple(kwargs.items()))
        if key not in made:
            made[key] = make(*args, **kwargs)
        return made[key]

    return asked


@functools.cache
def packaged_text(name: str) -> str:
    """Return the text of a packaged table."""
    return resources.files("mapgen").joinpath("data", name).read_text(encoding="utf-8")


def laid_over(name: str) -> tuple[str | None, bool]:
    """Return the text that the tables in force lay over a table, and whether it replaces it."""
    tables = _IN_FORCE.get()
    for file, table in REPLACING.items():
        if table == name and (text := tables.text(file)) is not None:
            return text, True
    return tables.text(name), False


def table_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV table in force: a row with the same key replaces, others add.

    Parameters
    ----------
    name
        One of `KEYS`.
    """
    packaged = csv_rows(packaged_text(name))
    own, replaces = laid_over(name)
    if own is None:
        return packaged
    added = {tuple(row[column] for column in KEYS[name]): row for row in csv_rows(own)}
    if replaces:
        return list(added.values())
    rows = [added.pop(tuple(row[c] for c in KEYS[name]), row) for row in packaged]
    return [*rows, *added.values()]


def csv_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text; a cell that is missing is empty."""
    rows = csv.DictReader(text.splitlines(), restval="")
    return [{k: v.strip() for k, v in row.items() if k is not None} for row in rows]


def packaged_toml(name: str) -> dict[str, Any]:
    """Return a packaged TOML table."""
    return tomllib.loads(packaged_text(name))


def own_toml(name: str) -> tuple[dict[str, Any], bool]:
    """Return what the tables in force lay over a TOML table, and whether it replaces it."""
    own, replaces = laid_over(name)
    return tomllib.loads(own or ""), replaces


def merged_texts(name: str) -> dict[str, dict[str, str]]:
    """Return a TOML table of texts in force: a key of the user's replaces the packaged one."""
    own, _ = own_toml(name)
    return {
        section: {**{k: str(v) for k, v in keys.items()}, **own.get(section, {})}
        for section, keys in packaged_toml(name).items()
    }
