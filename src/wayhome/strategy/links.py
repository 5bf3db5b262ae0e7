"""What stands in the address of an owner's link (access/links.py)."""

from wayhome.access.links import SecretAddresses

_OWNERS = SecretAddresses("wayhome.strategy.links")
new_token, digest_of = _OWNERS.new_token, _OWNERS.digest_of
