"""Whether everybody can read it: contrast of the colours that stand on each other."""

import re
from importlib.resources import files

import pytest

CSS = files("headstamp.reports").joinpath("style.css").read_text(encoding="utf-8")
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("soft", "paper"),
    ("soft", "sheet"),
    ("link", "paper"),
    ("link", "gap-paper"),
    ("ink", "gap-paper"),
    ("soft", "gap-paper"),
    ("gap", "paper"),
    ("gap", "gap-paper"),
    ("gap", "sheet"),
    ("accent", "paper"),
    ("paper", "accent"),
    ("banner-ink", "banner-paper"),
    ("ink", "sea"),
    ("ink", "land"),
    ("ink", "named"),
    ("soft", "land"),
]
SHAPE_PAIRS = [
    ("accent", "sheet"),
    ("soft", "sheet"),
    ("gap", "gap-paper"),
    ("accent", "sea"),
    ("accent", "land"),
]


def palette(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme by name."""
    blocks = re.findall(r":root \{([^}]*)\}", CSS)
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[0]))
    dark = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[1]))
    assert light.keys() == dark.keys()
    return light if scheme == "light" else dark


def luminance(colour: str) -> float:
    """Return the relative luminance, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_has_the_contrast_of_level_aa(scheme: str, front: str, back: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text."""
    colours = palette(scheme)

    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SHAPE_PAIRS)
def test_shapes_that_mean_something_have_it_too(scheme: str, front: str, back: str) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1 for graphics."""
    colours = palette(scheme)

    assert contrast(colours[front], colours[back]) >= 3


def test_the_style_sheet_names_no_file_and_no_address() -> None:
    """Fonts are the system's; nothing is fetched."""
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "</" not in CSS
