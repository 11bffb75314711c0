"""An invented case in invented states, small enough to know by heart; no test of its own.

XA makes rifles and exports ten to the army of XB under an undertaking; one is recovered
from a group in XC half a year later. Amina documents, Boris reviews, Chen may only read,
Dana is outside the case.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path

Row = dict[str, str]
Tables = dict[str, list[Row]]

WORLD: Tables = {
    "sources": [
        {"source_id": "field", "kind": "field_documentation", "reliability": "A"},
        {"source_id": "paper", "kind": "official_document", "reliability": "A", "title": "File"},
        {"source_id": "report", "kind": "ngo_report", "reliability": "B", "title": "Report"},
        {"source_id": "press", "kind": "press", "reliability": "C", "publisher": "The Daily"},
    ],
    "parties": [
        {"party_id": "xa", "name": "State of XA", "kind": "state", "country": "XA"},
        {"party_id": "xa_works", "name": "XA Works", "kind": "manufacturer", "country": "XA"},
        {"party_id": "xb", "name": "State of XB", "kind": "state", "country": "XB"},
        {"party_id": "xb_army", "kind": "state_body", "country": "XB", "part_of": "xb"},
        {"party_id": "group", "name": "Group North", "kind": "non_state_group",
         "aliases": "GN;G-N"},
    ],
    "sites": [{"site_id": "town", "name": "Town", "country": "XC", "latitude": "10.50"}],
    "items": [
        {"item_id": "i1", "category": "weapon", "model": "R1", "site_id": "town",
         "recovered_on": "2015-07-01", "recovered_from": "group", "inspection": "handled",
         "source_id": "field"},
        {"item_id": "i2", "category": "weapon", "model": "R2", "source_id": "field"},
        {"item_id": "i3", "category": "ammunition", "quantity": "40", "unit": "round",
         "site_id": "town", "source_id": "field"},
        {"item_id": "i4", "category": "ammunition", "quantity": "?", "source_id": "field"},
    ],
    "marks": [
        {"mark_id": "m1", "item_id": "i1", "kind": "serial", "position": "barrel",
         "text": "0099", "state": "legible", "source_id": "field"},
        {"mark_id": "m2", "item_id": "i1", "kind": "serial", "position": "receiver, left",
         "text": "00{5S}7", "state": "legible", "source_id": "field"},
    ],
    "consignments": [
        {"consignment_id": "k1", "exporter": "xa", "importer": "xb_army", "source_id": "paper"}
    ],
    "consignment_lines": [
        {"consignment_id": "k1", "line": "1", "serial_from": "0001", "serial_to": "0010",
         "source_id": "paper"}
    ],
    "documents": [
        {"document_id": "d1", "kind": "end_use_certificate", "seen": "copy", "source_id": "paper"}
    ],
    "claims": [
        {"claim_id": "c1", "verb": "exported", "subject_kind": "consignment", "subject_id": "k1",
         "from_party": "xa", "to_party": "xb_army", "on": "2015-01-10", "extent": "all",
         "source_id": "paper", "credibility": "2", "locator": "page 3", "quote": "ten rifles left"},
        {"claim_id": "c2", "verb": "stolen", "subject_kind": "item", "subject_id": "i1",
         "from_party": "xb_army", "to_party": "group", "on": "2015-03-01", "source_id": "press",
         "relays": "report", "credibility": "3", "hedge": "apparently"},
        {"claim_id": "c3", "verb": "stolen", "subject_kind": "item", "subject_id": "i1",
         "from_party": "xb_army", "to_party": "group", "on": "2015-03-01", "source_id": "paper",
         "credibility": "2"},
    ],
    "undertakings": [
        {"undertaking_id": "u1", "given_by": "xb", "given_to": "xa", "scope": "consignment",
         "consignment_id": "k1", "on": "2014-12-01", "clause": "no_reexport",
         "document_id": "d1", "source_id": "paper", "credibility": "2"}
    ],
    "links": [
        {"item_id": "i1", "other_kind": "consignment", "other_id": "k1", "verdict": "part_of",
         "judged_by": "registrar", "reason": "serial in line 1", "source_id": "paper",
         "credibility": "2"}
    ],
    "published_figures": [
        {"figure_id": "f1", "measure": "weapons", "group_by": "country_of_recovery", "group": "XC",
         "value": "20", "unit": "piece", "base": "all visits", "source_id": "report"},
        {"figure_id": "f2", "measure": "weapons", "group_by": "country_of_recovery", "group": "XD",
         "value": "12", "unit": "piece", "base": "all visits", "source_id": "press",
         "relays": "report"},
    ],
}  # fmt: skip

CANARIES = ("Canary Lane", "canary-hedge", "canaryquote", "Canary Depot", "1999-09-09")
"""What only the protected row says; none of it may ever be printed."""

PROTECTED_CLAIM: Row = {
    "claim_id": "p1", "verb": "transferred", "subject_kind": "item", "subject_id": "i2",
    "from_party": "xb_army", "to_party": "group", "on": "1999-09-09", "place": "Canary Lane",
    "hedge": "canary-hedge", "locator": "Canary Depot", "quote": "canaryquote",
    "source_id": "field", "credibility": "2", "sensitivity": "protected",
}  # fmt: skip


def world(**changed: Sequence[Mapping[str, str]]) -> Tables:
    """Return the invented case with some tables replaced."""
    tables = deepcopy(WORLD)
    tables.update({name: [dict(row) for row in rows] for name, rows in changed.items()})
    return tables


def write_package(folder: Path, tables: Tables) -> Path:
    """Write a case package: a CSV per table and the descriptor that names them."""
    folder.mkdir(parents=True)
    resources = [{"name": name, "path": f"{name}.csv"} for name in tables]
    descriptor = {"name": folder.name, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder
