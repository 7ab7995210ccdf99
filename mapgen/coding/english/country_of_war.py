"""Tell from the parties that a text names which country its war is in.

A short report may name no country: "M23 rebels entered Nyabibwe on Monday". The text and the table
of parties come in; the code of a country goes out, or None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms

if TYPE_CHECKING:
    from mapgen.core.tables.actors import ActorTable, Party

_WORD = re.compile(r"\b[A-Z][a-z]+(?:[ -][A-Z]?[a-z]+)?")


def country_of_war(text: str, table: ActorTable) -> str | None:
    """Return the only country that the parties of a text fight in at home, or None.

    An army tells its country only if the table knows a foe of it there: troops of a state that
    fights abroad say nothing about where they are.

    Parameters
    ----------
    text
        Text of an article.
    table
        Table of parties.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-2 code.
    """
    parties = [m.party for m in table.find(text)]
    for word in {w for m in _WORD.finditer(text) for w in (m[0], m[0].split()[0])}:
        if word in demonyms():
            parties += [m.party for m in table.find(f"{word} forces")]
    foreign = {p.country for p in parties if p.kind == "foreign"}
    found = {p.country for p in parties if p.country and _is_at_home(p, table)}
    return next(iter(found)) if len(found) == 1 and not foreign & found else None


def _is_at_home(party: Party, table: ActorTable) -> bool:
    if party.kind == "foreign":
        return False
    foes = {p.country for p in table.parties if p.side in party.opponents}
    return party.kind != "state" or party.country in foes
