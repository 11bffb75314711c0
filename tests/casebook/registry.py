"""An invented register in invented states, and what a machine might propose; no test of its own.

The army of XB keeps a book of what it holds and what it lost: twelve rifles, of which three
were stolen. Four rifles were recovered from a group in XC, one of them photographed twice.
"""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from headstamp.actions.load_register import load_register
from headstamp.actions.writing import Writing
from headstamp.casebook.proposals import proposal_line
from headstamp.ledger.append import append_entry
from headstamp.ledger.entries import Entry
from headstamp.ledger.seal import seal_records
from headstamp.terms.proposal import Proposal, Weight

COLUMNS = (
    "entry_id", "kind", "maker", "model", "serial", "serial_from", "serial_to", "lot",
    "consignment_id", "from_party", "to_party", "on",
)  # fmt: skip
LAYOUT = """
name = "book"
title = "Book of the army of XB"
source = "{register}"

[file]
format = "csv"

[columns]
%(columns)s

[[records]]
table = "sources"
id = "{register}"
fields.kind = "register"
fields.reliability = "A"
fields.title = "Book of the army"

[[records]]
table = "entries"
%(fields)s
"""
ENTRIES: tuple[dict[str, str], ...] = (
    {"entry_id": "h1", "kind": "holding", "serial": "0099", "to_party": "Army of XB",
     "on": "2014-06-01"},
    {"entry_id": "t1", "kind": "theft", "serial": "0099", "from_party": "Army of XB",
     "on": "2015-03-01"},
    {"entry_id": "t2", "kind": "theft", "serial": "0100", "from_party": "Depot 4",
     "on": "2015-03-01"},
    {"entry_id": "t3", "kind": "loss", "serial": "0101", "from_party": "xb_army",
     "on": "2015-04"},
    {"entry_id": "p1", "kind": "production", "serial_from": "0090", "serial_to": "0110",
     "maker": "XA Works", "on": "2013"},
)  # fmt: skip
ITEMS: tuple[dict[str, str], ...] = tuple(
    {"item_id": f"w{n}", "category": "weapon", "site_id": "town", "recovered_on": "2015-07-01",
     "recovered_from": "group", "inspection": "handled", "source_id": "field"}
    for n in range(1, 5)
)  # fmt: skip
MARKS: tuple[dict[str, str], ...] = tuple(
    {"mark_id": f"s{n}", "item_id": f"w{n}", "kind": "serial", "text": f"{98 + n:04}",
     "state": "legible", "source_id": "field"}
    for n in range(1, 5)
)  # fmt: skip
PARTIES: tuple[dict[str, str], ...] = (
    {"party_id": "xa_works", "name": "XA Works", "kind": "manufacturer", "country": "XA"},
    {"party_id": "xb", "name": "State of XB", "kind": "state", "country": "XB"},
    {"party_id": "xb_army", "name": "Army of XB", "kind": "state_body", "country": "XB",
     "part_of": "xb"},
    {"party_id": "group", "name": "Group North", "kind": "non_state_group"},
)  # fmt: skip
WORLD = {"items": ITEMS, "marks": MARKS, "parties": PARTIES, "claims": (), "undertakings": (),
         "links": ()}  # fmt: skip


def proposal(item_id: str, entry_id: str, **changed: object) -> Proposal:
    """Return what a machine might propose of an item and an entry: almost sure, read in full."""
    fields = {
        "item_id": item_id,
        "other_kind": "register_entry",
        "register": "army",
        "other_id": entry_id,
        "probability": "0.970",
        "weight_bits": "12.4",
        "basis": ("same_serial",),
        "strangers": "0.002",
        "weights": (Weight(bits="12.4", words="the serials agree"),),
        "rests_on": (f"mark:s{item_id[1:]}", f"entry:army:{entry_id}"),
    }
    return msgspec.convert(fields | changed, Proposal)


DELIVERY: tuple[dict[str, str], ...] = tuple(
    {"entry_id": f"d{n}", "kind": "delivery", "serial": f"{2010 + n}", "consignment_id": "K7",
     "from_party": "XA Works", "to_party": "Army of XB", "on": "2014-03-10"}
    for n in range(10)
)  # fmt: skip
"""Ten rifles in one delivery, row by row."""
OF_DELIVERY = proposal(
    "w1",
    "K7",
    other_kind="consignment",
    basis=("same_serial_read",),
    rests_on=("mark:s1", *(f"entry:army:d{n}" for n in range(10))),
)
"""A rifle of which the last digit is unread: it may be any of the ten."""
STOLEN = proposal("w1", "t1")
"""The rifle 0099, recovered, and the theft of it."""


def load_book(
    root: Path,
    by: Writing,
    *,
    name: str = "army",
    entries: Iterable[Mapping[str, str]] = ENTRIES,
    more: str = "",
    but: str = "",
) -> None:
    """Load the army's book into a register.

    ``more`` is what else the layout says; ``but`` the column of which it makes nothing.
    """
    folder = root.with_name(f"{root.name}-files")
    folder.mkdir(exist_ok=True)
    layout = folder / "book.toml"
    told = {
        "columns": "\n".join(f'{column} = "{column}"' for column in COLUMNS if column != but),
        "fields": "\n".join(
            f'fields.{column} = {{ column = "{column}" }}' for column in COLUMNS if column != but
        ),
    }
    layout.write_text(LAYOUT % told + more, encoding="utf-8")
    book = folder / "book.csv"
    with book.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(entries)
    loaded = list(load_register(root, [book], layout=str(layout), name=name, by=by))
    assert loaded[0].seq is not None, loaded[0].issues


def propose(root: Path, *proposals: Proposal) -> Entry:
    """Record a trace that proposed these and nothing else, as `trace` records it."""
    records = None
    if proposals:
        records = msgspec.structs.asdict(seal_records(root, map(proposal_line, proposals)))
    payload = {"head": 1, "records": records}
    return append_entry(root, kind="trace", payload=payload, actor="Amina")
