"""Notifications for the tests, as they reach a desk."""

from datetime import timedelta

from tests.personas import NOW, a_report

from wayhome.missing.commands.deciding import take_up
from wayhome.missing.commands.notification import NewNotification, write_down
from wayhome.missing.models import Notification
from wayhome.missing.vocabulary import NotificationChannel, ReportSource


def a_message(**told):
    """What a parent tells on the telephone."""
    usual = {
        "source": ReportSource.PARENT,
        "channel": NotificationChannel.PHONE,
        "received_at": NOW - timedelta(hours=2),
        "told_by": "Mother",
        "contact": "01632 960123",
        "name_told": "Robin Testchild",
        "born_told": "5 June 2011",
        "last_seen_at": NOW - timedelta(hours=5),
        "noticed_at": NOW - timedelta(hours=4),
        "reported_at": NOW - timedelta(hours=3),
        "last_seen_place": "Saltmere bus station",
        "circumstances": "Did not come home from school.",
    }
    return NewNotification(**(usual | told))


def written(cast, *, by="Pat", about=None, **told):
    """A notification that one of the cast wrote down."""
    with cast.seen_by(by) as viewer:
        return write_down(new=a_message(**told), person_id=about, viewer=viewer, now=NOW)


def taken(cast, notification_id, *, by="Cora", back_already=None, is_same_time=False, **told):
    """The same, taken as a report."""
    with cast.seen_by(by) as viewer:
        return take_up(
            notification_id=notification_id,
            told=a_report(**told),
            back_already=back_already,
            is_same_time=is_same_time,
            viewer=viewer,
            now=NOW,
        )


def note_of(cast, notification_id, *, by="Cora"):
    """The notification as one of the cast sees it now."""
    with cast.seen_by(by):
        return Notification.objects.get(pk=notification_id)
