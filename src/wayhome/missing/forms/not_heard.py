from datetime import datetime, timedelta

from wayhome.kernel.clock import london_day, start_of_day
from wayhome.missing.queries.hearing import NotHeardAsked
from wayhome.missing.vocabulary import HELD, InterviewOutcome
from wayhome.web import forms

PERIODS = (("30", "Last 30 days"), ("90", "Last 90 days"), ("365", "Last 12 months"))
USUAL_DAYS = 90


class NotHeardFilter(forms.Form):
    days = forms.ChoiceField("Period", PERIODS, shape="select", required=False)
    outcome = forms.ChoiceField(
        "Why not heard",
        [(each.value, each.label) for each in InterviewOutcome if each not in HELD],
        shape="select",
        required=False,
    )
    to_do = forms.MultiChoiceField(
        "", [("yes", "Only with something still to do")], shape="small", required=False
    )


def asked_for(form: NotHeardFilter, now: datetime, page: int) -> NotHeardAsked:
    """What the filters mean. What cannot be read is not asked for."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    days = int(said.get("days") or USUAL_DAYS)
    return NotHeardAsked(
        since=start_of_day(london_day(now) - timedelta(days=days)),
        until=now + timedelta(seconds=1),
        outcome=said.get("outcome") or "",
        only_to_do=bool(said.get("to_do")),
        page=page,
    )
