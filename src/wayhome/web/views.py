"""The page on which every component is seen: empty, as usual, and overfull."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from wayhome.kernel.clock import start_of_day, utc_now
from wayhome.kernel.deadline import Deadline
from wayhome.web import forms
from wayhome.web.pages import render
from wayhome.web.pictures import Lane, Point, Span

LONG = "Bartholomew-Maximilian Featherstonehaugh-Cholmondeley Wolfeschlegelsteinhausenbergerdorff"
BASIS = "Return interview within 72 hours of return: statutory guidance on children who run away or go missing, 2014."


class Everything(forms.Form):
    """One field of each kind."""

    name = forms.TextField("What do you call it?", hint="A short name that others will recognise", width=20)
    count = forms.NumberField("Number of pieces", at_least=1, at_most=12)
    born_on = forms.DateField("Date of birth", hint="For example, 27 3 2011 or 27 mar 11")
    moved_on = forms.PartialDateField("When was it made?", hint="Leave out what is not known", required=False)
    seen_at = forms.RoughMomentField("When was it last seen?", hint="For example, 10.30pm or 2230", past=True)
    told_at = forms.MomentField("When were you told?", past=True)
    colour = forms.ChoiceField(
        "Which colour is it?",
        [
            forms.Choice("blue", "Blue", hint="Like the header"),
            forms.Choice("amber", "Amber"),
            forms.Choice("other", "Another colour", reveals=("other_colour",), divider="or"),
        ],
    )
    other_colour = forms.TextAreaField("Describe the colour", rows=2)
    place = forms.ChoiceField("Place", [("a", "Shelf"), ("b", "Cupboard")], shape="select")
    uses = forms.MultiChoiceField("What is it used for?", [("x", "Showing"), ("y", "Teaching")])
    is_new = forms.YesNoField("Is it new?")
    note = forms.TextAreaField("Note", at_most=200, required=False)
    own_words = forms.TextAreaField(
        "In their own words", hint="Write what was said, as it was said", own_words=True
    )
    key = forms.HiddenKey()


def components(request: HttpRequest) -> HttpResponse:
    if not settings.IS_DEMO:
        raise Http404
    now = utc_now()
    form = Everything(request.POST) if request.method == "POST" else Everything(initial={"key": "1"})
    context = {
        "form": form,
        "deadlines": [deadline(now, hours) for hours in (70, 19, 0.75, -0.5, -6, -120)],
        "lanes": lanes(now),
        "year_ago": now - timedelta(days=365),
        "long": LONG,
        "months": [
            (f"{start_of_day(now.date()):%b}", 41),
            ("Dec", 0),
            *[(f"M{n}", n * 13 % 70) for n in range(10)],
        ],
    }
    return render(request, "web/components.html", context)


def deadline(now: datetime, hours: float) -> Deadline:
    return Deadline("Return interview", now + timedelta(hours=hours, minutes=5), "The Youth Team", BASIS)


def lanes(now: datetime) -> list[Lane]:
    def ago(days: float) -> datetime:
        return now - timedelta(days=days)

    return [
        Lane(
            "Lives",
            [
                Span(ago(500), ago(120), "At home until July", "band", "At home"),
                Span(ago(120), None, "Larch House since July", "band", "Larch House"),
            ],
        ),
        Lane(
            "Missing",
            [
                Span(ago(300), ago(299), "Missing 1 day"),
                Span(ago(90), ago(75), "Missing 15 days"),
                Span(ago(4), None, "Missing now"),
            ],
        ),
        Lane("Interviews", [], [Point(ago(298), "Done"), Point(ago(74), "Declined", is_filled=False)]),
    ]
