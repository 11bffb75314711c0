"""What stands, and what stood."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from headstamp.actions.withdraw_row import withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.terms.errors import MisuseError, NoCasebookError


def test_rows_stand_in_the_order_of_recording(opened: Callable[..., Casebook]) -> None:
    """Tables list rows as their package did."""
    claims = [row_id for table, row_id in opened().rows if table == "claims"]

    assert claims == ["c1", "c2", "c3"]


def test_every_row_knows_its_file_row_and_exhibit(opened: Callable[..., Casebook]) -> None:
    """The way back from a row ends at a sealed file."""
    casebook = opened()
    where = casebook.evidence.whereabouts["claims", "c2"]

    sealed = next(e for e in casebook.intakes[2].exhibits if e.name == "claims.csv")
    assert (where.file, where.row, where.exhibit, where.seq) == (
        "claims.csv", 3, sealed.digest, 2,
    )  # fmt: skip


def test_as_of_a_seq_leaves_out_what_came_later(made: Callable[..., Path], amina: Writing) -> None:
    """A withdrawal made later did not hold before."""
    root = made()
    withdraw_row(root, "c2", reason="a mistake", by=amina)

    now, before = open_casebook(root), open_casebook(root, as_of="2")

    assert ("claims", "c2") in now.evidence.withdrawn
    assert before.evidence.withdrawn == frozenset()
    assert before.at_seq == 2


def test_as_of_a_date_reckons_reply_periods_for_that_day(made: Callable[..., Path]) -> None:
    """Asked for a day, the day is the evidence's own; asked for an entry, it is today."""
    root, today = made(), date(2031, 5, 5)

    assert open_casebook(root, as_of="2099-01-01", today=today).evidence.on == date(2099, 1, 1)
    assert open_casebook(root, as_of="2", today=today).evidence.on == today


@pytest.mark.parametrize("as_of", ["0", "3", "99", "1999-01-01", "soon", "2015-13-01"])
def test_a_moment_that_cannot_be_meant_is_misuse(made: Callable[..., Path], as_of: str) -> None:
    """Nothing is silently read as another moment."""
    root = made()

    with pytest.raises(MisuseError, match=as_of):
        open_casebook(root, as_of=as_of)


def test_a_folder_without_casebook_says_how_to_make_one(tmp_path: Path) -> None:
    """The remedy is in the hint."""
    with pytest.raises(NoCasebookError) as caught:
        open_casebook(tmp_path)

    assert "headstamp init" in caught.value.hint
