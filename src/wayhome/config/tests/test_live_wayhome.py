import http.client
from urllib.parse import urlsplit

from django.db import connection


def get(address, path):
    asked = http.client.HTTPConnection(urlsplit(address).netloc)
    asked.request("GET", path)
    answer = asked.getresponse()
    body = answer.read()
    asked.close()
    return answer.status, body


def test_a_journey_has_pages_to_visit(live_wayhome):
    assert get(live_wayhome, "/accounts/login/")[0] == 200


def test_styles_are_served_to_a_journey(live_wayhome):
    assert get(live_wayhome, "/static/build/wayhome.css")[0] == 200


def test_what_was_committed_is_seen_by_the_pages_and_gone_afterwards(live_wayhome):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) FROM django_session")
        assert cursor.fetchone() == ("wayhome_app", 0)
        cursor.execute("INSERT INTO django_session VALUES ('key', '', '2030-01-01')")
    assert get(live_wayhome, "/accounts/login/")[0] == 200
