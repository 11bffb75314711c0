"""What is a page? A file name, a template, and the values that it shows."""

from collections.abc import Mapping

import msgspec

from headstamp.reports.cuts import Cuts

NAVIGATION = (
    ("index.html", "Overview"),
    ("chains.html", "Chains"),
    ("findings.html", "Findings"),
    ("pathways.html", "Pathways"),
    ("claims.html", "Claims"),
    ("sources.html", "Sources"),
    ("parties.html", "Parties"),
    ("papers.html", "Papers"),
    ("figures.html", "Figures"),
    ("map.html", "Map"),
    ("read.html", "What was read"),
    ("guide.html", "How to read"),
)
"""Every page that is always there, in the order of the menu."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page; ``within`` is the entry of the menu that it belongs to.

    ``cuts``: its lists that do not stand there whole.
    """

    file: str
    template: str
    title: str
    values: Mapping[str, object]
    within: str = ""
    cuts: Cuts | None = None
