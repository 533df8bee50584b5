"""Nothing that decides about people changes by one person alone, once there are two."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.desk import Desk, SeededChance
from service.test_access import PASSWORD, QUICK
from simreg.errors import AccessError, ConflictError, InputError, NotFoundError
from simreg.log import leaves
from simreg.log.leaves import Leaf, read_entry
from simreg.service.access import Access, Role
from simreg.service.changes import SYSTEM, WAITS, Changes, Kind
from simreg.settings import Settings
from simreg.storage import log
from simreg.storage.database import Database
from simreg.storage.types import StaffMember

ACTS, PEOPLE = st.sampled_from(["propose", "agree", "refuse"]), st.sampled_from(["cora", "otto", "ann"])
OLD, NEW = "ab" * 32, "cd" * 32


class Office:
    """Two who may agree, two who may not."""

    def __init__(self, database: Database, *, people: tuple[str, ...] = ("cora", "otto", "ann", "rex")) -> None:
        self.database, self.desk = database, Desk(database)
        self.access = Access(database, lambda: self.desk.now, SeededChance(3), Settings(), QUICK)
        self.changes = Changes(database, lambda: self.desk.now, SeededChance(4))
        roles = {"cora": Role.COMPLIANCE_OFFICER, "otto": Role.OPERATOR, "ann": Role.AGENT, "rex": Role.REVIEWER}
        for name in people:
            self.access.create_staff(name, roles[name], PASSWORD)

    def member(self, name: str) -> StaffMember:
        return next(one for one in self.access.staff() if one.name == name)

    def actor(self, name: str) -> str:
        return f"staff:{self.member(name).id}"

    def leaves(self) -> list[Leaf]:
        with self.database.read() as tx:
            return [read_entry(one)[0] for one in log.entries(tx, 0, log.frontier(tx).size)]


def test_a_policy_changes_when_a_second_person_agrees(database: Database) -> None:
    office = Office(database)
    made = office.changes.propose(Kind.POLICY, "mine", NEW, office.actor("cora"))
    assert made.outcome is None
    before = office.leaves()
    with pytest.raises(ConflictError) as caught:
        office.changes.agree(made.id, office.member("cora"))
    assert caught.value.code == "change-own"
    for name in ("ann", "rex"):
        with pytest.raises(AccessError):
            office.changes.agree(made.id, office.member(name))
    assert office.leaves() == before
    assert office.changes.in_use(Kind.POLICY, "mine", NEW) is not None
    done = office.changes.agree(made.id, office.member("otto"))
    assert (done.outcome, done.second) == ("done", office.actor("otto"))
    assert office.changes.in_use(Kind.POLICY, "mine", NEW) is None
    assert office.leaves()[len(before) :] == [leaves.PolicyChanged(office.actor("cora"), NEW, None, office.actor("otto"))]
    with pytest.raises(ConflictError) as caught:
        office.changes.agree(made.id, office.member("otto"))
    assert caught.value.code == "change-over"


def test_what_the_server_finds_needs_two_people(database: Database) -> None:
    office = Office(database)
    waits = office.changes.in_use(Kind.THRESHOLD, "threshold", NEW)
    assert waits is not None
    assert office.changes.in_use(Kind.THRESHOLD, "threshold", NEW) == waits  # the next start proposes it no second time
    first = office.changes.agree(waits.id, office.member("otto"))
    assert first.outcome is None
    with pytest.raises(ConflictError):
        office.changes.agree(waits.id, office.member("otto"))
    assert office.changes.agree(waits.id, office.member("cora")).outcome == "done"
    leaf = office.leaves()[-1]
    assert isinstance(leaf, leaves.ModelChanged)
    assert (leaf.part, leaf.actor, leaf.second) == ("threshold", office.actor("otto"), office.actor("cora"))


def test_a_role_changes_by_two_and_ends_all_sign_ins(database: Database) -> None:
    office = Office(database)
    signed = office.access.sign_in("ann", PASSWORD)
    made = office.changes.propose(Kind.ROLE, "ann", Role.REVIEWER, office.actor("otto"))
    assert office.member("ann").role == Role.AGENT
    office.changes.agree(made.id, office.member("cora"))
    assert office.member("ann").role == Role.REVIEWER
    with pytest.raises(AccessError):
        office.access.session(signed.token)
    leaf = office.leaves()[-1]
    assert isinstance(leaf, leaves.StaffChanged)
    assert (leaf.change, leaf.role, leaf.second) == ("role", "reviewer", office.actor("cora"))


def test_while_a_deployment_is_set_up_one_is_enough_and_the_log_says_so(database: Database) -> None:
    office = Office(database, people=("cora", "ann"))
    assert office.changes.in_use(Kind.POLICY, "mine", OLD) is None
    assert office.leaves()[-1] == leaves.PolicyChanged(SYSTEM, OLD)
    office.access.create_staff("otto", Role.OPERATOR, PASSWORD)
    made = office.changes.in_use(Kind.POLICY, "mine", NEW)
    assert made is not None
    for name in ("cora", "otto"):
        office.changes.agree(made.id, office.member(name))
    office.access.disable_staff("otto")  # two have agreed once: it stays so
    assert office.changes.in_use(Kind.POLICY, "mine", OLD) is not None


def test_a_refused_or_old_proposal_cannot_be_agreed_to(database: Database) -> None:
    office = Office(database)
    made = office.changes.propose(Kind.POLICY, "mine", NEW, office.actor("cora"))
    office.changes.refuse(made.id, office.member("otto"))
    with pytest.raises(ConflictError, match="over"):
        office.changes.agree(made.id, office.member("otto"))
    late = office.changes.propose(Kind.POLICY, "mine", NEW, office.actor("cora"))
    office.desk.now += WAITS
    with pytest.raises(ConflictError, match="over"):
        office.changes.agree(late.id, office.member("otto"))
    assert office.changes.waiting() == []


def test_a_proposal_that_another_one_overtook_is_stale(database: Database) -> None:
    office = Office(database)
    one = office.changes.propose(Kind.POLICY, "mine", OLD, office.actor("cora"))
    two = office.changes.propose(Kind.POLICY, "mine", NEW, office.actor("cora"))
    office.changes.agree(two.id, office.member("otto"))
    with pytest.raises(ConflictError) as caught:
        office.changes.agree(one.id, office.member("otto"))
    assert caught.value.code == "change-stale"


@pytest.mark.parametrize(
    ("kind", "target", "value"),
    [(Kind.POLICY, "mine", "short"), (Kind.ROLE, "ann", "king"), (Kind.POLICY, "x", "AB" * 32)],
)
def test_what_cannot_be_is_not_proposed(kind: Kind, target: str, value: str, database: Database) -> None:
    with pytest.raises(InputError):
        Office(database).changes.propose(kind, target, value, SYSTEM)


def test_nobody_s_role_and_no_change(database: Database) -> None:
    office = Office(database)
    with pytest.raises(NotFoundError):
        office.changes.propose(Kind.ROLE, "nobody", Role.AGENT, SYSTEM)
    with pytest.raises(ConflictError) as caught:
        office.changes.propose(Kind.ROLE, "ann", Role.AGENT, SYSTEM)
    assert caught.value.code == "change-none"
    with pytest.raises(NotFoundError):
        office.changes.agree("prop_x", office.member("cora"))


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@given(
    st.lists(
        st.tuples(st.sampled_from(["propose", "agree", "refuse"]), st.sampled_from(["cora", "otto", "ann"])), max_size=8
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_people_do_nothing_changes_by_one_alone(database: Database, acts: list[tuple[str, str]]) -> None:
    from storage.databases import clear

    clear(database)
    office = Office(database)
    for act, name in acts:
        try:
            if act == "propose":
                office.changes.propose(Kind.POLICY, "mine", NEW, office.actor(name))
            else:
                waits = office.changes.waiting()
                if waits:
                    getattr(office.changes, act)(waits[0].id, office.member(name))
        except (ConflictError, AccessError):
            continue
    for leaf in office.leaves():
        if isinstance(leaf, leaves.PolicyChanged):
            assert leaf.second is not None
            assert leaf.second != leaf.actor
            assert leaf.second in {office.actor("cora"), office.actor("otto")}
