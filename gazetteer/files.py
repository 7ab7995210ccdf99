"""The packaged data files of the gazetteer."""

from __future__ import annotations

import csv
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def data_file(name: str) -> Traversable:
    """Return a file of the package's ``data`` folder."""
    return resources.files("gazetteer").joinpath("data", name)


def read_table(name: str) -> list[dict[str, str]]:
    """Read a CSV file of the package's ``data`` folder."""
    return list(csv.DictReader(data_file(name).read_text(encoding="utf-8").splitlines()))
