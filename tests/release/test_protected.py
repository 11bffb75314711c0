"""Of a protected row nothing leaves: no word, no id, no trace that it was there."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from headstamp.actions.erase_row import erase_row
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.casebook.protection import PROTECTED
from headstamp.release.hand_out import hand_out
from headstamp.reports.site import write_report
from headstamp.terms.table import Table

CANARY = "canary"
_SECRET = {"sensitivity": "protected"}
_SOURCED = {"source_id": "field", "credibility": "2"}

GUARDED: dict[str, list[dict[str, str]]] = {
    "sources": [{"source_id": "canary_s", "kind": "interview", "title": "Canary talk"}],
    "parties": [{"party_id": "canary_p", "name": "Canary Brothers", "kind": "broker"}],
    "sites": [{"site_id": "canary_t", "name": "Canary Lane", "country": "XC"}],
    "sessions": [{"session_id": "canary_v", "site_id": "town", "host": "Canary host"}],
    "documents": [{"document_id": "canary_d", "kind": "letter", "number": "Canary 7"}],
    "items": [{"item_id": "canary_i", "category": "weapon", "model": "Canary"}],
    "marks": [{"mark_id": "canary_m", "item_id": "i2", "kind": "serial", "text": "CANARY9",
               "state": "legible"}],
    "consignments": [{"consignment_id": "canary_k", "exporter": "xa", "importer": "xb_army"}],
    "consignment_lines": [{"consignment_id": "k1", "line": "77", "serial_from": "CANARY1"}],
    "claims": [{"claim_id": "canary_c", "verb": "stolen", "subject_kind": "item",
                "subject_id": "i2", "from_party": "xb_army", "to_party": "group",
                "on": "1999-09-09", "place": "Canary Lane"}],
    "undertakings": [{"undertaking_id": "canary_u", "given_by": "xb", "given_to": "xa",
                      "scope": "all_deliveries", "clause": "no_reexport",
                      "clause_text": "canary clause"}],
    "consents": [{"consent_id": "canary_y", "undertaking_id": "u1", "given_by": "xa",
                  "onward_to": "group"}],
    "embargoes": [{"embargo_id": "canary_e", "authority": "Canary Council",
                   "target_country": "XB", "scope": "all"}],
    "links": [{"item_id": "i2", "other_kind": "consignment", "other_id": "k1",
               "verdict": "part_of", "judged_by": "canary", "reason": "canary reason"}],
    "requests": [{"request_id": "canary_r", "asked_by": "canary", "addressee": "xb",
                  "about": "u1", "outcome": "silent"}],
    "published_figures": [{"figure_id": "canary_f", "measure": "weapons", "value": "9119",
                           "base": "canary base"}],
}  # fmt: skip
"""One protected row of every table; all of them say canary."""

RESTING: dict[str, list[dict[str, str]]] = {
    "claims": [
        {"claim_id": "low_1", "verb": "seen", "subject_kind": "item", "subject_id": "canary_i",
         "to_party": "group"},
        {"claim_id": "low_2", "verb": "transferred", "subject_kind": "item", "subject_id": "i2",
         "from_party": "group", "to_party": "canary_p"},
        {"claim_id": "low_3", "verb": "seen", "subject_kind": "item", "subject_id": "i2",
         "to_party": "group", "after_claim": "low_2", "after_days": "3"},
        {"claim_id": "low_4", "verb": "held", "subject_kind": "item", "subject_id": "i2",
         "to_party": "group", "source_id": "press", "relays": "canary_s"},
    ],
    "marks": [{"mark_id": "low_5", "item_id": "canary_i", "kind": "serial", "text": "12"}],
    "consignment_lines": [{"consignment_id": "canary_k", "line": "1", "serial_from": "5"}],
    "links": [{"item_id": "canary_i", "other_kind": "consignment", "other_id": "k1",
               "verdict": "part_of"}],
}  # fmt: skip
"""Open rows that name a protected one, or one that names it."""


def _with(cast: ModuleType, *added: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    tables = dict(cast.world())
    for more in added:
        for name, rows in more.items():
            tables[name] = [*tables.get(name, []), *rows]
    return tables


def _guarded() -> dict[str, list[dict[str, str]]]:
    return {
        name: [row | _SECRET | ({} if name == "sources" else _SOURCED) for row in rows]
        for name, rows in GUARDED.items()
    }


def _resting() -> dict[str, list[dict[str, str]]]:
    return {name: [_SOURCED | row for row in rows] for name, rows in RESTING.items()}


def _without_about(tables: dict[str, Table]) -> dict[str, Table]:
    return {name: table for name, table in tables.items() if name != "about"}


def _cells(tables: dict[str, Table]) -> Iterator[tuple[str, str]]:
    for name, table in tables.items():
        yield from ((name, repr(cell)) for row in table.rows for cell in row.values())


@pytest.fixture
def guarded(opened: Callable[..., Casebook], cast: ModuleType) -> Casebook:
    """Return a casebook with a protected row of every table and rows that rest on them."""
    return opened("guarded", **_with(cast, _guarded(), _resting()))


def test_no_table_handed_out_knows_of_a_protected_row(guarded: Casebook) -> None:
    """Neither its words nor its id, nor that something was hidden, nor what names it."""
    tables = hand_out(guarded)

    told = [
        (name, cell)
        for name, cell in _cells(tables)
        if PROTECTED in cell or re.search(r"canary|low_[0-9]|1999-09-09|9119", cell, re.IGNORECASE)
    ]
    assert told == []


def test_what_is_handed_out_is_what_follows_without_them(
    guarded: Casebook, opened: Callable[..., Casebook]
) -> None:
    """Every derived table reads as in a casebook that never held them."""
    never = opened("never")
    tables, plain = hand_out(guarded), hand_out(never)

    derived = ("links", "findings", "chain", "chains", "pathways", "figures", "figures_against",
               "lineage", "rests_on_source")  # fmt: skip
    assert {name: tables[name] for name in derived} == {name: plain[name] for name in derived}
    assert [row["claim_id"] for row in tables["claims"].rows] == ["c1", "c2", "c3"]


def test_about_says_how_many_were_left_out(guarded: Casebook) -> None:
    """How many protected, and how many open rows with them; the banner says it in words."""
    (row,) = hand_out(guarded)["about"].rows

    assert row["n_protected"] == sum(map(len, GUARDED.values()))
    assert row["n_resting"] == sum(map(len, RESTING.values()))
    assert "but protected rows, and nothing that rests on them" in str(row["banner"])


def test_no_file_of_a_report_knows_of_a_protected_row(guarded: Casebook, tmp_path: Path) -> None:
    """Pages, drawings and tables: every byte that is written."""
    write_report(hand_out(guarded), tmp_path / "pages", title="Case", made_on="2020-01-01")

    files = [path for path in (tmp_path / "pages").rglob("*") if path.is_file()]
    found = [
        path.name
        for path in files
        if re.search(
            rb"canary|low_[0-9]|1999-09-09|(?<![0-9a-f])9119(?![0-9a-f])|\(protected\)",
            path.read_bytes(),
            re.IGNORECASE,
        )
    ]
    assert (len(files) > 5, found) == (True, [])


def test_an_intake_that_held_one_is_not_counted(
    made: Callable[..., Path], cast: ModuleType, amina: Writing, tmp_path: Path
) -> None:
    """Nor one in which such a row may have been on record before; others are counted."""
    root = made("secret", **_with(cast, {"claims": [{**cast.PROTECTED_CLAIM}]}))
    again, other = {"claims": cast.WORLD["claims"][:1]}, {"parties": cast.WORLD["parties"][:1]}
    for name, tables in (("again", again), ("other", other)):
        list(take(root, [cast.write_package(tmp_path / name, tables)], by=amina))
    tables = hand_out(open_casebook(root))

    told = {row["entry"]: (row["name"], row["rows"]) for row in tables["intakes"].rows}
    assert told == {2: (None, None), 3: (None, None), 4: ("other", 1)}
    assert {row["entry"] for row in tables["intake_tables"].rows} == {4}


def test_issues_of_such_rows_are_not_handed_out(
    made: Callable[..., Path], cast: ModuleType, amina: Writing, tmp_path: Path
) -> None:
    """Nor issues of open rows that repeat its id; others are."""
    claims = [
        {**cast.PROTECTED_CLAIM, "on": "canary day"},
        {**cast.WORLD["claims"][0], "claim_id": "c8", "on": "31/02/2017"},
        {**cast.WORLD["claims"][0], "claim_id": "c9", "subject_kind": "item",
         "subject_id": "canary_x"},
    ]  # fmt: skip
    root = made()
    list(take(root, [cast.write_package(tmp_path / "bad", cast.world(claims=claims))], by=amina))

    casebook = open_casebook(root)
    told = repr(hand_out(casebook)["issues"].rows)

    assert PROTECTED in repr(casebook.taken_issues)
    assert "31/02/2017" in told
    assert PROTECTED not in told


def test_what_names_an_erased_row_does_not_leave(
    made: Callable[..., Path], cast: ModuleType, amina: Writing
) -> None:
    """The id of what was erased stands in no table."""
    root = made("erased", **_with(cast, _guarded(), _resting()))
    for row_id in ("canary_p", "canary_s", "item:canary_i"):
        erase_row(root, row_id, reason="asked", by=amina)

    tables = _without_about(hand_out(open_casebook(root)))

    assert not re.search(r"canary|low_[0-9]", repr(list(_cells(tables))), re.IGNORECASE)


def test_where_nothing_is_protected_everything_is_handed_out(
    opened: Callable[..., Casebook],
) -> None:
    """No row is lost on the way."""
    casebook = opened()
    tables = hand_out(casebook)

    assert sum(len(tables[name].rows) for name in ("claims", "items", "parties")) == 3 + 4 + 5
    assert tables["about"].rows[0]["n_resting"] == 0
