"""Which columns have the tables that are not a package's own? As EXCHANGE.md prints them."""

ITEMS_ADDED = (
    "file",
    "row",
    "maker",
    "maker_country",
    "year_from",
    "year_to",
    "calibre_family",
    "serial_key",
)
MARKS_ADDED = ("readings", "key")
CLAIMS_ADDED = ("origin", "lineage", "class", "live")


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LINKS = _columns(
    "proposal_id item_id other_kind register other_id probability weight_bits basis strangers state"
)
FINDINGS = _columns(
    "finding_id kind subject_kind subject_id verdict standing voice contested replied origins "
    "from_event to_event days_min days_max window_from window_to parties rests_on reason"
)
CHAIN = _columns(
    "item_id account leg verb from_party via_party to_party on_earliest on_latest place standing "
    "gap claims derived dated"
)
CHAINS = (*CHAIN[:-1], *_columns("subject_kind note decided_by beside"), CHAIN[-1])
SUBJECTS = _columns("subject_kind item_id first_leg n_legs")
LEFT_OUT = _columns("n_protected n_erased n_resting n_issues")
FIGURES = _columns("measure group_by group count share base undetermined low high")
AGAINST = _columns(
    "figure_id statement measure group_by group value unit base hedge total ours difference why"
)
ISSUES = _columns("code severity file row column raw message hint entry")
PATHWAYS = _columns("finding_id item_id pathway state why decided_by")
LINEAGE = _columns("source_id relays_from n_rows")
RESTS_ON_SOURCE = _columns("source_id n_rows rests_on_it falls_without_it")
EXPLAIN = _columns("level id text file row exhibit locator quote")
DIFFERENCE = _columns("change kind id before after rests_on")
INTAKES = _columns(
    "entry recorded_at kind name layout rows taken same left refused "
    "cells read noted cells_same ignored reported superseded_by note"
)
INTAKE_TABLES = _columns("entry table rows read same refused")
INTAKE_COLUMNS = _columns("entry column filled read ignored reported why")
INTAKE_LEFT = _columns("entry why rows cells")
ISSUE_KINDS = _columns("code severity meaning remedy")
IDENTIFIED = _columns("measure what stated identified base share")
REGISTERS = _columns(
    "register seq file layout source_id n_rows n_serials n_distinct n_unkeyed n_ranges n_lots "
    "n_makers kinds first_on last_on state"
)
ENTRIES = _columns(
    "register entry_id file row kind maker model calibre country year serial serial_from serial_to "
    "lot quantity consignment_id from_party to_party on source_row"
)
