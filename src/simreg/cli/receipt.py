"""``simreg receipt``: verify a receipt, offline and without the operator."""

import argparse
from pathlib import Path
from typing import Any

from simreg.cli.server import server_part

VERIFIED, FALSE, UNDECIDED = 0, 1, 3
"""Exit statuses; unusable input is 2, as everywhere."""


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``receipt`` and its command."""
    receipt = subparsers.add_parser("receipt", help="verify a receipt without asking the operator").add_subparsers(
        dest="receipt_command", metavar="COMMAND", required=True
    )
    text = "say whether a receipt is true; the exit status is 0 if it is, 1 if not, 3 if that cannot be told"
    command = receipt.add_parser("verify", help=text, description=f"{text}.")
    command.add_argument("file", type=Path, metavar="FILE", help="the receipt")
    command.add_argument("--key", metavar="VKEY", help="the log's public key, or a file with it")
    command.add_argument("--witness", action="append", default=[], metavar="VKEY", help="a witness's; again for each")
    command.add_argument("--checkpoint", type=Path, metavar="FILE", help="a checkpoint that came another way")
    command.add_argument("--tiles", type=Path, metavar="FOLDER", help="a copy of the log, to link receipt and checkpoint")
    command.set_defaults(func=verify)


def verify(options: argparse.Namespace) -> int:
    """Verify a receipt: 0 if it is true, 1 if not, 3 if something is missing to tell."""
    with server_part():
        from simreg.cli.log_parts import fetch_from, key_argument, read
        from simreg.cli.receipt_words import told
        from simreg.log.receipt_check import UNDECIDED as MISSING
        from simreg.log.receipt_check import Code, Given, verify_receipt
    given = Given(
        key=key_argument(options.key) if options.key else None,
        witnesses=[key_argument(one) for one in options.witness],
        checkpoint=read(options.checkpoint) if options.checkpoint else None,
        fetch=fetch_from(options.tiles) if options.tiles else None,
    )
    verdict = verify_receipt(read(options.file).decode("utf-8", "replace"), given)
    print(told(verdict))
    if verdict.code is Code.VERIFIED:
        return VERIFIED
    return UNDECIDED if verdict.code in MISSING else FALSE
