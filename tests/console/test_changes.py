"""What two people agree to, on its page."""

from console.house import House, words
from simreg.service.changes import SYSTEM, Kind

NEW = "cd" * 32


def test_a_role_is_proposed_by_one_and_agreed_to_by_another(house: House) -> None:
    cora, otto = house.as_("cora"), house.as_("otto")
    assert cora.send("/staff/changes", name="ann", role="reviewer").status_code == 303
    [waits] = house.changes.waiting()
    assert f'action="/staff/changes/{waits.id}"' in otto.get("/staff/changes").text
    mine = cora.get("/staff/changes")
    assert "Somebody else has to agree." in words(mine)
    assert 'value="agree"' not in mine.text
    assert cora.send("/staff/changes", f"/staff/changes/{waits.id}", decision="agree").status_code == 409
    assert otto.send("/staff/changes", f"/staff/changes/{waits.id}", decision="agree").status_code == 303
    assert {one.name: one.role for one in house.access.staff()}["ann"] == "reviewer"
    told = words(cora.get("/staff/changes"))
    assert "Role: ann reviewer cora otto carried out" in told


def test_what_the_server_found_is_shown_with_what_it_would_replace(house: House) -> None:
    house.changes.in_use(Kind.POLICY, "mine", NEW)
    page = house.as_("cora").get("/staff/changes")
    assert "Rules: mine" in words(page)
    assert NEW[:12] in page.text
    assert "the server, when it started" in words(page)
    assert house.changes.waiting()[0].proposed_by == SYSTEM


def test_a_proposal_can_be_refused_and_taken_back(house: House) -> None:
    cora, otto = house.as_("cora"), house.as_("otto")
    for browser in (otto, cora):
        cora.send("/staff/changes", name="ann", role="reviewer")
        [waits] = house.changes.waiting()
        browser.send("/staff/changes", f"/staff/changes/{waits.id}", decision="refuse")
        assert house.changes.waiting() == []
    assert {one.name: one.role for one in house.access.staff()}["ann"] == "agent"


def test_what_cannot_be_is_told_in_words(house: House) -> None:
    cora = house.as_("cora")
    for name, role, code in (
        ("ann", "king", "change-value"),
        ("nobody", "agent", "staff-unknown"),
        ("ann", "agent", "change-none"),
    ):
        answer = cora.send("/staff/changes", name=name, role=role)
        assert answer.status_code == 422
        assert f'data-problem="{code}"' in answer.text
    assert cora.send("/staff/changes", name="ann", role="reviewer").status_code == 303
    [waits] = house.changes.waiting()
    assert cora.send("/staff/changes", f"/staff/changes/{waits.id}", decision="perhaps").status_code == 303
    assert house.changes.waiting() == [waits]
