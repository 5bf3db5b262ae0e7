"""What a return tells of many children at once, compared with the record and written where it is new.

The return is another's list: it adds what we do not have and changes what it says otherwise, with before and after on
the record; it never erases a fact with a blank. Nothing is published: a return tells of what was.
"""

from wayhome.people.commands.bulk.care import CareTold, begin_homes, take_care, written_care
from wayhome.people.commands.bulk.children import ChildTold, people_taken, take_children, written_children
from wayhome.people.commands.bulk.taken import Fate, Remark, Source, Taken

__all__ = [
    "CareTold",
    "ChildTold",
    "Fate",
    "Remark",
    "Source",
    "Taken",
    "begin_homes",
    "people_taken",
    "take_care",
    "take_children",
    "written_care",
    "written_children",
]
