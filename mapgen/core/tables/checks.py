"""Check a user's tables of parties and verbs, and report each fault with its row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapgen.core.tables.in_force import KEYS, REPLACING, packaged_text, table_rows, using
from mapgen.core.tables.lexicon import packaged_frames
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.core.tables.in_force import Tables

MOST_ROWS: Final = 20_000
LONGEST_NAME: Final = 120
PARTY_KINDS: Final = ("state", "rebel", "militia", "foreign")
REQUIRED: Final = {
    "actors.csv": ("id", "name", "side", "kind"),
    "lexicon.csv": ("word", "pos", "frame", "kind"),
}
_ID = re.compile(r"[\w.-]+(?::[\w.-]+)?")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LEAST_ALIAS = 2  # letters; a single letter would match in every text


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a table: its location, the problem and some advice."""

    file: str
    row: int | None  # line of the file, counted from 1
    column: str | None
    problem: str  # a clause: "is missing"
    advice: str  # a sentence

    def __str__(self) -> str:
        """Return the fault as one line."""
        where = [self.file, f"line {self.row}" if self.row else "", self.column or ""]
        return f"{', '.join(part for part in where if part)}: {self.problem}. {self.advice}"


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row of a user's table, with its line number and its cells by column."""

    file: str
    line: int
    cells: dict[str, str]

    def fault(self, column: str | None, problem: str, advice: str) -> Fault:
        """Return a fault in this row.

        Parameters
        ----------
        column
            Column of the fault, or None for the whole row.
        problem, advice
            What is wrong, and what the user can do.
        """
        return Fault(self.file, self.line, column, problem, advice)


def faults_of_csv(name: str, text: str, tables: Tables) -> list[Fault]:
    """Return every fault in a CSV table.

    Parameters
    ----------
    name, text
        Name and content of the file.
    tables
        All tables of the folder, since opponents of a party may be defined in other rows.

    Returns
    -------
    list of Fault
        The faults; empty if there are none.
    """
    table = REPLACING.get(name, name)
    rows, faults = _rows(name, text, table)
    if any(fault.row == 1 for fault in faults) or not rows:
        return faults  # with wrong columns, rows cannot be checked
    faults += _double_keys(rows, KEYS[table])
    with using(tables):
        check = _faults_of_parties if table == "actors.csv" else _faults_of_words
        faults += check(rows)
    return faults


def _rows(name: str, text: str, table: str) -> tuple[list[CsvRow], list[Fault]]:
    """Return the rows of a table and the faults of its form."""
    known = packaged_text(table).split("\n", 1)[0].split(",")
    rows: list[CsvRow] = []
    faults: list[Fault] = []
    reader = csv.reader(text.splitlines())
    try:
        header = [cell.strip() for cell in next(reader, [])]
        faults += _faults_of_header(name, header, known, REQUIRED[table])
        for cells in reader:
            if not any(cells):
                continue
            if len(rows) == MOST_ROWS:
                problem = f"the table has more than {MOST_ROWS:,} rows"
                faults.append(Fault(name, reader.line_num, None, problem, "Leave some out."))
                break
            if len(cells) > len(header):
                problem = f"the row has {len(cells)} cells, and the table {len(header)} columns"
                advice = "Put a text that has commas in double quotes."
                faults.append(Fault(name, reader.line_num, None, problem, advice))
                continue
            filled = [*cells, *[""] * (len(header) - len(cells))]
            found = dict(zip(header, (c.strip() for c in filled), strict=True))
            rows.append(CsvRow(name, reader.line_num, found))
    except csv.Error as err:
        faults.append(Fault(name, reader.line_num, None, f"is not valid CSV ({err})", "Mend it."))
    return rows, faults


def _faults_of_header(
    name: str, header: list[str], known: list[str], required: tuple[str, ...]
) -> Iterator[Fault]:
    for column in header:
        if column not in known:
            advice = f"The columns are {', '.join(known)}."
            yield Fault(name, 1, column or "(no name)", "is not a known column", advice)
    for column, n in Counter(header).items():
        if n > 1:
            yield Fault(name, 1, column, f"stands {n} times", "Keep one column of that name.")
    for column in required:
        if column not in header:
            yield Fault(name, 1, column, "is missing", "Add the column.")


def _double_keys(rows: list[CsvRow], columns: tuple[str, ...]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.cells[column] for column in columns)
        if key in first:
            problem = f"{' '.join(key)!r} is in line {first[key]} already"
            yield row.fault(columns[0], problem, "Keep one of the two rows.")
        first.setdefault(key, row.line)


def _missing(row: CsvRow, columns: tuple[str, ...]) -> Iterator[Fault]:
    for column in columns:
        if not row.cells[column]:
            yield row.fault(column, "is missing", "Fill the cell.")


def _faults_of_parties(rows: list[CsvRow]) -> Iterator[Fault]:
    """Yield the faults of parties, with the tables of the folder in force."""
    parties = table_rows("actors.csv")
    sides = {party["side"] for party in parties}
    # a copy of a packaged row, such as an old name of a side, is not a fault
    named = {row["id"]: row for row in _packaged_parties()}
    owners: dict[str, str] = {}
    for party in parties:
        for alias in _aliases(party):
            owners.setdefault(alias.casefold(), party["id"])
    for row in rows:
        yield from _missing(row, REQUIRED["actors.csv"])
        packaged = named.get(row.cells["id"], {})
        yield from _faults_of_party(row)
        for side in row.cells.get("opponents", "").split("|"):
            if side and side not in sides and side not in packaged.get("opponents", "").split("|"):
                advice = "Write the side of a party of the table, such as syria:gov."
                yield row.fault("opponents", f"{side!r} is not a known side", advice)
        if not _aliases(row.cells):
            yield row.fault("aliases", "is missing", "Write a name in aliases or local_aliases.")
        if row.cells.get("local_aliases") and not row.cells.get("country"):
            advice = "Write the country in which the local aliases count, such as SY."
            yield row.fault("country", "is missing", advice)
        for alias in filter(None, row.cells.get("aliases", "").split("|")):
            owner = owners.get(alias.casefold(), row.cells["id"])
            if owner != row.cells["id"] and alias not in _aliases(packaged):
                problem = f"{alias!r} is a name of {owner} already"
                yield row.fault("aliases", problem, "A name can stand for one party only.")


def _aliases(cells: dict[str, str]) -> list[str]:
    """Return the names of a party in texts, those that need its country included."""
    columns = (cells.get("aliases", ""), cells.get("local_aliases", ""))
    return [alias for names in columns for alias in names.split("|") if alias]


def _packaged_parties() -> list[dict[str, str]]:
    with using(None):
        return table_rows("actors.csv")


def _faults_of_party(row: CsvRow) -> Iterator[Fault]:
    cells = row.cells
    for column in ("id", "side"):
        if cells[column] and not _ID.fullmatch(cells[column]):
            advice = "Write it like syria:gov: letters, digits, dots and hyphens around one colon."
            yield row.fault(column, f"{cells[column][:60]!r} is not an id", advice)
    if cells["kind"] and cells["kind"] not in PARTY_KINDS:
        advice = f"Write one of {', '.join(PARTY_KINDS)}."
        yield row.fault("kind", f"{cells['kind'][:60]!r} is not a kind of party", advice)
    if cells.get("country") and not re.fullmatch(r"[A-Z]{2}", cells["country"]):
        problem = f"{cells['country'][:60]!r} is not a country"
        yield row.fault("country", problem, "Write two letters, such as SY, or nothing.")
    for column in ("name", "short"):
        if len(cells.get(column, "")) > LONGEST_NAME:
            problem = f"has more than {LONGEST_NAME} letters"
            yield row.fault(column, problem, "Shorten it: the map has to show it.")
    for column in ("aliases", "local_aliases"):
        for alias in cells[column].split("|") if cells.get(column) else ():
            if not _LEAST_ALIAS <= len(alias) <= LONGEST_NAME:
                problem = f"{alias[:60]!r} is too short or too long to be looked for"
                yield row.fault(column, problem, "Part names by one | and leave no empty one.")


def _faults_of_words(rows: list[CsvRow]) -> Iterator[Fault]:
    """Yield the faults of verbs and nouns, with the tables of the folder in force."""
    frames = packaged_frames()
    owners: dict[tuple[str, str], str] = {}
    for entry in table_rows("lexicon.csv"):
        for form in [entry["word"], *entry.get("forms", "").split("|")]:
            owners.setdefault((form, entry["pos"]), entry["word"])
    for row in rows:
        yield from _missing(row, REQUIRED["lexicon.csv"])
        yield from _faults_of_frame(row, frames)
        forms = filter(None, row.cells.get("forms", "").split("|"))
        for column, form in [("word", row.cells["word"]), *(("forms", f) for f in forms)]:
            if form and not (_WORD.fullmatch(form) and form == form.lower()):
                problem = f"{form[:60]!r} is not one word in small letters"
                yield row.fault(column, problem, "Write the word as a dictionary lists it.")
            owner = owners.get((form, row.cells["pos"]), row.cells["word"])
            if owner != row.cells["word"]:
                problem = f"{form!r} is a form of {owner!r} already"
                yield row.fault(column, problem, f"Replace the row of {owner!r}, or leave it out.")


def _faults_of_frame(row: CsvRow, frames: frozenset[tuple[str, str]]) -> Iterator[Fault]:
    pos, frame, kind = (row.cells[column] for column in ("pos", "frame", "kind"))
    if pos and pos not in {"verb", "noun"}:
        yield row.fault("pos", f"{pos[:60]!r} is not verb or noun", "Write one of the two.")
    elif frame and pos and (pos, frame) not in frames:
        known = ", ".join(sorted(f for p, f in frames if p == pos))
        problem = f"{frame[:60]!r} is not the frame of a {pos}"
        yield row.fault("frame", problem, f"Copy that of a like word; the frames are {known}.")
    if kind and kind not in {str(k) for k in Kind}:
        known = ", ".join(Kind)
        yield row.fault("kind", f"{kind[:60]!r} is not a kind of event", f"Write one of {known}.")
