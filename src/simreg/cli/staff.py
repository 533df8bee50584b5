"""``simreg staff``: the people who work with cases."""

import argparse
import getpass
import sys
from typing import Any

from simreg.cli.server import open_access, server_part
from simreg.errors import InputError


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``staff`` and its commands; each sets ``func``, which returns the exit status."""
    staff = subparsers.add_parser("staff", help="agents, reviewers and others: create, list, disable").add_subparsers(
        dest="staff_command", metavar="COMMAND", required=True
    )
    for name, func, text in (
        ("create", create, "make a member; the password is asked for, or read from standard input"),
        ("password", password, "give a member another password; all their sign-ins end"),
        ("disable", disable, "let a member no longer in"),
        (
            "reset-second",
            reset_second,
            "let a member set up the second factor anew, whose phone and codes are lost",
        ),
    ):
        command = staff.add_parser(name, help=text, description=text)
        command.add_argument("name", metavar="NAME", help="with which the member signs in")
        if name == "create":
            roles = "agent, reviewer, compliance-officer, inspector or operator"
            command.add_argument("--role", required=True, metavar="ROLE", help=roles)
            command.add_argument("--provider", action="store_true", help="no password: signs in by the identity provider")
            command.add_argument("--shop", metavar="SHOP", help="an agent's shop, where it is always the same")
        command.set_defaults(func=func)
    staff.add_parser("list", help="show all members").set_defaults(func=list_)


def create(options: argparse.Namespace) -> int:
    """Make a member: 0."""
    with server_part():
        from simreg.service.access import Role
    try:
        role = Role(options.role)
    except ValueError:
        raise InputError("role-unknown", "There is no such role.", f"Give one of: {', '.join(Role)}.") from None
    with open_access() as access:
        member = access.create_staff(options.name, role, None if options.provider else _password(), options.shop)
    print(f"{member.name} may sign in as {member.role}.")
    return 0


def password(options: argparse.Namespace) -> int:
    """Give a member another password: 0."""
    with open_access() as access:
        access.set_password(options.name, _password())
    print(f"{options.name} has another password.")
    return 0


def disable(options: argparse.Namespace) -> int:
    """Let a member no longer in: 0."""
    with open_access() as access:
        access.disable_staff(options.name)
    print(f"{options.name} may no longer sign in.")
    return 0


def reset_second(options: argparse.Namespace) -> int:
    """Let a member set up the second factor anew: 0."""
    with open_access() as access:
        access.reset_second(options.name)
    print(f"{options.name} sets up a second factor at the next sign-in.")
    return 0


def list_(_: argparse.Namespace) -> int:
    """Show all members: 0."""
    with open_access() as access:
        for member in access.staff():
            standing = "" if member.disabled_at is None else f", disabled {member.disabled_at:%Y-%m-%d}"
            print(f"{member.name}  {member.role}{'' if member.shop is None else f', {member.shop}'}{standing}")
    return 0


def _password() -> str:
    """The password, never as an argument, where others could read it."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Again: "):
        raise InputError("passwords-differ", "The two passwords differ.", "Try again.")
    return first
