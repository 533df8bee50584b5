"""Opens the inspector's desk: reading by a way of its own, writing nothing but the leaf of each look."""

from simreg.inspection.desk import Inspector, Record
from simreg.inspection.store import open_read_only
from simreg.settings import Settings


def open_inspector(settings: Settings, record: Record) -> Inspector:
    """The desk over the settings' database. Raises InputError ``database-url``, SimregError ``inspection-too-wide``."""
    return Inspector(open_read_only(settings.inspect_database or settings.database), record)
