"""Words by which troops come to a town by agreement, and neither attack nor take it."""

from __future__ import annotations

import re

INVITED = re.compile(
    r"\b(?:with the (?:agreement|approval|blessing|consent|permission)"
    r"|at the (?:invitation|request)|invited) (?:of|by)\b",
    re.IGNORECASE,
)
