"""Libraries that others import but a map seldom needs, loaded when they are first used.

spaCy imports its command line with it, folium pandas: together near a second of processor time in
each run, for nothing that a map needs. Who does use them finds them as usual.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Unmet:
    """Stands for any class of a module that nobody has imported: nothing is an instance of it."""


class _Later(ModuleType):
    """A module for those who only ask whether a value is of one of its classes."""

    def __getattr__(self, name: str) -> object:
        module = sys.modules.get(self.__name__)
        return _Unmet if module is None or module is self else getattr(module, name)


@contextmanager
def unless_used(name: str) -> Iterator[None]:
    """Have what is imported inside of this do without a module until somebody imports it.

    For libraries that only ask whether a value is of one of its classes: as long as the module is
    not loaded, no value can be.

    Parameters
    ----------
    name
        A module of the top level; nothing happens when it is loaded already or not installed.

    Notes
    -----
    Not `importlib.util.LazyLoader`: its module loads as soon as another ``import`` meets it.
    """
    if name in sys.modules or importlib.util.find_spec(name) is None:
        yield
        return
    with _standing_in(_Later(name)):
        yield


@contextmanager
def without_command_line() -> Iterator[None]:
    """Import spaCy inside of this without its command line, of which it wants one function.

    ``spacy.info`` is then a function that loads the command line when called; ``spacy.cli`` is
    imported as usual by those who want it.
    """
    name = "spacy.cli.info"
    if "spacy" in sys.modules:
        yield
        return
    stand_in = ModuleType(name)
    stand_in.info = _info  # type: ignore[attr-defined]
    with _standing_in(stand_in):
        yield


@contextmanager
def _standing_in(module: ModuleType) -> Iterator[None]:
    """Let a module be found under its name inside of this, unless another one took its place."""
    name = module.__name__
    sys.modules[name] = module
    try:
        yield
    finally:
        if sys.modules.get(name) is module:
            del sys.modules[name]


def _info(*args: object, **kwargs: object) -> object:
    """Stand for ``spacy.info``."""
    return importlib.import_module("spacy.cli.info").info(*args, **kwargs)
