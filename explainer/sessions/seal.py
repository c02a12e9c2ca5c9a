"""The seal: a visit's key exists only in the ticket that its owner's cookie carries."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PLACE, _SECRET, _NONCE = 16, 32, 12
TICKET_CHARS = (_PLACE + _SECRET) * 4 // 3


class Broken(ValueError):
    """The seal does not fit: another ticket, or changed bytes."""


@dataclass(frozen=True, slots=True, repr=False)
class Ticket:
    """Where a visit stands and what opens it. Its text is 64 characters, all of them secret."""

    place: bytes
    secret: bytes

    @classmethod
    def new(cls) -> "Ticket":
        """A fresh one from the system's randomness."""
        return cls(secrets.token_bytes(_PLACE), secrets.token_bytes(_SECRET))

    @classmethod
    def parse(cls, text: str | None) -> "Ticket | None":
        """The ticket that the text is, or None."""
        if text is None or len(text) != TICKET_CHARS or not text.isascii():
            return None
        try:
            raw = base64.b64decode(text, altchars=b"-_", validate=True)
        except binascii.Error:
            return None
        return cls(raw[:_PLACE], raw[_PLACE:]) if len(raw) == _PLACE + _SECRET else None

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.place + self.secret).decode()

    @property
    def row(self) -> str:
        """The id of the row; the ticket cannot be told from it."""
        return hashlib.sha256(b"eob-explainer row" + self.place).hexdigest()

    def seal(self, data: bytes, bound_to: bytes) -> bytes:
        """The data encrypted and bound to its row."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher().encrypt(nonce, data, self.row.encode() + bound_to)

    def open(self, blob: bytes, bound_to: bytes) -> bytes:
        """What `seal` was given. Raises Broken."""
        try:
            return self._cipher().decrypt(blob[:_NONCE], blob[_NONCE:], self.row.encode() + bound_to)
        except (InvalidTag, ValueError):
            raise Broken("the seal does not fit") from None

    def _cipher(self) -> AESGCM:
        return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"eob-explainer visit v1").derive(self.secret))
