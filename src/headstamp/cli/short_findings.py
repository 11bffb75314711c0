"""How is a finding said in one line, with its id, so that one can ask why?"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator

from headstamp.cli.layout import shown, terminal_width, wrapped
from headstamp.cli.telling import counted_words
from headstamp.reports.case import Case
from headstamp.reports.cells import Row, number_of, plain, text_of, texts_of
from headstamp.reports.words.findings import finding_attribution
from headstamp.reports.words.when import between_words, days_words

_SUMMED = frozenset({"transmission_discrepancy", "same_consignment", "impossible_date"})
_STEP = "  "
_MISSING = re.compile(r"Missing: ")
_NEXT_PIECE = re.compile(r";? *\([a-z]\) ")

_VERDICTS = {
    "cannot_be_determined": "{path}: whether this kept an undertaking cannot be determined",
    "may_contravene": "{path}: may contravene the undertaking on record",
    "contravenes": "{path}: contravenes the undertaking on record",
}
_KINDS = {
    "interval": "{to_event} {days} after being {from_event}",
    "diversion_window": "left custody authorised on record {window}: {first} → {last}",
    "unauthorised_end_user": "in the custody of {last}, which is not authorised on record",
}


def short_findings(case: Case) -> Iterator[str]:
    """Yield the findings that may be said, rival windows and minor kinds folded into one."""
    windows: dict[tuple[str, str], list[Row]] = {}
    n_summed = Counter[str]()
    for finding in case.rows("findings"):
        kind, subject = text_of(finding, "kind"), text_of(finding, "subject_id")
        if kind in _SUMMED or text_of(finding, "voice") == "internal":
            n_summed[kind.replace("_", " ")] += 1
            continue
        if kind == "diversion_window":
            told = windows.setdefault((text_of(finding, "subject_kind"), subject), [])
            told.append(finding)
            if len(told) > 1:
                continue
        yield from _line(case, finding)
    yield from _rivals(windows)
    if n_summed:
        more = ", ".join(f"{count} × {kind}" for kind, count in sorted(n_summed.items()))
        yield from wrapped(f"Also: {more}.", terminal_width(), indent=_STEP, hanging=_STEP)


def first_finding(case: Case) -> str | None:
    """Return the id of the first finding that may be said."""
    said = (f for f in case.rows("findings") if text_of(f, "voice") != "internal")
    return next((text_of(finding, "finding_id") for finding in said), None)


def short_unknown(finding: Row) -> str:
    """Return, of a verdict that cannot be determined, the first thing that is missing."""
    reason = shown(finding["reason"])
    pieces = [one for one in _NEXT_PIECE.split(_MISSING.split(reason, maxsplit=1)[-1]) if one]
    more = f" (and {len(pieces) - 1} more)" if len(pieces) > 1 else ""
    head = f"- {finding['finding_id']}: {str(finding['kind']).replace('_', ' ')} undetermined; "
    room = terminal_width() - len(head) - len(more) - len("missing: ") - len(_STEP)
    missing = textwrap.shorten(pieces[0].rstrip("."), max(room, 20), placeholder=" …")
    return f"{_STEP}{head}missing: {missing}{more}"


def _line(case: Case, finding: Row) -> list[str]:
    said = f"{finding['finding_id']}  {finding['subject_id']}: {_words(case, finding)}"
    return wrapped(
        f"{said} [{finding['standing']}; {_speakers(case, finding)}]",
        terminal_width(),
        indent=_STEP,
        hanging=_STEP,
    )


def _words(case: Case, finding: Row) -> str:
    kind, verdict = text_of(finding, "kind"), text_of(finding, "verdict")
    parties = [shown(plain(case.party(party))) for party in texts_of(finding, "parties")]
    names = parties or ["a party that is not named"]
    form = _VERDICTS.get(verdict) or _KINDS.get(kind) or f"{kind.replace('_', ' ')}, {{path}}"
    if verdict and verdict not in _VERDICTS:
        form += f": {verdict.replace('_', ' ')}"
    return form.format(
        path=" → ".join(parties) or "no party is named",
        first=names[0],
        last=names[-1],
        from_event=text_of(finding, "from_event"),
        to_event=text_of(finding, "to_event"),
        days=days_words(number_of(finding, "days_min"), number_of(finding, "days_max")),
        window=_window(finding),
    )


def _window(finding: Row) -> str:
    return between_words(text_of(finding, "window_from"), text_of(finding, "window_to"))


def _speakers(case: Case, finding: Row) -> str:
    told = finding_attribution(case, finding)
    if not told.speakers:
        return "origin not disclosed"
    rows = (case.row("sources", source) or {} for source in told.speakers)
    named = [
        text_of(row, "publisher") or text_of(row, "title") or source
        for row, source in zip(rows, told.speakers, strict=True)
    ]
    names = ", ".join(dict.fromkeys(shown(plain(case.party(name))) for name in named))
    return f"{names}, relayed" if told.relays else names


def _rivals(windows: dict[tuple[str, str], list[Row]]) -> Iterator[str]:
    for (_, subject), (_, *rivals) in windows.items():
        if rivals:
            gives = "gives another window" if len(rivals) == 1 else "give other windows"
            told = "; ".join(f"{_window(one)} ({one['finding_id']})" for one in rivals)
            said = f"{subject}: {counted_words(len(rivals), 'rival account')} {gives}: {told}"
            yield from wrapped(said, terminal_width(), indent=_STEP, hanging=_STEP)
