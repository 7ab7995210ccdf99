"""Make claims of events that a dataset coded: nothing is read from the words of the row.

Articles with a `mapgen.model.CodedEvent` come in; one claim goes out for each. Its party and place
are those of mapgen's tables where these have them, so that it merges with what articles say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.coding.english.claiming import claim_id
from mapgen.coding.given_places import PlaceFinder
from mapgen.core.country_names import country_code
from mapgen.core.tables.actors import as_written, default_table
from mapgen.core.tables.sources import QUOTING
from mapgen.model import (
    Attribution,
    Claim,
    Scope,
    SentenceRecord,
    Status,
    When,
)
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapgen.core.tables.actors import Party
    from mapgen.model import Actor, Article, CodedEvent

_NOT_MEASURED = 0.8  # confidence of a plain statement; that of datasets is not measured
_STATES = frozenset({"state", "foreign"})
_FORCES_OF = re.compile(
    r"^(?:military forces of|government of|police forces of) (?P<land>[^(:]+)", re.IGNORECASE
)


class GivenEvents:
    """The coder of rows of ACLED, UCDP and IDMC.

    Parameters
    ----------
    gazetteer
        Gazetteer in which places are looked up.
    scope
        Whether people whom a disaster moved are mapped as well.
    """

    def __init__(self, gazetteer: Gazetteer, *, scope: Scope = Scope.CONFLICTS) -> None:
        self._places = PlaceFinder(gazetteer)
        self._scope = scope

    def code(self, article: Article) -> tuple[list[Claim], list[SentenceRecord]]:
        """Return the claim of a row, and the row as one sentence."""
        event, text = article.coded, article.text
        if event is None:
            return [], []
        why = None
        if event.disaster is not None and self._scope is not Scope.DISASTERS:
            why = f"the article is about a disaster ({event.disaster}); --scope disasters maps it"
        row = SentenceRecord(article=article.id, start=0, end=len(text), text=text, left_off=why)
        return ([] if why else [self._claim(article, event)]), [row]

    def _claim(self, article: Article, event: CodedEvent) -> Claim:
        """Return the claim that a row makes."""
        text, country = article.text, article.country
        status, places = (
            Status.CLAIMED,
            tuple(self._places.place(p, text, (0, len(text)), country) for p in event.places),
        )
        reasons = [
            Reason(ReasonKind.KIND, event.kind.value),
            Reason(ReasonKind.CODER, event.dataset, event.code),
        ]
        if event.disaster is not None:
            reasons.append(Reason(ReasonKind.CAUSE, "disaster", event.disaster))
        return Claim(
            id=claim_id(article.id, 0, len(text), event.kind, 0),
            article=article.id,
            start=0,
            end=len(text),
            quote=text,
            kind=event.kind,
            status=status,
            actor=_party(event.actor, country),
            from_actor=_party(event.from_actor, country),
            places=places,
            quantity=event.quantity,
            date=When(
                start=event.start,
                end=event.end,
                words=f"{event.start} to {event.end}"
                if event.start < event.end
                else f"{event.start}",
                basis="stated",
            ),
            # A dataset is made from the reports of others, so it never counts as one more of them.
            attribution=Attribution(
                name=f"{event.dataset}{QUOTING}{event.sources or 'its sources'}",
                role=None,
                words=event.sources or "",
            ),
            confidence=_NOT_MEASURED,
            reasons=tuple(reasons),
        )


def _party(name: str | None, country: str | None) -> Actor | None:
    """Return a party by the name that a dataset gives it."""
    if name is None:
        return None
    table = default_table()
    named = table.find(name, country)
    if named:
        return named[0].party.actor
    forces = _FORCES_OF.match(name)
    army = _army_of(country_code(forces["land"].strip()), country) if forces else None
    return army.actor if army is not None else as_written(name, country)


def _army_of(land: str | None, country: str | None) -> Party | None:
    """Return the forces of a state as articles on a country name them: "Russian forces"."""
    table = default_table()
    for adjective in (word for word, code in demonyms().items() if code == land):
        for noun in ("forces", "army", "troops"):
            for mention in table.find(f"{adjective} {noun}", country):
                if mention.party.country == land and mention.party.kind in _STATES:
                    return mention.party
    own = table.of_country(land, _STATES)
    return own[0] if len({party.side for party in own}) == 1 else None
