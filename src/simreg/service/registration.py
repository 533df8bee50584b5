"""All acts on cases in one hand, and how it is put together from the settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from simreg.decision.profiles.shelf import builtin, load_file
from simreg.decision.profiles.types import Profile
from simreg.log.keys import Signer
from simreg.privacy.keys import Keys, keys_of, make_secret, parse_secret, read_secret
from simreg.service.chance import SystemChance
from simreg.service.clocks import Clocks
from simreg.service.decisions import Decisions
from simreg.service.looking import Looking
from simreg.service.opening import Opening
from simreg.service.portraits import PortraitFinder
from simreg.service.rights import Rights
from simreg.settings import KEY_FILE, LOG_KEY_FILE, Settings
from simreg.storage.database import Database
from simreg.storage.key_store import KeyStore


class Registration(Opening, Clocks, Decisions, Looking, Rights):
    """Everything that can be done with cases."""


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def open_keys(settings: Settings) -> Keys:
    """The deployment's keys. In its usual place a missing key file is made; one that was named must be there.

    Raises InputError ``key-unusable`` or ``key-open``.
    """
    if settings.key:
        return keys_of(parse_secret(settings.key))
    if settings.key_file == KEY_FILE:
        make_secret(settings.key_file)
    return keys_of(read_secret(settings.key_file))


def open_signer(settings: Settings) -> Signer:
    """What signs the log's checkpoints and receipts; in its usual place a missing key is made.

    Raises InputError ``key-unusable``, ``key-open`` or ``key-malformed``.
    """
    if settings.log_key_file == LOG_KEY_FILE:
        make_secret(settings.log_key_file)
    return Signer(settings.log_origin, read_secret(settings.log_key_file))


def known_profiles(settings: Settings) -> Callable[[str], Profile]:
    """Gives profiles by name: those that come with simreg and the operator's own files, read once, and nothing else."""
    own = {profile.name: profile for profile in (load_file(Path(path)) for path in settings.profiles)}
    return lambda name: own[name] if name in own else builtin(name)


def open_registration(
    settings: Settings, database: Database, keys: Keys, store: KeyStore, portraits: PortraitFinder
) -> Registration:
    """Registration with the system's clock and chance and the profiles, keys and log of the settings."""
    return Registration(
        database,
        known_profiles(settings),
        keys,
        store,
        open_signer(settings),
        utc_now,
        SystemChance(),
        settings,
        portraits,
    )
