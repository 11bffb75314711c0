"""Which thing on record does an id name that a person typed?"""

from collections.abc import Iterator
from difflib import get_close_matches

import msgspec

from headstamp.casebook.decisions import JUDGEMENTS
from headstamp.casebook.opening import Casebook
from headstamp.terms.errors import MisuseError, UnknownIdError
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES, RULES
from headstamp.terms.link import RULE_PREFIX

FINDINGS = "findings"
LINKS = "links"

_PREFIXES: dict[str, str] = {
    **{table: prefix for table, prefix in ATOM_PREFIXES.items() if prefix},
    "claims": "claim:",
    "undertakings": "undertaking:",
    "consents": "consent:",
    "published_figures": "figure:",
    JUDGEMENTS: "judgement:",
    FINDINGS: "finding:",
    RULES: RULE_PREFIX,
}
"""Every table by the prefix that names it without doubt; ``claim:`` and the like are only ours."""

_BARE = (
    "claims",
    "undertakings",
    "consents",
    "published_figures",
    JUDGEMENTS,
    "sources",
    FINDINGS,
)
"""Tables whose ids may stand alone; other tables only where none of these has the id."""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What an id names: a row, a judgement, a rule, a finding or a link."""

    table: str
    row_id: str

    @property
    def form(self) -> str:
        """The form that names it and nothing else."""
        return _PREFIXES[self.table] + self.row_id


def name_of(casebook: Casebook, text: str) -> Named:
    """Return what a typed id names.

    Takes ids of claims, undertakings, consents, figures, judgements, sources and findings
    alone, and every row with its prefix (``item:…``, ``link:ITEM:KIND:OTHER``); any other
    bare id where only one table has it.

    Raises:
        UnknownIdError: Nothing on record has this id; the hint names the nearest.
        MisuseError: Several things have it; the hint lists their forms.
    """
    prefixed = [
        Named(table=table, row_id=text.removeprefix(prefix))
        for table, prefix in _PREFIXES.items()
        if text.startswith(prefix)
    ]
    found = [named for named in prefixed if named.row_id in _ids(casebook, named.table)]
    for tables in (_BARE, tuple(_PREFIXES)):
        found = found or [
            Named(table=table, row_id=text) for table in tables if text in _ids(casebook, table)
        ]
    if not found:
        raise _unknown(casebook, text)
    if len(found) > 1:
        forms = "  ".join(named.form for named in found)
        raise MisuseError(f"{text!r} names {len(found)} things", hint=f"write one of: {forms}")
    return found[0]


def _ids(casebook: Casebook, table: str) -> frozenset[str] | dict[str, object]:
    """Return the ids of one table; findings are derived only when they are asked for."""
    if table == FINDINGS:
        return frozenset(finding.finding_id for finding in casebook.conclusions.findings)
    if table == JUDGEMENTS:
        return frozenset(judgement.judgement_id for judgement in casebook.evidence.judgements)
    if table == RULES:
        rules = (judgement.rule for judgement in casebook.evidence.judgements)
        return frozenset(rule for rule in rules if rule is not None)
    if table == LINKS:
        derived = (link.proposal_id for link in casebook.links)
        named = frozenset(proposal.removeprefix(_PREFIXES[LINKS]) for proposal in derived)
        return named | casebook.evidence.links.keys()  # A withdrawn link is still on record.
    return dict.fromkeys(casebook.evidence.rows(table))


def _unknown(casebook: Casebook, text: str) -> UnknownIdError:
    near = get_close_matches(text, tuple(_all_forms(casebook)), n=3, cutoff=0.6)
    hint = f"the nearest are: {'  '.join(near)}; " if near else ""
    hint += _LISTINGS.get(_form_of(text), _ELSEWHERE)
    is_entry = text.startswith(_PREFIXES[ENTRIES])
    what = "no judgement names such an entry" if is_entry else "nothing on record has this id"
    return UnknownIdError(f"{text!r}: {what}", hint=hint)


_ELSEWHERE = (
    "`headstamp claims`, `sources` and the like list ids; `headstamp registers` lists registers, "
    "each with its source; `headstamp links` lists proposals"
)
_LISTED = "item mark source claim site consignment document undertaking request link finding"
_LISTINGS = {
    **{f"{one}:": f"`headstamp {one}s` lists {one}s" for one in _LISTED.split()},
    "link:": "`headstamp links` lists links; `headstamp trace` proposes anew",
    _PREFIXES[ENTRIES]: "a register's entry counts once somebody judges a proposal of it; "
    "`headstamp links --where register=REGISTER` lists these",
    "register:": "a register is withdrawn by its source, which `headstamp registers` names",
    RULE_PREFIX: "`headstamp explain LINK` names the rule that judged it",
    "party:": "`headstamp parties` lists parties",
    "figure:": "`headstamp figures --against` lists published figures",
    "f-": "`headstamp findings` lists findings",
    "j-": "`headstamp explain LINK` names the judgements of a link",
    "judgement:": "`headstamp explain LINK` names the judgements of a link",
}
"""Where ids of each form are listed."""


def _form_of(text: str) -> str:
    return text[:2] if text.startswith(("f-", "j-")) else "".join(text.partition(":")[:2])


def _all_forms(casebook: Casebook) -> Iterator[str]:
    for table, prefix in _PREFIXES.items():
        for row_id in _ids(casebook, table):
            yield row_id if table in _BARE else prefix + row_id
