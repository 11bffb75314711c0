"""How did it pass on, in words? One sentence per leg, following its standing."""

from markupsafe import Markup

from headstamp.reports.case import Case, Leg
from headstamp.reports.cells import field, join_words, text_of
from headstamp.reports.phrases import phrase, phrases, verb_label
from headstamp.reports.words.origins import attribution, lead
from headstamp.reports.words.subjects import capitalised
from headstamp.reports.words.when import between_words

PASSING = frozenset({"sold", "shipped", "exported", "delivered", "received", "transferred"})
"""Verbs that pass something on: a party that is not named is said to be so."""


def leg_words(case: Case, leg: Leg, *, subject: Markup) -> Markup:
    """Return the leg as sentences: what, by whom, when, on whose word, with whose hedge."""
    if leg.is_gap:
        return gap_words(case, leg, subject=subject)
    told = attribution(case, leg.claims, leg.standing)
    parts = [lead(case, told, subject=subject, predicate=predicate_words(case, leg))]
    parts += [text for text in (_date_words(case, leg), hedge_words(case, leg.claims)) if text]
    parts += entry_words(case, leg.claims, subject=subject)
    return Markup(" ").join([capitalised(parts[0]), *parts[1:]])


def gap_words(case: Case, gap: Leg, *, subject: Markup) -> Markup:
    """Return what a gap says: that nothing is said."""
    return capitalised(
        phrase("leg", "gap").format(
            subject=subject, giver=case.party(gap.giver), receiver=case.party(gap.receiver)
        )
    )


def predicate_words(case: Case, leg: Leg) -> Markup:
    """Return "exported by A to B, by way of C, on … at …"."""
    parts = [verb_words(case, leg)]
    if leg.via:
        parts.append(Markup("{} {}").format(phrase("leg", "via"), case.party(leg.via)))
    text = Markup(", ").join(parts)
    if is_dated(case, leg):
        separator = ", " if leg.via else " "
        text += Markup("{}{}").format(separator, between_words(leg.earliest, leg.latest))
    if leg.place:
        text += Markup(" in {}").format(field(place_name(case, leg.place)))
    return text


def verb_words(case: Case, leg: Leg) -> Markup:
    """Return the verb with the parties it names; a missing one is said where it matters."""
    form = phrases("verb").get(leg.verb) or {"giver": "", "receiver": ""}
    giver, receiver = leg.giver, leg.receiver
    if form.get("same"):
        giver, receiver = ("", receiver) if receiver else (giver, "")
    words = [Markup("{}").format(verb_label(leg.verb))]
    for party, preposition in ((giver, form["giver"]), (receiver, form["receiver"])):
        if party and preposition:
            words.append(Markup("{} {}").format(preposition, case.party(party)))
    if leg.verb in PASSING and not (giver and receiver):
        words.append(Markup("({})").format(_unnamed(giver, receiver)))
    return Markup(" ").join(words)


def is_dated(case: Case, leg: Leg) -> bool:
    """Whether a source dates the leg, itself or by "n days later"; not only its neighbours."""
    if leg.dated:
        return leg.dated in {"own", "derived"}
    if not (leg.earliest or leg.latest):
        return False
    if leg.derived:
        return True
    return any(_has_date(case, claim) for claim in leg.claims)


def hedge_words(case: Case, claims: tuple[str, ...]) -> Markup:
    """Return the reservations of the sources, in their words; empty where there are none."""
    rows = [row for claim in claims if (row := case.row("claims", claim)) is not None]
    hedges = dict.fromkeys(text_of(row, "hedge") for row in rows)
    quoted = [Markup("“{}”").format(field(hedge)) for hedge in hedges if hedge]
    if not quoted:
        return Markup("")
    return phrase("leg", "hedge").format(hedges=join_words(quoted))


def entry_words(case: Case, claims: tuple[str, ...], *, subject: Markup) -> tuple[Markup, ...]:
    """Return of each register that an entry comes from its name and whose it is."""
    kinds = [claim.partition(":") for claim in claims]
    rows = [case.row("judged_entries", rest) or {} for kind, _, rest in kinds if kind == "entry"]
    registers = dict.fromkeys((text_of(row, "register"), text_of(row, "source_id")) for row in rows)
    return tuple(
        phrase("leg", "entry").format(
            register=field(register),
            institution=_institution(case, source),
            subject=subject,
        )
        for register, source in registers
        if register
    )


def _institution(case: Case, source_id: str) -> Markup:
    row = case.row("sources", source_id) or {}
    named = text_of(row, "publisher")
    return field(case.source_name(source_id)) if named else phrase("leg", "no_institution")


def place_name(case: Case, place: str) -> str:
    """Return the name of a site; a place that is no site of ours prints as it was written."""
    row = case.row("sites", place)
    return (text_of(row, "name") if row else "") or place


def _date_words(case: Case, leg: Leg) -> Markup:
    if leg.derived:
        return _derived_words(case, leg)
    if is_dated(case, leg):
        return Markup("")
    if leg.earliest or leg.latest:
        return phrase("leg", "narrowed").format(when=between_words(leg.earliest, leg.latest))
    return phrase("leg", "undated")


def _derived_words(case: Case, leg: Leg) -> Markup:
    """Return what the date follows from, with the number of days where a claim gives one."""
    rows = [case.row("claims", claim) or {} for claim in leg.claims]
    days = [text_of(row, "after_days") for row in rows if text_of(row, "after_days")]
    key = "derived_days" if days else "derived"
    return phrase("leg", key).format(
        claim=field(leg.derived), days=field(days[0]) if days else Markup("")
    )


def _unnamed(giver: str, receiver: str) -> Markup:
    if giver:
        return phrase("leg", "receiver_not_named")
    return phrase("leg", "giver_not_named" if receiver else "neither_named")


def _has_date(case: Case, claim: str) -> bool:
    if claim.startswith("item:"):
        row = case.row("items", claim.removeprefix("item:")) or {}
        return bool(text_of(row, "recovered_on") or text_of(row, "documented_on"))
    row = case.row("claims", claim) or {}
    return bool(text_of(row, "on"))
