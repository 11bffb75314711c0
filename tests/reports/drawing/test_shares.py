from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from headstamp.reports.drawing.shapes import Shape
from headstamp.reports.drawing.shares import NARROW, WIDE, Bar, Piece, Share, beside, divided

_NUMBERS = st.lists(st.integers(0, 10**7), min_size=1, max_size=6)


def rects(shapes: tuple[Shape, ...], css: str) -> list[dict[str, float]]:
    """Return the rectangles whose class begins so."""
    return [
        {name: float(value) for name, value in shape.attributes.items() if name != "class"}
        for shape in shapes
        if shape.tag == "rect" and str(shape.attributes["class"]).split()[0] == css
    ]


def bar_of(numbers: list[int], said: str = "some of it") -> Bar:
    """Return a bar with a piece for each number."""
    return Bar(
        name="book.csv", pieces=tuple(Piece(number=n, said=said, css="kept") for n in numbers)
    )


@given(_NUMBERS, st.sampled_from([WIDE, NARROW]))
def test_the_pieces_make_up_the_bar(numbers: list[int], width: float) -> None:
    """Side by side without a hole, each that is there to be seen, larger ones no shorter."""
    drawn = divided((bar_of(numbers),), key="k", width=width, title="t", description="d")
    pieces, filled = rects(drawn.shapes, "share"), [number for number in numbers if number]

    assert len(pieces) == len(filled)
    assert all(piece["width"] >= 2 for piece in pieces)
    assert all(abs(a["x"] + a["width"] - b["x"]) < 1e-6 for a, b in pairwise(pieces))
    by_size = sorted(zip(filled, (piece["width"] for piece in pieces), strict=True))
    assert all(a[1] <= b[1] + 1e-6 for a, b in pairwise(by_size))
    if filled:
        assert abs(sum(piece["width"] for piece in pieces) - width) < 1e-6


def test_words_stand_only_where_there_is_room() -> None:
    """A piece too short for its words is left to the table."""
    drawn = divided((bar_of([99, 1]),), key="k", width=WIDE, title="t", description="d")

    assert [s.text for s in drawn.shapes if s.tag == "text"] == ["book.csv", "some of it"]


def test_nothing_is_a_frame() -> None:
    """A file without a row has a bar that is empty."""
    drawn = divided((bar_of([0, 0]),), key="k", width=WIDE, title="t", description="d")

    assert rects(drawn.shapes, "share") == []
    assert len(rects(drawn.shapes, "share-frame")) == 1


def test_shares_lie_on_one_scale() -> None:
    """Half is half as long as the frame, nothing is nothing, a trace can be seen."""
    shares = tuple(
        Share(name="maker", number=number, base=base, said="so")
        for number, base in ((500, 1000), (0, 1000), (1, 10**6), (0, 0))
    )
    drawn = beside(shares, key="k", width=WIDE, title="t", description="d")

    assert [bar["width"] for bar in rects(drawn.shapes, "share")] == [WIDE / 2, 2.0]
    assert [bar["width"] for bar in rects(drawn.shapes, "share-frame")] == [WIDE] * 4
