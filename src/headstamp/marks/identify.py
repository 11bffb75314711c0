"""What may an item be? What its documenter wrote and what its marks say, side by side.

Every answer is plural, with what speaks for and against it. A field is *determined* only
where one candidate is left with nothing against it; else nobody is preferred.
"""

from collections.abc import Callable, Iterable

import msgspec

from headstamp.marks.calibres import calibre_family, identify_calibre
from headstamp.marks.countries import identify_country
from headstamp.marks.dating import date_serial, kind_of_weapon
from headstamp.marks.headstamps import decode_headstamp
from headstamp.marks.makers import Made, identify_maker, maker_countries
from headstamp.marks.models import identify_model
from headstamp.marks.recorded import read_mark
from headstamp.marks.types import identify_type, is_kind_of
from headstamp.marks.years import years_meant
from headstamp.reference.caches import remembered
from headstamp.reference.makers import serial_formats
from headstamp.terms.dates import DateSpan
from headstamp.terms.errors import UnreadableMarkError
from headstamp.terms.identification import Identification
from headstamp.terms.item import Category, Item
from headstamp.terms.mark import Mark, MarkKind

Candidates = tuple[Identification, ...]

_MADE: dict[Category, Made] = {"weapon": "weapon", "ammunition": "cartridge"}
OTHER_TYPE = "its type takes no such cartridge"
"""What stands against a gauge of a pistol, and against anything else of a shotgun."""
_NO_SHOTGUNS = ("pistol", "revolver", "submachine_gun", "machine_gun")
_TELLING: frozenset[MarkKind] = frozenset({"maker", "headstamp", "year", "calibre", "model"})
"""Kinds of marks that say who, when, which model, or which calibre."""


class ItemWords(msgspec.Struct, frozen=True, kw_only=True):
    """What is on record of one item that may say what it is; marks as (kind, text).

    ``serials`` only of weapons whose model some school dates by its serial, ``seen_span``
    only of what bears a mark that may tell a year: items alike in all else are one question.
    """

    category: Category
    type: str | None = None
    model: str | None = None
    maker: str | None = None
    calibre: str | None = None
    country: str | None = None
    year: str | None = None
    marks: tuple[tuple[MarkKind, str], ...] = ()
    serials: tuple[str, ...] = ()
    seen_span: DateSpan | None = None


class Identified(msgspec.Struct, frozen=True, kw_only=True):
    """What an item may be, field by field, best supported first; years CE, both ends included.

    ``countries`` are of making. ``years`` holds every span that something tells.
    """

    makers: Candidates = ()
    countries: Candidates = ()
    calibres: Candidates = ()
    types: Candidates = ()
    models: Candidates = ()
    years: Candidates = ()

    @property
    def maker(self) -> str | None:
        """The one maker, where it is determined."""
        return determined(self.makers)

    @property
    def maker_country(self) -> str | None:
        """The one state in which the one maker stood."""
        if self.maker is None:
            return None
        return determined(maker_countries(self.maker))

    @property
    def country(self) -> str | None:
        """The one state of making; None where the record and the maker differ."""
        return determined(self.countries)

    @property
    def calibre(self) -> str | None:
        """The one calibre that it may be; a likelier one beside others is none."""
        meanings = {found.meaning for found in self._calibres_left}
        return meanings.pop() if len(meanings) == 1 else None

    @property
    def calibre_family(self) -> str | None:
        """The one family of all calibres that it may be: of cartridges, never of makers."""
        families = {calibre_family(found.meaning) for found in self._calibres_left}
        return families.pop() if len(families) == 1 else None

    @property
    def _calibres_left(self) -> Candidates:
        """The calibres that the type of the weapon does not rule out."""
        return tuple(one for one in self.calibres if OTHER_TYPE not in one.against)

    @property
    def weapon_type(self) -> str | None:
        """The one type, where it is determined."""
        return determined(self.types)

    @property
    def model(self) -> str | None:
        """The one model, where it is determined."""
        return determined(self.models)

    @property
    def year_from(self) -> int | None:
        """The earliest year in which it may have been made, as far as anything tells."""
        return min((y.year_from for y in self.years if y.year_from is not None), default=None)

    @property
    def year_to(self) -> int | None:
        """The latest year in which it may have been made, as far as anything tells."""
        return max((y.year_to for y in self.years if y.year_to is not None), default=None)


def determined(found: Candidates) -> str | None:
    """Return the one meaning that is left; None of several, and of none."""
    meanings = {one.meaning for one in _standing(found)}
    return meanings.pop() if len(meanings) == 1 else None


def _standing(found: Candidates) -> Candidates:
    """Return the candidates with nothing against them; where there is none, all of them."""
    return tuple(one for one in found if not one.against) or found


def words_of_item(item: Item, marks: Iterable[Mark]) -> ItemWords:
    """Return what is on record of an item that may say what it is."""
    held = tuple(marks)
    telling = tuple(m for m in held if m.kind in _TELLING and m.text and m.reader is None)
    return ItemWords(
        category=item.category,
        type=item.type,
        model=item.model,
        maker=item.maker_stated,
        calibre=item.calibre,
        country=item.country_stated,
        year=item.year_stated,
        marks=tuple((mark.kind, mark.text or "") for mark in telling),
        serials=_dated_serials(item, held),
        seen_span=(item.recovered_on or item.documented_on) if telling else None,
    )


def _dated_serials(item: Item, marks: tuple[Mark, ...]) -> tuple[str, ...]:
    """Return the best reading of each serial, where the model is one that schools date.

    Others are left out: items that differ in their serial alone are then identified once.
    """
    if item.model is None or not _is_dated(item.model):
        return ()
    read = (read_mark(mark) for mark in marks if mark.kind == "serial")
    return tuple(one.readings[0] for one in read if one.readings)


@remembered(65_536)
def _is_dated(model: str) -> bool:
    dated = {one for row in serial_formats() for one in row.models}
    return any(found.meaning in dated for found in identify_model(model))


@remembered(262_144)
def identify_item(words: ItemWords) -> Identified:
    """Return what an item may be, by the tables of today; nothing is preferred without support."""
    made = _MADE.get(words.category)
    years = _years(words)
    stamps = _from_marks(words, "headstamp", lambda t: _stamp(t, words.seen_span))
    marked = _from_marks(words, "maker", lambda text: identify_maker(text, made=made))
    stated = identify_maker(words.maker, made=made) if words.maker else ()
    makers = _weighed(stated, (*marked, *stamps))
    countries = _countries(words, makers)
    types = identify_type(words.type) if words.type else ()
    calibres = _weighed(
        identify_calibre(words.calibre) if words.calibre else (),
        _from_marks(words, "calibre", identify_calibre),
    )
    calibres = _fitting(calibres, determined(types))
    models = _models(words, makers, calibres)
    years += _years_of_serials(words, models, countries)
    return Identified(
        makers=makers,
        countries=countries,
        calibres=calibres,
        types=types,
        models=models,
        years=(*years, *(one for one in stamps if one.year_from is not None)),
    )


def _fitting(calibres: Candidates, weapon_type: str | None) -> Candidates:
    """Return the calibres, what the weapon's type rules out with that against it."""
    if weapon_type is None:
        return calibres
    is_shotgun = is_kind_of(weapon_type, "shotgun")
    if not is_shotgun and not any(is_kind_of(weapon_type, one) for one in _NO_SHOTGUNS):
        return calibres
    return tuple(
        one
        if (calibre_family(one.meaning) == "shotgun") is is_shotgun
        else _also(one, against=OTHER_TYPE)
        for one in calibres
    )


def _models(words: ItemWords, makers: Candidates, calibres: Candidates) -> Candidates:
    told = tuple(one.meaning for one in makers)
    fitting = tuple(one.meaning for one in calibres)

    def identify(text: str) -> Candidates:
        return identify_model(text, makers=told, calibres=fitting)

    stated = identify(words.model) if words.model else ()
    return _weighed(stated, _from_marks(words, "model", identify))


def _years_of_serials(words: ItemWords, models: Candidates, countries: Candidates) -> Candidates:
    """Return the years that schools read in the serials of a weapon already identified."""
    kind = kind_of_weapon(determined(models), determined(countries))
    if kind is None:
        return ()
    return tuple(one for serial in words.serials for one in date_serial(serial, applies_to=kind))


def _from_marks(
    words: ItemWords, kind: MarkKind, identify: Callable[[str], Candidates]
) -> Candidates:
    return tuple(one for k, text in words.marks if k == kind for one in identify(text))


def _stamp(text: str, seen_span: DateSpan | None) -> Candidates:
    """Return what a headstamp may mean; nothing of one that breaks the notation."""
    try:
        return decode_headstamp(text, seen_span=seen_span)
    except UnreadableMarkError:
        return ()


def _weighed(stated: Candidates, marked: Candidates) -> Candidates:
    """Return what is stated and what is marked as one list, each held against the other.

    What both say is supported by both; what only one says has the other against it.
    """
    if not stated or not marked:
        return (*stated, *marked)
    said, shown = ({one.meaning for one in side} for side in (stated, marked))
    both = [
        _also(one, support="a mark says so too")
        if one.meaning in shown
        else _also(one, against="no mark says so, and one says otherwise")
        for one in stated
    ]
    both += [
        _also(one, against="the documenter wrote another one")
        for one in marked
        if one.meaning not in said
    ]
    return tuple(sorted(both, key=lambda one: len(one.against)))


def _also(one: Identification, *, support: str = "", against: str = "") -> Identification:
    return msgspec.structs.replace(
        one,
        support=(*one.support, *filter(None, [support])),
        against=(*one.against, *filter(None, [against])),
    )


def _countries(words: ItemWords, makers: Candidates) -> Candidates:
    """Return the states of making: as written, and as the one maker's seat tells."""
    written = identify_country(words.country) if words.country else ()
    maker = determined(makers)
    seats = maker_countries(maker) if maker is not None else ()
    if not written or not seats:
        return (*written, *seats)
    stood = {one.meaning for one in seats}
    told = [
        _also(one, support=f"{maker} stood there")
        if one.meaning in stood
        else _also(one, against=f"{maker} stood elsewhere: {', '.join(sorted(stood))}")
        for one in written
    ]
    if all(one.meaning in stood for one in _standing(written)):
        return tuple(told)
    told += [_also(one, against="the documenter wrote another one") for one in seats]
    return tuple(told)


def _years(words: ItemWords) -> Candidates:
    """Return the years that the documenter or a year mark tells."""
    told = [("as the documenter wrote it", words.year or "")]
    told += [("as a mark says", text) for kind, text in words.marks if kind == "year"]
    return tuple(
        Identification(
            kind="year",
            meaning=str(year),
            support=(why,),
            row="years",
            source="the record itself",
            year_from=year,
            year_to=year,
        )
        for why, text in told
        for year in years_meant(text.strip(), seen_span=words.seen_span)
    )
