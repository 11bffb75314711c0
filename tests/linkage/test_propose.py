"""Proposals of a register held in memory: what they name, and what must not change them."""

import random

import msgspec
import pytest

from headstamp.casebook.own_records import part_of_lines
from headstamp.linkage.comparisons import Comparison
from headstamp.linkage.facts import Facts
from headstamp.linkage.held import HeldRegister
from headstamp.linkage.probes import Place, Probe
from headstamp.linkage.propose import share_on_record
from headstamp.linkage.rivals import Rival
from headstamp.reference.weights import weights
from headstamp.terms.proposal import Proposal
from headstamp.terms.register import RegisterEntry

from .register_world import entry, held, probe, proposed, register_of, with_keys

SEEDS = range(4)
MAKERS = ("a", "b", None)
MODELS = ("R1", "R2", "R1/R2", None)


def world(seed: int) -> tuple[list[Probe], list[RegisterEntry]]:
    """Return items and entries whose numbers stand so close that many may be each other."""
    dice = random.Random(seed)

    def serial() -> str:
        return f"A{dice.choice('01O5S')}{dice.randrange(40):02}{dice.choice('14I')}"

    def told() -> dict[str, str | None]:
        return {"maker": dice.choice(MAKERS), "model": dice.choice(MODELS)}

    entries = [
        entry(f"e{n:02}", serial(), consignment_id=dice.choice(["k1", "k2", None]), **told())
        for n in range(40)
    ]
    for n in range(4):
        first = dice.randrange(30)
        ends = {"serial_from": f"A1{first:02}1", "serial_to": f"A1{first + 9:02}9"}
        entries.append(entry(f"r{n}", consignment_id=f"k{n}", **ends, **told()))
    entries += [entry(f"l{n}", lot=f"L{n}", **told()) for n in range(3)]
    probes = []
    for n in range(12):
        texts = [serial() for _ in range(dice.choice([1, 1, 2]))]
        texts[0] = texts[0].replace(dice.choice(texts[0]), "?", dice.choice([0, 1]))
        maker, model = dice.choice(MAKERS), dice.choice(MODELS)
        lots = [f"L{dice.randrange(5)}"]
        probes.append(probe(f"i{n:02}", *texts, lots=lots, maker=maker, model=model))
    return probes, entries


def shuffled(things: list[object], seed: int) -> list[object]:
    """Return the same things in another order."""
    return random.Random(seed + 1_000).sample(things, len(things))


# --- what changes nothing -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_items_and_entries_changes_nothing(seed: int) -> None:
    """Nor does it matter into how many parts the register was loaded."""
    probes, entries = world(seed)
    others = shuffled(list(entries), seed)

    one = proposed(probes, register_of(entries))
    other = proposed(shuffled(list(probes), seed), register_of(others[:17], others[17:]))  # type: ignore[arg-type]

    assert one
    assert other == one


@pytest.mark.parametrize("seed", SEEDS)
def test_names_of_items_entries_and_consignments_change_nothing(seed: int) -> None:
    """Other ids in the same order give the same proposals under other ids."""
    probes, entries = world(seed)
    renamed = [
        msgspec.structs.replace(
            one,
            entry_id=f"x-{one.entry_id}",
            consignment_id=one.consignment_id and f"y-{one.consignment_id}",
        )
        for one in entries
    ]
    named = [msgspec.structs.replace(one, item_id=f"z-{one.item_id}") for one in probes]

    one = proposed(probes, register_of(entries))
    other = proposed(named, register_of(renamed))

    assert [_told(p, "", "", "") for p in one] == [_told(p, "z-", "y-", "x-") for p in other]


def _told(one: Proposal, item: str, consignment: str, entry_: str) -> tuple[object, ...]:
    before = consignment if one.other_kind == "consignment" else entry_
    assert one.other_id.startswith(before)
    assert one.item_id.startswith(item)
    return (
        one.item_id.removeprefix(item),
        one.other_kind,
        one.other_id.removeprefix(before),
        one.probability,
        one.weight_bits,
        one.strangers,
        one.basis,
        one.weights,
        tuple(atom.replace(f":{entry_}", ":") if entry_ else atom for atom in one.rests_on),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_what_has_nothing_to_do_with_it_changes_nothing(seed: int) -> None:
    """An item and entries of another maker, far from all others, leave the rest as it was."""
    probes, entries = world(seed)
    far = {"serial_from": "Q7700000", "serial_to": "Q7709999"}
    more = [
        entry("zz1", "Q9999204", maker="far", model="Z1", consignment_id="kz"),
        entry("zz2", maker="far", consignment_id="kz2", **far),
    ]

    one = proposed(probes, register_of(entries))
    other = proposed([*probes, probe("zi", "Q9999204", maker="far")], register_of(entries, more))

    assert tuple(p for p in other if p.item_id != "zi") == one
    assert [(p.item_id, p.other_id) for p in other if p.item_id == "zi"] == [("zi", "zz1")]


@pytest.mark.parametrize("seed", SEEDS[:1])
def test_items_are_asked_of_one_by_one_as_of_all(seed: int) -> None:
    """No item stands in another one's way."""
    probes, entries = world(seed)
    register = register_of(entries)

    one_by_one = tuple(p for one in probes for p in proposed([one], register))

    assert one_by_one == proposed(probes, register)


@pytest.mark.parametrize("seed", SEEDS)
def test_proposals_keep_to_the_contract(seed: int) -> None:
    """Items in order, the likeliest first, none below what is told, bits that sum up."""
    probes, entries = world(seed)
    found = proposed(probes, register_of(entries))

    keys = [(p.item_id, -float(p.probability), p.other_id) for p in found]
    assert keys == sorted(keys)
    assert len({p.proposal_id for p in found}) == len(found)
    for one in found:
        bits = [float(weight.bits) for weight in one.weights if weight.bits]
        assert 0.05 <= float(one.probability) <= 0.98
        assert abs(sum(bits) - float(one.weight_bits)) <= 0.05 * (len(bits) + 1)
        assert one.rests_on[0] in {f"mark:m-{one.item_id}", f"mark:l-{one.item_id}"}


# --- which entry, which consignment ---------------------------------------------------------------


def only(probes: list[Probe], register: HeldRegister) -> Proposal:
    """Return the one proposal that is made."""
    (one,) = proposed(probes, register)
    return one


def test_a_row_that_cannot_be_told_is_proposed_as_its_consignment() -> None:
    """Ten numbers of one consignment, the last digit unread: each a tenth, all together most."""
    entries = [entry(f"e{n}", f"A1024{n}", maker="a", consignment_id="k") for n in range(10)]

    one = only([probe("i", "A1024?", maker="a")], register_of(entries))

    assert (one.other_kind, one.other_id) == ("consignment", "k")
    assert float(one.probability) > 0.9
    assert one.rests_on == ("mark:m-i", *(f"entry:mine:e{n}" for n in range(10)))
    assert any("10 of its numbers" in weight.words for weight in one.weights)


def test_a_row_that_has_most_is_proposed_itself() -> None:
    """Although another of its consignment is not ruled out."""
    entries = [
        entry("e1", "A10241", maker="a", model="R1", consignment_id="k"),
        entry("e2", "A10242", maker="a", model="R2", consignment_id="k"),
    ]
    found = proposed([probe("i", "A1024?", maker="a", model="R1")], register_of(entries))

    assert [one.other_id for one in found][:1] == ["e1"]


def test_a_row_that_has_more_than_the_others_together_is_no_consignment() -> None:
    """Its model agrees and the other's is not stated: about three quarters to one."""
    entries = [
        entry("e1", "A10241", maker="a", model="R1", consignment_id="k"),
        entry("e2", "A10242", maker="a", consignment_id="k"),
    ]
    found = proposed([probe("i", "A1024?", maker="a", model="R1")], register_of(entries))

    assert [one.other_id for one in found] == ["e1", "e2"]
    assert 2 < float(found[0].probability) / float(found[1].probability) < 4


def test_an_object_entered_twice_makes_its_consignment_no_more_probable() -> None:
    """What speaks for each object is added up once."""
    once = [entry(f"e{n}", f"A1024{n}", maker="a", consignment_id="k") for n in (2, 3, 5)]
    again = [msgspec.structs.replace(one, entry_id=f"{one.entry_id}-again") for one in once]
    item = probe("i", "A1024?", maker="a")

    one, other = only([item], register_of(once)), only([item], register_of(once, again))

    assert (one.other_kind, other.other_kind) == ("consignment", "consignment")
    assert other.probability == one.probability
    assert float(one.probability) < 0.9


def test_two_entries_of_one_number_are_one_object_unless_their_models_differ() -> None:
    """The same object entered twice is as probable as once; two models share what there is."""
    item = probe("i", "A10244", maker="a")
    twice = [entry("e1", "A10244", maker="a", model="R1"), entry("e2", "A10244", maker="a")]
    other = [*twice[:1], entry("e2", "A10244", maker="a", model="R2")]

    alone = only([item], register_of(twice[:1])).probability
    both = proposed([item], register_of(twice))
    apart = proposed([item], register_of(other))

    assert [one.probability for one in both] == [alone, alone]
    assert all(float(one.probability) < 0.5 for one in apart)
    assert len(apart) == 2


def test_of_several_ways_to_an_entry_the_best_is_told() -> None:
    """The same before a look-alike and what is unread; the first reading before the second."""
    register = register_of([entry("e", "A1024455", maker="a")])
    texts = ("A10244?5", "A1O24455", "A1024455", "A-1024455")

    readings = only([probe("i", *texts, maker="a")], register)
    plain = only([probe("i", "A1024455", maker="a")], register)

    assert readings.strangers == plain.strangers == "0.03"
    assert float(readings.weight_bits) == pytest.approx(float(plain.weight_bits) - 2)


def test_an_exact_entry_leaves_no_room_for_edits() -> None:
    """Where the number stands as it was read, its neighbours are not asked after."""
    item, edited = probe("i", "A1024455", maker="a"), entry("e2", "A3024455", maker="a")
    exact = entry("e1", "A1024455", maker="a")

    with_it = proposed([item], register_of([exact, edited]))
    without = proposed([item], register_of([edited]))

    assert [one.other_id for one in with_it] == ["e1"]
    assert [one.other_id for one in without] == ["e2"]


def test_an_exact_entry_of_another_maker_settles_nothing() -> None:
    """What is one edit away under the right maker is looked for all the same."""
    entries = [
        entry("e1", "A1024455", maker="b"),
        entry("e2", "A3024455", maker="a", model="R1"),
    ]

    found = proposed([probe("i", "A1024455", maker="a", model="R1")], register_of(entries))

    assert "e2" in {one.other_id for one in found}


def test_a_number_that_stands_where_there_is_none_settles_nothing() -> None:
    """What is one edit away is looked for beside it."""
    entries = [entry("e1", "11111111", maker="a"), entry("e2", "47177717", maker="a")]

    found = proposed([probe("i", "77177717", maker="a")], register_of(entries))

    assert "e2" in {one.other_id for one in found}


@pytest.mark.parametrize(
    ("text", "ends"),
    [("AI001", ("A1000", "A8999")), ("A1001", ("A1005", "A7009"))],
    ids=["letter", "digits"],
)
def test_a_look_alike_in_a_wide_range_is_a_weak_indication(
    text: str, ends: tuple[str, str]
) -> None:
    """However many numbers of the range it may be: fifty strangers, as for any look-alike."""
    written = {"serial_from": ends[0], "serial_to": ends[1]}
    register = register_of([entry("e", maker="a", model="R1", **written)])

    found = proposed([probe("i", text, maker="a", model="R1")], register)

    # 1 / .02 + .03 = 50.03 strangers; odds 2^1.5 / 50.03 = .0565, p .0535, × .95 = .0508
    assert [one.other_id for one in found] == ["e"]
    assert float(found[0].probability) == pytest.approx(0.0508, abs=0.001)
    assert float(found[0].strangers) == pytest.approx(50)


def test_a_look_alike_of_a_number_that_is_taken_is_no_more_than_a_look_alike() -> None:
    """The number as it was read is another entry: .03 / .02 + .03 strangers, and that entry."""
    register = register_of([entry("e1", "AO02448", maker="a"), entry("e2", "A002448", maker="a")])
    by = msgspec.structs.replace(weights(), least_probability=0.001)

    first, second = proposed([probe("i", "A002448", maker="a")], register, by=by)

    assert (first.other_id, second.other_id) == ("e2", "e1")
    assert float(second.strangers) == pytest.approx(1.53 + 1, abs=0.06)
    assert float(first.probability) > 0.9


def test_a_slip_is_not_looked_for_in_a_crowd_or_among_other_makers() -> None:
    """What was read is likelier a neighbour's number, or two slips at once."""
    item, edited = probe("i", "A1024455", maker="a"), entry("e", "A3024455", maker="a")
    crowd = [entry(f"c{n}", f"A10244{n:02}", maker="a") for n in range(30) if n != 55]

    alone = proposed([item], register_of([edited]))
    crowded = proposed([item], register_of([edited, *crowd]))
    other = proposed([item], register_of([msgspec.structs.replace(edited, maker="b")]))

    assert [one.other_id for one in alone] == ["e"]
    assert "e" not in {one.other_id for one in crowded}
    assert other == ()


@pytest.mark.parametrize(("kind", "n_objects"), [("loss", 2), ("holding", 1), ("recovery", 1)])
def test_models_tell_objects_apart_on_lists_that_name_each_once(kind: str, n_objects: int) -> None:
    """What is held or recovered is written down again and again, each time a little otherwise."""
    rows = [entry(f"e{n}", "A10244", maker="a", model=f"R{n}", kind=kind) for n in (1, 2)]

    found = proposed([probe("i", "A10244", maker="a")], register_of(rows))

    assert [float(one.probability) < 0.5 for one in found] == [n_objects == 2] * 2


def test_an_unread_letter_of_a_script_without_twins_is_looked_for() -> None:
    """A serial that has no place on the axis meets its equals all the same."""
    found = proposed(
        [probe("i", "Ж12?4", maker="a")], register_of([entry("e", "Ж1234", maker="a")])
    )

    assert [one.other_id for one in found] == ["e"]


def test_a_range_of_which_a_reading_may_be_outside_is_less_probable() -> None:
    """Ten numbers of which the range holds five: five strangers to share with."""
    ends = {"serial_from": "A10240", "serial_to": "A10244"}
    wide = {"serial_from": "A10000", "serial_to": "A19999"}

    half = only([probe("i", "A1024?", maker="a")], register_of([entry("e", maker="a", **ends)]))
    whole = only([probe("i", "A1024?", maker="a")], register_of([entry("e", maker="a", **wide)]))

    assert float(half.strangers) == pytest.approx(1.0, rel=0.05)
    assert float(whole.strangers) == pytest.approx(0.03)
    assert whole.basis == half.basis == ("in_line",)


@pytest.mark.parametrize("of_item", ["a", "b", None])
def test_a_range_or_lot_of_another_maker_says_nothing(of_item: str | None) -> None:
    """Where a maker is not stated it may be this one."""
    ends: dict[str, str | None] = {"serial_from": "A10200", "serial_to": "A10299"}
    of_nobody = entry("n", maker=None, **{**ends, "serial_from": "A10250"})
    item = probe("i", "A10244", lots=["L1"], maker=of_item)

    ranges = proposed([item], register_of([entry("e", maker="a", **ends), of_nobody]))
    lots = proposed([item], register_of([entry("e", lot="L1", maker="a")]))

    is_said = of_item != "b"
    assert [one.basis for one in ranges] == [("in_line",)] * is_said
    assert [one.basis for one in lots] == [("same_lot",)] * is_said


def test_a_serial_that_is_not_the_first_of_its_cell_is_less_probable() -> None:
    """One bit for each step from the cell to it."""
    part = with_keys(
        part_of_lines([entry("e", maker="a")]), [(0, "A1024455", 0), (0, "B7777766", 2)]
    )

    first = only([probe("i", "A1024455", maker="a")], held(part))
    other = only([probe("i", "B7777766", maker="a")], held(part))

    assert float(other.weight_bits) == pytest.approx(float(first.weight_bits) - 2)


def test_it_is_the_crowd_around_what_was_read_that_counts() -> None:
    """A look-alike that leads into a crowd from where nobody is has few strangers."""
    crowd = [entry(f"e{n:02}", f"A70024{n:02}", maker="a") for n in range(30)]

    one = proposed([probe("i", "A1002414", maker="a")], register_of(crowd))[0]

    assert one.other_id == "e14"
    # 30.5 of ten million numbers × .95 / .05 / .02 + .03 = .0329 strangers
    assert float(one.strangers) == pytest.approx(0.033)


@pytest.mark.parametrize("is_range", [False, True], ids=["number", "range"])
def test_a_doubtful_mark_is_surer_to_be_misread(is_range: bool) -> None:  # noqa: FBT001 - a case
    """A removed number of which there is a text: .9 where a legible one has .98."""
    ends: dict[str, str | None] = {"serial_from": "A10200", "serial_to": "A10299"}
    register = register_of([entry("e", maker="a", **(ends if is_range else {"serial": "A10244"}))])

    clear = only([probe("i", "A10244", maker="a")], register)
    doubtful = only([probe("i", "A10244", maker="a", state="removed")], register)

    assert clear.basis == (("in_line",) if is_range else ("same_serial",))
    assert doubtful.basis == (("in_line",) if is_range else ("same_serial_read",))
    assert float(doubtful.probability) == pytest.approx(float(clear.probability) * 0.9 / 0.98, 1e-3)


def test_the_row_that_an_item_was_read_from_is_no_other_record() -> None:
    """Of the items themselves its own place; of another file the same row of it."""
    item = probe("i", "A10244", maker="a", place=Place("digest", 2))
    part = register_of([entry("e1", "A10244", maker="a")]).parts[0]

    own = register_of([entry("i", "A10244", maker="a"), entry("i2", "A10244", maker="a")])
    own.own = {"i": 0}
    same = register_of()
    same.parts = (
        msgspec.structs.replace(part, exhibit="digest", rows=part.rows.set_column(  # type: ignore[union-attr]
            part.rows.schema.get_field_index("row"), "row", [[2]])),  # type: ignore[union-attr]
    )  # fmt: skip

    assert [one.other_id for one in proposed([item], own)] == ["i2"]
    assert proposed([item], same) == ()
    other = msgspec.structs.replace(item, place=Place("digest", 3))
    assert [one.other_id for one in proposed([other], same)] == ["e1"]


def test_no_more_are_proposed_than_the_table_says() -> None:
    """The likeliest; and none that is less probable than the table says."""
    entries = [entry(f"e{n:02}", "A10244", maker="a", model=f"R{n}") for n in range(15)]
    by = msgspec.structs.replace(weights(), most_proposals=4.0, least_probability=0.01)
    item = probe("i", "A10244", maker="a", model="R7")

    found = proposed([item], register_of(entries), by=by)

    assert len(found) == 4
    assert found[0].other_id == "e07"
    assert len(proposed([item], register_of(entries))) == 1


# --- how many items a register holds --------------------------------------------------------------


def _rival(*, serial: str = "same", maker: str = "agree", is_void: bool = False) -> Rival:
    comparison = Comparison(serial=serial, maker=maker)  # type: ignore[arg-type]
    facts = Facts(basis="", comparison=comparison, alternative="", p_read=0.98, is_void=is_void)
    return Rival(entry_id="e", consignment_id=None, mark_id="m", facts=facts)


@pytest.mark.parametrize(
    ("n_items", "n_found", "share"),
    [(199, 100, 0.05), (200, 50, 0.25), (200, 0, 0.0005), (200, 180, 0.5), (1_000, 10, 0.01)],
)
def test_the_share_on_record_is_that_of_items_found_plainly(
    n_items: int, n_found: int, share: float
) -> None:
    """Of two hundred items or more, within its bounds; else as the table says."""
    rivals = [(_rival(),)] * n_found

    assert share_on_record(rivals, n_items=n_items, by=weights()) == pytest.approx(share)


@pytest.mark.parametrize(
    ("rival", "counts"),
    [
        (_rival(serial="in_range"), True),
        (_rival(serial="unread"), False),
        (_rival(serial="edit"), False),
        (_rival(maker="not_stated"), False),
        (_rival(maker="differ"), False),
        (_rival(is_void=True), False),
    ],
    ids=["in a range", "unread", "edit", "no maker", "another maker", "void"],
)
def test_only_what_is_plainly_on_record_counts(rival: Rival, counts: bool) -> None:  # noqa: FBT001 - a row
    """The same number under the same maker, alone or in a range."""
    share = share_on_record([(rival,)] * 50, n_items=500, by=weights())

    assert share == pytest.approx(0.1 if counts else 0.0005)
