from datetime import date, datetime, timedelta
from typing import Any

from wayhome.access.roles import ROLES
from wayhome.access.submitting import SubmittedForm
from wayhome.access.vocabulary import OPENED_BY_WORK, BreakGlassReason, ReviewOutcome
from wayhome.kernel.clock import start_of_day
from wayhome.partnership.vocabulary import AgencyKind, TeamKind
from wayhome.web import forms

UNTIL = "Leave empty if there is no end. Seconded and rotating workers have one."


class BreakGlassForm(SubmittedForm):
    reason_code = forms.ChoiceField(
        "Why can it not wait?",
        [choice for choice in BreakGlassReason.choices if choice[0] not in OPENED_BY_WORK],
    )
    reason = forms.TextAreaField(
        "What do you need to do now?",
        hint="A sentence. The reviewers read it, and everyone who sees this child.",
        rows=3,
        at_most=500,
    )


class ReviewForm(SubmittedForm):
    outcome = forms.ChoiceField("Your answer", ReviewOutcome.choices)
    note = forms.TextAreaField("What did you check, and what follows?", rows=3, at_most=1000)


class LogForm(forms.Form):
    who = forms.TextField("Whose name", required=False, width=20)
    verb = forms.TextField(
        "What was done", hint="For example: read, search, break glass", required=False, width=20
    )
    day = forms.DateField("Day", hint="For example, 27 3 2026", required=False)


class AccountForm(SubmittedForm):
    name = forms.TextField("Full name", width=30, autocomplete="off")
    job_title = forms.TextField("Job title", width=30, required=False)
    phone = forms.TextField("Phone", width=20, required=False, inputmode="tel")


class OpenAccountForm(AccountForm):
    email = forms.EmailField(
        "Work email address", hint="They sign in with it. It cannot be changed later.", autocomplete="off"
    )
    agency = forms.ChoiceField("Agency", shape="select")
    field_order = ("name", "email", "agency", "job_title", "phone")


class ChangeAccountForm(AccountForm):
    is_active = forms.YesNoField("May they sign in?")


class TeamForm(SubmittedForm):
    team = forms.ChoiceField("Team", shape="select")
    last_day = forms.DateField("Last day", hint=UNTIL, required=False)


class ScopeForm(SubmittedForm):
    scope = forms.ChoiceField(
        "Role", [forms.Choice(role.scope, role.name, hint=role.sees) for role in ROLES], shape="small"
    )
    last_day = forms.DateField("Last day", hint=UNTIL, required=False)


class ConfirmForm(SubmittedForm):
    """Nothing but the key: a question that is answered by the button."""


def end_of(day: date | None) -> datetime | None:
    """The instant at which a last day is over."""
    return start_of_day(day + timedelta(days=1)) if day else None


def details(data: dict[str, Any]) -> dict[str, Any]:
    """What the forms of accounts have in common, for the commands."""
    return {name: data[name] for name in ("name", "job_title", "phone")}


class OpenAgencyForm(SubmittedForm):
    name = forms.TextField("Name", width=30)
    kind = forms.ChoiceField("What kind of agency is it?", AgencyKind.choices)
    phone = forms.TextField("Phone", width=20, required=False, inputmode="tel")
    opened_on = forms.DateField("From which day?")


class OpenTeamForm(SubmittedForm):
    agency_id = forms.ChoiceField("Agency", shape="select")
    name = forms.TextField("Name", width=30)
    kind = forms.ChoiceField(
        "What is it?", TeamKind.choices, hint="Wayhome tells teams by it whom a report or a return concerns."
    )
    phone = forms.TextField("Phone", width=20, required=False, inputmode="tel")
    out_of_hours_phone = forms.TextField("Phone out of hours", width=20, required=False, inputmode="tel")
    urn = forms.TextField("Ofsted number (URN), for a children’s home", width=10, required=False)
    opened_on = forms.DateField("From which day?")


class OpenBodyForm(SubmittedForm):
    name = forms.TextField("Name", width=30)
    purpose = forms.TextAreaField("What is it for?", rows=3, required=False)
    reports_to = forms.ChoiceField("To whom does it report?", shape="select", required=False)
    opened_on = forms.DateField("From which day?")


class RenameForm(SubmittedForm):
    name = forms.TextField("New name", width=30)
    on = forms.DateField("From which day?", hint="Papers from before keep the name they were written with.")


class PhonesForm(SubmittedForm):
    phone = forms.TextField("Phone", width=20, required=False, inputmode="tel")
    out_of_hours_phone = forms.TextField("Phone out of hours", width=20, required=False, inputmode="tel")


class CloseForm(SubmittedForm):
    on = forms.DateField("From which day is it closed?")
