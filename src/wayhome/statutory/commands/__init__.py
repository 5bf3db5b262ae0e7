"""Taking in returns, making them, and opening what became of them."""

from wayhome.statutory.commands.exporting import export_903
from wayhome.statutory.commands.importing import import_903
from wayhome.statutory.commands.reading import read_import, take_rejections

__all__ = ["export_903", "import_903", "read_import", "take_rejections"]
