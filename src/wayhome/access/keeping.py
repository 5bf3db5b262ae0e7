"""The key with which a browser locks what is typed while there is no connection (web/assets/scripts/kept.js).

It is made anew for each page from the server's secret, for one user, form and subject, and never stored anywhere: what
lies on a phone can be read only by signing in again as the same user. It changes with the server's secret.
"""

from base64 import b64encode
from typing import NamedTuple

from django.utils.crypto import salted_hmac

from wayhome.kernel.viewer import Viewer


class LocalCopy(NamedTuple):
    """The name under which a browser keeps a form, which says nothing, and the key that locks it."""

    name: str
    key: str


def local_copy(viewer: Viewer, *, form: str, subject: str) -> LocalCopy:
    """Where and with what a browser keeps what this viewer types into this form."""
    what = f"{viewer.known_user_id}/{form}/{subject}"
    name = salted_hmac("wayhome.access.keeping.name", what, algorithm="sha256").hexdigest()[:32]
    key = salted_hmac("wayhome.access.keeping.key", what, algorithm="sha256").digest()
    return LocalCopy(name, b64encode(key).decode())
