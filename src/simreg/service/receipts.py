"""Receipts of attempts, checkpoints of the log, and keys whose time is over."""

import base64
from datetime import timedelta

from sqlalchemy import Connection

from simreg.errors import NotFoundError
from simreg.log import leaves
from simreg.log.checkpoint import parse_checkpoint
from simreg.log.commitment import opening_key
from simreg.log.leaves import read_entry
from simreg.log.note import Note
from simreg.log.receipt import Opened, make_receipt
from simreg.log.tree import leaf_hash
from simreg.log.words import Kept
from simreg.registration.types import Case
from simreg.service.types import Receipt
from simreg.service.work import Work, known, owner_of
from simreg.storage import cases, destructions, log, records, sealed
from simreg.storage.database import lock
from simreg.storage.destructions import Destruction
from simreg.storage.key_store import salt_id

SETTLED = timedelta(hours=1)
"""After so long a key that was made has sealed something, or never will."""

MOST = 200
"""Keys that one call destroys at most."""


class Receipts(Work):
    """What anybody can be shown, and what nobody can be shown any more."""

    def receipt(self, case_id: str, number: int | None = None) -> Receipt:
        """The receipt of an attempt by its number, of the last that ended without one; see docs/log.md.

        Its line is opened to its holder as long as the subject's salt is kept. Raises NotFoundError ``case-unknown`` or
        ``receipt-none``.
        """
        with self._database.read() as tx:
            case = cases.get(tx, known(case_id))
            index, entry, leaf = self._leaf(tx, case, number)
            note = log.checkpoint_after(tx, index)
        if note is None:
            note = self.sign_checkpoint()
        with self._database.read() as tx:
            proof = log.inclusion(tx, index, parse_checkpoint(note.text).size)
        salt = self._store.known_salt(owner_of(case))
        opened = {} if salt is None else {"line": Opened(case.line, opening_key(salt, "line"))}
        text = make_receipt(self._signer, entry, index, proof, note, opened)
        hashed = base64.urlsafe_b64encode(leaf_hash(entry)).decode().rstrip("=")
        return Receipt(text, leaf.folio, index, hashed)

    def sign_checkpoint(self) -> Note:
        """Sign what the log is now. Raises SimregError ``log-altered``, and signs nothing, where its past was changed."""
        with self._database.write() as tx:
            return log.checkpoint(tx, self._signer, self._clock())

    def case_leaves(self, case_id: str) -> list[tuple[int, bytes]]:
        """The entries of a case with their indexes. Raises NotFoundError ``case-unknown``."""
        with self._database.read() as tx:
            return self._entries(tx, cases.get(tx, known(case_id)))

    def log_resource(self, path: str) -> bytes | None:
        """What lies at a path below the log's address; None where nothing does."""
        with self._database.read() as tx:
            return log.resource(tx, path)

    @property
    def log_key(self) -> str:
        """The log's public key."""
        return self._signer.verifier.text

    def destroy_due(self) -> int:
        """Destroy the keys of what was erased, and record that they are gone; how many there were.

        First the key goes, then the leaf says so: killed in between, it is done again.
        """
        with self._database.read() as tx:
            due = destructions.due(tx, MOST)
        if not due:
            return 0
        with self._database.write() as tx:
            mine = [one for one in due if destructions.done(tx, one.key_id)]  # another server may be at it, too
            gone = [one for one in mine if one.kind is not Kept.RECORD or not self._still_needed(tx, one)]
            self._store.destroy([one.key_id for one in gone])
            told = [leaves.KeyDestroyed(one.case_id, "system", one.kind, one.cause) for one in gone]
            self._record(tx, told, self._clock())
        return len(gone)

    def sweep_keys(self) -> int:
        """Destroy keys that seal nothing: of acts that were broken off, or taken back. How many there were."""
        old = self._store.older(self._clock() - SETTLED)
        with self._database.read() as tx:
            idle = sorted(set(old) - sealed.keys(tx)) if old else []
        self._store.destroy(idle)
        return len(idle)

    def _still_needed(self, tx: Connection, salt: Destruction) -> bool:
        """Whether the person whose salt was to go has come again meanwhile."""
        subject = salt.key_id.removeprefix(salt_id(""))
        lock(tx, f"subject {subject}")
        return records.has_subject(tx, subject)

    def _leaf(self, tx: Connection, case: Case, number: int | None) -> tuple[int, bytes, leaves.Attempt]:
        for index, entry in reversed(self._entries(tx, case)):
            leaf, _ = read_entry(entry)
            if isinstance(leaf, leaves.Attempt) and number in (None, leaf.number):
                return index, entry, leaf
        sentence = "No attempt of this number has ended."
        raise NotFoundError("receipt-none", sentence, "Ask again once the attempt is over.")

    def _entries(self, tx: Connection, case: Case) -> list[tuple[int, bytes]]:
        return log.of_case(tx, case.id, case.created_at, max(self._clock(), case.changed_at))
