"""What a reader sees is what is coded: unseen signs, other apostrophes and look-alikes."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen import pipeline
from mapgen.core.clean_text import clean, plain
from mapgen.merging.reprints import near_duplicates
from mapgen.model import Article, Claim, Kind, SentenceRecord, Status
from mapgen.settings import Settings
from tests.unit.coding_kit import claim, claims, drawn, extract, gazetteer

UNSEEN = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\u202c", "\x01", "\U000e0041"]


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize(
    "text",
    [
        "The army has n_ot captured Goma.",
        "Rebels have_n't captured Bunia.",
        "The mayor den_ied that rebels captured Kadugli.",
        "Rebels m_ay capture Taiz to_morrow.",
        "Nei_ther side captured Pokrovsk.",
    ],
)
def test_what_a_reader_reads_as_untrue_is_not_drawn(text: str, sign: str) -> None:
    hidden = text.replace("_", sign)
    assert drawn(hidden, None) == drawn(text.replace("_", ""), None) == []
    assert [c.status for c in claims(hidden, None)] == [
        c.status for c in claims(text.replace("_", ""), None)
    ]


@pytest.mark.parametrize(
    "mark", ["'", "\u2019", "\u02bc", "\u2032", "\u00b4", "\u0060", "\u201b", "\uff07", "\u2018"]
)
def test_any_apostrophe_makes_a_contraction(mark: str) -> None:
    assert drawn(f"Rebels haven{mark}t captured Bunia.", None) == []
    assert drawn(f"The army didn{mark}t retake Goma.", None) == []
    assert drawn(f"Rebels haven{mark}t captured Kharkiv, the mayor said.", None) == []
    assert drawn(f"It isn{mark}t true that soldiers seized Kadugli.", None) == []
    assert len(drawn("Rebels captured Bunia.", None)) == 1


# A sign lost on the way between charsets, typed in haste, or put there by a phone
@pytest.mark.parametrize(
    "mark",
    ["", " '", "’ ", " ", '"', "”", "\x92", "\x91", "\ufffd", "â€™", "&#39;", "&#146;",
     "&rsquo;", "&amp;#8217;", "\u02bd", "\u02ca", "\u1fbd", "\u0384", "\u2035", "\u0374", "\u05f4",
     "\u0301", "*", "^", "¸", "\u200b’", "â\x80\x99"],
    ids=ascii,
)  # fmt: skip
def test_a_contraction_whose_apostrophe_is_missing_or_another_sign(mark: str) -> None:
    for before, after in (
        ("Rebels haven", "t captured Bunia."),
        ("It isn", "t true that M23 took Goma."),
    ):
        assert drawn(f"{before}{mark}{after}", None) == []
    assert plain(f"They couldn{mark}t hold it.") == "They couldn't hold it."


def test_other_words_stay_as_they_are() -> None:
    for text in (
        "Rebels, as is their wont, took Goma.",
        "Mr. Shant took Goma.",
        "I won. T. Smith lost. Don T. Smith left.",
        "a * b, 5*3*2, *, the snake_case_name, @user_name_ and 2_000_",
        "x-ray, e-mail, a b, vitamin b - c, F16s, the t72s, 5th, example.org/a0b?c1d=e2f",
        "Moët, São Paulo, né, naïve, Ménaka",
        "Article 5(1), page (2), f (1)",
    ):
        assert (plain(text), clean(text).doubtful) == (text, ())


@pytest.mark.parametrize(
    "word",
    ["*not*", "**not**", "***not***", "_not_", "__not__", "**_not_**", "n o t", "n-o-t", "N O T",
     "n\u0332o\u0332t\u0332", "n\u20e3o\u20e3t", "ɴᴏᴛ", "ᴺᴼᵀ", "ᶰᵒᵗ", "ṅot", "n\u0307ot", "nóť",
     "not(1)", "n\U0001d173ot", "n\u200aot", "n\x92ot", "no\x92t", "no\x01t", "n\U0001bca0ot"],
    ids=ascii,
)  # fmt: skip
def test_not_in_any_dress_is_not(word: str) -> None:
    assert drawn(f"Rebels have {word} captured Bunia.", None) == []
    assert plain(f"They have {word} left.").lower() == "they have not left."


@pytest.mark.parametrize("word", ["n0t", "no†t", "n|ot", "n\\ot", "no•t", "n^o^t", "den1ed"])
def test_a_word_with_a_sign_inside_is_doubtful_and_told(word: str) -> None:
    found = claim(f"Rebels have {word} captured Bunia.", Kind.CONTROL_CHANGE, None)
    assert found.status is not Status.ASSERTED
    assert f"{word}, which has signs inside it" in " ".join(found.rules)


def test_a_word_that_lost_a_letter_is_never_certain() -> None:
    [found] = claims("Rebels have n\ufffdt captured Bunia.", None)
    assert found.status is Status.HYPOTHETICAL
    assert len(drawn("The army\ufffds 5th brigade captured Bunia.", None)) == 1


def test_signs_of_windows_stand_for_what_a_page_shows() -> None:
    text = "\x93We won\x92t leave,\x94 he said \x96 again\x85\nGo\x96ma"
    assert plain(text) == "“We won't leave,” he said – again\x85\nGoma"
    assert plain("â€œWe wonâ€™t,â€\x9d he saidâ€¦") == "“We won't,” he said…"


@pytest.mark.parametrize(
    "word", ["haven\x92t", "havent", "haven &#146;t", "**haven’t**", "h\u200baven”t"], ids=ascii
)
def test_the_way_back_from_words_written_otherwise(word: str) -> None:
    text = f"The **rebels** {word} cap\u00adtured n o t Go\u200bma."
    told = clean(text)
    for name, as_given in (("rebels", "rebels"), ("captured", "cap\u00adtured"), ("not", "n o t"),
                           ("Goma", "Go\u200bma")):  # fmt: skip
        at = told.text.index(name)
        assert text[told.before(at) : told.after(at + len(name))] == as_given
    assert told.before(len(told.text)) == len(text)
    assert clean(told.text).text == told.text


def test_names_keep_their_own_signs() -> None:
    assert plain("Ma\u02bfarrat, Sana\u2018a and Mu\u0060adhamiya") == (
        "Ma\u02bfarrat, Sana\u2018a and Mu\u0060adhamiya"
    )
    assert plain("می\u200cخواهم") == "می\u200cخواهم"
    assert plain("10² km, 5½ hours, Diyarbakır, İzmir, Ōtsu, Харків, Đà Nẵng") == (
        "10² km, 5½ hours, Diyarbakır, İzmir, Ōtsu, Харків, Đà Nẵng"
    )
    assert clean("Харків (Kharkiv), Ωραία, Diyarbakır, Ḥimṣ, Donets'k, 12µm").doubtful == ()


def test_offsets_and_quotes_are_those_of_the_article() -> None:
    text = "\ufeffRebels cap\u00adtured Go\u200bma on 5 De\u200bcember 2024.\n\n"
    text += "The \ufb01ghts went on."
    made = extract(text, "CD")
    [taken] = [c for c in made.claims if c.kind is Kind.CONTROL_CHANGE]
    assert taken.quote == text[taken.start : taken.end]
    [place] = taken.places
    assert (place.surface, text[place.start : place.end]) == ("Goma", "Go\u200bma")
    assert taken.date is not None
    assert taken.date.start == date(2024, 12, 5)
    triggers = [r.span for r in taken.reasons if r.span is not None]
    assert [text[a:b] for a, b in triggers] == ["cap\u00adtured"]
    assert [s.text for s in made.sentences] == [text[s.start : s.end] for s in made.sentences]
    [found] = pipeline.find_places(made.articles, gazetteer())
    assert text[found.start : found.end] == "Go\u200bma"


PIECES = [
    *"ab \n'\u200b\u00ad\ufb01\uff21о\u0301\u0323٣1.,km",
    *["¹", "²³", "[12]", "[b]", "\U0001f525", "\U0001f1fa\U0001f1e6", "\u274c", "5ᵗʰ", "A\u030a"],
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_offset_goes_back(text: str) -> None:
    told = clean(text)
    last = 0
    for n in range(len(told.text)):
        start, end = told.before(n), told.after(n + 1)
        assert last <= start < end <= len(text)
        span = text[start:end]
        seen = (
            plain(span) + span + plain(f"5{span}") + plain(f"x{span}x")
        )  # it needs what is around
        assert told.text[n] in seen
        assert told.text[told.cleaned(start)] in seen
        last = start
    assert clean(told.text).text == told.text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Bukavu\u00b9, Goma\u00b2 and Uvira\u00b3\u2074 fell.\u2075",
            "Bukavu, Goma and Uvira fell.",
        ),
        ("Masisi[12] and Sake.[3][4] It", "Masisi and Sake. It"),
        ("Wad Madani[note 2] fell[5,6]", "Wad Madani fell"),
        ("40 km\u00b2, 7 m\u00b3, 10\u00b3 men", "40 km\u00b2, 7 m\u00b3, 10\u00b3 men"),
        ("captur[e]d the house[s] in [2] days", "captur[e]d the house[s] in [2] days"),
        ("Goma\u1d43 and Sake\u1d47, M\u1d50\u1d49 Ba", "Goma and Sake, M\u1d50\u1d49 Ba"),
        ("the 5\u1d57\u02b0 brigade", "the 5th brigade"),
        ("\U0001f1f8\U0001f1e9 El Fasher fell \U0001f6a8\ufe0f\U0001f6a8", " El Fasher fell "),
        ("fell\U0001f525Rebels", "fell Rebels"),
        ("\u274c Sake fell \U0001f6ab", "\u274c Sake fell \U0001f6ab"),
        ("Me\u0301naka, A\u030angstro\u0308m, Ho\u0323\u0302i", "Ménaka, Ångström, Hội"),
    ],
)
def test_what_a_reader_reads(text: str, read: str) -> None:
    assert plain(text) == read


def test_the_way_back_from_letters_in_two_parts_and_notes() -> None:
    text = "\U0001f6a8 Fighters took Bakh\u00admut\u00b9, Me\u0301naka[12] and Go\u200bma."
    told = clean(text)
    for name, as_given in (
        ("Bakhmut", "Bakh\u00admut"),
        ("Ménaka", "Me\u0301naka"),
        ("Goma", "Go\u200bma"),
        ("Fighters took", "Fighters took"),
    ):
        at = told.text.index(name)
        assert text[told.before(at) : told.after(at + len(name))] == as_given
        assert told.cleaned(told.before(at)) == at


@pytest.mark.parametrize(
    "sign",
    ["e\u0301", "\u0301", "x\u00b9", "x[1]", "\U0001f525", "#", "*a ", "*", "_", "a ", "a-", "n0t",
     "haven", "havent ", "â€™", "\x92", "f(1)", "\ufffd", "a\ufffd", "ṅ"],
)  # fmt: skip
def test_a_million_signs_take_a_second(sign: str) -> None:
    began = time.process_time()
    clean(sign * (1_000_000 // len(sign)))
    assert time.process_time() - began < 40


# Texts of other wars: the town that is drawn as taken, or nothing where that is the right answer.
@pytest.mark.parametrize(
    ("country", "text", "taken"),
    [
        ("UA", "Russian forces captured Bakhmut\u00b9 on Thursday.", ["Bakhmut"]),
        ("UA", "Russian forces have not captured Bakhmut.\u00b9", []),
        ("CD", "M23 rebels captured Bukavu[12] and Goma[13] on Thursday.", ["Bukavu", "Goma"]),
        ("CD", "M23 rebels deny that they captured Bukavu[12].", []),
        ("ML", "Jihadists captured Me\u0301naka on Thursday.", ["Ménaka"]),
        ("ML", "Jihadists threaten to capture Me\u0301naka\u00b2.", []),
        ("SD", "\U0001f1f8\U0001f1e9 The RSF captured El Fasher\u00b2 on Thursday.", ["El Fasher"]),
        ("SD", "Was El Fasher\u00b2 captured by the RSF? \U0001f914", []),
        (
            "MM",
            "\U0001f525\U0001f525Rebels captured Lashio\u1d43 on Thursday.\U0001f525",
            ["Lashio"],
        ),
        ("MM", "Rebels plan to capture Lashio\u1d43\U0001f525.", []),
    ],
)
def test_notes_emoji_and_accents_change_nothing(country: str, text: str, taken: list[str]) -> None:
    made = extract(text, country)
    found = [c for c in made.claims if c.kind is Kind.CONTROL_CHANGE and c.status.is_current]
    assert sorted({p.surface for c in found for p in c.places}) == sorted(taken)
    for one in made.claims:
        assert one.quote == text[one.start : one.end]
        for place in one.places:
            assert plain(text[place.start : place.end]) == place.surface


def test_a_figure_is_the_one_that_is_seen() -> None:
    fled = claim("Some 1\u200b000 people fled from Kharkiv on Thursday.", Kind.DISPLACEMENT, "UA")
    assert fled.quantity is not None
    assert (fled.quantity.best, fled.quantity.words) == (1000, "Some 1000")
    wide = claim(
        "Some \uff11\uff12,\uff10\uff10\uff10 people fled from Kharkiv.", Kind.DISPLACEMENT, "UA"
    )
    assert wide.quantity is not None
    assert wide.quantity.best == 12_000


@pytest.mark.parametrize(
    "text", ["The army has nоt captured Goma.", "The army hаs ոot captured Goma."]
)
def test_look_alikes_are_read_as_what_they_look_like(text: str) -> None:
    assert drawn(text, None) == []
    assert {c.status for c in claims(text, None)} == {Status.NEGATED}


def test_a_word_that_mixes_scripts_is_doubtful_and_told() -> None:
    certain = claim("Rebels captured Goma.", Kind.CONTROL_CHANGE, None)
    doubtful = claim("Rebels cарtured Goma.", Kind.CONTROL_CHANGE, None)
    assert (certain.status, doubtful.status) == (Status.ASSERTED, Status.CLAIMED)
    assert doubtful.confidence < certain.confidence
    assert "status:claimed:captured, which mixes scripts" in doubtful.rules
    other = claim(
        "Rebels captured Goma.\n\nMoscow’s Сhernihiv plan failed.", Kind.CONTROL_CHANGE, None
    )
    assert other.status is Status.ASSERTED


def test_a_word_that_nobody_can_read_takes_the_sentence_off() -> None:
    text = "The army has nѫt captured Goma."
    made = extract(text, None)
    assert {c.status for c in made.claims} <= {Status.HYPOTHETICAL, Status.NEGATED}
    assert [s.left_off for s in made.sentences if "mixes scripts" in (s.left_off or "")]
    assert drawn("Rebels captured Goma, wh\u0337ich is empty.", None) == []
    assert drawn("Some 1٣00 people fled from Kharkiv.", "UA") == []


def test_reprints_strewn_with_unseen_signs_are_reprints() -> None:
    text = (
        "Rebels captured the town of Sake on Thursday, residents said by telephone. Thousands of "
        "people fled toward Goma along the lake, and the army did not answer questions."
    )
    strewn = "\u200b".join(text).replace("o", "о")
    articles = [Article(id="a", text=text), Article(id="b", text=strewn)]
    assert near_duplicates(articles) == {"a": "a", "b": "a"}
    sentences = [
        SentenceRecord(article=a.id, start=0, end=len(a.text), text=a.text) for a in articles
    ]
    assert near_duplicates(articles, sentences) == {"a": "a", "b": "a"}


@pytest.mark.parametrize(
    "text",
    [
        "In a training exercise, soldiers captured Goma on Thursday.",
        "Troops seized Taiz in a military drill on Thursday.",
        "During a joint exercise the army captured Kadugli.",
        "As part of a simulation, rebels captured Bunia.",
        "The capture of Goma turned out to be a hoax.",
        "Reports that rebels had captured Bunia turned out to be false.",
        "The news that the army seized Taiz proved to be a fabrication.",
        "Rebels captured Goma, a local radio said. The report turned out to be a hoax.",
        "Rebels captured Bunia on Thursday. The claim proved false.",
    ],
)
def test_exercises_and_hoaxes_are_not_drawn(text: str) -> None:
    assert drawn(text, None) == []


@pytest.mark.parametrize(
    "text",
    [
        "Fresh from a training exercise, rebels captured Goma on Thursday.",
        "Rebels captured Goma after the peace offer turned out to be a hoax.",
        "Days after a military drill in Uganda, rebels captured Bunia.",
        "Rebels captured Goma in an exercise of raw power.",
        "Rebels captured Goma, which turned out to be an easy prey.",
        "Rebels captured the training base at Goma on Thursday.",
    ],
)
def test_exercises_and_hoaxes_elsewhere_change_nothing(text: str) -> None:
    assert [c.status for c in _taken(text)] == [Status.ASSERTED]


def _taken(text: str) -> list[Claim]:
    return [c for c in claims(text, None) if c.kind is Kind.CONTROL_CHANGE]


def test_settings_of_a_run_do_not_matter() -> None:
    article = Article(id="a", text="Rebels have n\u200bot captured Goma.", country="CD")
    made = pipeline.extract([article], gazetteer(), Settings())
    assert not [c for c in made.claims if c.status.is_current]


@pytest.mark.parametrize("run", ["¹" * 60, "¹" * 100_000, "¹," * 50_000, "[1]" * 50_000])
def test_a_long_run_of_raised_numbers_ends(run: str) -> None:
    # Nested repetitions took time that doubled with each sign: 60 of them never ended.
    assert plain(f"Rebels took Goma{run}a.").startswith("Rebels took Goma")
