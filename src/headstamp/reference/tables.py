"""What do our rules say? The shipped tables, loaded once and typed; every row has its source."""

import csv
from importlib import resources
from types import NoneType
from typing import Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from headstamp.reference.caches import remembered
from headstamp.terms.claim import Verb
from headstamp.terms.conclusions import Pathway
from headstamp.terms.party import PartyKind
from headstamp.terms.undertaking import Clause

Family = Literal["making", "paper", "transfer", "taking", "presence", "end", "destruction"]
VerbKind = Literal["begin", "paper", "title", "transfer", "taking", "presence", "end", "opinion"]
ClauseRule = Literal["forbids", "forbids_without_consent", "permits_class", "cannot_tell", "allows"]
T = TypeVar("T", bound=msgspec.Struct)

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
    """Return the shipped tables as stored, by file name, for the digest that ``trace`` keeps."""
    folder = resources.files("headstamp.reference")
    names = ("verbs.csv", "intervals.csv", "verdicts.csv", "pathways.csv")
    return {name: folder.joinpath(name).read_bytes() for name in names}


def load_table(name: str, row_type: type[T]) -> tuple[T, ...]:
    """Return the rows of one shipped table, typed; an empty cell that may be None is None."""
    text = resources.files("headstamp.reference").joinpath(name).read_text(encoding="utf-8")
    hints = get_type_hints(row_type)
    lists = {field for field, kind in hints.items() if get_origin(kind) is tuple}
    optional = {field for field, kind in hints.items() if NoneType in get_args(kind)}
    rows = (
        {
            field: None if not value and field in optional else _cell(value, is_list=field in lists)
            for field, value in row.items()
        }
        for row in csv.DictReader(text.splitlines())
    )
    return tuple(msgspec.convert(row, row_type, strict=False) for row in rows)


def _cell(value: str, *, is_list: bool) -> str | list[str]:
    if is_list:
        return [part for part in value.split(";") if part]
    return value
