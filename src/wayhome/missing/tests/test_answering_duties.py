"""What was done about a duty is written once; a late duty asks why, and keeps the answer."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.personas import NOW, a_child, an_episode

from wayhome.config.testing import as_worker
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.missing import commands
from wayhome.missing.commands import duty as duties
from wayhome.missing.models import BreachReason, DutyAnswer, Episode
from wayhome.missing.queries import wall
from wayhome.missing.queries.duties import duties_of
from wayhome.missing.tests.pages import client_of, sent, text_of, typed
from wayhome.missing.tests.stages import returned
from wayhome.missing.vocabulary import Duty, DutyOutcome, PlanKind, WallDuty
