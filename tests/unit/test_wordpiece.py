"""Words are cut as BERT cuts them. The expected pieces were made with the library tokenizers."""

import pytest

from mapgen.coding.second_reader.wordpiece import Vocabulary

SIGNS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
CUT = [
    (
        "Rebels retook Khan Sheikhoun, Homs’s northern gate.",
        "rebels re ##to ##ok khan sheikh ##oun , ho ##ms ’ s northern gate .",
    ),
    (
        "Mocímboa da Praia & Séléka: 12,000 people (2,300 households)",
        "mo ##ci ##mbo ##a da pr ##aia & se ##le ##ka : 12 , 000 people ( 2 , 300 households )",
    ),
    (
        "the 14th_brigade re-entered Al-Hasakah's district",
        "the 14th _ brigade re - entered al - has ##aka ##h ' s district",
    ),
    ("N'Djamena; don't; U.S.-backed", "n ' dj ##amen ##a ; don ' t ; u . s . - backed"),
    ("Харків", "х ##а ##р ##к ##і ##в"),
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(_known())


def _known() -> list[str]:
    pieces = {p for _, cut in CUT for p in cut.split()}
    return [*SIGNS, *sorted(pieces)]


@pytest.mark.parametrize(("text", "cut"), CUT)
def test_words_are_cut_into_the_pieces_of_bert(vocabulary: Vocabulary, text: str, cut: str) -> None:
    known = _known()
    assert [known[n] for n in vocabulary.pieces(text)] == cut.split()


def test_a_word_without_pieces_is_unknown(vocabulary: Vocabulary) -> None:
    assert vocabulary.pieces("哈 gate") == [1, _known().index("gate")]


def test_a_very_long_word_is_unknown(vocabulary: Vocabulary) -> None:
    assert vocabulary.pieces("s" * 101) == [1]


def test_symbols_stand_apart(vocabulary: Vocabulary) -> None:
    known = _known()
    assert [known[n] for n in vocabulary.pieces("n→s")] == ["n", "[UNK]", "s"]
