"""What an authenticator app does (RFC 6238): a code of six digits from the key and the time."""

import base64
import hashlib
import hmac
import struct
import time

PERIOD = 30
LONG_ENOUGH = (
    12  # seconds that a code is still good for when it is given, so that it is not late on a busy machine
)


def code_for(secret: str) -> str:
    """The code for now. Waits for the next one if this one is nearly over."""
    left = PERIOD - time.time() % PERIOD
    if left < LONG_ENOUGH:
        time.sleep(left + 0.1)
    return code_at(secret, int(time.time()) // PERIOD)


def code_at(secret: str, counter: int) -> str:
    """The code of a half minute (RFC 4226, section 5.3)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
