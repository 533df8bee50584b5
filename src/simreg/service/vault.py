"""Opens the key store with what wraps its keys: a file, a key management, or the deployment's own key."""

from pathlib import Path

from simreg.errors import InputError
from simreg.privacy.keys import Keys, keys_of, read_secret
from simreg.privacy.seal import Sealer, Wrapper
from simreg.privacy.transit import Transit
from simreg.settings import Settings
from simreg.storage.key_store import KeyStore, open_key_store


def open_store(settings: Settings, keys: Keys) -> KeyStore:
    """The key store of the settings, all of whose keys can be used.

    Raises InputError ``key-store``, ``database-url`` or ``key-store-other-key``.
    """
    store = _open(settings, keys)
    if strangers := store.strangers():
        store.close()
        sentence = f"{strangers} keys of the key store are wrapped by another key than this deployment's."
        raise InputError("key-store-other-key", sentence, "Give the key that belongs to it, or end simreg vault rotate.")
    return store


def open_vault(settings: Settings) -> KeyStore:
    """The key store as it is, for whoever looks after it."""
    from simreg.service.registration import open_keys

    return _open(settings, open_keys(settings))


def file_wrapper(path: Path) -> Wrapper:
    """Wraps by the secret in a file. Raises InputError ``key-unusable`` or ``key-open``."""
    return Sealer.wrapping(keys_of(read_secret(path)))


def transit_wrapper(url: str, token: str) -> Wrapper:
    """Wraps by a key of a key management. Raises InputError ``transit-address`` or ``transit-token``."""
    if not token:
        sentence = "There is no token for the key management."
        raise InputError("transit-token", sentence, "Set SIMREG_TRANSIT_TOKEN.")
    return Transit(url, token)


def _wrapper(settings: Settings, keys: Keys) -> Wrapper:
    if settings.transit:
        return transit_wrapper(settings.transit, settings.transit_token)
    return file_wrapper(Path(settings.vault_key_file)) if settings.vault_key_file else Sealer.wrapping(keys)


def _open(settings: Settings, keys: Keys) -> KeyStore:
    if not settings.key_store_url:
        sentence = "The database is PostgreSQL, and no key store is named."
        remedy = "Set SIMREG_KEY_STORE: a database that all servers reach, backed up apart."
        raise InputError("key-store", sentence, remedy)
    return open_key_store(settings.key_store_url, _wrapper(settings, keys))
