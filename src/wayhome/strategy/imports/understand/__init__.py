"""From blocks to a plan: `understand(document)`. Every inference is a guess that a person can see and mend."""

from wayhome.strategy.imports.understand.plan import understand

__all__ = ["understand"]
