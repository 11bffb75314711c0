"""Why? The derivation of a finding, link, figure or row, down to file, row, exhibit and words."""

from collections.abc import Iterator

from headstamp.casebook.atoms import named_of_atom, row_lines
from headstamp.casebook.columns import EXPLAIN
from headstamp.casebook.decisions import JUDGEMENTS
from headstamp.casebook.identification_words import identification_lines
from headstamp.casebook.judgement_words import seen_lines
from headstamp.casebook.lines import Line
from headstamp.casebook.names import FINDINGS, LINKS, Named, name_of
from headstamp.casebook.opening import Casebook
from headstamp.casebook.proposal_words import proposal_lines, proposal_of
from headstamp.casebook.protection import PROTECTED, veil_of, without_secret_words
from headstamp.casebook.words import finding_words, leg_words
from headstamp.terms.chain import Account
from headstamp.terms.conclusions import LinkState
from headstamp.terms.evidence import RULES
from headstamp.terms.finding import Finding
from headstamp.terms.proposal import PROPOSED
from headstamp.terms.table import Table


def explain(casebook: Casebook, text: str) -> Table:
    """Return the tree of reasons of what an id names, one line per row; level 0 is the thing.

    Of a finding every minimal set stands with every atom in it: any one set suffices.

    Raises:
        UnknownIdError: Nothing on record has this id.
        MisuseError: Several things have it.
    """
    named = name_of(casebook, text)
    rows = tuple(line.row() for line in _lines(casebook, named))
    return without_secret_words(
        Table(name="explain", columns=EXPLAIN, rows=rows), veil_of(casebook)
    )


def _lines(casebook: Casebook, named: Named) -> Iterator[Line]:
    if named.table == FINDINGS:
        found = {finding.finding_id: finding for finding in casebook.conclusions.findings}
        yield from _finding(casebook, found[named.row_id])
    elif named.table == LINKS:
        links = {link.proposal_id: link for link in casebook.links}
        if named.form in links:
            yield from _link(casebook, links[named.form], named)
        else:
            yield from _row(casebook, named)
    elif named.table in {JUDGEMENTS, RULES}:
        yield from row_lines(casebook, named, level=0)
        if named.table == JUDGEMENTS:
            yield from seen_lines(casebook, named.row_id)
    else:
        yield from _row(casebook, named)


def _finding(casebook: Casebook, finding: Finding) -> Iterator[Line]:
    yield Line(level=0, id=finding.finding_id, text=finding_words(finding))
    is_veiled = veil_of(casebook).touches(finding.rests_on)
    if finding.reason:
        yield Line(level=1, text=f"reason: {PROTECTED if is_veiled else finding.reason}")
    if not finding.rests_on:
        yield Line(level=1, text="rests on nothing that still counts")
    n_sets = len(finding.rests_on)
    for number, atoms in enumerate(finding.rests_on, start=1):
        many = "" if n_sets == 1 else "; any one set suffices"
        yield Line(level=1, text=f"set {number} of {n_sets}{many}")
        for atom in atoms:
            yield from row_lines(casebook, named_of_atom(casebook, atom), level=2)


def _link(casebook: Casebook, link: LinkState, named: Named) -> Iterator[Line]:
    of_register = f" of register {link.register}" if link.register else ""
    text = f"link of {link.item_id} to {link.other_kind} {link.other_id}{of_register}: {link.state}"
    if link.judged_by and not casebook.is_protected(LINKS, named.row_id):
        text += f", judged by {link.judged_by}"
    yield Line(level=0, id=link.proposal_id, text=text)
    if named.row_id in casebook.evidence.links:
        yield Line(level=1, text="brought by a package:")
        yield from row_lines(casebook, named, level=2)
    for judgement in casebook.evidence.judgements:
        if judgement.proposal_id == link.proposal_id:
            made = Named(table=JUDGEMENTS, row_id=judgement.judgement_id)
            yield from row_lines(casebook, made, level=1)
    seen = proposal_of(casebook, link)
    if seen is not None:
        yield from proposal_lines(casebook, seen, is_open=link.state == PROPOSED)
    if link.state != PROPOSED:
        yield from _crossing(casebook, link)
        yield from _resting(casebook, named.form)


def _crossing(casebook: Casebook, link: LinkState) -> Iterator[Line]:
    if not link.is_on_record:
        yield Line(level=1, text="nothing crosses it: not all that it rests on is on record")
    elif link.atoms:
        yield Line(level=1, text="what crosses it rests on:")
        for atom in link.atoms:
            yield from row_lines(casebook, named_of_atom(casebook, atom), level=2)
    if link.one_of and link.is_on_record:
        words = "and on any one of these rows, one of which it is; what they differ in is not told:"
        yield Line(level=1, text=words)
        for atom in link.one_of:
            yield from row_lines(casebook, named_of_atom(casebook, atom), level=2)


def _row(casebook: Casebook, named: Named) -> Iterator[Line]:
    yield from row_lines(casebook, named, level=0)
    if named.table == "items" and not casebook.is_protected("items", named.row_id):
        yield from identification_lines(casebook, named.row_id)
    subject = {"items": "item", "consignments": "consignment"}.get(named.table)
    if subject is not None:
        for account in casebook.conclusions.accounts.get((subject, named.row_id), ()):
            yield from _account(casebook, account)
        for finding in casebook.conclusions.findings:
            if (finding.subject_kind, finding.subject_id) == (subject, named.row_id):
                yield Line(level=1, id=finding.finding_id, text=finding_words(finding))
    yield from _resting(casebook, _atom_form(named))


def _account(casebook: Casebook, account: Account) -> Iterator[Line]:
    yield Line(level=1, text=f"account {account.account}")
    veil = veil_of(casebook)
    is_veiled = any(veil.touches([leg.claims]) for leg in account.legs)
    for leg in account.legs:
        claims = ", ".join(leg.claims)
        text = PROTECTED if is_veiled else leg_words(casebook.evidence, leg)
        resting = f" (claims {claims})" if claims else ""
        yield Line(level=2, text=f"leg {leg.leg}: {text}{resting}")


def _resting(casebook: Casebook, atom: str) -> Iterator[Line]:
    """Say which findings rest on this, and whether they would fall without it."""
    for finding in casebook.conclusions.findings:
        holding = [atom in atoms for atoms in finding.rests_on]
        if any(holding):
            says = "would fall without it" if all(holding) else "would stand without it"
            text = f"holds up: {finding_words(finding)}; {says}"
            yield Line(level=1, id=finding.finding_id, text=text)


def _atom_form(named: Named) -> str:
    bare = named.table in {"claims", "undertakings", "consents", "published_figures"}
    return named.row_id if bare else named.form
