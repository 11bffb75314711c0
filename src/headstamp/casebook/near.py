"""What need be read to tell of one item? Its rows, and all rows that some other row speaks of.

A casebook may hold very many items of which nothing but their own rows tells (custody.alone).
None of them has a say in what follows of another. So all rows but items and marks are kept
together in ``derived/``, and items with their marks one by one; of these only the item that
is asked for, and those that others speak of, are read. Deleting the folder loses nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import msgspec
from typing_extensions import override

from headstamp.casebook.environment import folder_digest, software_digest
from headstamp.casebook.kept import ROWS
from headstamp.casebook.kept_bytes import read_kept, remove_others, write_kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.proposals import proposals_on
from headstamp.casebook.recorded import BRINGING, Recorded, RecordedRow
from headstamp.intake.references import references
from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.ledger.layout import derived_path
from headstamp.terms.link import Judgement
from headstamp.terms.proposal import Proposal

_ITEMS, _MARKS = "items", "marks"
_TO_ITEM = {_ITEMS: "parent_item", _MARKS: "item_id"}
"""The column by which a row of the table names an item."""
_ITEM_FORMS = ("item:", "mark:", "link:")
_N_SHOWN = 24


class _Placed(msgspec.Struct, frozen=True, array_like=True):
    """A row and its number in the order of recording."""

    number: int
    row: RecordedRow


class _Index(msgspec.Struct, frozen=True, array_like=True):
    """Rows of other tables; items and marks by id; the item of each mark; items that refer."""

    others: list[_Placed]
    items: dict[str, msgspec.Raw]
    marks: dict[str, msgspec.Raw]
    marks_of: dict[str, list[str]]
    tied: frozenset[str]


_DECODER = msgspec.msgpack.Decoder(_Index)
_ROW = msgspec.msgpack.Decoder(_Placed)


@dataclass(frozen=True, kw_only=True, eq=False)
class Near(Casebook):
    """What is left of a casebook without the items that have no say in what is asked."""

    part: ClassVar[str] = "near"
    is_kept: ClassVar[bool] = False
    near: tuple[RecordedRow, ...]
    judged: tuple[Judgement, ...]

    @cached_property
    @override
    def recorded(self) -> Recorded:
        """The rows, in the order of recording; no issues, which nothing here shows."""
        return Recorded(rows={(row.table, row.row_id): row for row in self.near})

    @cached_property
    @override
    def judgements(self) -> tuple[Judgement, ...]:
        """What was judged of these items; of no other an entry need be looked for."""
        items = self.tables[_ITEMS]
        return tuple(one for one in self.judged if one.seen is None or one.seen.item_id in items)

    @cached_property
    @override
    def proposals(self) -> dict[str, Proposal]:
        """What the last trace proposed of these items."""
        return proposals_on(self, of=self.tables[_ITEMS])


def near(casebook: Casebook, text: str) -> Casebook:
    """Return as much of a casebook as tells of what an id names; all of it where that is not told.

    Less than all is returned only for an item, a mark or a link of an item, and where no row
    is protected: nothing secret is ever kept beside the sealed records.
    """
    index = _rows_of(casebook)
    item_ids = () if index is None else _items_of(text, index)
    return casebook if index is None or not item_ids else _part(casebook, index, item_ids)


def near_items(casebook: Casebook, ids: Collection[str]) -> Casebook:
    """Return as much of a casebook as tells of these items, and of those in these consignments.

    All of it is returned where a row is protected.
    """
    index = _rows_of(casebook)
    return casebook if index is None else _part(casebook, index, ids)


def _rows_of(casebook: Casebook) -> _Index | None:
    """Return the rows as they are kept; None where some are protected."""
    index = _read(casebook)
    return _read(casebook) if index is None and keep_rows(casebook) else index


def _part(casebook: Casebook, index: _Index, ids: Iterable[str]) -> Near:
    wanted = _judged_with(casebook, (*ids, *index.tied, *_spoken_of(index)))
    given = {f.name: getattr(casebook, f.name) for f in fields(Casebook) if f.name != "_typed"}
    placed = sorted((*index.others, *_picked(index, wanted)), key=lambda one: one.number)
    near_rows = tuple(one.row for one in placed)
    return Near(**given, near=near_rows, judged=casebook.judgements)


def keep_rows(casebook: Casebook) -> bool:
    """Keep the rows of a casebook so that few can be read; not where some are protected."""
    if casebook.protected or casebook.n_erased or casebook.photos:
        return False
    index = _index_of(casebook)
    data = msgspec.msgpack.encode(index)
    path = _path(casebook)
    with suppress(OSError):
        write_kept(path, data)
        remove_others(path, "?" * _N_SHOWN)
    return True


def _index_of(casebook: Casebook) -> object:
    """Return the index as it is written: rows as they are, where ``_Index`` has them packed."""
    tables: dict[str, dict[str, _Placed]] = {_ITEMS: {}, _MARKS: {}}
    others: list[_Placed] = []
    marks_of: dict[str, list[str]] = {}
    tied: set[str] = set()
    for number, row in enumerate(casebook.rows.values()):
        placed = _Placed(number, row)
        if row.table not in tables:
            others.append(placed)
            continue
        tables[row.table][row.row_id] = placed
        other_id = row.values.get(_TO_ITEM[row.table])
        if row.table == _MARKS:
            marks_of.setdefault(str(other_id), []).append(row.row_id)
        elif other_id is not None:
            tied |= {row.row_id, str(other_id)}
    return [others, tables[_ITEMS], tables[_MARKS], marks_of, sorted(tied)]


def _read(casebook: Casebook) -> _Index | None:
    data = read_kept(_path(casebook))
    if data is None:
        return None
    with suppress(msgspec.MsgspecError):
        return _DECODER.decode(data)
    return None


def _path(casebook: Casebook) -> Path:
    """Return where the rows are kept: those of just these entries, software and machine."""
    brought = [entry.hash for entry in casebook.entries if entry.kind in {*BRINGING, "erasure"}]
    rests_on = [software_digest(), folder_digest(casebook.root), casebook.keys, brought]
    return derived_path(casebook.root) / ROWS / sha256_hex(canonical_json(rests_on))[:_N_SHOWN]


def _items_of(text: str, index: _Index) -> tuple[str, ...]:
    """Return the items that an id speaks of, of a link both ends; none where it is of no item."""
    form = next((one for one in _ITEM_FORMS if text.startswith(one)), "")
    named = text.removeprefix(form)
    if form == "link:":
        # A consignment of packages is no item, but what else is judged to be in it has a say.
        ends = (named.partition(":")[0], named.rpartition(":")[2])
        return ends if any(one in index.items for one in ends) else ()
    found = [named] if named in index.items and form != "mark:" else []
    if named in index.marks and form != "item:":
        row = _ROW.decode(index.marks[named]).row
        found.append(str(row.values["item_id"]))
    is_other = not form and any(one.row.row_id == text for one in index.others)
    return () if is_other or len(found) != 1 else tuple(found)


def _spoken_of(index: _Index) -> Iterator[str]:
    """Yield the items that any other row names."""
    for placed in index.others:
        for _, named, row_id in references(placed.row.table, placed.row.values):
            if _ITEMS in named:
                yield row_id


def _judged_with(casebook: Casebook, item_ids: Iterable[str]) -> set[str]:
    """Return the items, and what judgements tie to them, over however many steps.

    Two items of one entry of a register, or of one of its consignments, are not tied.
    """
    beside: dict[str, set[str]] = {}
    for one in casebook.judgements:
        if one.seen is None:
            first, _, other = one.proposal_id.split(":", 3)[1:]
        elif one.seen.register:
            continue
        else:
            first, other = one.seen.item_id, one.seen.other_id
        beside.setdefault(first, set()).add(other)
        beside.setdefault(other, set()).add(first)
    found, waiting = set[str](), list(item_ids)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += beside.get(here, ())
    return found


def _picked(index: _Index, item_ids: Iterable[str]) -> Iterator[_Placed]:
    for item_id in item_ids:
        if item_id in index.items:
            yield _ROW.decode(index.items[item_id])
            for mark_id in index.marks_of.get(item_id, ()):
                yield _ROW.decode(index.marks[mark_id])
