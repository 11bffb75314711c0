"""What did people decide since? Judgements, withdrawals, restorations and erasures, replayed."""

from typing import Any

import msgspec

from headstamp.casebook.recorded import RowKey
from headstamp.ledger.entries import Entry

JUDGEMENTS = "judgements"


class Decisions(msgspec.Struct, kw_only=True):
    """What stands of all decisions; withdrawn rows by the seq that withdrew them.

    ``judged`` are the entries of judgements, which ``read_judgements`` reads.

    A protected row stands here under the keyed digest that ``id_for_journal`` returns;
    ``erased_keys`` has the ids of the keys that went, of rows and of files.
    """

    judged: list[Entry] = []
    withdrawn: dict[RowKey, int] = {}
    erased: dict[str, int] = {}
    erased_keys: dict[str, int] = {}


def read_decisions(entries: tuple[Entry, ...]) -> Decisions:
    """Return what people decided, later entries undoing earlier ones."""
    decisions = Decisions()
    for entry in entries:
        read = _READERS.get(entry.kind)
        if read is not None:
            read(decisions, entry, entry.content())
    return decisions


def _read_judgement(decisions: Decisions, entry: Entry, _content: dict[str, Any]) -> None:
    decisions.judged.append(entry)


def _read_withdrawal(decisions: Decisions, entry: Entry, content: dict[str, Any]) -> None:
    decisions.withdrawn[content["table"], content["id"]] = entry.seq


def _read_restoration(decisions: Decisions, _entry: Entry, content: dict[str, Any]) -> None:
    decisions.withdrawn.pop((content["table"], content["id"]), None)


def _read_erasure(decisions: Decisions, entry: Entry, content: dict[str, Any]) -> None:
    decisions.erased[content["id"]] = entry.seq
    decisions.erased_keys.update(dict.fromkeys(content["keys"], entry.seq))


_READERS = {
    "judgement": _read_judgement,
    "withdrawal": _read_withdrawal,
    "restoration": _read_restoration,
    "erasure": _read_erasure,
}
