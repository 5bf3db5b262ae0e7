"""Every write about who a person is: what it does, what it refuses, what it leaves on the record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.personas import NOW, a_child

from wayhome.access.commands import Opening
from wayhome.access.queries import sees
from wayhome.access.vocabulary import Basis
from wayhome.audit.models import Change, Entry
from wayhome.config.testing import as_worker
from wayhome.events.models import OutboxEvent
from wayhome.kernel.ids import new_id
from wayhome.kernel.partial_date import Precision
from wayhome.kernel.refusal import NotAllowed, NotFound
from wayhome.people import commands, queries
from wayhome.people.commands import NewCareEpisode, NewPerson, PersonDetails, care, person, surroundings
from wayhome.people.models import Address, CareEpisode, Identifier, Involvement, Name, Person
from wayhome.people.vocabulary import AddressKind, IdentifierType, NameKind

TODAY = NOW.date()


@pytest.fixture
def child(cast):
    return a_child(cast)


@pytest.fixture
def sal(cast):
    with cast.seen_by("Sal") as viewer:
        yield viewer


def on_record(verb):
    with as_worker():
        return Entry.objects.filter(verb=verb).order_by("pk").last()


def events(name):
    with as_worker():
        return OutboxEvent.objects.filter(name=name).count()


def new(**told):
    usual = {"given_name": "Wren", "family_name": "Samplechild"}
    return NewPerson(**(usual | told))


class TestCreating:
    def create(self, cast, viewer, **told):
        opening = Opening(basis=Basis.INVOLVEMENT, reason="Created the record", team_id=cast.team_of("Sal"))
        return commands.create_person(new=new(openings=(opening,), **told), viewer=viewer, now=NOW)

    def test_makes_a_record_that_is_found_and_tells_so(self, cast, sal):
        made = self.create(cast, sal)
        assert Person.objects.get(pk=made).version == 1
        assert [card.id for card in queries.search("wren", on=TODAY)] == [made]
        assert on_record("create").person_id == made
        assert events("PersonCreated") == 1

    def test_needs_some_name(self, cast, sal):
        with pytest.raises(person.NameMissing):
            self.create(cast, sal, given_name=" ", family_name="")

    def test_refuses_a_birth_in_the_future(self, cast, sal):
        with pytest.raises(person.BornInTheFuture):
            self.create(cast, sal, date_of_birth=TODAY + timedelta(days=2), birth_precision=Precision.DAY)

    def test_is_not_for_analysts(self, cast):
        with cast.seen_by("Ana") as ana, pytest.raises(NotAllowed):
            self.create(cast, ana)

    def test_a_date_and_its_precision_agree(self, cast):
        with as_worker(), pytest.raises(IntegrityError), transaction.atomic():
            Person(given_name="Wren", birth_precision=Precision.DAY, created_at=NOW).save()


class TestChanging:
    def change(self, child, viewer, version=1, **told):
        usual = {"given_name": "Robin", "family_name": "Testchild", "date_of_birth": date(2011, 6, 5)}
        details = PersonDetails(**({"birth_precision": Precision.DAY} | usual | told))
        commands.change_person(person_id=child, version=version, details=details, viewer=viewer, now=NOW)

    def test_keeps_before_and_after(self, child, sal):
        self.change(child, sal, sex="F", language="cym")
        entry = on_record("edit")
        with as_worker():
            kept = {c.field: (c.before, c.after) for c in Change.objects.filter(entry=entry)}
        assert kept == {"sex": ("", "F"), "language": ("", "cym")}
        assert events("PersonChanged") == 1

    def test_a_new_name_leaves_the_former_findable(self, child, sal):
        self.change(child, sal, given_name="Rowan")
        assert [card.name for card in queries.search("robin", on=TODAY)] == ["Rowan Testchild"]
        assert Name.objects.get(person_id=child, kind=NameKind.CURRENT).given_name == "Rowan"

    def test_a_stale_edit_is_refused_with_what_is_there_now(self, child, sal):
        self.change(child, sal, given_name="Rowan")
        with pytest.raises(person.Stale) as refused:
            self.change(child, sal, given_name="Robyn")
        assert refused.value.theirs["given_name"] == "Rowan"

    def test_an_unseen_child_is_not_found(self, cast, child):
        with cast.seen_by("Otto") as otto, pytest.raises(NotFound):
            self.change(child, otto)

    def test_homes_do_not_edit(self, cast):
        child = a_child(cast, known_to=("Hal",))
        with cast.seen_by("Hal") as hal, pytest.raises(NotAllowed):
            self.change(child, hal)


class TestNumbers:
    def add(self, child, viewer, value="999 000 0018", type_=IdentifierType.NHS_NUMBER):
        return commands.add_identifier(person_id=child, type_=type_, value=value, viewer=viewer, now=NOW)

    def test_are_kept_without_spaces_and_verified(self, child, sal):
        self.add(child, sal)
        kept = Identifier.objects.get(person_id=child)
        assert (kept.value, kept.is_verified) == ("9990000018", True)
        assert on_record("add identifier").person_id == child

    @pytest.mark.parametrize("value", ["999 000 0000", "9999999999", "12", "999 000 001X"])
    def test_a_wrong_nhs_number_is_refused(self, child, sal, value):
        with pytest.raises(surroundings.NumberNotValid, match="This NHS number is not valid"):
            self.add(child, sal, value)

    def test_a_wrong_upn_is_refused(self, child, sal):
        with pytest.raises(surroundings.NumberNotValid, match="This UPN is not valid"):
            self.add(child, sal, "A123456789012", IdentifierType.UPN)

    def test_one_that_somebody_else_has_is_refused_without_saying_who(self, cast, child, sal):
        self.add(child, sal)
        other = a_child(cast, given_name="Other")
        with cast.seen_by("Sal") as viewer, pytest.raises(surroundings.NumberInUse) as refused:
            self.add(other, viewer)
        assert "Robin" not in refused.value.message

    def test_many_have_no_pupil_number_for_the_same_reason(self, cast, child, sal):
        self.add(child, sal, "UN1", IdentifierType.UPN)
        other = a_child(cast, given_name="Other")
        with cast.seen_by("Sal") as viewer:
            self.add(other, viewer, "UN1", IdentifierType.UPN)
        with as_worker():
            assert Identifier.objects.filter(value="UN1").count() == 2

    def test_others_have_nothing_to_check(self, child, sal):
        self.add(child, sal, " AB-1 ", IdentifierType.CASE_NUMBER)
        kept = Identifier.objects.get(person_id=child)
        assert (kept.value, kept.is_verified) == ("AB-1", None)


class TestAddresses:
    def add(self, child, viewer, since=date(2026, 3, 1), kind=AddressKind.HOME, postcode="zz99 3cz"):
        return commands.add_address(
            person_id=child,
            kind=kind,
            lines="1 Example Street",
            postcode=postcode,
            since=since,
            viewer=viewer,
            now=NOW,
        )

    def test_a_new_home_ends_the_one_before(self, child, sal):
        first = self.add(child, sal)
        self.add(child, sal, date(2026, 5, 1))
        assert Address.objects.get(pk=first).valid.upper == date(2026, 5, 1)

    def test_another_kind_ends_nothing(self, child, sal):
        first = self.add(child, sal)
        self.add(child, sal, date(2026, 5, 1), AddressKind.PARENT)
        assert Address.objects.get(pk=first).valid.upper is None

    @pytest.mark.parametrize("since", [date(2026, 3, 1), date(2026, 2, 1)])
    def test_a_home_before_or_on_the_day_of_another_is_refused(self, child, sal, since):
        self.add(child, sal)
        with pytest.raises(surroundings.AddressOverlaps):
            self.add(child, sal, since)

    def test_a_half_postcode_is_refused(self, child, sal):
        with pytest.raises(surroundings.PostcodeNotValid):
            self.add(child, sal, postcode="ZZ99")

    def test_postcodes_are_kept_in_one_form(self, child, sal):
        self.add(child, sal)
        assert Address.objects.get(person_id=child).postcode == "ZZ993CZ"


class TestNamesAndPeopleAround:
    def test_a_name_needs_letters(self, child, sal):
        with pytest.raises(person.NameMissing):
            commands.add_name(
                person_id=child,
                kind=NameKind.ALIAS,
                given_name=" ",
                family_name="",
                source="",
                viewer=sal,
                now=NOW,
            )

    def test_nobody_is_related_to_themselves(self, child, sal):
        with pytest.raises(surroundings.WithThemselves):
            commands.add_relationship(
                person_id=child, kind="friend", name="Robin", other_id=child, viewer=sal, now=NOW
            )


class TestInvolvements:
    def begin(self, cast, child, viewer, name="Otto", is_lead=False, since=date(2026, 3, 1)):
        return commands.begin_involvement(
            person_id=child,
            team_id=cast.team_of(name),
            service="School nurse",
            since=since,
            is_lead=is_lead,
            viewer=viewer,
            now=NOW,
        )

    def end(self, involvement, viewer, on=TODAY):
        commands.end_involvement(involvement_id=involvement, on=on, viewer=viewer, now=NOW)

    def otto_sees(self, cast, child):
        with cast.seen_by("Otto"):
            return sees(child)

    def test_open_the_record_to_the_team_and_close_it_again(self, cast, child):
        assert not self.otto_sees(cast, child)
        with cast.seen_by("Sal") as sal:
            made = self.begin(cast, child, sal)
        assert self.otto_sees(cast, child)
        with cast.seen_by("Sal") as sal:
            self.end(made, sal)
        assert not self.otto_sees(cast, child)
        assert on_record("end involvement").person_id == child

    def test_a_team_that_works_on_in_another_way_keeps_its_sight(self, cast, child):
        with cast.seen_by("Sal") as sal:
            ended = self.begin(cast, child, sal)
            self.begin(cast, child, sal)
            self.end(ended, sal)
        assert self.otto_sees(cast, child)

    def test_a_lead_passes_on_and_the_former_work_goes_on(self, cast, child, sal):
        self.begin(cast, child, sal, is_lead=True)
        leads = Involvement.objects.filter(person_id=child, is_lead=True, valid__contains=TODAY)
        assert [lead.team_id for lead in leads] == [cast.team_of("Otto")]
        youth = Involvement.objects.filter(person_id=child, team_id=cast.team_of("Sal"))
        assert youth.filter(is_lead=False, valid__upper_inf=True).exists()

    def test_a_lead_of_the_same_day_is_replaced(self, cast, child, sal):
        self.begin(cast, child, sal, "Otto", is_lead=True)
        self.begin(cast, child, sal, "Pat", is_lead=True)
        leads = Involvement.objects.filter(person_id=child, is_lead=True, valid__contains=TODAY)
        assert [lead.team_id for lead in leads] == [cast.team_of("Pat")]
        assert Involvement.objects.filter(person_id=child, team_id=cast.team_of("Otto")).count() == 1

    def test_a_lead_before_a_later_one_is_refused(self, cast, child, sal):
        self.begin(cast, child, sal, "Otto", is_lead=True)
        with pytest.raises(surroundings.LeadOverlaps):
            self.begin(cast, child, sal, "Pat", is_lead=True, since=date(2026, 2, 1))

    def test_the_last_day_is_neither_before_the_first_nor_still_to_come(self, cast, child, sal):
        made = self.begin(cast, child, sal)
        with pytest.raises(surroundings.EndsBeforeItBegins):
            self.end(made, sal, date(2026, 2, 1))
        with pytest.raises(surroundings.NotYet):
            self.end(made, sal, TODAY + timedelta(days=2))

    def test_one_that_is_not_there_is_not_found(self, cast, child, sal):
        with pytest.raises(NotFound):
            self.end(new_id(), sal)


class TestCare:
    def begin(self, cast, child, viewer, started_on=date(2026, 3, 1), home="Hal"):
        told = {"start_reason": "S", "legal_status": "C2", "placement": "K2"}
        episode = NewCareEpisode(started_on=started_on, home_team_id=cast.team_of(home), **told)
        return commands.begin_care_episode(person_id=child, new=episode, viewer=viewer, now=NOW)

    def end(self, episode, viewer, on=date(2026, 4, 1)):
        commands.end_care_episode(
            care_episode_id=episode, ended_on=on, end_reason="X1", viewer=viewer, now=NOW
        )

    def test_the_home_sees_the_child_while_they_live_there(self, cast, child):
        def hal_sees():
            with cast.seen_by("Hal"):
                return sees(child)

        with cast.seen_by("Sal") as sal:
            made = self.begin(cast, child, sal)
        assert hal_sees()
        with cast.seen_by("Sal") as sal:
            self.end(made, sal)
        assert not hal_sees()
        assert events("PlacementChanged") == 2
        assert on_record("end care episode").person_id == child

    def test_two_at_a_time_are_refused(self, cast, child, sal):
        made = self.begin(cast, child, sal)
        with pytest.raises(care.CareIsOpen):
            self.begin(cast, child, sal, date(2026, 5, 1))
        self.end(made, sal)
        with pytest.raises(care.CareOverlaps):
            self.begin(cast, child, sal, date(2026, 3, 15))
        with pytest.raises(care.CareOverlaps):
            self.begin(cast, child, sal, date(2026, 2, 1))
        self.begin(cast, child, sal, date(2026, 4, 1))
        assert CareEpisode.objects.filter(person_id=child).count() == 2

    def test_the_end_is_neither_before_the_start_nor_still_to_come(self, cast, child, sal):
        made = self.begin(cast, child, sal)
        with pytest.raises(care.CareEndsBeforeItStarts):
            self.end(made, sal, date(2026, 2, 1))
        with pytest.raises(care.CareEndsLater):
            self.end(made, sal, TODAY + timedelta(days=2))
        with pytest.raises(NotFound):
            self.end(new_id(), sal)


class TestReading:
    def test_opening_a_record_says_who_and_which_page(self, cast, child, sal):
        commands.open_record(person_id=child, page="overview", viewer=sal, now=NOW)
        entry = on_record("read")
        assert (entry.person_id, entry.detail) == (child, {"page": "overview"})

    def test_an_unseen_record_is_not_found_and_not_read(self, cast, child):
        with cast.seen_by("Otto") as otto, pytest.raises(NotFound):
            commands.open_record(person_id=child, page="overview", viewer=otto, now=NOW)
        assert on_record("read") is None

    def test_an_analyst_reads_no_child(self, cast, child):
        with cast.seen_by("Ana") as ana, pytest.raises(NotAllowed):
            commands.open_record(person_id=child, page="overview", viewer=ana, now=NOW)
