"""An invented partnership for demonstrations: calibrated to published figures, and always in the middle of things.

Every name, number and place is made up. Who can be signed in as is in `personas.py`; how much there is of what, in
`children.py`, `episodes.py` and `cases.py`.
"""

from wayhome.config.demonstration.personas import PERSONAS
from wayhome.config.demonstration.seeding import seed

__all__ = ["PERSONAS", "seed"]
