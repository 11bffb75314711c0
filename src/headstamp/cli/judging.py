"""How is it said what was judged? One proposal by a person, or many by a written rule."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from headstamp.actions.judge_by_rule import JUDGED, Ruled, judge_by_rule
from headstamp.actions.judge_link import judge_link
from headstamp.cli.acting import say_recorded, writing
from headstamp.cli.options import Format, View
from headstamp.cli.show import say, show, write
from headstamp.cli.telling import changes_text, counted_words, sums_text
from headstamp.terms.errors import MisuseError
from headstamp.terms.table import Table

Given = tuple[str | None, str | None, str | None]
"""The proposal, the verdict and the reason, as far as they were given."""

_MOST_TOLD = 3
"""So many of each kind are told as examples of what a rule changes; the rest is counted."""


def judge_one(root: Path, given: Given, *, dry_run: bool) -> None:
    """Record a person's decision and say what follows.

    Raises:
        MisuseError: The proposal, the verdict or the reason is not given.
    """
    proposal, verdict, reason = given
    if proposal is None or verdict is None or reason is None:
        named = zip(("PROPOSAL", "--verdict", "--reason"), given, strict=True)
        missing = ", ".join(name for name, one in named if one is None)
        hint = "a person's decision needs all three; `--rule FILE` applies a written rule instead"
        raise MisuseError(f"{missing} not given", hint=hint)
    by = writing(root, dry_run=dry_run)
    judged = judge_link(root, proposal, verdict=verdict, reason=reason, by=by)
    write(f"{judged.judgement_id}\n", None)
    say_recorded(f"{judged.proposal_id} judged {verdict}", judged.seq)
    say(changes_text(judged.changes, is_whole=False))


def judge_all(root: Path, rule: Path, given: Given, *, dry_run: bool, shown: View) -> None:
    """Apply a written rule and say how much it judged and what follows; or only what it would.

    Raises:
        MisuseError: A proposal, verdict or reason is given too: these the rule says.
    """
    if any(one is not None for one in given):
        message = "--rule stands alone: what it judges, how and why the file says"
        raise MisuseError(message, hint="leave PROPOSAL, --verdict and --reason out")
    ruled = judge_by_rule(root, rule, by=writing(root, dry_run=dry_run))
    if dry_run or shown.form is not Format.TABLE:
        show(ruled.judged, shown, columns=JUDGED)
    else:
        write(f"{ruled.rule}\n", shown.output)
    _say_ruled(ruled, dry_run=dry_run)


def _say_ruled(ruled: Ruled, *, dry_run: bool) -> None:
    n_judged = len(ruled.judged.rows)
    among = f"{n_judged:,} of {counted_words(ruled.n_open, 'open proposal')}"
    if dry_run:
        say(f"dry run: {ruled.rule} would judge {among}; nothing recorded")
    elif ruled.seq is None:
        say(f"{ruled.rule} finds nothing to judge; nothing recorded")
    else:
        say_recorded(f"{among} judged by {ruled.rule}", ruled.seq)
    left = {
        "protected, and left to a person": ruled.n_protected,
        "no longer in the register: run `headstamp trace`": ruled.n_gone,
        "judged by this rule before, and that was withdrawn": ruled.n_before,
    }
    for why, count in left.items():
        if count:
            say(f"  left: {counted_words(count, 'proposal')} {why}")
    for line in _judged_lines(ruled.judged):
        say(line)
    if n_judged:
        say(sums_text(ruled.changes, most=_MOST_TOLD))
    if ruled.seq is not None:
        say(f'`headstamp withdraw {ruled.rule} --reason "…"` undoes all of it')


def _judged_lines(judged: Table) -> Iterator[str]:
    """Yield how many were judged of each register, and of which kinds their entries are."""
    counts: dict[str, Counter[str]] = {}
    for row in judged.rows:
        among = f"of register {row['register']}" if row["register"] else "of packages and items"
        counts.setdefault(among, Counter())[str(row["kind"] or "of no one kind")] += 1
    for among, kinds in sorted(counts.items()):
        listed = ", ".join(f"{kind} {n:,}" for kind, n in sorted(kinds.items()))
        of_kinds = f" ({listed})" if among.startswith("of register") else ""
        verdict = judged.rows[0]["verdict"]
        yield f"  {kinds.total():,} {among}: {verdict}{of_kinds}"
