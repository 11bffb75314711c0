"""How is one atom of a support set explained? Its words, its grade, its lineage, its place."""

from collections.abc import Iterator

from headstamp.casebook.decisions import JUDGEMENTS
from headstamp.casebook.judgements import ruling_of
from headstamp.casebook.lines import Line
from headstamp.casebook.names import Named
from headstamp.casebook.opening import Casebook
from headstamp.casebook.photos import photo_lines
from headstamp.casebook.protection import PROTECTED
from headstamp.casebook.words import row_words
from headstamp.terms.conclusions import UNDISCLOSED, Graded
from headstamp.terms.evidence import ATOM_PREFIXES, ENTRIES, RULES
from headstamp.terms.row import Row
from headstamp.terms.source import Source

_BARE_TABLES = ("claims", "undertakings", "consents", "published_figures")
REFERENCE = "reference"


def named_of_atom(casebook: Casebook, atom: str) -> Named:
    """Return what an atom of a support set names; tables of reference have no row on record."""
    for table, prefix in ATOM_PREFIXES.items():
        if prefix and atom.startswith(prefix):
            return Named(table=table, row_id=atom.removeprefix(prefix))
    for table in _BARE_TABLES:
        if atom in casebook.evidence.rows(table):
            return Named(table=table, row_id=atom)
    is_judgement = any(j.judgement_id == atom for j in casebook.evidence.judgements)
    return Named(table=JUDGEMENTS if is_judgement else REFERENCE, row_id=atom)


def row_lines(casebook: Casebook, named: Named, *, level: int) -> Iterator[Line]:
    """Return the lines of one row: what it says and where, then how it is known."""
    if named.table == JUDGEMENTS:
        yield _judgement_line(casebook, named.row_id, level=level)
        return
    if named.table == RULES:
        yield from _rule_lines(casebook, named, level=level)
        return
    if named.table == REFERENCE or named.row_id not in casebook.evidence.rows(named.table):
        yield Line(level=level, id=named.row_id, text="(no row on record)")
        return
    row = casebook.evidence.rows(named.table)[named.row_id]
    graded = casebook.graded[named.table, named.row_id]
    yield _row_line(casebook, named, graded, level=level)
    exhibit = casebook.evidence.whereabouts[named.table, named.row_id].exhibit
    if exhibit in casebook.erased_files:
        seq = casebook.erased_files[exhibit]
        by = "a later entry" if seq is None else f"entry {seq}"
        yield Line(level=level + 1, text=f"its sealed file was erased by {by}")
    if named.table != ENTRIES and not casebook.is_protected(named.table, named.row_id):
        yield from photo_lines(casebook, casebook.rows[named.table, named.row_id], level=level + 1)
    if named.table == "sources" or row.source_id is None:
        return
    if casebook.is_protected(named.table, named.row_id):
        yield Line(level=level + 1, text=PROTECTED)
        return
    yield Line(level=level + 1, text=_grade_words(casebook, row, graded))
    yield Line(level=level + 1, text=_lineage_words(casebook, graded))


def _row_line(casebook: Casebook, named: Named, graded: Graded, *, level: int) -> Line:
    is_protected = casebook.is_protected(named.table, named.row_id)
    words = PROTECTED if is_protected else row_words(casebook.evidence, named.table, named.row_id)
    row = casebook.evidence.rows(named.table)[named.row_id]
    where = casebook.evidence.whereabouts[named.table, named.row_id]
    return Line(
        level=level,
        id=named.row_id if named.table in _BARE_TABLES else named.form,
        text=words if graded.is_live else f"(no longer counts) {words}",
        file=where.file,
        row_number=where.row,
        exhibit=None if where.exhibit in casebook.erased_files else where.exhibit,
        locator=None if is_protected else getattr(row, "locator", None),
        quote=None if is_protected else getattr(row, "quote", None),
    )


def _judgement_line(casebook: Casebook, judgement_id: str, *, level: int) -> Line:
    judgement = next(j for j in casebook.evidence.judgements if j.judgement_id == judgement_id)
    withdrawn = casebook.evidence.withdrawn
    gone = (JUDGEMENTS, judgement_id) in withdrawn or (RULES, judgement.rule) in withdrawn
    text = (
        f"{'(withdrawn) ' if gone else ''}judged {judgement.verdict} by {judgement.judged_by} "
        f"in entry {judgement.seq}, {judgement.recorded_at}: {judgement.reason}"
    )
    return Line(level=level, id=judgement_id, text=text)


def _rule_lines(casebook: Casebook, named: Named, *, level: int) -> Iterator[Line]:
    """Say of a written rule what it judged, entry by entry, and where its file is sealed."""
    gone = "(withdrawn) " if (RULES, named.row_id) in casebook.evidence.withdrawn else ""
    for entry in casebook.decisions.judged:
        ruling = ruling_of(entry)
        if ruling is None or ruling.rule != named.form:
            continue
        text = (
            f"{gone}judged {ruling.records.n_lines} proposals {ruling.verdict} in entry "
            f"{entry.seq}, applied by {entry.actor}, {entry.recorded_at}: {ruling.reason}"
        )
        exhibit = next((one.digest for one in ruling.exhibits), None)
        yield Line(level=level, id=named.form, text=text, exhibit=exhibit)


def _grade_words(casebook: Casebook, row: Row, graded: Graded) -> str:
    sources = casebook.evidence.sources
    letters = ", ".join(
        f"{source_id} {sources[source_id].reliability if source_id in sources else 'not on record'}"
        for source_id in graded.lineage
    )
    credibility = "not given" if row.credibility is None else str(row.credibility)
    return f"class {graded.grade}: reliability {letters}; credibility {credibility}"


def _lineage_words(casebook: Casebook, graded: Graded) -> str:
    """Return who took it from whom, nearest first, and where it began."""
    chain = " from ".join(_source_words(casebook, source_id) for source_id in graded.lineage)
    if graded.origin == UNDISCLOSED:
        return f"told by {chain}; its origin is not disclosed"
    return f"told by {chain}"


def _source_words(casebook: Casebook, source_id: str) -> str:
    source = casebook.evidence.sources.get(source_id)
    if source is None or casebook.is_protected("sources", source_id):
        return f"{source_id} {PROTECTED if source is not None else '(not on record)'}"
    return f"{source_id} ({_kind_words(source)})"


def _kind_words(source: Source) -> str:
    kind = source.kind.replace("_", " ")
    return f"{kind}, {source.publisher}" if source.publisher else kind
