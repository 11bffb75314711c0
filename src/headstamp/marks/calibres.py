"""Which calibre may be meant? Millimetres and inches, comma and dot, in any spacing."""

import re
from collections.abc import Iterable

from msgspec import structs

from headstamp.marks.keys import as_ascii
from headstamp.marks.unnamed import read_unnamed
from headstamp.marks.wording import LONGEST_CELL, words_of
from headstamp.reference.caches import remembered
from headstamp.reference.calibres import (
    CalibreCompatible,
    CalibreNames,
    calibre_compatible,
    calibre_families,
    calibre_names,
    calibre_words,
)
from headstamp.terms.identification import Identification

_BY_NAME = "calibres:"
_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_TIMES = str.maketrans("×*✕✖∗", "XXXXX")
_DECIMAL_COMMA = re.compile(r"(?<![0-9])([0-9]*),([0-9])")
_LABEL = re.compile(r"\bCAL(?:IBRE|IBER|IBRO|IBRES|IB)?\b[.:]?\s*|^KAЛ[ИI]БP[.:]?\s*|^عيار\s*")
_MILLIMETRES = re.compile(r"(?<=[0-9\s])MM\.?")
_PRESSURE = re.compile(r"\+\s*P\+?(?![A-Z])")
_ZEROS = re.compile(r"(?<![0-9.])0+(?=\.[0-9])|(?<=[0-9])\.0+(?![0-9])")
_BETWEEN = re.compile(r"(?<=[0-9])\s*[-/\u2010-\u2015\u2212]\s*(?=[.0-9])")
_DROPPED = re.compile(r"[^\w.-]|_|\.(?![0-9])|(?<![0-9])-|-(?![.0-9])")
_PARTS = re.compile(r"[()\[\]/;=\n]|,\s|\s[-–—]\s|\s(?:ou|or|o|и|или|або)\s", re.IGNORECASE)


@remembered(65_536)
def identify_calibre(text: str) -> tuple[Identification, ...]:
    """Return every calibre that a text may mean, best supported first.

    A bare diameter (``7.62``) gives each calibre that has it, none of them preferred. Near
    relations (5.56 x 45 and .223) are never given for each other: ask ``compatible_calibres``.
    Two names in one cell must agree; else each is given, with the other against it.
    An empty tuple means "not in our tables", not "no calibre".

    >>> [found.meaning for found in identify_calibre("7,62 х 39 мм")]
    ['7.62x39']
    >>> [found.meaning for found in identify_calibre("7.62")]
    ['7.62x25', '7.62x39', '7.62x51', '7.62x54R']
    >>> [found.meaning for found in identify_calibre("9 mm Luger (9x19 mm)")]
    ['9x19']

    Source:
        reference/calibres.csv, calibre_compatible.csv; docs/methods/marks.md, section 5.
    """
    if len(text) > LONGEST_CELL:
        return ()
    for written in dict.fromkeys((text, re.sub(r"[()\[\]]", " ", text), _without_words(text))):
        if found := _read(written):
            return found
    parts = [part for part in _PARTS.split(_without_words(text)) if read_unnamed(part) is None]
    if all(part.strip().isdigit() for part in parts):
        return ()  # `10/22` and `24/7` are models, or days: no two calibres.
    read = [_read(part) for part in parts]
    return _joined(read) if len(read) > 1 and all(read) else ()


def is_calibre_name(text: str) -> bool:
    """Whether a text is the name of a calibre, point or no point: a bare diameter is none.

    >>> is_calibre_name(".45 Colt"), is_calibre_name("45"), is_calibre_name("Colt")
    (True, False, False)
    """
    return any(found.row.startswith(_BY_NAME) for found in identify_calibre(text))


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
    plain = _PRESSURE.sub("", _LABEL.sub("", _DECIMAL_COMMA.sub(r"\1.\2", plain)))
    plain = _BETWEEN.sub("-", _MILLIMETRES.sub("", plain))
    return _ZEROS.sub("", _DROPPED.sub("", plain))


def _read(text: str) -> tuple[Identification, ...]:
    """Read one name or one diameter; what is said to be in mm is no gauge and no inch."""
    key = calibre_key(text)
    named = _once(_by_name(text, row) for row in _names().get(key, ()))
    if named:
        return named
    is_metric = bool(_MILLIMETRES.search(as_ascii(text).translate(_UPPER)))
    rows = [row for row in _bare().get(key, ()) if not (is_metric and _is_gauge(row))]
    bare = _once(_by_diameter(text, row, len(rows)) for row in rows)
    return bare if is_metric else _once((*bare, *_without_point(text, key)))


def _once(found: Iterable[Identification]) -> tuple[Identification, ...]:
    """Return the first identification of each calibre."""
    firsts: dict[str, Identification] = {}
    for one in found:
        firsts.setdefault(one.meaning, one)
    return tuple(firsts.values())


def _joined(read: list[tuple[Identification, ...]]) -> tuple[Identification, ...]:
    """Return what all parts of a cell agree on; else all of it, with the others against each."""
    meant = [{one.meaning for one in part} for part in read]
    common = set.intersection(*meant)
    narrowest = min(read, key=len)
    # Two diameters that share a calibre may each mean another one.
    if common and any(one.row.startswith(_BY_NAME) for one in narrowest):
        return tuple(_supported_by_all(one, read) for one in narrowest if one.meaning in common)
    found: list[Identification] = []
    for place, part in enumerate(read):
        others = [one.meaning for other in read[:place] + read[place + 1 :] for one in other]
        told = tuple(f"the cell names {name} too" for name in dict.fromkeys(others))
        found.extend(structs.replace(one, against=(*one.against, *told)) for one in part)
    return _once(found)


def _supported_by_all(
    found: Identification, read: list[tuple[Identification, ...]]
) -> Identification:
    said = [one.support for part in read for one in part if one.meaning == found.meaning]
    support = dict.fromkeys(sentence for sentences in said for sentence in sentences)
    return structs.replace(found, support=tuple(support))


def _without_words(text: str) -> str:
    """Return a text without what it says of the bullet (``FMJ``, ``EXPO``)."""
    kept = [word for word in text.split() if "".join(words_of(word)) not in _words()]
    return " ".join(kept)


def _is_gauge(row: CalibreCompatible) -> bool:
    return calibre_family(row.compatible_with) == "shotgun"


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


@remembered()
def _words() -> frozenset[str]:
    return frozenset("".join(words_of(row.word)) for row in calibre_words())
