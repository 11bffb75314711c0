import pytest

from headstamp.reports.case import Case
from headstamp.reports.drawing.bars import Span, bar
from headstamp.reports.drawing.scale import TimeScale, day_of
from headstamp.reports.drawing.shapes import Shape, svg, text_width, wrapped
from headstamp.reports.drawing.timeline import NARROW, WIDE, draw_track

SCALE = TimeScale(first=day_of("2015-01-01"), last=day_of("2016-01-01"), x0=0, x1=365)  # type: ignore[arg-type]


def classes(shapes: list[Shape]) -> list[str]:
    """Return what each shape is."""
    return [str(shape.attributes["class"]).split()[0] for shape in shapes]


def span(earliest: str, latest: str, **changes: object) -> Span:
    """Return a dated span of these days."""
    values = {
        "earliest": day_of(earliest),
        "latest": day_of(latest),
        "standing": "reported",
        "is_dated": True,
        "is_gap": False,
    }
    return Span(**(values | changes))  # type: ignore[arg-type]


def test_one_day_is_a_mark_and_several_a_bar_over_all_of_them() -> None:
    """A bar is as long as the days are many: no point is made of a span."""
    assert classes(bar(span("2015-06-01", "2015-06-01"), SCALE, y=0)) == ["bar"]
    whole = bar(span("2015-03-01", "2015-09-01"), SCALE, y=0)[0]
    assert whole.tag == "rect"
    assert whole.attributes["width"] == pytest.approx(184)


def test_what_no_source_dates_is_an_empty_band() -> None:
    """Days that only neighbours bound are not drawn as a date."""
    assert classes(bar(span("", ""), SCALE, y=0)) == ["band", "band-words"]
    assert classes(bar(span("2015-03-01", "2015-09-01", is_dated=False), SCALE, y=0)) == [
        "band",
        "band-words",
    ]


def test_open_ends_are_marked() -> None:
    """A bar whose end nobody knows says so at that end."""
    assert classes(bar(span("2015-03-01", ""), SCALE, y=0)) == ["bar", "open-end"]
    assert classes(bar(span("", "2015-03-01"), SCALE, y=0)) == ["bar", "open-end"]


def test_a_gap_is_no_bar() -> None:
    """A gap is drawn as a broken line whatever its days."""
    assert classes(bar(span("2015-03-01", "2015-03-01", is_gap=True), SCALE, y=0)) == ["gap-line"]


def test_both_sheets_hold_every_text_within_their_width(case: Case) -> None:
    """Nothing is written beyond the sheet, on a telephone either."""
    for sheet in (WIDE, NARROW):
        drawing = draw_track(case, case.tracks["item", "atgw"][0], key="k", sheet=sheet)
        for shape in drawing.shapes:
            if shape.tag == "text" and "text-anchor" not in shape.attributes:
                end = float(shape.attributes["x"]) + text_width(shape.text, size=12)
                assert end <= sheet.width, shape.text


def test_a_drawing_says_in_words_what_it_shows(case: Case) -> None:
    """The description holds every leg as a sentence."""
    drawing = draw_track(case, case.tracks["item", "atgw"][0], key="k", sheet=WIDE)

    assert "on 12 December 2015" in drawing.description
    assert "Nothing on record says how it passed" in drawing.description
    assert "<desc" in svg(drawing)


def test_long_words_are_cut_and_long_texts_end_in_an_ellipsis() -> None:
    """A text that does not fit is shortened where it can be seen."""
    assert all(len(line) <= 20 for line in wrapped("x" * 300, width=150, size=13))
    assert wrapped("word " * 300, width=150, size=13)[-1].endswith("…")
    assert wrapped("", width=150, size=13) == [""]
