"""Write ZIP files that have the same bytes on every run."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP file can contain
_UNIX, _PLAIN_FILE = 3, 0o644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive without the time of writing.

    Parameters
    ----------
    files
        Contents of the files by name, in the order in which they are written.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=_NO_DAY)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    return stream.getvalue()


def rezipped(archive: bytes) -> bytes:
    """Remove the time of writing from a ZIP archive that another library made."""
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        return zipped({name: given.read(name) for name in given.namelist()})
