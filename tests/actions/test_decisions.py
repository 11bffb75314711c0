"""Judging, withdrawing, restoring: recorded with what was seen, and refused when odd."""

from collections.abc import Callable
from pathlib import Path

import pytest

from headstamp.actions.judge_link import judge_link
from headstamp.actions.trace import trace
from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.ledger.entries import read_entries
from headstamp.terms.errors import MisuseError, UnknownIdError

LINK = "link:i1:consignment:k1"


def test_a_judgement_keeps_what_the_judge_saw(made: Callable[..., Path], amina: Writing) -> None:
    """The package's verdict and reason, and the intake it came from."""
    root = made()
    judged = judge_link(root, LINK, verdict="unsure", reason="stamp is worn", by=amina)

    entry = read_entries(root)[-1]
    assert entry.content() == {
        "proposal_id": LINK,
        "verdict": "unsure",
        "reason": "stamp is worn",
        "seen": {"state": "part_of", "basis": [], "reason": "serial in line 1"},
    }
    assert judged.judgement_id == f"j-{entry.hash[:12]}"
    assert entry.derived_from == (read_entries(root)[1].entry_id,)


def test_the_latest_judgement_is_in_force_until_withdrawn(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Boris overrules Amina and the package; without his the package's judgement holds."""
    root, boris = made(), Writing(actor="Boris")

    def state() -> str:
        return open_casebook(root).conclusions.links[0].state

    judge_link(root, LINK, verdict="unsure", reason="worn", by=amina)
    states = [state()]
    judged = judge_link(root, LINK, verdict="not_same", reason="another stamp", by=boris)
    states.append(state())
    withdraw_row(root, judged.judgement_id, reason="reviewed", by=amina)
    states.append(state())

    assert states == ["unsure", "not_same", "part_of"]


@pytest.mark.parametrize(
    ("proposal", "verdict", "reason"),
    [
        ("link:i1:consignment:k9", "same", "why not"),
        ("c1", "same", "why not"),
        (LINK, "sameish", "why not"),
        (LINK, "same", "  "),
        (LINK, "same", "x" * 2001),
    ],
)
def test_an_odd_judgement_is_not_recorded(
    made: Callable[..., Path], amina: Writing, proposal: str, verdict: str, reason: str
) -> None:
    """Misuse writes nothing."""
    root = made()

    with pytest.raises(MisuseError):
        judge_link(root, proposal, verdict=verdict, reason=reason, by=amina)

    assert len(read_entries(root)) == 2


def test_a_withdrawal_says_what_why_and_because(made: Callable[..., Path], amina: Writing) -> None:
    """Exactly these four."""
    root = made()
    withdraw_row(root, "report", reason="retracted", because="wrong", by=amina)
    restore_row(root, "report", reason="no, it was not", by=amina)

    withdrawal, restoration = (entry.content() for entry in read_entries(root)[2:])
    assert withdrawal == {
        "table": "sources", "id": "report", "reason": "retracted", "because": "wrong",
    }  # fmt: skip
    assert restoration == {"table": "sources", "id": "report", "reason": "no, it was not"}


def test_withdrawing_twice_and_restoring_twice_are_misuse(
    made: Callable[..., Path], amina: Writing
) -> None:
    """The message names the entry that did it."""
    root = made()
    withdraw_row(root, "c1", reason="wrong", by=amina)
    with pytest.raises(MisuseError, match="by entry 3"):
        withdraw_row(root, "c1", reason="wrong", by=amina)
    restore_row(root, "c1", by=amina)
    with pytest.raises(MisuseError, match="not withdrawn"):
        restore_row(root, "c1", by=amina)

    assert len(read_entries(root)) == 4


def test_a_finding_cannot_be_withdrawn(made: Callable[..., Path], amina: Writing) -> None:
    """It is derived: withdraw what it rests on."""
    root = made()
    finding_id = open_casebook(root).conclusions.findings[0].finding_id

    with pytest.raises(MisuseError, match="derived"):
        withdraw_row(root, finding_id, reason="no", by=amina)


@pytest.mark.parametrize("text", ["nosuch", "reference:verbs:sold", "item:c1"])
def test_what_is_not_on_record_cannot_be_withdrawn(
    made: Callable[..., Path], amina: Writing, text: str
) -> None:
    """Nothing is recorded about nothing."""
    root = made()

    with pytest.raises(MisuseError):
        withdraw_row(root, text, reason="no", by=amina)

    assert len(read_entries(root)) == 2


def test_because_is_one_of_four(made: Callable[..., Path], amina: Writing) -> None:
    """Other words are for the reason."""
    with pytest.raises(MisuseError, match="--because"):
        withdraw_row(made(), "c1", reason="no", because="bored", by=amina)


def test_trace_records_by_which_rules_and_only_once(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Nothing new, no new entry; a decision later, a new one."""
    root = made()
    first, again = trace(root, by=amina), trace(root, by=amina)
    withdraw_row(root, "c2", reason="retracted", by=amina)
    later = trace(root, by=amina)

    content = read_entries(root)[2].content()
    assert (first.seq, again.seq, again.same_as, later.seq) == (3, None, 3, 5)
    assert set(content) == {
        "head", "software", "reference_digest", "rules_digest", "weights_digest", "counts",
        "records",
    }  # fmt: skip
    assert (content["head"], content["records"]) == (2, None)


def test_a_dry_trace_derives_and_records_nothing(made: Callable[..., Path]) -> None:
    """The counts are told all the same."""
    root = made()

    traced = trace(root, by=Writing(actor="Amina", dry_run=True))

    assert (traced.seq, traced.n_subjects, traced.n_gaps) == (None, 2, 0)
    assert len(read_entries(root)) == 2


def test_an_unknown_id_is_told_from_other_misuse(made: Callable[..., Path], amina: Writing) -> None:
    """So that a script can tell them apart."""
    with pytest.raises(UnknownIdError):
        restore_row(made(), "nosuch", by=amina)
