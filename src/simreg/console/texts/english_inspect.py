"""The inspector's pages in English."""

from simreg.console.texts.types import InspectTexts
from simreg.inspection.numbers import Counted, Dimension
from simreg.inspection.rates import Measure
from simreg.inspection.reconciliation import Code
from simreg.inspection.unusual import Sign, Who

INSPECT = InspectTexts(
    numbers="Numbers",
    numbers_lead="Counted from the log’s leaves. This look is one of them now.",
    rates="Error rates",
    rates_lead="Shares with exact 95 % intervals; each case counts once.",
    unknowable=(
        "What no log can tell: false matches, false non-matches and attacks that passed, as who somebody "
        "truly was is written nowhere. These need a test with known people."
    ),
    unusual="Unusual",
    unusual_lead=(
        "Agents and shops that differ from all others by more than chance. Where all are alike, anybody at "
        "all is named in at most one look of a hundred. To be named is a question, not a verdict."
    ),
    unusual_none="Nobody differs from the others. {tested} comparisons were made.",
    cases="Cases",
    cases_lead="A sample that nobody chose, or one case as its leaves.",
    reconcile="Reconciliation",
    reconcile_lead="Hold the network’s list of lines that were switched on against the log.",
    since="From",
    until="To",
    zone="Time zone",
    show="Show",
    csv="All of it as CSV",
    all_="All",
    nothing="There is nothing in this time.",
    dimensions={
        Dimension.DAY: "Day",
        Dimension.SHOP: "Shop",
        Dimension.AGENT: "Agent",
        Dimension.TRANSACTION: "Transaction",
        Dimension.PROFILE: "Rules",
    },
    counted={
        Counted.OPENED: "Opened",
        Counted.ATTEMPTS: "Attempts",
        Counted.ATTEMPT_ACCEPTED: "Attempts accepted",
        Counted.ATTEMPT_REFERRED: "Attempts referred",
        Counted.ATTEMPT_FAILED: "Attempts failed",
        Counted.ATTEMPT_ABANDONED: "Attempts abandoned",
        Counted.ACCEPTED: "Accepted",
        Counted.REFUSED: "Refused",
        Counted.ENDED: "Ended otherwise",
        Counted.ACTIVATED: "Lines on",
    },
    outcomes={"accepted": "accepted", "referred": "referred", "failed": "failed", "abandoned": "abandoned"},
    reason="Reason",
    measures={
        Measure.FIRST_ACCEPTED: "First attempt accepted",
        Measure.FIRST_REFERRED: "First attempt referred",
        Measure.FIRST_FAILED: "First attempt failed",
        Measure.FIRST_ABANDONED: "First attempt abandoned",
        Measure.AGAIN: "Case with a second attempt",
        Measure.REFUSED: "Decided case refused",
        Measure.WITHOUT_FACE: "Accepted without a face",
        Measure.REVIEW_ACCEPTS: "Referred, then accepted",
        Measure.DISAGREE: "Two reviewers disagree",
        Measure.FAILED_THEN_ACCEPTED: "Failed, then accepted without a face",
    },
    share="Share",
    interval="Interval",
    of="of",
    signs={
        Sign.FAILURES: "First attempt failed",
        Sign.ABANDONED: "First attempt abandoned",
        Sign.REPEATS: "Opened again within a day of an acceptance",
        Sign.WITHOUT_FACE: "Accepted without a face",
        Sign.ODD_HOURS: "At odd hours",
        Sign.HASTE: "Within a minute of the last",
        Sign.UNCOVERED: "Switched on without an acceptance",
    },
    sign="Sign",
    who={
        Who.AGENT: "Agent",
        Who.SHOP: "Shop",
    },
    others="Others",
    chance="Chance",
    sample="Sample",
    size="Cases",
    seed="Seed",
    seed_hint="64 of 0–9 and a–f; empty to have one drawn. Whoever knows it draws the same cases.",
    draw="Draw",
    drawn="{count} of {of} cases, by the seed",
    gone="record gone",
    folio="Folio",
    one_case="One case",
    one_case_hint="Its folio, such as 8F3KQ-27XMB, or its id.",
    leaf="Leaf",
    kind="Kind",
    fields="What it says",
    logged="This look stands in the log, too.",
    file="List of lines",
    file_hint=(
        "CSV in UTF-8 with line, activated_at, and agent and shop where they are known; up to 16 MB. The "
        "command takes larger ones."
    ),
    compare="Compare",
    found="Found",
    found_none="Every activation has an acceptance of its own, and every acceptance its activation.",
    codes={
        Code.NOT_IN_LOG: "Switched on, but never accepted",
        Code.REFUSED: "Switched on though refused",
        Code.BEFORE: "Switched on before it was accepted",
        Code.LATE: "Switched on long after it was accepted",
        Code.SECOND: "A second activation on one acceptance",
        Code.REPEATED: "The row stands twice",
        Code.NOT_ACTIVATED: "Accepted, but not switched on",
        Code.LOG_SECOND: "The log has two activations of one attempt",
        Code.LOG_WITHOUT: "The log has an activation without an acceptance",
        Code.CROWDED: "Too many rows of one line",
    },
    line="Line",
    row="Row",
    at="When",
    case="Case",
    bad="Rows that cannot be used",
)
