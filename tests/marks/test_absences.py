"""What words say that stand where a serial would."""

import string
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.marks.absences import read_absence, read_bare_absence
from headstamp.marks.wording import words_of
from headstamp.reference.marking import NoSerialRule, manner_words, no_serial_rules, serial_words

from .examples import examples

LETTERS = string.ascii_uppercase + "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯابجدهوز"
DIGITS = string.digits + "٠١٢٣٤٥٦٧٨٩۰۱۲۳"
CASES = examples("absences.csv")
BY = {
    "pt": "por",
    "en": "by",
    "es": "por",
    "fr": "par",
    "ru": "путём",
    "uk": "шляхом",
    "ar": "بسبب",
}
PHRASES = [rule for rule in no_serial_rules() if words_of(rule.phrase)]
STOPS = [row.word for row in manner_words() if row.role == "stop" and row.word != "no"]
WEAR = [row.word for row in manner_words() if row.role == "wear"]
LANGUAGES = {"pt", "en", "es", "fr", "ru", "uk", "ar"}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("RASPADO", "removed"),
        ("Numeração raspada", "removed"),
        ("numeracao suprimida", "removed"),
        ("Nº de série: ilegível", "illegible"),
        ("sem numeração", "never_marked"),
        ("não informado", "not_recorded"),
        ("Serial number has been removed.", "removed"),
        ("Serial completely illegible", "illegible"),
        ("never marked", "never_marked"),
        ("NOT RECORDED", "not_recorded"),
        ("over-stamped", "overstamped"),
        ("número borrado", "removed"),
        ("no legible", "illegible"),
        ("nunca marcada", "never_marked"),
        ("se desconoce", "not_recorded"),
        ("numéro effacé", "removed"),
        ("illisible", "illegible"),
        ("jamais marqué", "never_marked"),
        ("non relevé", "not_recorded"),
        ("серийный номер удалён", "removed"),
        ("НЕ ЧИТАЕТСЯ", "illegible"),
        ("номер не наносился", "never_marked"),
        ("не указан", "not_recorded"),
        ("номер знищено", "removed"),
        ("нерозбірливо", "illegible"),
        ("без номера", "never_marked"),
        ("невідомо", "not_recorded"),
        ("الرقم ممسوح", "removed"),
        ("رقم غير مقروء", "illegible"),
        ("لا يوجد رقم", "never_marked"),
        ("غير مسجّل", "not_recorded"),
        ("N/A", "not_recorded"),
        ("---", "not_recorded"),
        (" ? ", "not_recorded"),
        ("obliterted", "removed"),
        ("numracao raspada", "removed"),
        ("nerazborchivo", None),
        ("legível", None),
        ("legible", None),
        ("lisible", None),
        ("разборчиво", None),
        ("not removed", None),
        ("não removida", None),
        ("не удалён", None),
        ("partly illegible", None),
        ("number", None),
        ("no", None),
        ("", None),
        ("   ", None),
        ("removed AB 1234", None),
        ("removed, illegible, see photograph", None),
        ("removed " * 40, None),
    ],
)
def test_phrases(text: str, state: str | None) -> None:
    """Each language has each of the four states; opposites, parts and stories are left alone."""
    found = read_absence(text)

    assert (found.state if found else None) == state


@pytest.mark.parametrize("row", CASES, ids=[row["text"] for row in CASES])
def test_worked_cells(row: dict[str, str]) -> None:
    """Each cell of the worked table says its state, or is left to a person."""
    found = read_absence(row["text"])

    assert (found.state if found else "") == row["expected"]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_words_of_manner_never_make_another_state(language: str) -> None:
    """A phrase with words of manner after it says its own state, or is left to a person."""
    rules = [rule for rule in PHRASES if rule.language == language]
    read = [(rule, read_absence(f"{rule.phrase} {BY[language]} zornwelt")) for rule in rules]

    assert [rule.phrase for rule, found in read if found and found.state != rule.state] == []
    assert sum(found is not None for _, found in read) > len(rules) / 2


@given(st.sampled_from(PHRASES), st.sampled_from(STOPS), st.integers(0, 2))
def test_a_word_that_stops_leaves_the_cell_to_a_person(
    rule: NoSerialRule, stop: str, place: int
) -> None:
    """A negation, a part, a contrast or a doubt among the words passed over is never passed."""
    tail = [BY[rule.language], "zornwelt", "zornwelt"]
    tail.insert(place + 1, stop)

    assert read_absence(" ".join((rule.phrase, *tail))) is None


@given(st.sampled_from(PHRASES), st.data())
def test_no_word_of_any_role_leads_to_another_state(
    rule: NoSerialRule, data: st.DataObject
) -> None:
    """Whatever words of the table stand around a phrase: its own state, or a person reads it."""
    words = [row.word for row in manner_words() if row.language == rule.language]
    around = st.lists(st.sampled_from([*words, "zornwelt"]), max_size=3)
    before, after = data.draw(around), data.draw(around)
    states = {rule.state, "not_recorded"}  # "por não identificado": who did it is not recorded
    found = read_absence(" ".join((*before, rule.phrase, *after)))

    assert found is None or found.state in states or _is_longer(found.rule, rule)


@given(st.sampled_from(PHRASES), st.sampled_from("?؟"))
def test_a_question_is_no_statement(rule: NoSerialRule, sign: str) -> None:
    """Who asks does not say: a person reads it."""
    assert read_absence(rule.phrase + sign) is None
    assert read_absence(f"{rule.phrase} ({sign})") is None


@given(st.sampled_from(PHRASES), st.sampled_from(WEAR))
def test_what_wears_off_was_not_taken_off(rule: NoSerialRule, wear: str) -> None:
    """A mark may be illegible by rust, or not be seen for it; nobody removes one by rust."""
    found = read_absence(f"{rule.phrase} {BY[rule.language]} {wear}")

    assert found is None or found.state in {"illegible", "not_recorded"}


@pytest.mark.parametrize(
    ("text", "is_of_part"),
    [("erased on the frame", True), ("ilegível no ferrolho", True), ("erased by Zorn", False)],
)
def test_a_state_of_a_part_is_told_from_that_of_the_item(text: str, is_of_part: bool) -> None:  # noqa: FBT001
    """A phrase with a part of the item beside it is of the mark on that part."""
    found = read_absence(text)

    assert found is not None
    assert found.is_of_part is is_of_part


def test_no_word_that_stops_is_passed_over_unseen() -> None:
    """A word of no meaning in one language must not hide one that stops in another."""
    fillers = {words_of(row.word) for row in serial_words() if row.role == "filler"}

    assert [stop for stop in STOPS if words_of(stop) in fillers] == []


def test_a_name_beside_a_phrase_is_not_passed_over_where_names_stand() -> None:
    """A column of makers may hold a name after *by*: only the bare phrase is read there."""
    assert read_bare_absence("erased by Zorn") is None
    assert read_bare_absence("erased") == read_absence("erased by Zorn")


def test_every_phrase_of_the_table_says_its_own_state() -> None:
    """As in the table, in capitals or among spaces, a phrase says what its row says."""
    wrong = [
        text
        for rule in no_serial_rules()
        for text in (rule.phrase, rule.phrase.upper(), f"  {rule.phrase}  ")
        if (found := read_absence(text)) is None
        or (found.state, found.also, found.is_misspelt) != (rule.state, rule.also, False)
    ]

    assert wrong == []


@given(st.text(alphabet=LETTERS + DIGITS + " -/.", max_size=20), st.sampled_from(DIGITS))
def test_a_serial_is_never_an_absence(text: str, digit: str) -> None:
    """Whatever holds a digit of any script may be a serial."""
    for place in range(len(text) + 1):
        assert read_absence(text[:place] + digit + text[place:]) is None


@given(st.sampled_from(no_serial_rules()), st.sampled_from(DIGITS), st.sampled_from(["", " "]))
def test_a_phrase_with_a_digit_is_no_absence(rule: NoSerialRule, digit: str, gap: str) -> None:
    """One digit of any script beside a phrase, and a person or `read_serial` reads it."""
    assert read_absence(rule.phrase + gap + digit) is None
    assert read_absence(digit + gap + rule.phrase) is None


@given(st.text())
def test_any_text_is_read_or_left(text: str) -> None:
    """No text makes the reader fail, and it says the same for the same text in other spaces."""
    found = read_absence(text)

    assert read_absence(f" {text} ") == found or len(text) > 110


def test_no_slip_leads_from_one_state_to_another() -> None:
    """No phrase is one slip away from a phrase of another state."""
    words = [(rule, words_of(rule.phrase)) for rule in no_serial_rules()]
    near = [
        (one.phrase, other.phrase)
        for (one, first), (other, second) in combinations(words, 2)
        if one.state != other.state and len(first) == len(second) and first
        if sum(_is_near(a, b) for a, b in zip(first, second, strict=True)) == len(first)
    ]

    assert near == []


def test_every_language_has_the_four_states() -> None:
    """Removed, illegible, never marked and not recorded can be said in all seven languages."""
    said = {(rule.language, rule.state) for rule in no_serial_rules()}
    states = {"removed", "illegible", "never_marked", "not_recorded"}

    assert {(language, state) for language in LANGUAGES for state in states} <= said


def test_two_phrases_give_the_first_and_do_not_exclude_the_other() -> None:
    """Two states in one cell are both kept, the first one first."""
    found = read_absence("ilegível (raspada)")

    assert found is not None
    assert (found.state, found.also) == ("illegible", ("removed",))


def test_bare_lack_of_a_number_does_not_say_why() -> None:
    """Having no serial may be a mark never made, one taken away or one not looked for."""
    found = read_absence("no serial number")

    assert found is not None
    assert (found.state, set(found.also)) == ("never_marked", {"removed", "not_recorded"})


def test_a_phrase_that_we_wrote_is_shown_as_unsourced() -> None:
    """Only a phrase that stands in a source that was opened is sourced."""
    sourced, ours = read_absence("raspado"), read_absence("illegible")

    assert sourced is not None
    assert ours is not None
    assert (sourced.is_sourced, ours.is_sourced) == (True, False)


def _is_longer(found: NoSerialRule, rule: NoSerialRule) -> bool:
    """Whether words before or after made a longer phrase of the table out of this one."""
    return len(words_of(found.phrase)) > len(words_of(rule.phrase))


def _is_near(one: str, other: str) -> bool:
    """Whether one letter left out of either, or none, makes two long words equal."""
    if one == other:
        return True
    if min(len(one), len(other)) < 7:
        return False
    shorter = {word[:n] + word[n + 1 :] for word in (one,) for n in range(len(word))} | {one}
    also = {other[:n] + other[n + 1 :] for n in range(len(other))} | {other}
    return not shorter.isdisjoint(also) and one[0] == other[0]
