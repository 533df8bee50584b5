from decision.profiles.files import mine
from simreg.decision.profiles.diff import differences
from simreg.decision.profiles.shelf import builtin, names


def test_a_profile_does_not_differ_from_itself() -> None:
    assert all(differences(builtin(name), builtin(name)) == () for name in names())


def test_rules_and_texts_that_differ_are_told_both_ways() -> None:
    found = {one.rule: (one.first, one.second) for one in differences(builtin("kr"), mine())}
    assert found == {
        "attempts": ("3", "2"),
        "lock_out": (
            "5 failures within 3 minutes lock for 30 minutes",
            "4 failures within 5 minutes lock for 1 hour",
        ),
        "retention.frames": ("10 minutes", "5 minutes"),
        "notices": ("receipt", "receipt"),
        "duties": ("nothing of its own", "tell"),
    }


def test_the_other_way_round_is_the_same_with_sides_changed() -> None:
    there = [(one.rule, one.first, one.second) for one in differences(builtin("cn"), builtin("kr"))]
    back = [(one.rule, one.second, one.first) for one in differences(builtin("kr"), builtin("cn"))]
    assert there == back
    assert "lines_per_person" in {rule for rule, _, _ in there}
