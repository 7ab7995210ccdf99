"""Define the errors that mapgen raises on purpose.

::

    MapgenError
    +-- InputError         ValueError    an input cannot be read; names the file and gives advice
    |   +-- NoInputError                 no input could be read
    |   +-- ProgramFaultError            the program failed on an input; says what to report
    +-- FormatError        ValueError    a claims, baseline or settings file breaks its format
    +-- SettingsError      ValueError    an option or settings file has an invalid value
    +-- TablesError        ValueError    a folder of tables cannot be read or has faults
    +-- StoryError         ValueError    a story file has faults; names each with its line
    +-- LocatorError       ValueError    a name, colour or class of a locator map is not known
    +-- RenderError        RuntimeError  a page could not be made self-contained and safe

The second column shows the built-in error that each class also inherits from.
"""

from __future__ import annotations

import traceback
from pathlib import Path

MOST_CHARS = 4000  # longest message, since a hostile file may contain a value of megabytes


class MapgenError(Exception):
    """Base class of all errors that mapgen raises on purpose, with messages of limited length."""

    def __str__(self) -> str:
        """Return the message, cut if it is longer than `MOST_CHARS`."""
        text = super().__str__()
        rest = len(text) - MOST_CHARS
        return text if rest <= 0 else f"{text[:MOST_CHARS]}… ({rest:,} more characters)"


class InputError(MapgenError, ValueError):
    """An input could not be read; the message names it and gives advice.

    Parameters
    ----------
    name
        Name of the file or stream, as given by the user.
    problem
        The problem, as a clause ("is empty").
    advice
        A sentence that says what the user can do; may be empty.
    """

    def __init__(self, name: str, problem: str, advice: str = "") -> None:
        self.name = name
        self.problem = problem
        self.advice = advice
        super().__init__(f"{name}: {problem}." + (f" {advice}" if advice else ""))


class ProgramFaultError(InputError):
    """The program failed on an input, which is a fault of mapgen.

    Parameters
    ----------
    name
        Name of the input.
    err
        The exception that was raised.
    """

    def __init__(self, name: str, err: BaseException) -> None:
        super().__init__(name, f"{FAULT} ({told_fault(err)})", REPORT)


FAULT = "could not be read because of a fault of mapgen"
REPORT = "Please report it, with these words and, if you may pass it on, the input."


def told_fault(err: BaseException) -> str:
    """Return what an unexpected exception was and the place in the code where it was raised.

    Parameters
    ----------
    err
        The exception.
    """
    frames = traceback.extract_tb(err.__traceback__)
    at = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    words = " ".join(str(err).split())
    return f"{type(err).__name__}{at}: {words[:_FAULT_CHARS]}"


_FAULT_CHARS = 200


class NoInputError(InputError):
    """No input could be read."""


class FormatError(MapgenError, ValueError):
    """A file in a format of mapgen, such as a claims file, breaks that format."""


class SettingsError(MapgenError, ValueError):
    """An option or settings file has an invalid value."""


class TablesError(MapgenError, ValueError):
    """A folder of tables cannot be read, or its tables have faults."""


class StoryError(MapgenError, ValueError):
    """A story file cannot be read, or has faults; the message names each with its line."""


class LocatorError(MapgenError, ValueError):
    """A name, colour, class or region in a request for a locator map is not known."""


class RenderError(MapgenError, RuntimeError):
    """A page could not be made self-contained and safe."""
