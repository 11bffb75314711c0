"""When two wordings are the same words, against a plain edit distance."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.calibres import identify_calibre
from headstamp.marks.countries import identify_country
from headstamp.marks.makers import identify_maker
from headstamp.marks.models import identify_model
from headstamp.marks.types import identify_type
from headstamp.marks.wording import LONG_WORD, is_same_word, words_of
from headstamp.terms.identification import Identification

WORDS = st.text(alphabet="abc", min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("Nº da PEÇA: Ilegível!", ("num", "da", "peca", "ilegivel")),
        ("n.º 3", ("num", "3")),
        ("№ стёрт", ("num", "стерт")),
        ("No. erased", ("num", "erased")),
        ("no legible", ("no", "legible")),
        ("N/A", ("na",)),
        ("n.a.", ("na",)),
        ("б/н", ("бн",)),
        ("l'arme", ("l", "arme")),
        ("غَيْر مقروءة", ("غير", "مقروءه")),
        ("over-stamped_here", ("over", "stamped", "here")),
    ],
)
def test_words_are_folded(text: str, words: tuple[str, ...]) -> None:
    """Case, accents, vowel signs and punctuation make no other word."""
    assert words_of(text) == words


@given(WORDS, WORDS)
def test_one_slip_is_one_edit(read: str, known: str) -> None:
    """A long word is forgiven exactly one edit, a swap counting as one, after its first letter."""
    is_long = min(len(read), len(known)) >= LONG_WORD and read[0] == known[0]
    expected = read == known or (is_long and _distance(read, known) == 1)

    assert is_same_word(read, known) is expected


@pytest.mark.parametrize(
    ("read", "known", "expected"),
    [
        ("nubmered", "numbered", True),
        ("numbeerd", "numbered", True),
        ("numbred", "numbered", True),
        ("numbereed", "numbered", True),
        ("numvered", "numbered", True),
        ("limado", "lixado", False),
        ("unmbered", "numbered", False),
        ("numbrede", "numbered", False),
    ],
)
def test_slips(read: str, known: str, *, expected: bool) -> None:
    """A swap, a lost, added or mistaken letter; never in a short word, never the first letter."""
    assert is_same_word(read, known) is expected


def _distance(first: str, second: str) -> int:
    """Optimal string alignment, by its definition."""
    table = [[max(i, j) for j in range(len(second) + 1)] for i in range(len(first) + 1)]
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            mistaken = table[i - 1][j - 1] + (first[i - 1] != second[j - 1])
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, mistaken)
            if i > 1 and j > 1 and first[i - 2 : i] == second[j - 2 : j][::-1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@pytest.mark.parametrize(
    "identify",
    [identify_maker, identify_type, identify_calibre, identify_country, identify_model],
)
def test_a_story_is_no_name(identify: Callable[[str], tuple[Identification, ...]]) -> None:
    """A cell longer than any name is left to a person, and costs nothing however long it is."""
    assert identify("Taurus 9x19 Brasil pistola " * 20_000) == ()
