"""Where can it be read? Addresses of sources, as links only where they lead to the web."""

from urllib.parse import urlsplit

from markupsafe import Markup

from headstamp.reports.cells import field, visible


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


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
