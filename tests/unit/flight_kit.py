"""States the movements that a text makes as a person would check them: from, to, how many."""

from __future__ import annotations

from typing import NamedTuple

from coding_kit import claims

from mapgen.model import Claim, ClaimPlace, Kind, Role

PEOPLE, FAMILIES = "people", "families"


class Move(NamedTuple):
    """A movement: the names of its places, and the lower bound of its figure with the unit."""

    origins: frozenset[str]
    destinations: frozenset[str]
    number: int | None
    unit: str | None


def move(origins: str, destinations: str, count: int | None = None, unit: str = PEOPLE) -> Move:
    """Return a movement; several places are parted by commas."""
    return Move(_names(origins), _names(destinations), count, unit if count is not None else None)


def moves(text: str, country: str | None, kind: Kind = Kind.DISPLACEMENT) -> set[Move]:
    """Return the movements of a text that a map would draw."""
    made = [c for c in claims(text, country) if c.kind is kind]
    return {move_of(c) for c in made if c.status.is_current and c.places}


def move_of(claim: Claim) -> Move:
    """Return the movement that a claim states."""
    origins = [p for p in claim.places if p.role is not Role.DESTINATION]
    destinations = [p for p in claim.places if p.role is Role.DESTINATION]
    figure = claim.quantity
    return Move(
        frozenset(map(_word, origins)),
        frozenset(map(_word, destinations)),
        (figure.low if figure.low is not None else figure.high) if figure else None,
        figure.unit if figure else None,
    )


def _word(place: ClaimPlace) -> str:
    """Return the name in the text, or that of the place which "the town" refers to."""
    named = place.surface[:1].isupper()
    return place.surface if named or place.name is None else place.name


def _names(words: str) -> frozenset[str]:
    return frozenset(w.strip() for w in words.split(",") if w.strip())
