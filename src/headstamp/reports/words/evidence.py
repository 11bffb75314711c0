"""What is this row? One id that a conclusion rests on, told so that a reader can find it."""

from collections.abc import Callable

import msgspec
from markupsafe import Markup

from headstamp.reports.case import Case, lineage_of
from headstamp.reports.cells import Row, field, text_of
from headstamp.reports.phrases import label, verb_label
from headstamp.reports.words.links import row_href
from headstamp.reports.words.origins import said_row


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One row as a note shows it; texts are as in the table, empty where it says nothing."""

    ident: str
    label: Markup
    what: Markup = Markup("")
    quote: str = ""
    hedge: str = ""
    locator: str = ""
    lineage: tuple[str, ...] = ()
    grade: str = ""
    is_withdrawn: bool = False
    href: str = ""


def evidence(case: Case, atom: str) -> Evidence:
    """Return what is on record of one id of a supporting set."""
    row = said_row(case, atom)
    if row is None:
        return Evidence(ident=atom, label=_bare_label(atom))
    grade = text_of(row, "class")
    return Evidence(
        ident=atom,
        label=atom_label(case, atom),
        what=_what(row),
        quote=text_of(row, "quote"),
        hedge=text_of(row, "hedge"),
        locator=text_of(row, "locator"),
        lineage=lineage_of(row),
        grade=label("class", grade) if grade else "",
        is_withdrawn=text_of(row, "live") == "false",
        href=row_href(case, "claims", "claim", atom) if case.row("claims", atom) else "",
    )


def atom_label(case: Case, atom: str) -> Markup:
    """Return an id with the kind of thing it is: "claim c01", "the link of item …"."""
    for table, noun in _NOUNS.items():
        if case.row(table, atom):
            return Markup("{} {}").format(noun, field(atom))
    return _bare_label(atom)


def _bare_label(atom: str) -> Markup:
    kind, is_prefixed, rest = atom.partition(":")
    if is_prefixed and kind in _TELLERS:
        return _TELLERS[kind](rest)
    return Markup("judgement {}").format(field(atom))


def _what(row: Row) -> Markup:
    for column in ("verb", "clause_text", "clause", "reason", "type", "text"):
        if value := text_of(row, column):
            return field(verb_label(value) if column == "verb" else value)
    return Markup("")


def _link_label(rest: str) -> Markup:
    item, _, other = rest.partition(":")
    kind, _, ident = other.partition(":")
    return Markup("the link of item {} to {} {}").format(
        field(item), kind.replace("_", " "), field(ident)
    )


def _entry_label(rest: str) -> Markup:
    register, _, entry = rest.partition(":")
    return Markup("entry {} of the register {}").format(field(entry), field(register))


def _line_label(rest: str) -> Markup:
    consignment, _, line = rest.rpartition(":")
    return Markup("line {} of consignment {}").format(field(line), field(consignment))


_NOUNS = {
    "claims": "claim",
    "undertakings": "undertaking",
    "consents": "consent",
    "published_figures": "published figure",
    "figures_against": "published figure",
}
_TELLERS: dict[str, Callable[[str], Markup]] = {
    "item": lambda rest: Markup("item {} as recorded").format(field(rest)),
    "mark": lambda rest: Markup("mark {}").format(field(rest)),
    "consignment": lambda rest: Markup("consignment {} as recorded").format(field(rest)),
    "document": lambda rest: Markup("document {}").format(field(rest)),
    "request": lambda rest: Markup("request {}").format(field(rest)),
    "line": _line_label,
    "link": _link_label,
    "entry": _entry_label,
    "reference": lambda rest: Markup("reference row {}").format(field(rest)),
}
