"""What the commands of the server share."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simreg.errors import InputError
from simreg.settings import read_settings

if TYPE_CHECKING:
    from simreg.service.access import Access


@contextmanager
def server_part() -> Iterator[None]:
    """Around the import of the server's rooms. Raises InputError ``server-missing`` where they are not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        sentence = f"The server's part is not installed: {error.name} is missing."
        raise InputError("server-missing", sentence, "pip install 'simreg[server]'.") from None


@contextmanager
def open_access() -> "Iterator[Access]":
    """Keys and staff of the server's database, whose tables are brought up to date."""
    with server_part():
        from simreg.service.access import Access
        from simreg.service.chance import SystemChance
        from simreg.service.registration import utc_now
        from simreg.storage.database import open_database
    settings = read_settings(os.environ)
    database = open_database(settings.database)
    try:
        database.upgrade()
        yield Access(database, utc_now, SystemChance(), settings)
    finally:
        database.close()
