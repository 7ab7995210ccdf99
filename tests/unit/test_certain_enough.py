"""--min-confidence keeps the uncertain off the map, but not what an analyst accepted."""

from __future__ import annotations

import pytest

from mapgen.errors import SettingsError
from mapgen.merging.certain_enough import certain_enough
from mapgen.model import Claim, Extraction, Kind, Status
from mapgen.reasons import Reason, ReasonKind
from mapgen.settings import Settings


def claim(name: str, confidence: float, *, measured: bool = True) -> Claim:
    reason = Reason(ReasonKind.READERS, "both readers find this")
    return Claim(
        id=name,
        article="a",
        start=0,
        end=5,
        quote="quote",
        kind=Kind.CONTROL_CHANGE,
        status=Status.ASSERTED,
        confidence=confidence,
        reasons=(reason,) if measured else (),
    )


MADE = Extraction(
    articles=(),
    sentences=(),
    claims=(claim("low", 0.62), claim("edge", 0.9), claim("given", 0.3, measured=False)),
)


def drawn(least: float, accepted: tuple[str, ...] = ()) -> list[str]:
    return [c.id for c in certain_enough(MADE, least, accepted).claims if c.status.is_current]


def test_claims_below_are_kept_off_with_the_reason() -> None:
    assert drawn(0.9) == ["edge", "given"]
    low = certain_enough(MADE, 0.9).claims[0]
    assert low.status is Status.HYPOTHETICAL
    assert low.reasons[-1].how == "less certain (0.62) than the map asks for (0.9)"


def test_by_default_all_stay() -> None:
    assert Settings().min_confidence == 0
    assert certain_enough(MADE, 0) == MADE


def test_what_an_analyst_accepted_stays() -> None:
    assert drawn(0.95, ("low",)) == ["low", "given"]


@pytest.mark.parametrize("value", ["0.9", 0.9])
def test_the_setting_is_a_share(value: object) -> None:
    assert Settings().updated(min_confidence=value).min_confidence == 0.9


@pytest.mark.parametrize("value", ["90", 1.2, -0.1, "high", True, "nan"])
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises(SettingsError, match="from 0 to 1"):
        Settings().updated(min_confidence=value)


def test_maps_made_before_the_setting_keep_their_hash() -> None:
    assert Settings().updated(min_confidence=0.9).digest() != Settings().digest()
    assert Settings().updated(min_confidence=0).digest() == Settings().digest()
