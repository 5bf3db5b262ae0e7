"""Many notifications at the same moment, each on a connection of its own: none lost, none doubled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle, islice

from django.db import connection
from tests.personas import NOW, a_child, a_report

from wayhome.config.testing import as_worker
from wayhome.missing.commands.deciding import take_up
from wayhome.missing.commands.notification import write_down
from wayhome.missing.models import Episode, Notification, Report
from wayhome.missing.tests.told import a_message

AT_ONCE = 12
SOURCES = ("police", "home", "parent")


def storm(cast, children, count):
    """Write down and take as many notifications, from a few desks at once. Every seventh comes twice."""
    told = list(islice(cycle((child, source) for child in children for source in SOURCES), count))

    def tell(number):
        same = number - len(SOURCES) if number % 7 == 6 else number
        child, source = told[same]
        times = {"last_seen_at": NOW - timedelta(hours=5, minutes=number % 50), "noticed_at": None}
        new = a_message(source=source, sender_reference=f"{source} {same}", **times)
        try:
            with cast.seen_by("Pat") as pat:
                note = write_down(new=new, person_id=child, viewer=pat, now=NOW)
                repeated = Notification.objects.get(pk=note).outcome == "repeated"
            if not repeated:
                with cast.seen_by("Pat") as pat:
                    report = a_report(source=source, **times)
                    take_up(notification_id=note, told=report, viewer=pat, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(tell, range(count)))


def test_sixty_at_once_lose_nothing_and_double_nobody(live_cast):
    children = [a_child(live_cast, given_name=f"Robin{n}", known_to=("Pat", "Cora")) for n in range(10)]
    storm(live_cast, children, 60)
    with as_worker():
        assert Notification.objects.count() == 60
        counted = list(Notification.objects.values_list("outcome", flat=True))
        assert counted.count("waiting") == 0
        assert counted.count("opened") == Episode.objects.count() == len(children)
        assert Report.objects.count() == counted.count("opened") + counted.count("added")
        taken = Notification.objects.exclude(outcome="repeated")
        assert taken.values("source", "sender_reference").distinct().count() == taken.count()
        for child in children:
            assert Episode.objects.filter(person_id=child, returned_at=None, cancelled_at=None).count() == 1
