"""A correction names what was wrongly said: that is not drawn, what stands beside it is."""

from __future__ import annotations

import pytest
from coding_kit import claims

WRONG = [  # (text, country, place that must not be drawn as taken, place that must be)
    ("Correction: An earlier version of this story said that M23 rebels captured Bukavu. "
     "They captured Goma on Monday.", "CD", "Bukavu", "Goma"),
    ("Editor's note: A previous version of this article stated that the RSF seized El Obeid. "
     "The RSF seized El Fasher on Sunday.", "SD", "El Obeid", "El Fasher"),
    ("This article was amended on 5 December. An earlier version incorrectly said that the RSF "
     "captured El Obeid.", "SD", "El Obeid", None),
    ("Clarification: an earlier headline said rebels captured Lashio.", "MM", "Lashio", None),
    ("Correction: M23 rebels captured Goma on Monday, not Bukavu, as an earlier version said.",
     "CD", "Bukavu", "Goma"),
    ("The story wrongly stated that Houthi fighters captured Marib.", "YE", "Marib", None),
    ("An earlier report misstated that Russian forces seized Kupiansk.", "UA", "Kupiansk", None),
    ("M23 rebels captured Goma on Monday. The rebels corrected their statement the next day.",
     "CD", None, "Goma"),
    ("An earlier wave of rebels failed. M23 rebels captured Goma on Monday.", "CD", None, "Goma"),
    ("The army published a version of events on Sunday. The RSF captured El Fasher on Monday.",
     "SD", None, "El Fasher"),
    ("Earlier on Monday, M23 rebels captured Goma.", "CD", None, "Goma"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "wrong", "right"), WRONG)
def test_a_correction_takes_back_what_it_names(
    text: str, country: str, wrong: str | None, right: str | None
) -> None:
    towns = {
        p.surface
        for c in claims(text, country)
        if c.status.is_current and c.kind.value == "control_change"
        for p in c.places
    }
    assert wrong is None or wrong not in towns
    assert right is None or right in towns
