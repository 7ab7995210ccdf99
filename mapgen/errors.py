"""Every error mapgen raises on purpose.

::

    MapgenError
    +-- InputError         ValueError    an input cannot be read: names the file and what to do
    |   +-- NoInputError                 nothing readable was given at all
    +-- FormatError        ValueError    a claims, baseline or settings file breaks its format
    +-- SettingsError      ValueError    an option or settings file has a value we do not know
    +-- LocatorError       ValueError    a name, colour or class of a locator map is not known
    +-- RenderError        RuntimeError  the page would not have been self-contained

The second column is the built-in error that each one is as well.
"""

from __future__ import annotations

MOST_CHARS = 4000  # of a message: a hostile file may hold a value of megabytes


class MapgenError(Exception):
    """Base of all errors that mapgen raises on purpose; a message is never endless."""

    def __str__(self) -> str:
        """Return the message, cut where a quoted value makes it endless."""
        text = super().__str__()
        rest = len(text) - MOST_CHARS
        return text if rest <= 0 else f"{text[:MOST_CHARS]}… ({rest:,} more characters)"


class InputError(MapgenError, ValueError):
    """An input could not be read; the message names it and says what to do.

    Parameters
    ----------
    name
        The file or stream as the user wrote it.
    problem
        What is wrong with it, in a clause ("is empty").
    advice
        What the user can do about it, a sentence; may be empty.
    """

    def __init__(self, name: str, problem: str, advice: str = "") -> None:
        self.name = name
        self.problem = problem
        self.advice = advice
        super().__init__(f"{name}: {problem}." + (f" {advice}" if advice else ""))


class NoInputError(InputError):
    """Nothing readable was left after all inputs were tried."""


class FormatError(MapgenError, ValueError):
    """A file in one of our own formats breaks that format."""


class SettingsError(MapgenError, ValueError):
    """An option or settings file has a value that is not known."""


class TablesError(MapgenError, ValueError):
    """A folder of tables cannot be read, or its tables have faults."""


class LocatorError(MapgenError, ValueError):
    """A name, colour, class or region that a locator map was asked for is not known."""


class RenderError(MapgenError, RuntimeError):
    """A page could not be made self-contained and safe."""
