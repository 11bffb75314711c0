"""Why? Down to the file."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from headstamp.actions.judge_link import judge_link
from headstamp.actions.withdraw_row import withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.explain import explain
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.terms.table import Table


def _text(table: Table) -> str:
    return "\n".join(f"{row['id'] or ''} {row['text']}" for row in table.rows)


def test_a_finding_shows_every_set_down_to_file_row_and_words(
    opened: Callable[..., Casebook],
) -> None:
    """Any one set suffices, and each atom leads back to its cell."""
    casebook = opened()
    window = next(f for f in casebook.conclusions.findings if f.kind == "diversion_window")

    table = explain(casebook, window.finding_id)

    export = next(row for row in table.rows if row["id"] == "c1")
    sealed = casebook.evidence.whereabouts["claims", "c1"].exhibit
    assert "set 2 of 2; any one set suffices" in _text(table)
    assert (export["file"], export["row"], export["locator"], export["quote"]) == (
        "claims.csv", 2, "page 3", "ten rifles left",
    )  # fmt: skip
    assert sealed.startswith(str(export["exhibit"]))


def test_a_claim_spells_out_grade_and_lineage(opened: Callable[..., Casebook]) -> None:
    """Both values of the grade, and who had it from whom."""
    text = _text(explain(opened(), "c2"))

    assert "class fair: reliability press C, report B; credibility 3" in text
    assert "told by press (press, The Daily) from report (ngo report)" in text
    assert "hedge: apparently" in text


def test_what_would_fall_is_told_from_what_would_stand(opened: Callable[..., Casebook]) -> None:
    """One of two accounts of the theft is not needed; the export is."""
    casebook = opened()

    assert "would fall without it" not in _text(explain(casebook, "c2"))
    assert "would fall without it" in _text(explain(casebook, "c1"))


def test_an_item_shows_its_chain_and_findings(opened: Callable[..., Casebook]) -> None:
    """Names of parties, not ids, where there are any."""
    text = _text(explain(opened(), "item:i1"))

    assert "leg 2: stolen from xb_army to Group North; 1 March 2015; documented" in text
    assert "theft of item i1; documented" in text


def test_a_link_shows_who_judged_it_and_what_was_judged_since(
    made: Callable[..., Path], amina: Writing
) -> None:
    """The package's own judgement stays readable beside ours."""
    root = made()
    judged = judge_link(
        root, "link:i1:consignment:k1", verdict="not_same", reason="another stamp", by=amina
    )

    text = _text(explain(open_casebook(root), "link:i1:consignment:k1"))

    assert "not_same" in text
    assert "judged by registrar; serial in line 1" in text
    assert f"{judged.judgement_id} judged not_same by Amina" in text


def test_a_withdrawn_row_is_said_to_count_no_longer(
    made: Callable[..., Path], amina: Writing
) -> None:
    """Still readable, and marked."""
    root = made()
    withdraw_row(root, "c2", reason="a mistake", by=amina)

    assert "c2 (no longer counts)" in _text(explain(open_casebook(root), "c2"))


def test_a_published_figure_leads_back_to_its_printer(opened: Callable[..., Casebook]) -> None:
    """A number is walked back like a claim."""
    rows = explain(opened(), "f2").rows

    assert (rows[0]["file"], rows[0]["row"]) == ("published_figures.csv", 3)
    assert "press" in str(rows[2]["text"])


def test_who_was_seen_received_nothing(opened: Callable[..., Casebook], cast: ModuleType) -> None:
    """Seen with, held by, used by: the holder stands in no other place."""
    claims = [
        {**cast.WORLD["claims"][1], "claim_id": f"c_{verb}", "verb": verb, "from_party": "",
         "subject_id": "i2"}
        for verb in ("seen", "held", "used", "transferred")
    ]  # fmt: skip
    casebook = opened(claims=claims)
    said = {c["claim_id"]: str(explain(casebook, c["claim_id"]).rows[0]["text"]) for c in claims}

    assert "seen with Group North" in said["c_seen"]
    assert "held by Group North" in said["c_held"]
    assert "used by Group North" in said["c_used"]
    assert "transferred to Group North" in said["c_transferred"]
