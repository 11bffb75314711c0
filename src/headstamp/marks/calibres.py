"""Which calibre may be meant? Millimetres and inches, comma and dot, in any spacing."""

import re

from headstamp.marks.keys import as_ascii
from headstamp.reference.caches import remembered
from headstamp.reference.calibres import (
    CalibreCompatible,
    CalibreNames,
    calibre_compatible,
    calibre_families,
    calibre_names,
)
from headstamp.terms.identification import Identification

_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TIMES = str.maketrans("×*✕✖∗", "XXXXX")
_DECIMAL_COMMA = re.compile(r"(?<![0-9])([0-9]*),([0-9])")
_LABEL = re.compile(r"\bCAL(?:IBRE|IBER|IBRO)?\b[.:]?\s*|^KAЛИБP\s*")
_MILLIMETRES = re.compile(r"(?<=[0-9\s])MM\.?")
_ZEROS = re.compile(r"(?<![0-9.])0+(?=\.[0-9])|(?<=[0-9])\.0+(?![0-9])")
_DROPPED = re.compile(r"[^\w.]|_|\.(?![0-9])")


@remembered(16_384)
def identify_calibre(text: str) -> tuple[Identification, ...]:
    """Return every calibre that a text may mean, best supported first.

    A bare diameter (``7.62``) gives each calibre that has it, none of them preferred. Near
    relations (5.56 x 45 and .223) are never given for each other: ask ``compatible_calibres``.
    An empty tuple means "not in our tables", not "no calibre".

    >>> [found.meaning for found in identify_calibre("7,62 х 39 мм")]
    ['7.62x39']
    >>> [found.meaning for found in identify_calibre("7.62")]
    ['7.62x25', '7.62x39', '7.62x51', '7.62x54R']

    Source:
        reference/calibres.csv, calibre_compatible.csv; docs/methods/marks.md, section 5.
    """
    key = calibre_key(text)
    named = [_by_name(text, row) for row in _names().get(key, ())]
    if named:
        return tuple(named)
    bare = [_by_diameter(text, row, len(_bare()[key])) for row in _bare().get(key, ())]
    return (*bare, *_without_point(text, key))


def is_calibre_name(text: str) -> bool:
    """Whether a text is the name of a calibre, point or no point: a bare diameter is none.

    >>> is_calibre_name(".45 Colt"), is_calibre_name("45"), is_calibre_name("Colt")
    (True, False, False)
    """
    return any(found.row.startswith("calibres:") for found in identify_calibre(text))


def compatible_calibres(calibre: str) -> frozenset[str]:
    """Return the calibres that are near relations of one, itself left out.

    >>> sorted(compatible_calibres(".223 Remington"))
    ['5.56x45']
    """
    pairs = [(row.written, row.compatible_with) for row in _related()]
    both_ways = pairs + [(other, one) for one, other in pairs]
    return frozenset(other for one, other in both_ways if one == calibre)


def calibre_family(calibre: str) -> str | None:
    """Return the family of a calibre; None where the table has none.

    >>> calibre_family("7.62x39"), calibre_family("7.62")
    ('Warsaw Pact', None)
    """
    row = calibre_families().get(calibre)
    return row.family if row else None


def calibre_key(text: str) -> str:
    """Return what two spellings of one name have in common; not for display.

    >>> calibre_key("Cal. 7,62 × 54 mmR"), calibre_key("0.38 S&W")
    ('7.62X54R', '.38SW')
    """
    plain = as_ascii(text).translate(_UPPER).translate(_TIMES)
    plain = _LABEL.sub("", _DECIMAL_COMMA.sub(r"\1.\2", plain))
    return _ZEROS.sub("", _DROPPED.sub("", _MILLIMETRES.sub("", plain)))


def _without_point(text: str, key: str) -> tuple[Identification, ...]:
    """Read `38 SPL` as `.38 SPL`, and say so."""
    if not re.match(r"[0-9]{2,3}(?![0-9.])", key):
        return ()
    pointed = f".{key}"
    against = ("it is written without the point",)
    named = [_by_name(text, row, against) for row in _names().get(pointed, ())]
    rows = _bare().get(pointed, ()) if not named else ()
    return (*named, *(_by_diameter(text, row, len(rows), against) for row in rows))


def _by_name(text: str, row: CalibreNames, against: tuple[str, ...] = ()) -> Identification:
    return Identification(
        kind="calibre",
        meaning=row.calibre,
        support=(f"{text.strip()!r} is a name of it",),
        against=against,
        row=f"calibres:{row.calibre}",
        source=row.source,
    )


def _by_diameter(
    text: str, row: CalibreCompatible, n_rows: int, against: tuple[str, ...] = ()
) -> Identification:
    doubt = (f"a diameter alone: {n_rows} calibres have it",) if n_rows > 1 else ()
    return Identification(
        kind="calibre",
        meaning=row.compatible_with,
        support=(f"{text.strip()!r} is its diameter",),
        against=(*against, *doubt),
        row=f"calibre_compatible:{row.written}:{row.compatible_with}",
        source=row.source,
    )


@remembered()
def _names() -> dict[str, tuple[CalibreNames, ...]]:
    index: dict[str, tuple[CalibreNames, ...]] = {}
    for row in calibre_names():
        for key in dict.fromkeys(calibre_key(name) for name in row.names):
            index[key] = (*index.get(key, ()), row)
    return index


@remembered()
def _bare() -> dict[str, tuple[CalibreCompatible, ...]]:
    index: dict[str, tuple[CalibreCompatible, ...]] = {}
    for row in calibre_compatible():
        if row.relation == "diameter_only":
            key = calibre_key(row.written)
            index[key] = (*index.get(key, ()), row)
    return index


@remembered()
def _related() -> tuple[CalibreCompatible, ...]:
    return tuple(row for row in calibre_compatible() if row.relation == "related")
