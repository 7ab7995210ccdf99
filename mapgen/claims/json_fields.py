"""Read typed values from a JSON object, noting every fault instead of stopping at the first."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from mapgen.core.bounds import FIRST_DAY, LAST_DAY, MOST_PEOPLE

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_DIGITS = 20  # of a number in a message


class Fields:
    """The fields of one JSON object in a file.

    Parameters
    ----------
    record
        The object.
    where
        Location of the object for messages, such as "line 3".
    faults
        List to which faults are added. A faulty value is replaced by a harmless one.
    """

    def __init__(self, record: dict[str, Any], where: str, faults: list[str]) -> None:
        self._record = record
        self._where = where
        self._faults = faults
        self._asked: set[str] = set()

    def fault(self, key: str, problem: str) -> None:
        """Add a fault of a field."""
        self._faults.append(f"{self._where}, {key}: {problem}")

    def refuse_unknown(self) -> None:
        """Report every unknown field, so that a misspelt name does not go unnoticed."""
        for key in self._record:
            if key not in self._asked:
                self.fault(key, "is not a field of this record")

    def text(self, key: str) -> str:
        """Return a required text."""
        value = self._get(key)
        if not isinstance(value, str):
            self.fault(key, "is missing" if value is None else f"{value!r} is not a text")
            return ""
        return self._whole(key, value)

    def maybe_text(self, key: str) -> str | None:
        """Return a text or ``None``."""
        return None if self._get(key) is None else self.text(key)

    def one_of(self, key: str, known: Sequence[str]) -> str:
        """Return one of the known values."""
        value = self.text(key)
        if value not in known:
            if self._get(key) is not None:
                self.fault(key, f"{value!r} is not one of {', '.join(known)}")
            return known[0]
        return value

    def maybe_one_of(self, key: str, known: Sequence[str]) -> str | None:
        """Return one of the known values or ``None``."""
        return None if self._get(key) is None else self.one_of(key, known)

    def day(self, key: str) -> date | None:
        """Return a day or ``None``."""
        value = self.maybe_text(key)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            self.fault(key, f"{value!r} is not a day written YYYY-MM-DD")
            return None
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fault(key, f"{value!r} is not between {FIRST_DAY} and {LAST_DAY}")
            return None
        return day

    def number(self, key: str, *, low: float = -math.inf, high: float = math.inf) -> float | None:
        """Return a number within bounds or ``None``."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fault(key, f"{value!r} is not a number")
            return None
        if not math.isfinite(value) or not low <= value <= high:
            self.fault(key, f"{value!r} is not between {low:g} and {high:g}")
            return None
        return value

    def count(self, key: str) -> int | None:
        """Return a whole number of at least 0, or ``None``."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(key, f"{value!r} is not a whole number, 0 or more")
            return None
        return value

    def people(self, key: str) -> int | None:
        """Return a number of people or families that a report can mean, or ``None``."""
        value = self.count(key)
        if value is not None and value > MOST_PEOPLE:
            digits = len(str(value))
            shown = f"{value:,}" if digits < _MOST_DIGITS else f"a number of {digits} digits"
            self.fault(key, f"{shown} is not between 0 and {MOST_PEOPLE:,}")
            return None
        return value

    def span(self) -> tuple[int, int]:
        """Return the offsets ``start`` and ``end``, which are required and must be in order."""
        start, end = self.count("start"), self.count("end")
        for key, value in (("start", start), ("end", end)):
            if self._get(key) is None:
                self.fault(key, "is missing")
            elif value is None:
                return 0, 0
        if start is not None and end is not None and start > end:
            self.fault("start", f"{start} is after end {end}")
        return start or 0, end or 0

    def offsets(self, key: str) -> list[int]:
        """Return a list of offsets, or an empty list if the field is missing."""
        values = self._list(key)
        if any(isinstance(v, bool) or not isinstance(v, int) or v < 0 for v in values):
            self.fault(key, "is not a list of offsets")
            return []
        return values

    def texts(self, key: str) -> list[str]:
        """Return a list of texts, or an empty list if the field is missing."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            self.fault(key, "is not a list of texts")
            return []
        return [self._whole(key, value) for value in values]

    def part(self, key: str) -> Fields | None:
        """Return the fields of a nested object, or ``None``."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, "is not a JSON object or null")
            return None
        return Fields(value, f"{self._where}, {key}", self._faults)

    def parts(self, key: str) -> list[Fields]:
        """Return the fields of each object in a list."""
        parts = []
        for n, value in enumerate(self._list(key), start=1):
            if isinstance(value, dict):
                parts.append(Fields(value, f"{self._where}, {key} {n}", self._faults))
            else:
                self.fault(f"{key} {n}", "is not a JSON object")
        return parts

    def _get(self, key: str) -> Any:  # noqa: ANN401  a JSON value can have any type
        self._asked.add(key)
        return self._record.get(key)

    def _list(self, key: str) -> list[Any]:
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, "is not a list")
            return []
        return value

    def _whole(self, key: str, value: str) -> str:
        """Return the text, unless it contains a lone surrogate, which UTF-8 cannot encode."""
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.fault(key, "has half a character (a lone surrogate) in it")
            return ""
        return value
