"""``headstamp trace``: derives chains and findings, and journals by which rules."""

from importlib import resources
from pathlib import Path

import msgspec

from headstamp import __version__
from headstamp.actions.turn import turn_to_write
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.ledger.append import append_entry
from headstamp.ledger.canonical import canonical_json, sha256_hex
from headstamp.ledger.entries import Entry
from headstamp.reference.tables import table_bytes

SOFTWARE = f"headstamp/{__version__}"


class Traced(msgspec.Struct, frozen=True, kw_only=True):
    """What was derived; ``seq`` is None where nothing had changed since entry ``same_as``."""

    seq: int | None
    same_as: int | None
    n_subjects: int
    n_accounts: int
    n_gaps: int
    n_findings: int
    n_links: int
    n_proposed: int
    n_issues: int


def trace(root: Path, *, by: Writing) -> Traced:
    """Derive everything once and journal what it was derived with; idempotent.

    Conclusions themselves are never journalled: they are derived on reading. The entry
    says which rows (``head``), which software, which tables and which rules.

    Raises:
        NoCasebookError: The folder holds none.
        StorageError: The medium refuses.
    """
    with turn_to_write(root):
        casebook = open_casebook(root, today=by.today)
        payload = _payload(casebook)
        same_as = _same_trace(casebook.entries[-1], payload)
        seq = None
        if same_as is None and not by.dry_run:
            seq = append_entry(root, kind="trace", payload=payload, actor=by.actor).seq
    return _traced(casebook, seq=seq, same_as=same_as)


def _payload(casebook: Casebook) -> dict[str, object]:
    tables = {name: sha256_hex(data) for name, data in table_bytes().items()}
    return {
        "head": casebook.at_seq,
        "software": SOFTWARE,
        "reference_digest": sha256_hex(canonical_json(tables)),
        "rules_digest": _rules_digest(),
        "weights_digest": None,
        "records": None,
    }


def _rules_digest() -> str:
    """Return the digest of the code that derives: the rules as they are run."""
    folder = resources.files("headstamp.custody")
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".py")),
        key=lambda entry: entry.name,
    )
    return sha256_hex(canonical_json([[f.name, sha256_hex(f.read_bytes())] for f in files]))


def _same_trace(last: Entry, payload: dict[str, object]) -> int | None:
    """Return the last entry's seq if it is this very trace, nothing having come after it."""
    if last.kind != "trace":
        return None
    content = last.content()
    same = all(content.get(name) == cell for name, cell in payload.items() if name != "head")
    return last.seq if same else None


def _traced(casebook: Casebook, *, seq: int | None, same_as: int | None) -> Traced:
    conclusions = casebook.conclusions
    accounts = [one for told in conclusions.accounts.values() for one in told]
    return Traced(
        seq=seq,
        same_as=same_as,
        n_subjects=sum(bool(told) for told in conclusions.accounts.values()),
        n_accounts=len(accounts),
        n_gaps=sum(leg.is_gap for account in accounts for leg in account.legs),
        n_findings=len(conclusions.findings),
        n_links=len(conclusions.links),
        n_proposed=sum(link.state == "proposed" for link in conclusions.links),
        n_issues=sum(issue.severity != "note" for issue in conclusions.issues),
    )
