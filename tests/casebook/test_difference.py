"""What fell, what is weaker, and what stands."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.difference import difference
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


def _told(casebook: Casebook, kind: str, **changed: object) -> tuple[object, object, object]:
    """Return change, before and after of a finding of which some cells are other ones."""
    conclusions = casebook.conclusions
    findings = tuple(
        msgspec.structs.replace(finding, **changed) if finding.kind == kind else finding
        for finding in conclusions.findings
    )
    table = difference(casebook, msgspec.structs.replace(conclusions, findings=findings))
    ids = {finding.finding_id for finding in findings if finding.kind == kind}
    (row,) = (row for row in table.rows if row["id"] in ids)
    return row["change"], row["before"], row["after"]


def test_what_changed_is_shown_before_and_after(opened: Callable[..., Casebook]) -> None:
    """Days, window and parties; a finding of which only the words differ says just that."""
    casebook = opened()

    change, before, after = _told(casebook, "diversion_window", window_from="2015-02-01")
    assert (change, "window 2015-02-01 to" in str(after)) == ("changed", True)
    assert "window 2015-0" in str(before)
    assert before != after
    change, before, after = _told(casebook, "theft", reason="Said otherwise.")
    assert (change, after) == ("changed", f"{before}; its reason reads otherwise now")


def test_one_origin_is_not_several(opened: Callable[..., Casebook]) -> None:
    """Numbers are said with their noun."""
    _, _, after = _told(opened(), "theft", origins=1)

    assert ", 1 origin, " in str(after)
