"""Who makes arms in the invented world, which models, and how their serials look?

Every maker, model and format is invented (SCOPE.md point 4); calibres are ordinary designations,
since the tables that read them are what they are.
"""

import string

import msgspec

from headstamp.synthetic.draws import Draws

N_MAKERS = 24
N_STATES = 12
CALIBRES: tuple[tuple[str, str], ...] = (
    ("7.62x39mm", "7.62x39"),
    ("5.56x45mm", ".223 Remington"),
    ("7.62x51mm", ".308 Winchester"),
    ("9x19mm", "9 mm Parabellum"),
    ("7.62x54R", "7.62x54mmR"),
    (".38 Special", ".38 Spl"),
    ("7.62x25mm", "7.62x25"),
    ("12.7x108mm", "12.7x108"),
)
"""A designation, and what else people write for it: another name, or a compatible round."""


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """What a maker makes; variants of one family share all but their last letter."""

    maker: int
    name: str
    calibre: int

    @property
    def family(self) -> str:
        """What is written of a model when its variant was not told."""
        return self.name[:-1]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """How a serial is written: letters, digits that count, letters; what stands between."""

    prefix: str
    n_digits: int
    suffix: str = ""
    separator: str = ""

    def written(self, number: int) -> str:
        """Return the serial as it is marked, without what stands between its parts."""
        return f"{self.prefix}{number:0{self.n_digits}}{self.suffix}"


def maker_name(maker: int) -> str:
    """Return ``maker-xa-1`` and so on.

    >>> maker_name(0), maker_name(13)
    ('maker-xa-1', 'maker-xb-2')
    """
    return f"maker-{maker_state(maker).lower()}-{maker // N_STATES + 1}"


def maker_state(maker: int) -> str:
    """Return the state in which a maker has its seat: XA to XL."""
    return "X" + string.ascii_uppercase[maker % N_STATES]


def models(seed: int) -> tuple[Model, ...]:
    """Return all models, two to five a maker."""
    draws = Draws(seed, 1)
    made: list[Model] = []
    for maker in range(N_MAKERS):
        letter = string.ascii_uppercase[int(draws.below(26, 1)[0])]
        for place in range(2 + int(draws.below(4, 1)[0])):
            name = f"{letter}{place // 2 + 1}{'AB'[place % 2]}"
            calibre = int(draws.below(len(CALIBRES), 1)[0])
            made.append(Model(maker=maker, name=name, calibre=calibre))
    return tuple(made)


def form(seed: int, model: int, *, maker: int, run: int, n_more: int) -> Form:
    """Return how a model's serials look in one run of numbers.

    A run is a year for makers that mark it, else a letter that moves on. ``n_more``: digits
    that a very large world needs beyond the usual.
    """
    letters = "".join(
        string.ascii_uppercase[n] for n in Draws(seed, 2, maker, model).below(26, 3).tolist()
    )
    moving = string.ascii_uppercase[(string.ascii_uppercase.index(letters[2]) + run) % 26]
    forms = (
        Form(prefix=letters[0] + moving, n_digits=6 + n_more),
        Form(prefix=f"{(10 + run) % 100:02}{letters[0]}", n_digits=5 + n_more),
        Form(prefix="", n_digits=7 + n_more),
        Form(prefix=letters[0], n_digits=5 + n_more, suffix=moving, separator="-"),
        Form(prefix=letters[:2] + moving, n_digits=4 + n_more, separator=" "),
    )
    return forms[maker % len(forms)]
