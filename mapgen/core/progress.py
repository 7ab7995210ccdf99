"""Report how far a long step is, to whoever listens."""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LISTENER: ContextVar[Callable[[float], object] | None] = ContextVar("progress", default=None)


@contextlib.contextmanager
def reporting(listener: Callable[[float], object]) -> Iterator[None]:
    """Call a function with the share of one article that is done, from 0 to 1.

    Parameters
    ----------
    listener
        Function to call.
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def report(share: float) -> None:
    """Report the share of an article that is done, from 0 to 1."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(share)
