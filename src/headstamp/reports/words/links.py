"""Where can it be read? Addresses of sources, as links only where they lead to the web."""

from urllib.parse import urlsplit

from markupsafe import Markup

from headstamp.reports.case import Case
from headstamp.reports.cells import field, visible
from headstamp.reports.names import slug


def web_link(address: str) -> Markup:
    """Return an address as a link; one that is not http or https is text alone.

    >>> web_link("javascript:alert(1)")
    Markup('<bdi>javascript:alert(1)</bdi>')
    """
    if not address:
        return Markup("")
    if not _is_web(address) or visible(address) != address:
        return field(address)
    return Markup('<a class="outside" href="{}" rel="noreferrer noopener nofollow">{}</a>').format(
        address, field(address)
    )


def row_href(case: Case, table: str, kind: str, ident: str) -> str:
    """Return where a row is told: on the page of its table, else in the table itself.

    Empty where there is no such table.
    """
    if case.is_listed(table, ident):
        return f"{table}.html#{slug(kind, ident)}"
    return f"tables/{table}.csv" if table in case.tables else ""


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
