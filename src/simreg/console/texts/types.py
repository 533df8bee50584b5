"""What the staff pages have to say in every language. Names in braces are filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from simreg.decision.profiles.types import Channel, Document, Transaction
from simreg.inspection.numbers import Counted, Dimension
from simreg.inspection.rates import Measure
from simreg.inspection.reconciliation import Code
from simreg.inspection.unusual import Sign, Who
from simreg.registration.types import State, Way
from simreg.service.access import Role
from simreg.service.changes import Kind

Pair = tuple[str, str]
"""A heading and what stands below it, or what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class FrameTexts:
    """What stands around every page."""

    name: str
    language: str
    skip: str
    pages: str
    cases: str
    new_case: str
    queue: str
    sign_out: str
    roles: Mapping[Role, str]
    lost: str
    error_title: str
    error_back: str
    fault: Pair


@dataclass(frozen=True, slots=True)
class SignInTexts:
    """The way in."""

    title: str
    lead: str
    name: str
    password: str
    submit: str
    handed_over: Pair
    signed_out: str
    signed_in: str
    provider: str


@dataclass(frozen=True, slots=True)
class SecondTexts:
    """The second factor."""

    title: str
    lead: str
    set_up: str
    label: str
    letters: str
    code: str
    submit: str
    lost: str
    codes_title: str
    codes_lead: str
    go_on: str


@dataclass(frozen=True, slots=True)
class DeviceTexts:
    """The agent's device."""

    title: str
    lead: str
    registered: str
    another: str
    waiting: str
    register: str
    note: str
    script: str
    signs: str


@dataclass(frozen=True, slots=True)
class ChangesTexts:
    """What two people have to agree to."""

    title: str
    lead: str
    waiting: str
    none: str
    kinds: Mapping[Kind, str]
    from_: str
    to: str
    by: str
    at: str
    what: str
    second: str
    outcome: str
    outcomes: Mapping[str, str]
    nothing: str
    nobody: str
    system: str
    agree: str
    refuse: str
    take_back: str
    somebody_else: str
    role_title: str
    role: str
    propose: str
    ended: str


@dataclass(frozen=True, slots=True)
class InspectTexts:
    """The inspector's pages."""

    numbers: str
    numbers_lead: str
    rates: str
    rates_lead: str
    unknowable: str
    unusual: str
    unusual_lead: str
    unusual_none: str
    cases: str
    cases_lead: str
    reconcile: str
    reconcile_lead: str
    since: str
    until: str
    zone: str
    show: str
    csv: str
    all_: str
    nothing: str
    dimensions: Mapping[Dimension, str]
    counted: Mapping[Counted, str]
    outcomes: Mapping[str, str]
    reason: str
    measures: Mapping[Measure, str]
    share: str
    interval: str
    of: str
    signs: Mapping[Sign, str]
    sign: str
    who: Mapping[Who, str]
    others: str
    chance: str
    sample: str
    size: str
    seed: str
    seed_hint: str
    draw: str
    drawn: str
    gone: str
    folio: str
    one_case: str
    one_case_hint: str
    leaf: str
    kind: str
    fields: str
    logged: str
    file: str
    file_hint: str
    compare: str
    found: str
    found_none: str
    codes: Mapping[Code, str]
    line: str
    row: str
    at: str
    case: str
    bad: str


@dataclass(frozen=True, slots=True)
class CasesTexts:
    """The agent's list."""

    title: str
    lead: str
    lead_shop: str
    none: str
    line: str
    search: str
    found: str
    not_found: str
    back: str
    opened: str
    only_newest: str


@dataclass(frozen=True, slots=True)
class OrderTexts:
    """The form that opens a case."""

    title: str
    profile: str
    profile_change: str
    no_shop: str
    line: str
    line_hint: str
    transaction: str
    channel: str
    language: str
    identity: str
    identity_hint: str
    identity_again: str
    lines_elsewhere: str
    lines_elsewhere_hint: str
    iccid: str
    iccid_hint: str
    shop: str
    shop_hint: str
    optional: str
    submit: str


@dataclass(frozen=True, slots=True)
class CaseTexts:
    """A case as its agent sees it."""

    attempts: str
    states: Mapping[State, Pair]
    short: Mapping[State, str]
    again: Pair
    locked: str
    why: str
    cancelled_attempt: str
    expires: str
    changed: str
    folio: str
    line: str
    transaction: str
    state: str
    at: str
    accepted_by: str
    ways: Mapping[Way, str]
    print_: str
    look_again: str
    waiting_for_two: str


@dataclass(frozen=True, slots=True)
class ActTexts:
    """What an agent can do with a case."""

    heading: str
    phone: Pair
    phone_submit: str
    device: Pair
    device_submit: str
    alternative: Pair
    alternative_ways: str
    alternative_reason: str
    rather_not: str
    cannot: str
    alternative_submit: str
    finish: Pair
    document: str
    note: str
    note_hint: str
    finish_accept: str
    finish_refuse: str
    cancel: Pair
    cancel_reason: str
    cancel_submit: str


@dataclass(frozen=True, slots=True)
class LinkTexts:
    """The page with the code for the subscriber's phone."""

    title: str
    lead: str
    label: str
    address: str
    copy: str
    copied: str
    good_until: str
    back: str


@dataclass(frozen=True, slots=True)
class ReviewTexts:
    """The reviewer's queue and a case in it."""

    queue: str
    queue_lead: str
    queue_none: str
    waiting: str
    seen_by_you: str
    second: str
    more: str
    first_page: str
    title: str
    why: str
    no_reasons: str
    challenge: str
    done: str
    missed: str
    reaction: str
    reactions: str
    comparison: str
    similarity: str
    bands: Mapping[str, str]
    probes: str
    reference_quality: str
    recording: str
    recording_words: str
    checks: str
    bound: str
    pictures: str
    pictures_lead: str
    reference: str
    frame: str
    reference_gone: str
    frames_gone: str
    frames_never: str
    curves_gone: str
    decide: str
    decide_lead: str
    decide_first: str
    decide_second: str
    reason: str
    reason_hint: str
    accept: str
    refuse: str
    yours: Pair
    over: Pair
    opinions: str
    accepted: str
    refused: str
    back: str
    looked: str


@dataclass(frozen=True, slots=True)
class Texts:
    """All fixed words of the pages in one language.

    ``errors`` and ``reasons`` are by code; what is missing there is told as the server has it, in English.
    """

    language: str
    frame: FrameTexts
    sign_in: SignInTexts
    second: SecondTexts
    device: DeviceTexts
    changes: ChangesTexts
    inspect: InspectTexts
    cases: CasesTexts
    order: OrderTexts
    case: CaseTexts
    acts: ActTexts
    link: LinkTexts
    review: ReviewTexts
    transactions: Mapping[Transaction, str]
    channels: Mapping[Channel, str]
    documents: Mapping[Document, str]
    languages: Mapping[str, str]
    errors: Mapping[str, Pair]
    reasons: Mapping[str, Pair]
    reason_unknown: Pair
