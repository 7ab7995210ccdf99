"""Record who acted in the sentences so far: what "it", "its fighters" and "the group" can mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.model import Actor


_SENTENCES_BACK = 4
"""How far "the group" may look back: about a paragraph."""


@dataclass(frozen=True, slots=True)
class Acting:
    """A party that is a subject in a sentence.

    Parameters
    ----------
    actor
        The party.
    rank
        How likely the next sentence is about it: 2 for the subject of a main clause, 1 for one in
        the passive, behind "by", or that loses something, 0 for that of a subordinate clause.
    one
        Whether it was named in the singular, as "it" requires.
    """

    actor: Actor
    rank: int
    one: bool


@dataclass(slots=True)
class WhoActed:
    """The parties that acted, by sentence."""

    sentences: list[tuple[Acting, ...]] = field(default_factory=list)

    def note(self, acting: tuple[Acting, ...]) -> None:
        """Record the parties that acted in a sentence."""
        self.sentences.append(acting)

    def forget(self) -> None:
        """Forget all parties: the text turns to something else."""
        self.sentences.clear()

    def last(self, *, one: bool = False) -> Actor | None:
        """Return the party that acted last, or None if that could be one of two.

        Parameters
        ----------
        one
            Whether to look only at parties named in the singular.
        """
        for acting in reversed(self.sentences):
            here = [a for a in acting if a.one or not one]
            if here:
                return _only_likely(here)
        return None

    def last_that(self, fits: Callable[[Actor], bool]) -> Actor | None:
        """Return the last party that a description fits, or None if it fits two or is far back."""
        for acting in reversed(self.sentences[-_SENTENCES_BACK:]):
            here = [a for a in acting if fits(a.actor)]
            if here:
                return _only_likely(here)
        return None


def _only_likely(acting: Sequence[Acting]) -> Actor | None:
    """Return the party with the best rank, or None if there are two."""
    best = max(a.rank for a in acting)
    first, *others = [a.actor for a in acting if a.rank == best]
    return first if all(o.side == first.side for o in others) else None
