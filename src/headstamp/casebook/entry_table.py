"""What do the entries say that judgements name? One row each, as it counts as a row here."""

from headstamp.casebook.columns import JUDGED_ENTRIES
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.protection import veil_of, without_secret_words
from headstamp.custody.tellings import telling_of_entry
from headstamp.terms.evidence import ENTRIES
from headstamp.terms.table import Cell, Table


@kept()
def judged_entry_rows(casebook: Casebook) -> Table:
    """Return the entries that judgements name and that are on record, and how each is known.

    Texts are the institution's own but for the parties, which are ids where they name one.
    """
    rows = tuple(_row(casebook, key) for key in sorted(casebook.evidence.entries))
    table = Table(name="judged_entries", columns=JUDGED_ENTRIES, rows=rows)
    return without_secret_words(table, veil_of(casebook))


def _row(casebook: Casebook, key: str) -> dict[str, Cell]:
    entry = casebook.evidence.entries[key]
    graded = casebook.graded[ENTRIES, key]
    telling = telling_of_entry(entry)
    told: dict[str, Cell] = {
        "entry": key,
        "verb": None if telling is None else telling.verb,
        "from_party": entry.from_party,
        "to_party": entry.to_party,
        "source_id": entry.source_id,
        "lineage": ";".join(graded.lineage) or None,
        "class": graded.grade,
        "live": graded.is_live,
    }
    return {
        column: told[column] if column in told else getattr(entry.written, column)
        for column in JUDGED_ENTRIES
    }
