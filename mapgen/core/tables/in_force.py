"""Hold the tables of one run, and keep track of which tables are in force.

A `Tables` holds the text of the files with which a user extends or replaces the packaged tables.
Each reader of a table (`default_table`, `lexicon`, `word_list`, `colours`, `interface_texts`,
`Sides`) uses the tables in force when it is called. Results are cached separately for each
`Tables`, so two runs in one process do not mix. Outside of `using`, the packaged tables are in
force.
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
"""Tables that a folder can extend. The packaged ones are in ``mapgen/data``."""

REPLACING: Final = {
    "actors.only.csv": "actors.csv",
    "sides.only.toml": "sides.toml",
    "lexicon.only.csv": "lexicon.csv",
    "words.only.toml": "words.toml",
}
"""Files that replace a packaged table instead of extending it."""

KEYS: Final = {"actors.csv": ("id",), "lexicon.csv": ("word", "pos")}
"""Key columns of each CSV table. A row replaces the packaged row with the same key."""

P = ParamSpec("P")
T = TypeVar("T")

_KEPT = 8  # number of `Tables` for which results are cached
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a user; ``Tables()`` stands for the packaged tables alone.

    Two instances are equal if their files have the same text, whatever their folder.

    Parameters
    ----------
    files
        Names as in `TABLE_FILES` and `REPLACING`, each with the text of the file, sorted by name.
        Use `mapgen.core.tables.folder.read_tables` to read and check them.
    """

    files: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the hash with which outputs identify their tables."""
        data = json.dumps(sorted(self.files), ensure_ascii=False).encode("utf-8", "replace")
        object.__setattr__(self, "digest", hashlib.sha256(data).hexdigest()[:_DIGITS])

    def text(self, name: str) -> str | None:
        """Return the text of a file, or None if there is no such file."""
        return dict(self.files).get(name)


PACKAGED: Final = Tables()
"""The packaged tables, without any of a user."""

_IN_FORCE: ContextVar[Tables] = ContextVar("mapgen_tables", default=PACKAGED)
tables_in_force: Final = _IN_FORCE.get
"""Return the tables now in force."""


@contextlib.contextmanager
def using(tables: Tables | None) -> Iterator[None]:
    """Put tables in force within a ``with`` block; ``None`` means the packaged tables."""
    token = _IN_FORCE.set(tables or PACKAGED)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def per_tables(make: Callable[P, T]) -> Callable[P, T]:
    """Cache the results of a function separately for each `Tables` in force."""

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
    """Return a user's text for a table, or None, and whether it replaces the packaged one."""
    tables = _IN_FORCE.get()
    for file, table in REPLACING.items():
        if table == name and (text := tables.text(file)) is not None:
            return text, True
    return tables.text(name), False


def table_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV table in force.

    A row of the user replaces the packaged row with the same key; other rows are added.

    Parameters
    ----------
    name
        One of `KEYS`.

    Returns
    -------
    list of dict
        One per row, from column to cell.
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
    """Return the rows of a CSV text, with empty texts for missing cells."""
    rows = csv.DictReader(text.splitlines(), restval="")
    return [{k: v.strip() for k, v in row.items() if k is not None} for row in rows]


def packaged_toml(name: str) -> dict[str, Any]:
    """Parse a packaged TOML table."""
    return tomllib.loads(packaged_text(name))


def own_toml(name: str) -> tuple[dict[str, Any], bool]:
    """Return a user's TOML table, and whether it replaces the packaged one."""
    own, replaces = laid_over(name)
    return tomllib.loads(own or ""), replaces


def merged_texts(name: str) -> dict[str, dict[str, str]]:
    """Return a TOML table of texts, in which keys of the user replace packaged ones."""
    own, _ = own_toml(name)
    return {
        section: {**{k: str(v) for k, v in keys.items()}, **own.get(section, {})}
        for section, keys in packaged_toml(name).items()
    }
