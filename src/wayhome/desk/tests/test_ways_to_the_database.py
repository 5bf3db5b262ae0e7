"""The first page and the wall go to the database a few times, however many queries they ask, and not while it works."""

import pytest
from django.db import connection
from psycopg.pq import PipelineStatus
from tests.personas import a_child, an_episode

from wayhome.desk.tests.arranged import a_return
from wayhome.exploitation.tests.arranging import on_the_pathway

ALONE = 6


@pytest.mark.parametrize("address", ["/", "/wall"])
def test_most_queries_travel_with_others(address, cast, as_user):
    an_episode(cast, on_the_pathway(cast))
    a_return(cast, a_child(cast, given_name="Finch"), hours_ago=30)
    client = as_user("Cora")
    client.get(address)
    alone, together = [], []

    def note(execute, sql, params, many, context):
        is_open = connection.connection.pgconn.pipeline_status != PipelineStatus.OFF
        (together if is_open else alone).append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200
    reads = [each for each in alone if each.startswith("SELECT") and "set_config" not in each]
    assert len(together) > len(reads), reads
    assert len(reads) <= ALONE, reads
