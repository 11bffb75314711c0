from typing import get_args

import pytest

from headstamp.reference.tables import (
    FIRST_NOT_AUTHORISED,
    interval_rules,
    pathway_rules,
    table_bytes,
    verb_rules,
    verdict_rules,
)
from headstamp.terms.claim import Verb
from headstamp.terms.conclusions import Pathway
from headstamp.terms.undertaking import Clause


def test_every_verb_clause_and_pathway_has_its_rule() -> None:
    """The closed sets of `terms` and the rows of the tables are the same."""
    assert set(verb_rules()) == set(get_args(Verb))
    assert set(verdict_rules()) == set(get_args(Clause))
    assert [rule.pathway for rule in pathway_rules()] == list(get_args(Pathway))


@pytest.mark.parametrize(
    ("kind", "verbs"),
    [
        ("begin", "made marked"),
        ("paper", "licensed verified"),
        ("opinion", "assessed"),
        ("title", "sold"),
        ("transfer", "shipped exported transited delivered received transferred"),
        ("presence", "held seen used"),
        ("taking", "lost stolen captured surrendered defected"),
        ("end", "seized recovered destroyed"),
    ],
)
def test_what_each_verb_does_to_custody(kind: str, verbs: str) -> None:
    """The table of REASONING.md section 5, verb by verb."""
    told = {verb for verb, rule in verb_rules().items() if rule.kind == kind}

    assert told == set(verbs.split())


def test_stages_stand_in_the_order_of_a_supply() -> None:
    """Made, sold, shipped, exported, delivered, transferred, taken, seen, recovered, destroyed."""
    supply = ("made", "sold", "shipped", "exported", "delivered", "transferred", "stolen", "seen",
              "recovered", "destroyed")  # fmt: skip
    stages = [verb_rules()[verb].stage for verb in supply]  # type: ignore[index]

    assert stages == sorted(set(stages))


def test_sold_goes_with_the_voluntary_transfers() -> None:
    """So that relays that say *sold* and *delivered* are compared."""
    rules = verb_rules()

    assert rules["sold"].family == rules["delivered"].family
    assert rules["recovered"].family != rules["destroyed"].family


def test_days_are_counted_between_the_pairs_of_the_method() -> None:
    """From making, papers, supply and loss; and to the first custody not authorised."""
    starts = ("made", "licensed", "exported", "delivered", "lost", "stolen")
    pairs = {(start, end) for start in starts for end in ("recovered", "seized")}
    pairs |= {("lost", "seen"), ("stolen", "seen"), ("exported", FIRST_NOT_AUTHORISED)}

    assert {(rule.from_verb, rule.to_verb) for rule in interval_rules()} == pairs


def test_every_row_names_its_source_and_says_it_in_words() -> None:
    """A rule without a source is nobody's, and one without words cannot be printed."""
    tables = (verb_rules().values(), interval_rules(), verdict_rules().values(), pathway_rules())

    assert all(getattr(rule, "source", "") for rules in tables for rule in rules)
    assert all(rule.words for rule in verdict_rules().values())
    assert all(rule.words and rule.decided_by for rule in pathway_rules())


def test_the_tables_are_handed_out_as_they_are_stored() -> None:
    """The digest that `trace` keeps is of the very bytes that were read."""
    stored = table_bytes()

    assert {"verbs.csv", "intervals.csv", "verdicts.csv", "pathways.csv"} <= set(stored)
    assert all(content.endswith(b"\n") for content in stored.values())
