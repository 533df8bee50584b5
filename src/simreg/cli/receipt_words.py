"""A verified receipt in plain words for a terminal."""

from simreg.cli.log_parts import moment
from simreg.log.receipt import Receipt
from simreg.log.receipt_check import UNDECIDED, Code, Verdict

KINDS = {
    "case-opened": "a case was opened",
    "consent": "the subscriber consented",
    "attempt": "an attempt was made",
    "decision": "a case was decided",
    "review": "a reviewer looked at a case",
    "activation": "a line was switched on or off",
    "key-destroyed": "the key of what was kept was destroyed",
    "evidence-viewed": "somebody looked at what is kept",
    "case-ended": "a case ended",
    "policy-changed": "the rules were changed",
    "model-changed": "a network or threshold was changed",
    "staff-changed": "the staff was changed",
    "inspection": "an inspector looked",
}
APART = {"v", "kind", "at"}


def told(verdict: Verdict) -> str:
    """The verdict, and what the record says where nothing is false."""
    head = "VERIFIED" if verdict.code is Code.VERIFIED else "NOT DECIDED" if verdict.code in UNDECIDED else "FALSE"
    lines = [f"{head} [{verdict.code}]", f"  {verdict.sentence}"]
    if verdict.receipt is not None and verdict.checkpoint is not None and head != "FALSE":
        lines += ["", *_record(verdict.receipt), "", *_place(verdict)]
    return "\n".join(lines)


def _record(receipt: Receipt) -> list[str]:
    leaf = receipt.leaf()
    lines = [f"On {moment(leaf['at'])} it was recorded that {KINDS.get(leaf['kind'], leaf['kind'])}:"]
    for name, value in leaf.items():
        if name not in APART and name not in receipt.opened:
            lines.append(f"  {name:<12}{', '.join(map(str, value)) if isinstance(value, list) else value}")
    lines += [f"  {name:<12}{_plain(one.value)}  (as committed to)" for name, one in receipt.opened.items()]
    return lines


def _place(verdict: Verdict) -> list[str]:
    receipt, checkpoint = verdict.receipt, verdict.checkpoint
    assert receipt is not None and checkpoint is not None  # noqa: S101, PT018 - told() has looked
    lines = [f"It is record {receipt.index} of {checkpoint.size} in the log {checkpoint.origin}."]
    lines += [f"Seen by the witness {one.by.name} on {moment(one.at)}." for one in verdict.seen if one.at is not None]
    return lines


def _plain(text: str) -> str:
    """A text from outside without what a terminal would obey."""
    return "".join(character if character.isprintable() else "?" for character in text)
