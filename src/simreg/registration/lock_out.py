"""When the next attempt may begin after failures."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from simreg.registration.types import Rules


def locked_until(failures: Iterable[datetime], rules: Rules) -> datetime | None:
    """The end of the latest lock-out that these failures caused, None where they caused none.

    ``rules.failures`` of them within ``rules.within_s`` seconds lock for ``rules.for_s`` from the last of them; each
    lock-out uses its failures up.
    """
    recent: list[datetime] = []
    end = None
    for at in sorted(failures):
        recent = [one for one in recent if at - one <= timedelta(seconds=rules.within_s)] + [at]
        if len(recent) >= rules.failures:
            end, recent = at + timedelta(seconds=rules.for_s), []
    return end
