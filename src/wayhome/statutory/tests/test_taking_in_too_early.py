"""A return before there is a partnership."""

import pytest

from wayhome.statutory.commands.importing import NoPartnership
from wayhome.statutory.tests.folders import write_folder
from wayhome.statutory.tests.taking import taken_in


def test_without_a_partnership_there_is_nobody_to_take_it_in_for(nobody, db, tmp_path):
    with pytest.raises(NoPartnership):
        taken_in(write_folder(tmp_path))
