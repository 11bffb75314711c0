"""Which maker may a cell name? Initials, legal forms, slips, two makers at once, or none."""

from typing import Literal

import msgspec

from headstamp.marks.maker_index import NamedMaker, find_makers
from headstamp.marks.unnamed import Unnamed, read_unnamed
from headstamp.reference.caches import remembered
from headstamp.reference.maker_names import MakerName, makers
from headstamp.reference.states import former_states
from headstamp.terms.dates import DateSpan
from headstamp.terms.identification import Identification

Made = Literal["weapon", "cartridge"]


class MakerReading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was made of one cell: the makers it may name, or that it names none.

    ``beside`` are the words of the cell that belong to no name: a model, a calibre, a state.
    No makers and no ``unnamed``: the cell names something that our tables do not have.
    """

    raw: str
    makers: tuple[Identification, ...]
    unnamed: Unnamed | None
    beside: tuple[str, ...]

    @property
    def is_unknown(self) -> bool:
        """Whether the cell says that the maker is not known, or some other."""
        return self.unnamed is not None and self.unnamed.is_unknown

    @property
    def is_improvised(self) -> bool:
        """Whether the cell says that the thing was made by hand."""
        return self.unnamed is not None and self.unnamed.is_improvised


@remembered(65_536)
def read_maker(
    text: str, *, made: Made | None = None, year_span: DateSpan | None = None
) -> MakerReading:
    """Return all that a cell of makers may say: makers, or that it names none, and the rest.

    Args:
        text: The cell as found.
        made: What the thing is; makers that are not known for it have that against them.
        year_span: Days on which it was made; makers of other years have that against them.

    >>> read_maker("Fabricação caseira").is_improvised, read_maker("Zxqwv").makers
    (True, ())
    """
    unnamed = read_unnamed(text)
    found, beside = ((), ()) if unnamed is not None else find_makers(text)
    named = [(one, _identified(one, made, year_span)) for one in found]
    ordered = sorted(named, key=lambda pair: (len(pair[1].against), not pair[0].is_first_name))
    return MakerReading(
        raw=text,
        makers=tuple(identification for _, identification in ordered),
        unnamed=unnamed,
        beside=beside,
    )


def identify_maker(
    text: str, *, made: Made | None = None, year_span: DateSpan | None = None
) -> tuple[Identification, ...]:
    """Return every maker that a cell may name, best supported first.

    An abbreviation of several makers gives each of them, with the others against it. An empty
    tuple means "none in our tables" or "none named": ``read_maker`` tells which.

    Returns:
        Identifications of kind ``maker``; ``meaning`` is an id of reference/maker_names.csv.

    >>> [found.meaning for found in identify_maker("S. & W.")]
    ['smith_wesson']
    >>> [found.meaning for found in identify_maker("COLT / FN")]
    ['colt', 'fn']

    Source:
        reference/maker_names.csv, maker_words.csv; docs/methods/marks.md, section 10.
    """
    return read_maker(text, made=made, year_span=year_span).makers


def maker_countries(maker: str, *, year_span: DateSpan | None = None) -> tuple[Identification, ...]:
    """Return the states in which a maker stood, those of the given years first.

    >>> [found.meaning for found in maker_countries("cz")]
    ['CSHH', 'CZ']
    """
    found = [
        Identification(
            kind="former_state" if len(row.country) == 4 else "country",
            meaning=row.country,
            support=(f"{maker} stood there",),
            against=_misses(row, year_span),
            row=f"maker_names:{maker}",
            source=row.source,
            year_from=row.valid_from,
            year_to=row.valid_to,
        )
        for row in makers().get(maker, ())
    ]
    return tuple(sorted(found, key=lambda one: len(one.against)))


def _identified(found: NamedMaker, made: Made | None, year_span: DateSpan | None) -> Identification:
    rows = makers()[found.maker]
    fitting = [row for row in rows if not _misses(row, year_span)]
    row = fitting[-1] if fitting else rows[-1]
    support, against = _country_told(found.countries, rows)
    against += () if fitting else _misses(row, year_span)
    if made is not None and all(one.makes not in {made, "both"} for one in rows):
        against += (f"it is known for each {row.makes}, not for a {made}",)
    firsts, lasts = [one.valid_from for one in rows], [one.valid_to for one in rows]
    return Identification(
        kind="maker",
        meaning=found.maker,
        support=(*found.support, *support),
        against=(*found.against, *against),
        row=f"maker_names:{found.maker}",
        source=row.source,
        year_from=None if None in firsts else min(filter(None, firsts)),
        year_to=None if None in lasts else max(filter(None, lasts)),
    )


def _country_told(
    told: tuple[str, ...], rows: tuple[MakerName, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Compare the states that the cell names with those of the maker, former ones included."""
    if not told:
        return (), ()
    own = {row.country for row in rows}
    states = former_states()
    near = own | {code for one in own & states.keys() for code in states[one].became}
    near |= {code for code, state in states.items() if own & set(state.became)}
    if near & set(told):
        return (f"the cell names {', '.join(told)}, where it stands",), ()
    return (), (f"the cell names {', '.join(told)}; it stands in {', '.join(sorted(own))}",)


def _misses(row: MakerName, span: DateSpan | None) -> tuple[str, ...]:
    if span is None:
        return ()
    first, last = span.earliest, span.latest
    if row.valid_to is not None and first is not None and first.year > row.valid_to:
        return (f"known there until {row.valid_to}",)
    if row.valid_from is not None and last is not None and last.year < row.valid_from:
        return (f"known there from {row.valid_from}",)
    return ()
