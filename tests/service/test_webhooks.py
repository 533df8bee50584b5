"""Webhooks and the outbox: a message for every new state, in the transaction of the change, until it arrives."""

import base64
from datetime import datetime

import pytest
from sqlalchemy import func, select

from service.desk import ACCEPT, KEYS, REFUSE, Desk, SeededChance
from simreg.errors import ConflictError, InputError, NotFoundError
from simreg.service.webhooks import BACK_OFF_S, KINDS, TAKEN_S, Webhooks
from simreg.storage.database import Database
from simreg.storage.tables import EVENTS, OUTBOX

URL = "https://operator.example/hooks"


class Post:
    """A desk with webhooks."""

    def __init__(self, database: Database) -> None:
        self.desk = Desk(database)
        self.hooks = Webhooks(database, KEYS, lambda: self.desk.now, SeededChance(3))


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)


def test_every_new_state_is_told_once(post: Post, database: Database) -> None:
    new = post.hooks.create(URL)
    case = post.desk.attempted(post.desk.attempted(post.desk.referenced(), REFUSE), ACCEPT)
    post.desk.registration.confirm_activation(case.id, "api:1")
    due = sorted(post.hooks.due(), key=lambda delivery: int(delivery.payload["data"]["version"]))
    told = [(delivery.payload["data"]["version"], delivery.kind) for delivery in due]
    events = post.desk.registration.events(case.id)
    assert told == [(event.version, f"case.{event.state}") for event in events]
    assert {delivery.url for delivery in due} == {URL}
    assert new.secret == "whsec_" + base64.b64encode(due[0].secret).decode()
    assert len({delivery.id for delivery in due}) == len(due)
    last = due[-1].payload
    assert (last["type"], last["data"]["state"], last["data"]["folio"]) == ("case.activated", "activated", case.folio)
    assert datetime.fromisoformat(last["timestamp"]).tzinfo is not None


def test_what_was_not_done_is_not_told(post: Post, database: Database) -> None:
    post.hooks.create(URL)
    case = post.desk.opened()
    with pytest.raises(ConflictError):
        post.desk.registration.confirm_activation(case.id, "api:1")
    first, second = post.desk.accepted(line="+8613800000009"), post.desk.accepted(line="+8613800000009")
    post.desk.registration.confirm_activation(first.id, "api:1")
    with pytest.raises(ConflictError):  # found out only after the change was made in the transaction
        post.desk.registration.confirm_activation(second.id, "api:1")
    with database.read() as tx:
        kinds = list(tx.scalars(select(OUTBOX.c.kind)))
        states = list(tx.scalars(select(EVENTS.c.state)))
        assert tx.execute(select(func.count()).select_from(OUTBOX)).scalar_one() == len(states)
    assert kinds.count("case.activated") == 1


def test_a_webhook_hears_of_its_kinds_only_and_not_while_it_is_off(post: Post) -> None:
    some = post.hooks.create(URL, ("case.consented", "case.consented")).webhook
    assert some.kinds == ("case.consented",)
    case = post.desk.opened()
    post.desk.registration.consent(case.id, "subscriber", "1")
    assert [delivery.kind for delivery in post.hooks.due()] == ["case.consented"]
    post.hooks.change(some.id, disabled=True)
    post.desk.later(TAKEN_S)
    assert post.hooks.due() == []
    post.desk.registration.consent(post.desk.opened().id, "subscriber", "1")
    post.hooks.change(some.id, disabled=False)
    assert len(post.hooks.due()) == 1  # the one that waited


def test_a_message_is_one_sender_s_for_a_minute_then_another_s(post: Post) -> None:
    post.hooks.create(URL)
    post.desk.opened()
    first = post.hooks.due()
    assert len(first) == 1
    assert post.hooks.due() == []
    post.desk.later(TAKEN_S)
    assert post.hooks.due() == first


def test_what_arrived_is_not_sent_again(post: Post) -> None:
    post.hooks.create(URL)
    post.desk.opened()
    post.hooks.delivered(post.hooks.due()[0].id)
    post.desk.later(10**6)
    assert post.hooks.due() == []


def test_what_does_not_arrive_is_tried_again_ever_later_and_given_up(post: Post) -> None:
    post.hooks.create(URL)
    post.desk.opened()
    ids = set()
    for tries, wait in enumerate(BACK_OFF_S):
        (delivery,) = post.hooks.due()
        assert delivery.tries == tries
        ids.add(delivery.id)
        assert post.hooks.failed(delivery.id, "503")
        post.desk.later(wait - 1)
        assert post.hooks.due() == []
        post.desk.later(1)
    (delivery,) = post.hooks.due()
    assert not post.hooks.failed(delivery.id, "x" * 1000)
    post.desk.later(10**7)
    assert post.hooks.due() == []
    assert ids == {delivery.id}
    assert list(BACK_OFF_S) == sorted(BACK_OFF_S)


def test_a_webhook_that_is_deleted_takes_its_messages_along(post: Post) -> None:
    hook = post.hooks.create(URL).webhook
    post.desk.opened()
    post.hooks.delete(hook.id)
    assert (post.hooks.due(), post.hooks.all()) == ([], [])
    for act in (post.hooks.get, post.hooks.delete, post.hooks.change):
        with pytest.raises(NotFoundError):
            act(hook.id)
        with pytest.raises(NotFoundError):
            act("\0")


def test_a_webhook_can_be_changed(post: Post) -> None:
    hook = post.hooks.create(URL).webhook
    changed = post.hooks.change(hook.id, url="https://other.example/", kinds=("case.activated",))
    assert post.hooks.get(hook.id) == changed
    assert post.hooks.all() == [changed]
    assert (changed.url, changed.kinds, changed.disabled_at) == ("https://other.example/", ("case.activated",), None)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "operator.example",
        "http://operator.example/",
        "ftp://operator.example",
        "https://",
        "https://a b/",
        "https://[::1",
        "https://x/" + "a" * 2000,
        "https://ä.example",
        "https://x:99999/",
        "javascript:alert(1)",
        "https://x/\0",
    ],
)
def test_an_address_that_is_not_https_is_refused(address: str, post: Post) -> None:
    with pytest.raises(InputError) as caught:
        post.hooks.create(address)
    assert caught.value.code == "webhook-url"


def test_a_trial_on_one_s_own_machine_needs_no_tls(post: Post) -> None:
    assert post.hooks.create("http://localhost:9000/hook").webhook.url == "http://localhost:9000/hook"


def test_unknown_kinds_are_refused(post: Post) -> None:
    assert "case.activated" in KINDS
    with pytest.raises(InputError):
        post.hooks.create(URL, ("case.activated", "case.lost"))


def test_messages_that_arrived_are_forgotten_after_a_month(post: Post, database: Database) -> None:
    post.hooks.create(URL)
    post.desk.opened()
    post.hooks.delivered(post.hooks.due()[0].id)
    post.desk.later(31 * 86_400)
    post.desk.registration.sweep_sealed()
    with database.read() as tx:
        assert tx.execute(select(func.count()).select_from(OUTBOX)).scalar_one() == 0
