"""Reads WAYHOME_OIDC: who else may say who somebody is. See docs/how-to/single-sign-on.md."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from wayhome.kernel.refusal import Refusal

NEEDED = ("name", "client_id", "secret", "server_url")
Provider = dict[str, Any]  # as JSON gives it: texts, and one yes or no


class NotUnderstood(Refusal):
    """WAYHOME_OIDC is not understood. See docs/how-to/single-sign-on.md."""


def providers(text: str) -> list[Provider]:
    """The providers named in the environment, one object or a list of them. Raises NotUnderstood."""
    if not text.strip():
        return []
    try:
        read = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotUnderstood(f"WAYHOME_OIDC is not JSON: {error}") from error
    found = read if isinstance(read, list) else [read]
    return [_checked(each) for each in found]


def _checked(provider: object) -> Provider:
    if not isinstance(provider, dict):
        raise NotUnderstood
    missing = [name for name in NEEDED if not provider.get(name)]
    if missing:
        raise NotUnderstood(f"WAYHOME_OIDC does not say: {', '.join(missing)}")
    return provider


def library_settings(found: list[Provider]) -> dict[str, Any]:
    """The same as the sign-in library wants it (SOCIALACCOUNT_PROVIDERS)."""
    if not found:
        return {}
    apps = [
        {
            "provider_id": each.get("id", "sso"),
            "name": each["name"],
            "client_id": each["client_id"],
            "secret": each["secret"],
            "settings": {
                "server_url": each["server_url"],
                "email_is_verified": each.get("email_is_verified", False),
                "oauth_pkce_enabled": True,
            },
        }
        for each in found
    ]
    return {"openid_connect": {"APPS": apps}}


def origins(found: list[Provider]) -> Iterator[str]:
    """Where the button "Sign in with" may lead: the provider, and `sign_in_origin` if its pages are elsewhere."""
    for each in found:
        place = urlsplit(each.get("sign_in_origin") or each["server_url"])
        yield f"{place.scheme}://{place.netloc}"
