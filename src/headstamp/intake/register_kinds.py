"""What may be wrong with the entries of a register? Their issue codes, once."""

from headstamp.intake.kinds import IssueKind

RANGE_REFUSED = IssueKind(
    "INTAKE-140",
    "warning",
    "the ends of a range of serials are swapped, or differ in length or in more than one number; "
    "the entry was taken without its range",
    "correct the ends; each range holds the serials of one prefix and one length",
)
RANGE_WIDE = IssueKind(
    "INTAKE-141",
    "warning",
    "a range holds more serials than one consignment may; the entry was taken without it",
    "split it into the ranges that were really made or sent, or correct its ends",
)
ENTRY_TWICE = IssueKind(
    "INTAKE-142",
    "error",
    "two entries of a register have one id, in one file or in two; the first stands, the second "
    "was refused",
    "give the second its own id; where a newer file replaces an older one, load it under a name "
    "of its own",
)
SERIAL_UNKEYED = IssueKind(
    "INTAKE-143",
    "note",
    "a serial of which nothing can be looked up: words, or nothing that can be read",
    "nothing need be done if it says that there is no serial",
)
MIXED_SCRIPTS = IssueKind(
    "INTAKE-144",
    "note",
    "a serial has letters of more than one script; it is looked up under its Latin look-alikes",
    "nothing need be done; the entry keeps its own characters",
)
NO_SERIALS = IssueKind(
    "INTAKE-145",
    "warning",
    "a register has no serial, range or lot that can be looked up: no item can be proposed from "
    "it; a note where its layout reads none",
    "see whether the layout reads the right column",
)
SERIALS_ALIKE = IssueKind(
    "INTAKE-146",
    "warning",
    "one serial stands in very many entries: it is no serial, and carries no weight",
    "see whether the layout reads the right column",
)
