"""Which year may a serial tell? Rival schools give rival years, side by side."""

import re

from headstamp.marks.keys import as_ascii
from headstamp.marks.notation import mark_key
from headstamp.reference.caches import remembered
from headstamp.reference.makers import SerialFormat, serial_formats
from headstamp.terms.identification import Identification


def date_serial(serial: str, *, applies_to: str) -> tuple[Identification, ...]:
    """Return every year that the schools for one kind of weapon read from a serial.

    Only for a weapon already identified: a serial alone identifies nothing, and its form is no
    evidence of the model. Empty where no school reads this form.

    Args:
        serial: In the notation of marks; where a character of its year is unread, no year is told.
        applies_to: The kind of weapon, as reference/serial_formats.csv names it.

    Raises:
        UnreadableMarkError: The text breaks the notation.

    >>> found = date_serial("3000000", applies_to="Type 56 carbine (SKS), China")
    >>> [(one.meaning, one.row) for one in found]
    [('1958', 'serial_formats:sks_nth_year'), ('1959', 'serial_formats:sks_digit_added')]

    Source:
        reference/serial_formats.csv; docs/methods/marks.md, section 9.
    """
    key = as_ascii(mark_key(serial) or "")
    rows = [row for row in serial_formats() if row.applies_to == applies_to]
    years = [(row, year) for row in rows if (year := _year(row, key)) is not None]
    return tuple(
        Identification(
            kind="year",
            meaning=str(year),
            support=(f"the school {row.serial_format} reads it so",),
            against=_rivals(row, [other for other, _ in years]),
            row=f"serial_formats:{row.serial_format}",
            source=row.source,
            year_from=year,
            year_to=year,
        )
        for row, year in years
    )


def kind_of_weapon(model: str | None, country: str | None) -> str | None:
    """Return the kind of weapon under which the schools date a model made in a state, or None.

    >>> kind_of_weapon("makarov_pm", "BG"), kind_of_weapon("makarov_pm", "RU")
    ('Makarov pistol, Bulgaria', None)
    """
    kinds = (
        row.applies_to for row in serial_formats() if model in row.models and row.country == country
    )
    return next(kinds, None)


def _rivals(row: SerialFormat, rows: list[SerialFormat]) -> tuple[str, ...]:
    rivals = [other.serial_format for other in rows if other != row]
    return tuple(f"the school {name} reads another year" for name in rivals)


def _year(row: SerialFormat, key: str) -> int | None:
    match = _pattern(row).fullmatch(key)
    number = int(match["number"]) if match else None
    if number is None or not row.number_from <= number <= row.number_to:
        return None
    return row.year_base + number


@remembered()
def _pattern(row: SerialFormat) -> re.Pattern[str]:
    return re.compile(row.pattern.replace("[0-9]{6}", "[0-9?]{6}").replace("[0-9]{4}", "[0-9?]{4}"))
