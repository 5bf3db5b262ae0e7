"""Forms keep what was typed, ask only what applies, and say what is wrong."""

from django import forms as django_forms
from django.http import QueryDict

from wayhome.kernel.refusal import Refusal
from wayhome.web import forms
from wayhome.web.forms.base import error_summary, fields


class DoorAlreadyShut(Refusal):
    """The door is already shut."""

    field = "door"


class Visit(forms.Form):
    door = forms.ChoiceField(
        "Which door?",
        [("front", "Front"), forms.Choice("other", "Another", reveals=("other_door", "why"))],
    )
    other_door = forms.TextField("Describe the door")
    why = forms.TextAreaField("Why that one", required=False)
    guests = forms.NumberField("Number of guests", at_least=1, at_most=3, required=False)
    is_late = forms.YesNoField("Is it late?", required=False)
    brought = forms.MultiChoiceField("What was brought?", [("c", "Cake"), ("f", "Flowers")], required=False)


def test_what_a_choice_reveals_is_asked_only_with_it() -> None:
    form = Visit(QueryDict("door=front"))
    assert form.is_valid()
    assert form.cleaned_data["other_door"] is None


def test_what_a_choice_reveals_is_needed_with_it() -> None:
    form = Visit(QueryDict("door=other"))
    assert form.errors["other_door"] == ["Enter describe the door"]


def test_what_is_typed_under_another_choice_is_kept_on_the_page_but_not_taken() -> None:
    form = Visit(QueryDict("door=front&other_door=side&guests=9"))
    assert not form.is_valid()
    assert 'value="side"' in str(form)
    assert form.cleaned_data["other_door"] is None


def test_a_field_inside_a_choice_is_drawn_once() -> None:
    assert str(Visit()).count('name="other_door"') == 1


def test_lines_typed_inside_a_choice_come_back_as_they_were() -> None:
    typed = QueryDict(mutable=True)
    typed.update({"door": "other", "why": "one\n  two\n\nthree"})
    assert ">one\n  two\n\nthree</textarea>" in str(Visit(typed))


def test_what_was_typed_is_escaped() -> None:
    assert "<script>" not in str(
        Visit(QueryDict("door=other&other_door=%22%3E%3Cscript%3E&why=%3Cscript%3E"))
    )


def test_yes_no_and_nothing_are_three_answers() -> None:
    taken = [Visit(QueryDict("door=front" + answer)) for answer in ("&is_late=yes", "&is_late=no", "")]
    assert [form.is_valid() and form.cleaned_data["is_late"] for form in taken] == [True, False, None]


def test_a_number_outside_its_limits_says_the_limit() -> None:
    assert Visit(QueryDict("door=front&guests=4")).errors["guests"] == ["Number of guests must be 3 or less"]
    assert Visit(QueryDict("door=front&guests=2.5")).errors["guests"] == [
        "Number of guests must be a whole number, like 3"
    ]


def test_a_choice_that_is_not_offered_is_refused() -> None:
    assert "door" in Visit(QueryDict("door=cellar")).errors


def test_choices_may_depend_on_the_reader() -> None:
    class Enter(forms.Form):
        door = forms.ChoiceField("Which door?")

    form = Enter(QueryDict("door=cellar"))
    form.fields["door"].offer([("cellar", "Cellar")])
    assert form.is_valid()
    assert "Cellar" not in str(Enter())


def test_a_refusal_is_shown_at_the_field_it_names() -> None:
    form = Visit(QueryDict("door=front"))
    form.is_valid()
    form.refuse(DoorAlreadyShut())
    assert form.errors["door"] == ["The door is already shut."]
    assert '<a href="#id_door">The door is already shut.</a>' in error_summary(form)


def test_a_refusal_of_no_field_heads_the_form() -> None:
    form = Visit(QueryDict("door=front"))
    form.is_valid()
    form.refuse(Refusal("Nobody is at home.", field="bell"))
    assert "<li>Nobody is at home.</li>" in " ".join(error_summary(form).split()).replace("> ", ">").replace(
        " <", "<"
    )


def test_a_draft_comes_back_unjudged() -> None:
    form = Visit.resume(QueryDict("door=other&why=because&guests=many&brought=c&brought=f"))
    drawn = str(form)
    assert not form.is_bound
    assert "because" in drawn
    assert 'value="many"' in drawn
    assert form["brought"].value() == ["c", "f"]


def test_the_longest_text_is_refused_and_not_cut() -> None:
    class Note(forms.Form):
        note = forms.TextAreaField("Note", at_most=5)

    form = Note(QueryDict("note=123456"))
    assert form.errors["note"] == ["Note must be 5 characters or less"]
    assert "123456" in str(form)


def test_a_password_is_never_shown_again() -> None:
    class SignIn(forms.Form):
        password = forms.PasswordField("Password")
        email = forms.EmailField("Email")

    assert "hunter22" not in str(SignIn(QueryDict("password=hunter22&email=nobody")))


def test_a_form_of_a_library_is_drawn_too() -> None:
    class Code(django_forms.Form):
        code = django_forms.CharField(label="Code")
        remember = django_forms.BooleanField(label="Remember me", required=False)
        next = django_forms.CharField(widget=django_forms.HiddenInput)

    drawn = fields(Code(QueryDict("next=/board")))
    assert 'class="govuk-input' in drawn
    assert 'class="govuk-checkboxes__input"' in drawn
    assert '<input type="hidden" name="next" value="/board"' in drawn
