"""Tell who took a place by what was told before, for sentences that name no taker.

The claims so far and the last party that captured a place come in; the taker goes out, or None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapgen.coding.english.takeback import BACK
from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.coding.english.sentence_context import ClaimDraft
    from mapgen.core.tables.actors import Cast
    from mapgen.model import Actor, Claim

CONTROL = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})
FREEING = word_list("frames", "freeing")


@dataclass(frozen=True, slots=True)
class LastTaker:
    """Who last captured a place, and whether it had lost the place before."""

    actor: Actor | None
    took_back: bool

    def of(self, draft: ClaimDraft, claims: Sequence[Claim], cast: Cast) -> Actor | None:
        """Return who captured a place, for a sentence that continues in the passive voice.

        If the verb is one of retaking, that is who lost this place before, or the only place told
        of; after several gains it is open who retook another place.

        Parameters
        ----------
        draft
            The capture, without a taker.
        claims
            Claims of the sentences before.
        cast
            The parties of the article.
        """
        back = draft.trigger.lemma_ in BACK | FREEING
        here = {p.place_id for p in draft.places if p.place_id}
        if not back or self.took_back:  # else it is told again
            fell = draft.trigger.lemma_ == "fall"
            return None if fell and _is_own_town(self.actor, here, claims, cast) else self.actor
        taken = [c for c in claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
        before = [c for c in taken if here & {p.place_id for p in c.places}]
        if not before and len(taken) == 1:
            before = taken  # one gain is told, so that this one is the other side's
        return (before[-1].from_actor or cast.opponent(before[-1].actor)) if before else None


def _is_own_town(actor: Actor | None, here: set[str], claims: Sequence[Claim], cast: Cast) -> bool:
    """Whether a town is one of the state's army, as far as nobody else is said to hold it.

    "The town fell" is then no gain of the army, though it took another place before.
    """
    state = cast.state()
    if actor is None or state is None or actor.side != state.side:
        return False
    return not any(
        c.kind in CONTROL and c.actor is not None and c.actor.side != state.side
        for c in claims
        if here & {p.place_id for p in c.places}
    )
