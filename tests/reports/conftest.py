"""The shipped case as tables, its conclusions written by hand, and a report made of them.

The conclusions are plausible and fixed: a change of the rules of custody changes no test
here. What the real rules give is shown by test_real_case.py.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

import headstamp
from headstamp.reports.case import Case
from headstamp.reports.site import write_report
from headstamp.terms.finding import CAVEAT
from headstamp.terms.table import Cell, Table

from .readings import readings

Tables = dict[str, Table]
_PACKAGE = (
    *("items", "marks", "sources", "parties", "sites", "consignments", "consignment_lines"),
    *("claims", "undertakings", "documents", "requests", "published_figures"),
)
_SHIPPED = Path(headstamp.__file__).parent / "cases" / "islamic_state_2017"
_CLASSES = {"2": "fair", "3": "fair", "4": "weak"}


def cells(**values: Cell) -> dict[str, Cell]:
    """Return one row."""
    return values


def table(name: str, *rows: dict[str, Cell]) -> Table:
    """Return a table of these rows, with the columns of the first."""
    return Table(name=name, columns=tuple(rows[0]), rows=rows)


def shipped(name: str) -> Table:
    """Return one table of the shipped case as its file says it."""
    text = (_SHIPPED / f"{name}.csv").read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines())
    rows: tuple[dict[str, Cell], ...] = tuple(
        {column: value or None for column, value in row.items()} for row in reader
    )
    return Table(name=name, columns=tuple(reader.fieldnames or ()), rows=rows)


def graded(claims: Table) -> Table:
    """Return the claims with the columns that a casebook adds."""
    rows = []
    for row in claims.rows:
        relays = [part for part in str(row["relays"] or "").split(";") if part]
        lineage = [str(row["source_id"]), *relays]
        added = cells(origin=lineage[-1], lineage=";".join(lineage), live=True)
        added["class"] = _CLASSES.get(str(row["credibility"]), "unjudged")
        rows.append(row | added)
    return Table(
        name="claims",
        columns=(*claims.columns, "origin", "lineage", "class", "live"),
        rows=tuple(rows),
    )


def leg(
    item: str, number: int, verb: str, *parties: str, on: str = "/", **cells: Cell
) -> dict[str, Cell]:
    """Return one row of ``chains``: ``parties`` are giver and receiver, ``on`` is first/last."""
    giver, receiver = (*parties, "", "")[:2]
    earliest, _, latest = on.partition("/")
    row: dict[str, Cell] = {
        "item_id": item,
        "account": 1,
        "leg": number,
        "verb": verb or None,
        "from_party": giver or None,
        "via_party": None,
        "to_party": receiver or None,
        "on_earliest": earliest or None,
        "on_latest": latest or None,
        "place": None,
        "standing": "reported" if verb else None,
        "gap": not verb,
        "claims": None,
        "derived": None,
        "subject_kind": "item",
        "note": None,
        "decided_by": None,
        "beside": None,
    }
    return row | cells


def finding(kind: str, ident: str, **cells: Cell) -> dict[str, Cell]:
    """Return one row of ``findings`` about the anti-tank weapon, reported and attributed."""
    row: dict[str, Cell] = {
        "finding_id": ident,
        "kind": kind,
        "subject_kind": "item",
        "subject_id": "atgw",
        "verdict": None,
        "standing": "reported",
        "voice": "attributed",
        "contested": False,
        "replied": "not_asked",
        "origins": 1,
        "from_event": None,
        "to_event": None,
        "days_min": None,
        "days_max": None,
        "window_from": None,
        "window_to": None,
        "parties": None,
        "rests_on": [],
        "reason": "",
    }
    return row | cells


_SPAN = "2015-12-12/2016-02-09"
_DECIDES = "c01 (star_2017) or c04 (bivol_2017): the own words of car_2017 would decide"


def chains() -> Table:
    """Return two accounts of the weapon and one of a consignment."""
    both = cells(account=2)
    return table(
        "chains",
        leg(
            "atgw",
            1,
            "exported",
            "bulgaria",
            "us_army",
            on="2015-12-12/2015-12-12",
            via_party="kiesler",
            claims="c01",
            decided_by=_DECIDES,
        ),
        leg("atgw", 2, "transferred", "united_states", "syria_party_unnamed", on=_SPAN)
        | cells(claims="c06;c07", note="us_army and united_states are one holder"),
        leg("atgw", 3, "", "syria_party_unnamed", "islamic_state", on=_SPAN),
        leg("atgw", 4, "transferred", "", "islamic_state", on=_SPAN, claims="c08", place="Iraq"),
        leg("atgw", 5, "held", "", "islamic_state", on=_SPAN, claims="c20"),
        leg(
            "atgw",
            6,
            "recovered",
            "islamic_state",
            "iraqi_federal_police",
            on="2016-02-09/2016-02-09",
            claims="c02",
            derived="c01",
            place="ramadi",
        ),
        leg("atgw", 1, "sold", "", "", on="2015-12-15/2015-12-15", claims="c04") | both,
        leg("atgw", 2, "used", "", "islamic_state", on="2016-02-12/", claims="c05") | both,
        leg("pg9_2014", 1, "sold", "romania", "united_states", on="2014-10-01/2014-10-31")
        | cells(claims="c11", subject_kind="consignment"),
        leg("pg9_2014", 2, "transferred", "united_states", "new_syrian_army")
        | cells(claims="c13;c26", subject_kind="consignment", place="Syria"),
    )


def findings() -> Table:
    """Return findings of the kinds that the shipped case gives."""
    return table(
        "findings",
        finding("interval", "f-1", from_event="exported", to_event="recovered")
        | cells(days_min=59, days_max=59, rests_on=[["c01", "c02", _LINK]])
        | cells(reason="The source says 59 days, from exported to recovered (c02 after c01)."),
        finding("diversion_window", "f-2", parties="us_army;islamic_state")
        | cells(window_from="2015-12-12", window_to="2016-02-09")
        | cells(rests_on=[["c01", "c08", _LINK]], reason="Delivery not shown."),
        finding("retransfer", "f-3", verdict="cannot_be_determined")
        | cells(parties="united_states;syria_party_unnamed", replied="not_asked")
        | cells(rests_on=[["c06", _LINK, "u_atgw"], ["c07", _LINK, "u_atgw"]])
        | cells(reason="the wording of the clause is not on record"),
        finding("retransfer", "f-4", subject_kind="consignment", subject_id="bg_sa_exports")
        | cells(verdict="may_contravene", parties="saudi_arabia;saudi_onward_unnamed")
        | cells(rests_on=[["c31", "consignment:bg_sa_exports", "u_bg_sa"]]),
        finding("transmission_discrepancy", "f-5", rests_on=[["c01", "c04"]])
        | cells(reason="Origin relayed: car_2017."),
        finding("same_consignment", "f-6", subject_kind="consignment", subject_id="atgw_2015")
        | cells(rests_on=[[_LINK]]),
    )


_LINK = "link:atgw:consignment:atgw_2015"


def support() -> Tables:
    """Return links, pathways, lineages and what rests on the report."""
    every = ";".join(str(row["finding_id"]) for row in findings().rows)
    link = cells(proposal_id=_LINK, item_id="atgw", other_kind="consignment", register=None)
    link |= cells(other_id="atgw_2015", probability=None, weight_bits=None, basis=None)
    link |= cells(strangers=None, state="part_of")
    pathway = cells(finding_id="f-2", item_id="atgw", pathway="", state="not_excluded")
    pathway |= cells(why=None, decided_by="a delivery record")
    names = ("sale_or_barter", "battlefield_capture", "unknown")
    car = cells(source_id="car_2017", n_rows=96, rests_on_it=every, falls_without_it=every)
    article = cells(source_id="article_2017", n_rows=19, rests_on_it="f-3", falls_without_it=None)
    return {
        "links": table("links", link),
        "pathways": table("pathways", *(pathway | cells(pathway=name) for name in names)),
        "lineage": table(
            "lineage",
            cells(source_id="star_2017", relays_from="washpost_2017", n_rows=15),
            cells(source_id="washpost_2017", relays_from="car_2017", n_rows=15),
        ),
        "rests_on_source": table("rests_on_source", car, article),
    }


def figures() -> Tables:
    """Return our own counts and a published one."""
    ours = cells(measure="weapons", group_by=None, group="(all)", count=1, share="100.0")
    ours |= cells(base=1, undetermined=1, low=1, high=None)
    against = cells(figure_id="f01", statement=None, measure="weapons", group="IQ", value=1270)
    against |= cells(group_by="country_of_recovery", unit="piece", hedge=None, total=1832)
    against |= cells(base="documented by CAR since July 2014", ours=1, difference=-1269)
    against |= cells(why="a sample")
    return {"figures": table("figures", ours), "figures_against": table("figures_against", against)}


def about() -> Table:
    """Return what is said of the casebook."""
    row = cells(casebook_id="test-casebook", title="A case", seq=3, head_hash="ab12cd")
    row |= cells(as_of=None, as_of_note=None, banner="INTERNAL: not for release", caveat=CAVEAT)
    return table("about", row)


@pytest.fixture(scope="session")
def tables() -> Tables:
    """Return every table that a report is made of."""
    found = {name: shipped(name) for name in _PACKAGE}
    found["claims"] = graded(found["claims"])
    return {
        **found,
        "chains": chains(),
        "findings": findings(),
        **support(),
        **figures(),
        **readings(),
        "about": about(),
    }


@pytest.fixture(scope="session")
def case(tables: Tables) -> Case:
    """Return the tables indexed."""
    return Case(tables)


@pytest.fixture(scope="session")
def report(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a report, to be read and not changed."""
    out = tmp_path_factory.mktemp("report") / "out"
    return write_report(tables, out, title="A case", made_on="22 November 2026").parent


@pytest.fixture
def with_row(tables: Tables) -> Callable[..., Tables]:
    """Return the tables with the cells of some rows replaced."""

    def changed(name: str, *, where: dict[str, Cell], **cells: Cell) -> Tables:
        rows = tuple(
            row | cells if all(row[key] == value for key, value in where.items()) else row
            for row in tables[name].rows
        )
        return tables | {name: Table(name=name, columns=tables[name].columns, rows=rows)}

    return changed


@pytest.fixture
def replaced(tables: Tables) -> Callable[[Callable[[str], str]], Tables]:
    """Return the tables with every text of every cell passed through a function."""

    def through(change: Callable[[str], str]) -> Tables:
        return {
            name: Table(
                name=name,
                columns=one.columns,
                rows=tuple(
                    {column: _changed(cell, change) for column, cell in row.items()}
                    for row in one.rows
                ),
            )
            for name, one in tables.items()
        }

    return through


def _changed(cell: Cell, change: Callable[[str], str]) -> Cell:
    if isinstance(cell, str):
        return change(cell)
    if isinstance(cell, list):
        return [[change(a) for a in s] if isinstance(s, list) else change(s) for s in cell]  # type: ignore[return-value]
    return cell
