"""Which verbs are there? Each with its section, its one line of help, and where it is."""

from typing import NamedTuple

MAIN = "From tables to pages"
ANSWERS = "Answers"
DECISIONS = "Decisions"
RECORD = "What is on record"


class Verb(NamedTuple):
    """One verb; ``function`` is ``None`` for one that lists a table."""

    section: str
    about: str
    module: str
    function: str | None


VERBS: dict[str, Verb] = {
    "demo": Verb(
        MAIN, "Run the shipped real case from tables to report, and sum it up.", "reporting", "demo"
    ),
    "init": Verb(MAIN, "Make a casebook.", "writing_verbs", "init"),
    "take": Verb(
        MAIN, "Seal and read case packages, or files with a layout.", "writing_verbs", "take"
    ),
    "register": Verb(
        MAIN, "Load an institution's table into a register.", "register_verbs", "register"
    ),
    "trace": Verb(
        MAIN, "Derive chains and findings; journal by which rules.", "writing_verbs", "trace"
    ),
    "report": Verb(
        MAIN, "Write the case report: pages that open from disk, and CSV.", "reporting", "report"
    ),
    "verify": Verb(
        MAIN, "Check that everything is still what was recorded; else exit 3.", "reading", "verify"
    ),
    "chain": Verb(
        ANSWERS, "Show how an item travelled: every account, with its gaps.", "reading", "chain"
    ),
    "findings": Verb(
        ANSWERS, "List what follows, how well it is known, who may say it.", "reading", "findings"
    ),
    "figures": Verb(
        ANSWERS, "Count, with base, bounds and what is undetermined.", "reading", "figures"
    ),
    "explain": Verb(
        ANSWERS, "Say why: down to file, row, exhibit and words.", "reading", "explain"
    ),
    "judge": Verb(
        DECISIONS,
        "Record a decision on a proposal or link; or apply a rule.",
        "writing_verbs",
        "judge",
    ),
    "withdraw": Verb(
        DECISIONS, "Let a row no longer count; say what falls.", "writing_verbs", "withdraw"
    ),
    "restore": Verb(DECISIONS, "Let what was withdrawn count again.", "writing_verbs", "restore"),
    "erase": Verb(
        DECISIONS, "Destroy the key of a protected row for ever.", "writing_verbs", "erase"
    ),
    "claims": Verb(RECORD, "List who says what happened, and how well known.", "reading", "claims"),
    "items": Verb(RECORD, "List the weapons, rounds and components.", "listings", None),
    "marks": Verb(RECORD, "List the marks as recorded, and their readings.", "listings", None),
    "sources": Verb(RECORD, "List who says things, and how reliable they are.", "listings", None),
    "parties": Verb(RECORD, "List states, bodies, companies and groups.", "listings", None),
    "sites": Verb(RECORD, "List places and how exactly each is known.", "listings", None),
    "consignments": Verb(RECORD, "List consignments as they are described.", "listings", None),
    "documents": Verb(RECORD, "List documents, seen or only described.", "listings", None),
    "undertakings": Verb(RECORD, "List what was promised, with the clauses.", "listings", None),
    "requests": Verb(RECORD, "List what was asked of whom, silence included.", "listings", None),
    "links": Verb(RECORD, "List proposals and judged links.", "listings", None),
    "registers": Verb(
        RECORD, "List the registers: what each can answer.", "register_verbs", "registers"
    ),
    "entries": Verb(RECORD, "List the entries of one register.", "register_verbs", "entries"),
    "intakes": Verb(
        RECORD,
        "List what came in, and what became of its rows and cells.",
        "intake_verb",
        "intakes",
    ),
    "issues": Verb(RECORD, "List what somebody should look at.", "reading", "issues"),
}
"""All verbs, in the order in which ``--help`` lists them."""
