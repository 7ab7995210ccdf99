"""Posts as people write them: in capitals, in title case, with hashtags and flags."""

from __future__ import annotations

import time

import pytest

from mapgen.model import Kind
from mapgen.reading.hashtags import label_starts
from mapgen.reading.letter_case import SentenceCase
from tests.unit.coding_kit import claims, extract


def taken(text: str, country: str) -> list[str]:
    """Return the towns that a text is read to say were taken or entered."""
    kinds = {Kind.CONTROL_CHANGE, Kind.ADVANCE}
    found = [c for c in claims(text, country) if c.kind in kinds and c.status.is_current]
    return sorted({place.surface for claim in found for place in claim.places})


@pytest.mark.parametrize(
    ("country", "text", "towns"),
    [
        ("CD", "M23 REBELS CAPTURED GOMA AND SAKE ON THURSDAY.", ["GOMA", "SAKE"]),
        ("CD", "THE ARMY DENIED THAT REBELS CAPTURED GOMA ON THURSDAY.", []),
        ("UA", "RUSSIAN FORCES CAPTURED BAKHMUT, THE MINISTRY SAID.", ["BAKHMUT"]),
        ("UA", "UKRAINE DENIES THAT RUSSIAN FORCES ENTERED BAKHMUT.", []),
        ("SD", "THE RSF HAS CAPTURED EL FASHER. THE ARMY LEFT THE CITY.", ["EL FASHER"]),
        ("SD", "IF THE RSF CAPTURES EL FASHER, THOUSANDS WILL FLEE.", []),
        ("SD", "WILL THE RSF CAPTURE EL FASHER THIS WEEK?", []),
        ("MM", "REBELS CAPTURED LASHIO, THE ARMY SAID.", ["LASHIO"]),
        ("MM", "If Rebels Capture Lashio, Thousands Will Flee To The Border.", []),
        ("MM", "The Army Says That Rebels Have Not Captured Lashio.", []),
        ("YE", "HOUTHI FIGHTERS THREATENED TO CAPTURE TAIZ ON THURSDAY.", []),
        ("YE", "HOUTHI FIGHTERS HAVE NOT CAPTURED TAIZ, RESIDENTS SAID.", []),
    ],
)
def test_capitals_and_title_case_change_nothing(country: str, text: str, towns: list[str]) -> None:
    assert taken(text, country) == towns


@pytest.mark.parametrize(
    ("country", "text", "towns"),
    [
        (
            "UA",
            "Russian forces captured #Pokrovsk \U0001f1fa\U0001f1e6 #Ukraine #Donbas",
            ["Pokrovsk"],
        ),
        ("UA", "The army denied that it lost #Pokrovsk #Ukraine", []),
        (
            "SD",
            "The RSF captured #ElFasher and #Nyala on Thursday. #Sudan #RSF",
            ["ElFasher", "Nyala"],
        ),
        ("SD", "The RSF may capture #ElFasher soon. #Sudan #Khartoum", []),
        ("CD", "M23 rebels captured Goma on Thursday. #Bukavu #DRC", ["Goma"]),
        ("CD", "Rebels captured nothing on Thursday. #Goma #Bukavu", []),
        ("PS", "Israeli forces entered #Khan_Younis on Thursday! #Gaza #Rafah", ["Khan_Younis"]),
        ("PS", "Did Israeli forces enter #Khan_Younis? #Gaza #Rafah", []),
        ("MM", "Rebels captured #Lashio\n#Myanmar #Mandalay", ["Lashio"]),
        ("MM", "#Lashio #Mandalay #Myanmar", []),
    ],
)
def test_labels_of_a_post_are_in_no_sentence(country: str, text: str, towns: list[str]) -> None:
    assert taken(text, country) == towns


def test_offsets_stay() -> None:
    text = "Rebels captured #Goma \U0001f525 #DRC\n\nTHE ARMY LEFT SAKE ON THURSDAY."
    made = extract(text, "CD")
    for claim in made.claims:
        assert claim.quote == text[claim.start : claim.end]
        for place in claim.places:
            assert text[place.start : place.end] == place.surface
    assert [s.text for s in made.sentences] == [text[s.start : s.end] for s in made.sentences]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("Rebels left. #A1 #B", "#A1 #B"),
        ("Rebels left #Goma #B #C ", "#B #C "),
        ("Rebels left #Goma", None),
        ("#Goma #Sake", None),
        ("Rebels left #Goma and Sake", None),
        ("He said “no”. #Goma", "#Goma"),
        ("5 #1 and C#", None),
    ],
)
def test_which_tags_are_labels(line: str, labels: str | None) -> None:
    text = f"First.\n{line}\nLast."
    starts = label_starts(text)
    assert [text[at : at + len(labels or "")] for at in starts] == ([labels] if labels else [])


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("THE ARMY LEFT GOMA.", "The army left goma."),
        ("The Army Of The North Left Goma.", "The army of the north left goma."),
        ("“NO ONE IS SAFE,” THE UN SAID.", "“No one is safe,” the UN said."),
        ("The UN and NATO left Goma.", "The UN and NATO left Goma."),
        ("NATO SAID NO.", "NATO SAID NO."),
        ("President Félix Tshisekedi visited Goma.", "President Félix Tshisekedi visited Goma."),
        ("Kyiv, Kharkiv, Odesa, Dnipro, Lviv.", "Kyiv, Kharkiv, Odesa, Dnipro, Lviv."),
    ],
)
def test_words_get_the_letters_of_other_sentences(sentence: str, read: str) -> None:
    case = SentenceCase(sentence, 0, len(sentence))
    words, at = [], 0
    for part in sentence.split(" "):
        core = part.strip("“”.,")
        words.append(part.replace(core, case.word(core, at + part.index(core))))
        at += len(part) + 1
    assert " ".join(words) == read


def test_long_texts_take_a_second() -> None:
    began = time.process_time()
    label_starts("#a " * 300_000 + "x")
    label_starts("#a" * 300_000)
    case = SentenceCase(text := "THE ARMY LEFT THE TOWN. " * 40_000, 0, len(text))
    for at in range(0, len(text), 4):
        case.word("X", at)
    assert time.process_time() - began < 40
