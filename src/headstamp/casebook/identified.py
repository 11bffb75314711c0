"""Of how many objects is it known what they are? Maker, type, calibre, countries: of what base."""

from decimal import Decimal

from headstamp.casebook.columns import IDENTIFIED
from headstamp.casebook.counting import FIELDS, ITEM_FIELDS, MEASURES, Counted, counted_by
from headstamp.casebook.figures import share_of
from headstamp.casebook.kept import kept
from headstamp.casebook.opening import Casebook
from headstamp.terms.table import Cell, Table

_ASKED: tuple[tuple[str, str | None], ...] = (
    ("type_identified", "type"),
    ("maker", "maker_stated"),
    ("calibre_identified", "calibre"),
    ("calibre_family", "calibre"),
    ("country_of_manufacture", "country_stated"),
    ("year_of_manufacture", "year_stated"),
    ("country_of_recovery", None),
)
"""What is asked of each object, and the column in which somebody may have stated it."""


@kept()
def identified(casebook: Casebook) -> Table:
    """Return, for every measure and question, how many objects have an answer.

    One row per (measure, what). ``base`` counts objects, those judged the same once, also
    where no number is recorded: a box of cartridges is one. ``stated``: somebody wrote
    something down; ``identified``: it is known what that means. What is neither is not known.
    """
    asked = [(what, stated) for what, stated in _ASKED if what in FIELDS]
    stated_fields = [stated for _, stated in asked if stated in ITEM_FIELDS]
    found = counted_by(casebook, [what for what, _ in asked] + stated_fields)
    rows = tuple(
        _row(measure, what, found[what], found[stated] if stated else None)
        for measure in MEASURES
        for what, stated in asked
    )
    return Table(name="identified", columns=IDENTIFIED, rows=tuple(r for r in rows if r["base"]))


def _row(
    measure: str, what: str, answers: tuple[Counted, ...], stated: tuple[Counted, ...] | None
) -> dict[str, Cell]:
    base = [one for one in answers if one.measure == measure]
    n_identified = sum(one.group is not None for one in base)
    n_stated = None
    if stated is not None:
        n_stated = sum(one.measure == measure and one.group is not None for one in stated)
    return {
        "measure": measure,
        "what": what,
        "stated": n_stated,
        "identified": n_identified,
        "base": len(base),
        "share": share_of(Decimal(n_identified), Decimal(len(base))),
    }
