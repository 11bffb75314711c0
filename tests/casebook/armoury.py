"""An invented armoury book and the layout that reads it; no test of its own.

A title stands above the header, a vest is left, remarks are ignored, a date cannot be read,
and the layout does not know one of the columns.
"""

from pathlib import Path

BOOK = """\
Armoury of the Harbour Guard;;;;;
No.;Kind;Maker;Number;Date;Remark;Shelf
1;Pistol;Redford Arms;RA-10442;03/04/2019;;A
2;Pistol;Redford Arms;illegible;soon;rusty;
3;Vest;;;03/04/2019;;
4;Rifle;;RA-10443;;;
"""
LAYOUT = """\
name = "armoury"
title = "Armoury book of the Harbour Guard"
source = "harbour-guard"

[file]
format = "csv"
separator = ";"
header_row = 2

[columns]
kind = "Kind"
maker = "Maker"
serial = "Number"
date = "Date"

[ignore]
"No." = "a running number of the page"
"Remark" = "remarks on storage, which are no provenance"

[[leave]]
where = { kind = ["Vest"] }
why = "no weapon and no ammunition"

[[records]]
table = "sources"
id = "harbour-guard"
fields.kind = "field_documentation"
fields.title = "Armoury book"
fields.reliability = "C"

[[records]]
table = "items"
fields.category = "weapon"
fields.type = { column = "kind" }
fields.maker_stated = { column = "maker" }
fields.documented_on = { column = "date", dates = ["%d/%m/%Y"] }

[[records]]
table = "marks"
name = "serial"
needs = ["serial"]
fields.item_id = { record = "items" }
fields.kind = "serial"
fields.text = { column = "serial" }
fields.reader = "cell"
"""


def write_armoury(folder: Path, *, name: str = "armoury", more: str = "") -> tuple[Path, Path]:
    """Write the book and its layout, ``more`` added to each, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    book, layout = folder / f"{name}.csv", folder / f"{name}.toml"
    book.write_text(BOOK + more, encoding="utf-8")
    layout.write_text(LAYOUT, encoding="utf-8")
    return book, layout
