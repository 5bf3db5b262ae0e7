"""What stands in the address of a page for somebody without an account: 256 bits nobody can guess, and our signature.

Only a digest is stored, so the table opens nothing to who reads it. An address that we did not sign is refused before
the database is asked; another server key ends all of them. What is made for one purpose (`salt`) opens no other.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

SECRET_BYTES = 32
_SECRET = 43  # characters of 32 bytes in the alphabet of addresses
_MARK = 22  # of the first 16 bytes of the signature


@dataclass(frozen=True, slots=True)
class SecretAddresses:
    """Addresses of one purpose."""

    salt: str

    def new_token(self) -> str:
        """What stands in a new address. It is shown once and kept nowhere."""
        secret = _written(secrets.token_bytes(SECRET_BYTES))
        return secret + self._signature(secret)

    def digest_of(self, token: str) -> str | None:
        """The digest by which an address is found; None if we never made it."""
        secret, signature = token[:_SECRET], token[_SECRET:]
        if len(token) != _SECRET + _MARK or not constant_time_compare(signature, self._signature(secret)):
            return None
        return hashlib.sha256(token.encode()).hexdigest()

    def _signature(self, secret: str) -> str:
        return _written(salted_hmac(self.salt, secret, algorithm="sha256").digest()[:16])


def _written(code: bytes) -> str:
    return base64.urlsafe_b64encode(code).decode().rstrip("=")
