"""An assessment of eighty questions opened, kept as it is typed, and saved: from request to answer in the server."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from bench.ids import TEAMS, person_id
from bench.measure import Row, alternating, p95
from bench.rows.pages import REPEATS, _reads_of, _replay
from bench.sessions import as_worker_role, the_viewer
from wayhome.access.models import User
from wayhome.exploitation.commands.instruments import install_shipped
from wayhome.exploitation.forms.assessment import DAY, EVIDENCE, SOURCE, VALUE
from wayhome.exploitation.instruments import ItemKind, shipped_instruments
from wayhome.exploitation.models import Assessment, Instrument, Pathway
from wayhome.exploitation.queries.instruments import TO_JUDGE_WITH
from wayhome.kernel.clock import utc_now
from wayhome.kernel.ids import new_id

FORM = "application/x-www-form-urlencoded"
LIMIT = 60
SHOWN = "Assessment of 80 items"


def measure() -> list[Row]:
    """Every question has its answer and evidence, as at the end of an hour's work."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(pk=the_viewer().known_user_id), "wayhome.access.signed_in.Backend")
    begun, answers = _begun(), _answers()
    for each in begun:
        _answered(client, each, answers)
    return [
        _row("opened", [_open(client, each) for each in begun]),
        _row("kept as it is typed", [_keep(client, each, answers) for each in begun]),
        _row("saved", [_save(client, each, answers) for each in begun]),
    ]


def _row(what: str, asks: list[Callable[[], object]]) -> Row:
    queries = [_replay(_reads_of(ask)) for ask in asks]
    mine, theirs = alternating(asks, queries)
    return Row(f"{SHOWN}, {what}, p95", "ms", p95(mine), "its bare SQL", p95(theirs), LIMIT)


def _begun() -> list[str]:
    """Assessments of children of the viewer's team, begun anew each time the rows are measured."""
    now = utc_now()
    with as_worker_role():
        install_shipped(now=now)
        form = Instrument.objects.get(key=TO_JUDGE_WITH, state="published")
        children = [person_id(number * TEAMS) for number in range(REPEATS)]
        Assessment.objects.filter(person_id__in=children, state="draft").delete()
        begun = [Assessment(person_id=child, instrument=form, started_at=now) for child in children]
        live = Pathway.objects.filter(person_id__in=children, closed_at=None)
        ways = dict(live.values_list("person_id", "pk"))
        for each in begun:
            each.pathway_id = ways.get(each.person_id)
        return [str(each.pk) for each in Assessment.objects.bulk_create(begun)]


def _answers() -> dict[str, Any]:
    form = next(each for each in shipped_instruments() if each.key == TO_JUDGE_WITH)
    sent: dict[str, Any] = {}
    for item in form.items():
        if item.kind == ItemKind.STATEMENT:
            continue
        offered = [answer for answer in item.answers if answer != "not_known"]
        said = (
            offered[-1] if offered else {"date": "2026-01-05", "number": "1"}.get(item.kind, "They said so.")
        )
        sent[f"{VALUE}{item.key}"] = [said] if item.kind == ItemKind.CHOICES else said
        if item.asks_evidence:
            told = "Seen by the youth worker at the station on two evenings, with a phone that is not theirs."
            sent |= {
                f"{EVIDENCE}{item.key}": told,
                f"{SOURCE}{item.key}": "professional",
                f"{DAY}{item.key}": "2026-01-05",
            }
    return sent


def _version(assessment_id: str) -> int:
    with as_worker_role():
        return Assessment.objects.values_list("version", flat=True).get(pk=assessment_id)


def _answered(client: Client, assessment_id: str, answers: dict[str, Any]) -> None:
    said = {**answers, "version": _version(assessment_id), "submission_key": str(new_id()), "save": "1"}
    body = urlencode(said, doseq=True)
    answer = client.post(reverse("assess", args=[assessment_id]), body, content_type=FORM)
    assert answer.status_code == 303, answer.status_code


def _open(client: Client, assessment_id: str) -> Callable[[], object]:
    def ask() -> None:
        assert client.get(reverse("assess", args=[assessment_id])).status_code == 200

    return ask


def _keep(client: Client, assessment_id: str, answers: dict[str, Any]) -> Callable[[], object]:
    def ask() -> None:
        body = urlencode({**answers, "submission_key": str(new_id())}, doseq=True)
        kept = client.post(reverse("draft", args=["assess", assessment_id]), body, content_type=FORM)
        assert kept.status_code == 200, kept.status_code

    return ask


def _save(client: Client, assessment_id: str, answers: dict[str, Any]) -> Callable[[], object]:
    def ask() -> None:
        _answered(client, assessment_id, answers)

    return ask
