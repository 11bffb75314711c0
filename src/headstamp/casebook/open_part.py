"""What is left without protected rows? A casebook that knows nothing of them, to hand out.

Masking a cell is not enough where something leaves: that a row is there, what kind of thing
it says, which conclusion it moved, all speak of it. So what leaves is derived from rows that
are open and rest on open rows alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import ClassVar

import msgspec
from typing_extensions import override

from headstamp.casebook.columns import LEFT_OUT
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.casebook.protection import PROTECTED, words_of
from headstamp.casebook.recorded import Recorded, RecordedRow, RowKey, row_digest
from headstamp.intake.references import references
from headstamp.terms.evidence import TABLES, Evidence, atom_id
from headstamp.terms.issue import Issue
from headstamp.terms.proposal import Proposal
from headstamp.terms.row import Row
from headstamp.terms.table import Cell, Table

_VOCABULARY = re.compile(r"[a-z_]+|.{1,3}", re.DOTALL)
"""Texts that every package may have: a verb, a kind, a short number."""


@dataclass(frozen=True, kw_only=True, eq=False)
class OpenPart(Casebook):
    """What is left of a casebook without the rows ``gone``, and without what tells of them."""

    part: ClassVar[str] = "open"
    whole: Casebook

    @cached_property
    def gone(self) -> frozenset[RowKey]:
        """The rows that are left out."""
        return left_out(self.whole)

    @cached_property
    @override
    def recorded(self) -> Recorded:
        """The open rows, and the issues that tell of no other; erased rows are not counted."""
        return Recorded(
            rows={key: row for key, row in self.whole.rows.items() if key not in self.gone},
            issues=list(_open_issues(self.whole, self.gone)),
            n_erased=self.whole.n_erased,
        )

    @override
    def typed(self, table: str) -> dict[str, Row]:
        """Return the open rows of one table as terms, by id."""
        rows = self.whole.typed(table).items()
        return {row_id: row for row_id, row in rows if (table, row_id) not in self.gone}

    @cached_property
    @override
    def evidence(self) -> Evidence:
        """The open rows as terms, and what was withdrawn and judged of them."""
        return _evidence(self.whole.evidence, self.gone)


def without_protected(casebook: Casebook) -> Casebook:
    """Return the casebook without protected rows and without every row that refers to one.

    Rows that refer to an erased row go too, as they name it. Conclusions are derived anew
    from what is left, where anything was left out.
    """
    (counts,) = counts_left_out(casebook).rows
    if not (counts["n_protected"] or counts["n_resting"] or counts["n_issues"]):
        return casebook
    given = {f.name: getattr(casebook, f.name) for f in fields(Casebook) if f.name != "_typed"}
    return OpenPart(**given, whole=casebook)


@kept()
def counts_left_out(casebook: Casebook) -> Table:
    """Return one row: how many rows are protected, were erased, rest on such; issues that tell."""
    gone = left_out(casebook)
    n_open = sum(1 for _ in _open_issues(casebook, gone))
    row: dict[str, Cell] = {
        "n_protected": len(casebook.protected),
        "n_erased": casebook.n_erased,
        "n_resting": len(gone) - len(casebook.protected),
        "n_issues": len(casebook.recorded.issues) - n_open,
    }
    return Table(name="left_out", columns=LEFT_OUT, rows=(row,))


def left_out(casebook: Casebook) -> frozenset[RowKey]:
    """Return the rows that do not leave: protected ones, and what refers to them, however far."""
    if not casebook.protected and not casebook.decisions.erased:
        return frozenset()
    referring: dict[RowKey, list[RowKey]] = {}
    waiting = list(casebook.protected)
    for key, row in casebook.rows.items():
        for other in _referred(row):
            referring.setdefault(other, []).append(key)
    waiting += [key for key in referring if _is_erased(casebook, key)]
    gone: set[RowKey] = set()
    while waiting:
        key = waiting.pop()
        if key not in gone:
            gone.add(key)
            waiting += referring.get(key, ())
    return frozenset(key for key in gone if key in casebook.rows)


def _referred(row: RecordedRow) -> Iterator[RowKey]:
    for _, tables, row_id in references(row.table, row.values):
        yield from ((table, row_id) for table in tables)


def _is_erased(casebook: Casebook, key: RowKey) -> bool:
    erased = casebook.decisions.erased
    return bool(erased) and key not in casebook.rows and row_digest(casebook.root, *key) in erased


def _evidence(evidence: Evidence, gone: frozenset[RowKey]) -> Evidence:
    tables = {
        table: {
            row_id: row
            for row_id, row in evidence.rows(table).items()
            if (table, row_id) not in gone
        }
        for table in TABLES
    }
    links = {f"link:{row_id}" for table, row_id in gone if table == "links"}
    atoms = {atom_id(*key) for key in gone}
    left = msgspec.structs.replace(
        evidence,
        proposals={
            key: one for key, one in evidence.proposals.items() if not _is_about(one, atoms)
        },
        judgements=tuple(
            one
            for one in evidence.judgements
            if one.proposal_id not in links and (one.seen is None or not _is_about(one.seen, atoms))
        ),
        withdrawn=evidence.withdrawn - gone,
        whereabouts={key: at for key, at in evidence.whereabouts.items() if key not in gone},
    )
    return msgspec.structs.replace(left, **tables)


def _is_about(proposal: Proposal, atoms: set[str]) -> bool:
    """Whether a proposal ties, or rests on, a row that does not leave."""
    other = f"{proposal.other_kind}:{proposal.other_id}"
    return not atoms.isdisjoint({f"item:{proposal.item_id}", other, *proposal.rests_on})


def _open_issues(casebook: Casebook, gone: frozenset[RowKey]) -> Iterator[tuple[int, Issue]]:
    """Yield the issues of intakes that are neither about such a row nor repeat its words."""
    places = {(at.seq, at.file, at.row) for at in (casebook.rows[key].whereabouts for key in gone)}
    secret = _secret_pattern(casebook, gone)
    for seq, issue in casebook.issues_taken:
        said = " ".join((issue.message, issue.hint, issue.raw or ""))
        is_told = PROTECTED in said or (secret is not None and secret.search(said))
        if not is_told and (seq, issue.file, issue.row) not in places:
            yield seq, issue


def _secret_pattern(casebook: Casebook, gone: frozenset[RowKey]) -> re.Pattern[str] | None:
    """Return what finds ids of the rows left out and the words that only they have."""
    if not gone:
        return None
    open_words, secret = set[str](), set[str]()
    for key in casebook.rows:
        words = set(words_of(casebook.evidence, *key))
        if key in gone:
            secret.update(word for word in words if not _VOCABULARY.fullmatch(word))
            secret.add(key[1])
        else:
            open_words |= words | {key[1]}
    found = sorted(secret - open_words, key=len, reverse=True)
    if not found:
        return None
    return re.compile(rf"(?<![0-9A-Za-z_])(?:{'|'.join(map(re.escape, found))})(?![0-9A-Za-z_])")
