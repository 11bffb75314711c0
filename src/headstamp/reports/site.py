"""How is a report made? One folder of pages that open from disk, and its tables as CSV.

Everything on the pages comes from the tables that `release` hands out. The same tables,
title and ``made_on`` give the same bytes.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import jinja2

from headstamp import __version__
from headstamp.reports.case import Case
from headstamp.reports.cells import capital, field, grouped, visible
from headstamp.reports.csv_files import write_tables
from headstamp.reports.cuts import Cut, cuts_table
from headstamp.reports.folder import replaced_folder
from headstamp.reports.names import slug
from headstamp.reports.pages.chains import chain_pages
from headstamp.reports.pages.claims import claims_page, source_links
from headstamp.reports.pages.counts import counts_table
from headstamp.reports.pages.figures import figures_page
from headstamp.reports.pages.findings import findings_page
from headstamp.reports.pages.guide import guide_page
from headstamp.reports.pages.index import index_page
from headstamp.reports.pages.lineages import lineages_table
from headstamp.reports.pages.page import NAVIGATION, Page
from headstamp.reports.pages.papers import papers_page
from headstamp.reports.pages.parties import parties_page
from headstamp.reports.pages.pathways import pathways_page
from headstamp.reports.pages.read import read_page
from headstamp.reports.pages.reading_counts import reading_table
from headstamp.reports.pages.sources import sources_page
from headstamp.reports.pages.world import map_page
from headstamp.reports.phrases import label, meaning
from headstamp.terms.finding import CAVEAT
from headstamp.terms.table import Table

POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)


def write_report(tables: Mapping[str, Table], out: Path, *, title: str, made_on: str) -> Path:
    """Write the report into ``out`` and return the path of its first page.

    Args:
        tables: What `release.hand_out` gives, by name; a table that is absent reads as empty.
        title: The heading of the report.
        made_on: The day of making, as it is to be printed; nothing else comes from outside.

    Raises:
        RefusedError: ``out`` holds something that is no former report.
        StorageError: ``out`` cannot be written.
    """
    case = Case(tables)
    with replaced_folder(out) as folder:
        cuts: list[Cut] = []
        for page in report_pages(case):
            text = _rendered(page, case, title=title, made_on=made_on)
            (folder / page.file).write_text(text, encoding="utf-8", newline="\n")
            cuts += page.cuts.all if page.cuts else ()
        own = (counts_table(case), lineages_table(case), reading_table(case), cuts_table(cuts))
        write_tables({**tables, **{table.name: table for table in own}}, folder / "tables")
    return out / "index.html"


def report_pages(case: Case) -> Iterator[Page]:
    """Yield every page of a report."""
    yield index_page(case)
    yield from chain_pages(case)
    yield findings_page(case)
    yield pathways_page(case)
    yield claims_page(case)
    yield sources_page(case)
    yield parties_page(case)
    yield papers_page(case)
    yield figures_page(case)
    yield map_page(case)
    yield read_page(case)
    yield guide_page()


def _rendered(page: Page, case: Case, *, title: str, made_on: str) -> str:
    frame = {
        "page": page,
        "report_title": title,
        "made_on": made_on,
        "about": case.about,
        "caveat": CAVEAT,
        "version": __version__,
        "navigation": NAVIGATION,
        "style": _style(),
        "policy": POLICY.format(style=_digest(_style())),
    }
    return (
        _environment()
        .get_template(page.template)
        .render(
            frame
            | dict(page.values)
            | {
                "lineage_of_note": lambda note: source_links(case, note.evidence.lineage),
            }
        )
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("headstamp.reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"field": field, "visible": visible, "slug": slug, "label": label}
    environment.filters |= {"grouped": grouped, "meaning": meaning, "capital": capital}
    return environment


@cache
def _style() -> str:
    return files("headstamp.reports").joinpath("style.css").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Return the digest by which the policy knows the one style sheet of the page."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
