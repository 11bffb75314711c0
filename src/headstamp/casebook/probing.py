"""What is looked for, and where? Items as probes; registers, lines and items as what is asked."""

from collections.abc import Iterator, Sequence

import msgspec

from headstamp.casebook.describing import describe_entry, describe_words
from headstamp.casebook.identification import read_without, telling_marks, withdrawn_reference
from headstamp.casebook.opening import Casebook
from headstamp.casebook.own_records import ids_of, part_of_items, part_of_lines
from headstamp.casebook.registers import RegisterPart, parts_of, registers
from headstamp.linkage.held import Describe, HeldPart, HeldRegister
from headstamp.linkage.probes import Described, Place, Probe, lots_of, readings_of
from headstamp.marks.identify import words_of_item
from headstamp.terms.item import Item
from headstamp.terms.mark import Mark
from headstamp.terms.register import RegisterEntry

_LOTS = frozenset({"lot", "batch"})
_ITEMS = "items"


def probes_on(casebook: Casebook) -> tuple[Probe, ...]:
    """Return every item that can be looked for: it bears a serial or a lot that reads.

    Serials of weapons and components, lots of anything. Marks and items that are withdrawn
    or protected are looked for by nobody.
    """
    marks, gone = telling_marks(casebook), withdrawn_reference(casebook)
    names = party_names(casebook)
    found = []
    for item_id, item in casebook.typed(_ITEMS).items():
        key, borne = (_ITEMS, item_id), marks.get(item_id)
        if borne is None or key in casebook.protected or not casebook.graded[key].is_live:
            continue
        assert isinstance(item, Item)
        probe = _probe(item, borne, gone, names)
        if probe.readings or probe.lots:
            row = casebook.rows[key].whereabouts
            found.append(msgspec.structs.replace(probe, place=Place(row.exhibit, row.row)))
    return tuple(found)


def _probe(item: Item, marks: Sequence[Mark], gone: frozenset[str], names: dict[str, str]) -> Probe:
    serials = [mark for mark in marks if mark.kind == "serial" and item.category != "ammunition"]
    lots = [mark for mark in marks if mark.kind in _LOTS]
    readings = [
        one for mark in serials for one in readings_of(mark.mark_id, read_without(mark, gone))
    ]
    borne = [lot for mark in lots for lot in lots_of(mark.mark_id, read_without(mark, gone))]
    if not readings and not borne:
        return Probe(item_id=item.item_id)
    words = words_of_item(item, marks)
    if words.maker in names:
        words = msgspec.structs.replace(words, maker=names[words.maker])
    return Probe(
        item_id=item.item_id,
        readings=tuple(readings),
        lots=tuple(borne),
        described=describe_words(words),
    )


def party_names(casebook: Casebook) -> dict[str, str]:
    """Return names by party id: a maker may be written as either."""
    parties = casebook.evidence.parties.items()
    return {party_id: party.name for party_id, party in parties if party.name}


# --- what is asked ----------------------------------------------------------------------------


def held_on(casebook: Casebook, probes: Sequence[Probe]) -> Iterator[HeldRegister]:
    """Yield what items are looked for in: every register, the lines of packages, the items."""
    describe = _describer(casebook)
    for name in registers(casebook):
        yield held_register(casebook, name, describe=describe)
    lines = tuple(_entries_of_lines(casebook))
    if lines:
        part = part_of_lines(lines)
        yield HeldRegister("", [part], describe=describe, other_kind="consignment", atom="line")
    yield HeldRegister(
        "",
        [part_of_items(probes)],
        describe=_as_described(probes),
        other_kind="item",
        atom="item",
        own={probe.item_id: place for place, probe in enumerate(probes)},
    )


def held_register(
    casebook: Casebook, name: str, *, describe: Describe | None = None
) -> HeldRegister:
    """Return one register, its files compared with their digests.

    Raises:
        UnknownIdError: No register of this name is loaded.
        BrokenJournalError: A file is missing or was changed.
    """
    parts = [
        _held_part(casebook, part)
        for part in parts_of(casebook, name)
        if _is_live(casebook, part.source_id)
    ]
    return HeldRegister(name, parts, describe=describe or _describer(casebook))


def _held_part(casebook: Casebook, part: RegisterPart) -> HeldPart:
    root = casebook.root
    return HeldPart(
        rows=part.path(root, "rows.parquet"),
        keys=part.path(root, "keys.parquet"),
        ranges=part.path(root, "ranges.parquet"),
        lots=part.path(root, "lots.parquet"),
        exhibit=part.loaded.source_digest,
    )


def _is_live(casebook: Casebook, source_id: str | None) -> bool:
    return source_id is None or casebook.graded["sources", source_id].is_live


def _describer(casebook: Casebook) -> Describe:
    names = party_names(casebook)

    def describe(entry: RegisterEntry) -> Described:
        name = names.get(entry.maker or "")
        return describe_entry(entry if name is None else msgspec.structs.replace(entry, maker=name))

    return describe


def _as_described(probes: Sequence[Probe]) -> Describe:
    """Return what describes the items; by the ids in a row where no item is named."""
    known = {probe.item_id: probe.described for probe in probes}

    def describe(entry: RegisterEntry) -> Described:
        if entry.entry_id:
            return known[entry.entry_id]
        return Described(
            makers=ids_of(entry.maker),
            models=ids_of(entry.model),
            calibres=ids_of(entry.calibre),
        )

    return describe


def _entries_of_lines(casebook: Casebook) -> Iterator[RegisterEntry]:
    for row_id, line in casebook.evidence.consignment_lines.items():
        key = ("consignment_lines", row_id)
        if key in casebook.protected or not casebook.graded[key].is_live:
            continue
        is_one = line.serial_to is None
        yield RegisterEntry(
            register="",
            entry_id=row_id,
            maker=line.maker,
            model=line.model,
            calibre=line.calibre,
            year=line.year,
            serial=line.serial_from if is_one else None,
            serial_from=None if is_one else line.serial_from,
            serial_to=line.serial_to,
            lot=line.lot,
            consignment_id=line.consignment_id,
        )
