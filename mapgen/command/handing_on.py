"""Hand the notes of ``mapgen watch`` on: to a command of the user, or to a web address.

A note comes in; it is given to the command on its standard input, or posted to the address, which
the user names and which may be on a network of one's own. What went wrong goes out, in words.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import shlex
import ssl
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mapgen.command.own_folders import users_environment
from mapgen.command.web import AGENT, TIMEOUT_S
from mapgen.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMAND_SECONDS = 120
"""Longest time that the command of ``--on-change`` may take."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_TAKEN = range(200, 300)


def words_of(given: str | None) -> tuple[str, ...]:
    """Return the words of the command of ``--on-change``, or the address.

    Parameters
    ----------
    given
        What the user wrote, or None.

    Raises
    ------
    SettingsError
        If a quotation mark is not closed, there is no command, or the address is none.
    """
    if given is None:
        return ()
    if _ADDRESS.match(given.strip()):
        _check_address(given.strip())
        return (given.strip(),)
    try:
        words = tuple(shlex.split(given))
    except ValueError as err:
        msg = f"--on-change: {given!r} cannot be read as a command ({err})."
        raise SettingsError(msg) from err
    if not words:
        msg = "--on-change: names no command."
        raise SettingsError(msg)
    return words


def _check_address(url: str) -> None:
    """Raise an error if an address cannot be asked."""
    try:
        parts = urlsplit(url)
        is_one = bool(parts.hostname) and parts.port != 0 and not re.search(r"[\s\x00-\x1f]", url)
    except ValueError:
        is_one = False
    if not is_one:
        msg = f"--on-change: {url!r} is not a web address."
        raise SettingsError(msg)


def hand_on(words: Sequence[str], note: bytes, variables: Mapping[str, str]) -> str | None:
    """Hand a note on, and return what went wrong, or None.

    Parameters
    ----------
    words
        From `words_of`, not empty.
    note
        The note as JSON.
    variables
        Variables that the command gets besides those of the user.
    """
    if _ADDRESS.match(words[0]):
        return _posted(words[0], note)
    try:
        done = subprocess.run(  # noqa: S603  the user's own command, without a shell
            words,
            input=note,
            env={**users_environment(), **variables},
            timeout=COMMAND_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as err:
        why = getattr(err, "strerror", None) or err
        return f"the command of --on-change could not be run ({why})"
    return (
        f"the command of --on-change ended with code {done.returncode}" if done.returncode else None
    )


def _posted(url: str, note: bytes) -> str | None:
    """Post a note to an address as it is; where it leads on to is not followed."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    where = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection = (
        http.client.HTTPSConnection(
            host, parts.port, timeout=TIMEOUT_S, context=ssl.create_default_context()
        )
        if parts.scheme.casefold() == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT_S)
    )
    fields = {"Content-Type": "application/json", "User-Agent": AGENT}
    with contextlib.closing(connection):
        try:
            connection.request("POST", where, body=note, headers=fields)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException, ValueError) as err:
            why = getattr(err, "strerror", None) or str(err)[:200] or type(err).__name__
            return f"the address of --on-change could not be reached ({why})"
    if status in _TAKEN:
        return None
    reason = http.client.responses.get(status, "")
    return f"the address of --on-change answered with {status} {reason}".rstrip()
