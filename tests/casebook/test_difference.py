"""What fell, what is weaker, and what stands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.release.hand_out import hand_out
from headstamp.terms.table import Table

ROWS = ["c1", "c2", "report", "paper", "field", "u1", "item:i1", "mark:m2", "party:group", "f1",
        "link:i1:consignment:k1", "line:k1:1", "consignment:k1", "document:d1"]  # fmt: skip


def _changes(table: Table, kind: str) -> dict[str, str]:
    return {str(row["id"]): str(row["change"]) for row in table.rows if str(row["kind"]) == kind}


def _findings_by_kind(casebook: Casebook) -> dict[str, str]:
    return {f.finding_id: f.kind for f in casebook.conclusions.findings}


def test_everything_that_rested_on_it_falls_and_only_that(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Without the export there is no window; the theft stands on its own two accounts."""
    root = made()
    kinds = _findings_by_kind(open_casebook(root))

    changes = withdraw_row(root, "c1", reason="wrong file", by=amina).changes

    found = {kinds[f]: change for f, change in _changes(changes, "finding").items()}
    assert found["diversion_window"] == "fell"
    assert found["theft"] == "stands"
    assert _changes(changes, "leg")["i1:exported:xa:xb_army"] == "fell"
    assert _changes(changes, "claim") == {"c1": "fell", "c2": "stands", "c3": "stands"}


def test_one_support_less_is_weaker_and_says_on_what_it_rests(
    made: Callable[..., Path], amina: Writing
) -> None:
    """The theft loses an origin, not its standing."""
    root = made()
    kinds = _findings_by_kind(open_casebook(root))

    changes = withdraw_row(root, "c2", reason="retracted", by=amina).changes

    theft = next(row for row in changes.rows if kinds.get(str(row["id"])) == "theft")
    assert (theft["change"], theft["rests_on"]) == ("weaker", [["c3"]])


@pytest.mark.parametrize("row", ROWS)
def test_restoring_is_the_exact_inverse(
    made: Callable[..., Path], amina: Writing, row: str
) -> None:
    """Every table reads as it did before the withdrawal, but for the entry that was read."""
    root = made()
    before = hand_out(open_casebook(root))

    withdraw_row(root, row, reason="to see", by=amina)
    restore_row(root, row, by=amina)

    after = hand_out(open_casebook(root))
    assert {n: t for n, t in after.items() if n != "about"} == {
        n: t for n, t in before.items() if n != "about"
    }


def test_a_dry_run_says_what_the_withdrawal_then_does(
    made: Callable[..., Path], amina: Writing
) -> None:
    """The same rows, and nothing is written."""
    root = made()
    dry = Writing(actor="Amina", today=amina.today, dry_run=True)

    told = withdraw_row(root, "report", reason="to see", by=dry)
    n_entries = len(open_casebook(root).entries)
    done = withdraw_row(root, "report", reason="to see", by=amina)

    assert (told.seq, n_entries, done.seq) == (None, 2, 3)
    assert told.changes == done.changes
