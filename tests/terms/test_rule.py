"""Which proposals does a rule fit? Every condition must hold."""

import msgspec
import pytest

from headstamp.terms.proposal import Proposal
from headstamp.terms.register import EntryKind
from headstamp.terms.rule import WrittenRule

PROPOSAL = Proposal(
    item_id="i1",
    other_kind="register_entry",
    register="army",
    other_id="t1",
    probability="0.950",
    weight_bits="9.0",
    basis=("same_serial",),
    strangers="0.01",
    weights=(),
)
RULE = WrittenRule(
    name="sure",
    verdict="same",
    reason="serial and maker agree",
    basis=("same_serial", "in_line"),
    least_probability=0.95,
    most_strangers=0.01,
)


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({}, True),
        ({"basis": ("in_line", "same_serial")}, True),
        ({"basis": ("same_serial", "same_lot")}, False),
        ({"basis": ()}, False),
        ({"probability": "0.949"}, False),
        ({"probability": "1"}, True),
        ({"probability": "not known"}, False),
        ({"probability": "NaN"}, False),
        ({"strangers": "0.011"}, False),
        ({"strangers": "1e-09"}, True),
        ({"strangers": ""}, False),
        ({"register": "navy"}, True),
        ({"other_kind": "item"}, True),
    ],
)
def test_a_proposal_is_fitted_by_basis_probability_and_strangers(
    changed: dict[str, object],
    fits: bool,  # noqa: FBT001 - a table
) -> None:
    """At the bound it fits, beyond it does not; what cannot be read fits nothing."""
    assert RULE.fits(msgspec.structs.replace(PROPOSAL, **changed)) is fits


@pytest.mark.parametrize(
    ("changed", "proposed", "fits"),
    [
        ({"registers": ("army",)}, {}, True),
        ({"registers": ("navy",)}, {}, False),
        ({"kinds": ("theft",)}, {}, True),
        ({"kinds": ("theft",)}, {"other_kind": "item"}, False),
        ({"most_strangers": None}, {"strangers": "900"}, True),
        ({"basis": ("in_line",)}, {}, False),
    ],
)
def test_a_rule_may_name_registers_and_kinds(
    changed: dict[str, object],
    proposed: dict[str, object],
    fits: bool,  # noqa: FBT001 - a table
) -> None:
    """With kinds it judges entries alone."""
    rule = msgspec.structs.replace(RULE, **changed)

    assert rule.fits(msgspec.structs.replace(PROPOSAL, **proposed)) is fits


@pytest.mark.parametrize(
    ("kinds", "kind", "fits"),
    [((), None, True), (("theft",), "theft", True), (("theft",), "loss", False),
     (("theft",), None, False)],
)  # fmt: skip
def test_an_entry_is_fitted_by_its_kind(
    kinds: tuple[EntryKind, ...],
    kind: EntryKind | None,
    fits: bool,  # noqa: FBT001 - a table
) -> None:
    """No kinds: any, also none."""
    assert msgspec.structs.replace(RULE, kinds=kinds).fits_kind(kind) is fits
