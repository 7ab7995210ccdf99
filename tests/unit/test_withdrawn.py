"""A live blog corrects an earlier post: what it withdraws is not drawn, above or below."""

from __future__ import annotations

from datetime import date

import pytest
from coding_kit import extract

from mapgen.model import Kind, Status

TAKEN = Kind.CONTROL_CHANGE

# (country, day, text, towns drawn as taken)
BLOGS = [
    ("SD", date(2024, 11, 21), (
        "SUDAN LIVE - 21 November 2024\n\n18.20 CORRECTION: at 16.50 we wrote that Singa had "
        "been taken by the army. That came from a translation error.\n\n16.50 The army has "
        "captured Singa, an officer tells us.\n\n15.00 The RSF captured Bara."
    ), {"Bara"}),
    ("CD", date(2025, 1, 21), (
        "DR Congo live\n\n09:10 M23 rebels captured Masisi, residents say.\n\n11:40 "
        "Correction: an earlier line that Masisi had fallen to M23 is withdrawn.\n\n12:00 "
        "M23 rebels captured Sake."
    ), {"Sake"}),
    ("MM", date(2024, 7, 3), (
        "Myanmar live\n\n10:05 Rebels have seized Lashio, a resident says.\n\n12:30 We have "
        "removed a post that said rebels had seized Lashio: it was based on an old video."
    ), set()),
    ("LY", date(2020, 5, 21), (
        "Libya live\n\n14:20 CORRECTION Mizda is not in the hands of the GNA, as we said at "
        "13:05.\n\n13:05 GNA forces took Mizda this morning, a commander says."
    ), set()),
    ("SY", date(2024, 12, 6), (
        "Syria live\n\n10:05 Rebels captured Rastan, a war monitor said.\n\n11:30 Our 10:05 "
        "post on the fall of Rastan was wrong. The army still holds the town."
    ), set()),
    ("AZ", date(2020, 11, 8), (
        "LIVE: Nagorno-Karabakh\n17:15 We said earlier that Azerbaijani forces had taken "
        "Shusha. We retract this: nobody confirms it.\n16:00 Azerbaijani forces have taken "
        "Shusha, a soldier told us."
    ), set()),
    ("YE", date(2021, 10, 20), (
        "Yemen live\n\n08:00 Houthi fighters captured Marib, a tribesman said.\n\n10:00 "
        "Correction: an earlier entry put Marib in Houthi hands. It is not."
    ), set()),
    ("UA", date(2024, 10, 2), (
        "Ukraine live\n\n13:15 CORRECTION: Vuhledar remains in Ukrainian hands.\n\n09:00 "
        "Russian forces captured Vuhledar, a blogger said."
    ), set()),
    ("UA", date(2024, 10, 2), "Ukraine live\n\n13:15 CORRECTION: Vuhledar remains in Russian "
     "hands.\n\n09:00 Russian forces captured Vuhledar, a blogger said.", {"Vuhledar"}),
    # details, and what happened after all: nothing is taken back
    ("CD", date(2025, 1, 21), (
        "DR Congo live\n\n09:10 M23 rebels captured Sake, residents say.\n\n11:40 "
        "Correction: an earlier entry gave the distance from Sake to Goma as 10 km. It is "
        "about 25 km."
    ), {"Sake"}),
    ("CD", date(2025, 1, 21), (
        "DR Congo live\n\n09:10 M23 rebels captured Masisi, residents say.\n\n11:40 "
        "Correction: an earlier post misspelled the name of Masisi."
    ), {"Masisi"}),
    ("CD", date(2025, 1, 21), (
        "DR Congo live\n\n09:10 M23 rebels captured Masisi on Monday.\n\n11:40 Correction: "
        "an earlier post said that M23 captured Masisi on Sunday. It captured the town on "
        "Monday."
    ), {"Masisi", "the town"}),
    ("CD", date(2025, 1, 21), (
        "DR Congo live\n\n09:10 M23 rebels captured Masisi, residents say.\n\n11:40 "
        "Correction: an earlier line that Masisi had fallen to M23 is withdrawn.\n\n17:30 "
        "M23 rebels have now captured Masisi, the governor said."
    ), {"Masisi"}),
    ("SD", date(2024, 11, 21), (
        "Sudan live\n\n10:00 The army captured Singa.\n\n11:00 Correction: we reported at "
        "10:30 that the army had also captured Dinder. It has not.\n\n10:30 The army has "
        "captured Dinder, state television says."
    ), {"Singa"}),
    ("UA", date(2024, 10, 2), (
        "Ukraine live\n\n09:00 Russian forces captured Vuhledar.\n\n13:15 An earlier entry "
        "said 2,000 residents were in Vuhledar. The figure is 107; we have corrected it."
    ), {"Vuhledar"}),
    ("SD", date(2024, 11, 21), (
        "The RSF captured Bara, residents said. An earlier report that the RSF had taken "
        "Bara was wrong, the army said."
    ), {"Bara"}),
    ("SY", date(2024, 12, 6), (
        "Rebels captured Rastan on Thursday. We reported on Wednesday that the army had left "
        "Talbiseh. The rebels say the war is nearly won."
    ), {"Rastan"}),
    ("SY", date(2024, 12, 6), (
        "Syria live\n\n10:05 Rebels captured Rastan.\n\n10:30 The army said it had removed "
        "mines from the road to Homs. That was an error of judgment, a rebel said."
    ), {"Rastan"}),
    # other words of correction
    ("CD", date(2025, 1, 21), (
        "DR Congo live\n\n09:10 M23 rebels captured Masisi, residents say.\n\n11:40 This post has "
        "been amended: an earlier version said M23 had taken Masisi. It has only entered the "
        "outskirts."
    ), set()),
    ("CD", date(2025, 1, 21), (
        "DR Congo live\n\n09:10 M23 rebels captured Masisi, residents say.\n\n11:40 UPDATE: "
        "contrary to our 09:10 post, Masisi has not fallen."
    ), set()),
    ("CD", date(2025, 1, 21), (
        "DR Congo live\n\n09:10 M23 rebels captured Masisi, residents say.\n\n11:40 We got this "
        "wrong: Masisi has not fallen to M23."
    ), set()),
    ("SD", date(2024, 11, 21), (
        "Sudan live\n\n12:00 Scrap our 11:20 line on the capture of Singa; the army is still "
        "outside the town.\n\n11:20 The army has captured Singa."
    ), set()),
    ("SD", date(2024, 11, 21), (
        "Sudan live\n\n12:00 Correction: the army captured Dinder, not Singa.\n\n11:20 The army "
        "has captured Singa."
    ), {"Dinder"}),
    ("ET", date(2021, 12, 6), (
        "Live\n10.40 The 10.15 entry has been withdrawn, since the source cannot be reached.\n"
        "10.15 Fano fighters have taken Lalibela."
    ), set()),
    ("MM", date(2024, 7, 3), (
        "Rebels have seized Lashio, a resident said on Wednesday.\n\nThe army left Hsipaw.\n\n"
        "(Corrects to show that rebels have not seized Lashio.)"
    ), set()),
    ("MM", date(2024, 7, 3), (
        "Rebels have seized Kyaukme, a resident said on Wednesday.\n\n(This story corrects the "
        "spelling of Kyaukme in paragraph 1.)"
    ), {"Kyaukme"}),
    ("UA", date(2022, 9, 10), (
        "18:05 We wrote at 14:00 that Ukrainian troops had taken Izium; this has now been "
        "confirmed by Kyiv.\n\n14:00 Ukrainian troops have captured Izium, a soldier tells us."
    ), {"Izium"}),
]  # fmt: skip


@pytest.mark.parametrize(("country", "day", "text", "towns"), BLOGS)
def test_a_notice_of_correction_withdraws_earlier_posts(
    country: str, day: date, text: str, towns: set[str]
) -> None:
    found = extract(text, country, published_on=day).claims
    standing = [c for c in found if c.kind is TAKEN and c.status.is_current]
    taken = {p.surface for c in standing for p in c.places}
    assert taken == towns


def test_what_is_withdrawn_is_negated_with_the_words_of_the_notice() -> None:
    text = BLOGS[1][2]
    made = extract(text, "CD", published_on=date(2025, 1, 21))
    first = next(c for c in made.claims if c.quote.startswith("M23 rebels captured Masisi"))
    assert first.status is Status.NEGATED
    assert "status:negated:is withdrawn" in first.rules
    assert first.attribution is None  # the residents deny nothing
    sentence = next(s for s in made.sentences if s.start <= first.start < s.end)
    assert sentence.left_off == "negated, because of “is withdrawn”"
