"""What is remembered of the tables is forgotten with them."""

import re
from pathlib import Path

from headstamp.reference.caches import forget_answers, remembered

PACKAGE = Path(__file__).parents[2] / "src/headstamp"
FREE_OF_TABLES = {
    "marks/notation.py",
    "marks/packed.py",
    "reference/caches.py",
    "reference/tables.py",
}
"""They remember what rests on no table that a user can add to: texts, shapes, shipped bytes."""


def test_an_answer_is_remembered_until_it_is_forgotten() -> None:
    """The same question is answered once, and anew after the tables changed."""
    asked: list[str] = []

    @remembered(8)
    def answer(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert [answer("a"), answer("a"), answer("b")] == ["A", "A", "B"]
    forget_answers()
    assert answer("a") == "A"
    assert asked == ["a", "b", "a"]


def test_nothing_that_rests_on_the_tables_is_remembered_in_another_way() -> None:
    """A cache that is not emptied would answer from the tables of another casebook."""
    files = [path for room in ("marks", "reference") for path in (PACKAGE / room).glob("*.py")]
    other = {
        path.relative_to(PACKAGE).as_posix()
        for path in files
        if re.search(r"functools|@cache|lru_cache", path.read_text(encoding="utf-8"))
    }

    assert other == FREE_OF_TABLES
