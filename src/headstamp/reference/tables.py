"""What do our rules say? The active tables, loaded once and typed; every row has its source."""

import csv
import io
from functools import cache
from importlib import resources
from types import NoneType
from typing import Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from headstamp.reference.caches import forget_answers, remembered
from headstamp.terms.claim import Verb
from headstamp.terms.conclusions import Pathway
from headstamp.terms.party import PartyKind
from headstamp.terms.undertaking import Clause

Family = Literal["making", "paper", "transfer", "taking", "presence", "end", "destruction"]
VerbKind = Literal["begin", "paper", "title", "transfer", "taking", "presence", "end", "opinion"]
ClauseRule = Literal["forbids", "forbids_without_consent", "permits_class", "cannot_tell", "allows"]
T = TypeVar("T", bound=msgspec.Struct)

OWN = "own"
"""What stands before the name of a table of the user's own."""
_own: dict[str, bytes] = {}

FIRST_NOT_AUTHORISED = "(first custody not authorised on record)"


class VerbRule(msgspec.Struct, frozen=True, kw_only=True):
    """What one verb does to custody; ``stage`` orders legs whose dates do not."""

    verb: Verb
    family: Family
    stage: int
    kind: VerbKind
    source: str


class IntervalRule(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of verbs between which days are counted."""

    from_verb: Verb
    to_verb: str
    source: str


class VerdictRule(msgspec.Struct, frozen=True, kw_only=True):
    """How one clause is judged, and the words for it."""

    clause: Clause
    rule: ClauseRule
    words: str
    source: str


class PathwayRule(msgspec.Struct, frozen=True, kw_only=True):
    """One way an item may have passed on, what says it, and what it cannot explain."""

    pathway: Pathway
    words: str
    supported_by: tuple[Verb, ...]
    giver_kinds: tuple[PartyKind, ...]
    excluded_by: str
    decided_by: str
    source: str


@remembered()
def verb_rules() -> dict[Verb, VerbRule]:
    """Return the rule of every verb."""
    return {rule.verb: rule for rule in load_table("verbs.csv", VerbRule)}


@remembered()
def interval_rules() -> tuple[IntervalRule, ...]:
    """Return the pairs of verbs between which days are counted."""
    return load_table("intervals.csv", IntervalRule)


@remembered()
def verdict_rules() -> dict[Clause, VerdictRule]:
    """Return how each clause is judged."""
    return {rule.clause: rule for rule in load_table("verdicts.csv", VerdictRule)}


@remembered()
def pathway_rules() -> tuple[PathwayRule, ...]:
    """Return the pathways in the order in which they are listed."""
    return load_table("pathways.csv", PathwayRule)


def table_bytes() -> dict[str, bytes]:
    """Return every active table as stored, by file name, for the digest that ``trace`` keeps.

    A table of the user's own is ``own/NAME``: what was identified with it can be told later.
    """
    return {**_shipped(), **{f"{OWN}/{name}": data for name, data in _own.items()}}


def shipped_names() -> frozenset[str]:
    """Return the file names of the shipped tables."""
    return frozenset(_shipped())


def own_bytes() -> dict[str, bytes]:
    """Return the active tables of the user's own as stored, by file name."""
    return dict(_own)


def activate_own(tables: dict[str, bytes]) -> None:
    """Make tables of the user's own the active ones; every answer from others is forgotten.

    Only ``reference/own.py`` calls this, with tables that it has checked.
    """
    if tables != _own:
        _own.clear()
        _own.update(tables)
        forget_answers()


def load_table(name: str, row_type: type[T]) -> tuple[T, ...]:
    """Return the rows of one table, typed: the shipped ones, then the user's own.

    An empty cell that may be None is None. A row of the user's stands beside a shipped one of
    the same key and never in its place.
    """
    shipped = typed_rows(_shipped()[name], row_type)
    return (*shipped, *typed_rows(_own.get(name, b""), row_type))


def typed_rows(stored: bytes, row_type: type[T]) -> tuple[T, ...]:
    """Return the rows of a table as it is stored, typed."""
    rows = csv.DictReader(io.StringIO(stored.decode("utf-8-sig"), newline=""))
    return tuple(msgspec.convert(cells(row, row_type), row_type, strict=False) for row in rows)


def first_rows(rows: tuple[T, ...], key: str) -> dict[str, T]:
    """Return the first row of each key, in order: a row of the user's never takes ours away."""
    firsts: dict[str, T] = {}
    for row in rows:
        firsts.setdefault(getattr(row, key), row)
    return firsts


def cells(row: dict[str, str], row_type: type[msgspec.Struct]) -> dict[str, str | list[str] | None]:
    """Return the cells of a row as its type wants them: lists split, empty ones None."""
    lists, optional = _shapes(row_type)
    return {
        field: None if not value and field in optional else _cell(value, is_list=field in lists)
        for field, value in row.items()
    }


@cache
def _shapes(row_type: type[msgspec.Struct]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the fields of a row that are lists, and those that may be None."""
    hints = get_type_hints(row_type)
    lists = {field for field, kind in hints.items() if get_origin(kind) is tuple}
    optional = {field for field, kind in hints.items() if NoneType in get_args(kind)}
    return frozenset(lists), frozenset(optional)


@cache
def _shipped() -> dict[str, bytes]:
    """Return the shipped tables as stored, by file name, in its order."""
    folder = resources.files("headstamp.reference")
    files = (file for file in folder.iterdir() if file.name.endswith(".csv"))
    return {file.name: file.read_bytes() for file in sorted(files, key=lambda file: file.name)}


def _cell(value: str, *, is_list: bool) -> str | list[str]:
    if is_list:
        return [part for part in value.split(";") if part]
    return value
