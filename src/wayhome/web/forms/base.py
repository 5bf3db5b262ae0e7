"""The form, and what each of its fields has in common.

A field knows its GOV.UK component and the options it hands over (`params`). Templates say `{{ field(form["x"]) }}`,
`{{ fields(form) }}` and `{{ error_summary(form) }}` (web/jinja.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from markupsafe import Markup

from wayhome.kernel.refusal import Refusal
from wayhome.web.govuk import govuk

Params = dict[str, Any]  # the options of a GOV.UK component: texts, lists and further options


class GovukField(forms.Field):
    """A form field that draws itself as a GOV.UK component.

    `heading` makes the label large: "l" when it is the page's own heading (then it is the h1), "m" and "s" inside a
    long page. `required_message` says what to do when nothing was given.
    """

    component = "input"

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        heading: str = "",
        required: bool = True,
        required_message: str = "",
        **options: Any,  # those of the Django field beneath
    ) -> None:
        messages = {"required": required_message or self.ask_for(label), **options.pop("error_messages", {})}
        self.heading = heading
        super().__init__(label=label, help_text=hint, required=required, error_messages=messages, **options)

    def ask_for(self, label: str) -> str:
        """What is said when nothing was given and the form names nothing better."""
        if label.endswith("?"):
            return f"Answer the question “{label}”"
        return f"Enter {label[:1].lower()}{label[1:]}"

    def draw(self, bound: BoundField) -> Markup:
        """The field with its label, hint and error."""
        return govuk(self.component, self.params(bound))

    def params(self, bound: BoundField) -> Params:
        """The options for the component: here those that all of them share."""
        params: Params = {"id": bound.id_for_label, "name": bound.html_name}
        return params | self.hint_and_error(bound)

    def hint_and_error(self, bound: BoundField) -> Params:
        """The line under the label, and what is wrong, where there is something to say."""
        said: Params = {}
        if bound.help_text:
            said["hint"] = {"text": bound.help_text}
        if bound.errors:
            said["errorMessage"] = {"text": bound.errors[0]}
        return said

    def label_params(self, bound: BoundField) -> Params:
        """The label of a single input."""
        return {"text": self.shown_label(bound), **self.heading_params("label")}

    def fieldset_params(self, bound: BoundField) -> Params:
        """The legend round several inputs."""
        return {"legend": {"text": self.shown_label(bound), **self.heading_params("fieldset__legend")}}

    def shown_label(self, bound: BoundField) -> str:
        """The label, saying so if an answer is not needed."""
        label = str(bound.label)
        return label if self.required or label.endswith("(optional)") else f"{label} (optional)"

    def heading_params(self, part: str) -> Params:
        """How large the label is (bold if nothing is said), and whether it is the heading of the page."""
        size = self.heading or "s"
        return {"classes": f"govuk-{part}--{size}", "isPageHeading": size in ("l", "xl")}

    def focus_id(self, bound: BoundField) -> str:
        """The id that the error summary leads to."""
        return str(bound.id_for_label)

    def revealed_by(self, bound: BoundField) -> Mapping[str, Sequence[str]]:
        """For each choice, the fields that are asked only with it: here none."""
        return {}


class Form(forms.Form):
    """A form whose fields are GOV.UK fields, and which can be told that a command refused."""

    use_required_attribute = False

    @classmethod
    def resume(cls, typed: Any, **options: Any) -> Self:  # typed: a QueryDict of an earlier, unfinished form
        """The form with the words of a draft in it, not yet judged."""
        form = cls(**options)
        for name, each in form.fields.items():
            if not each.widget.value_omitted_from_data(typed, {}, form.add_prefix(name)):
                form.initial[name] = each.widget.value_from_datadict(typed, {}, form.add_prefix(name))
        return form

    def clean(self) -> dict[str, Any]:
        """Forgets the fields under a choice that was not made. None: they were not asked."""
        for name in self.asleep():
            self.errors.pop(name, None)
            self.cleaned_data[name] = None
        return self.cleaned_data

    def asleep(self) -> Iterator[str]:
        """The names of the fields under choices that are not chosen."""
        for bound in (each for each in self if revealed_by(each)):
            chosen = bound.value() or ()
            chosen = [chosen] if isinstance(chosen, str) else [str(each) for each in chosen]
            for choice, names in revealed_by(bound).items():
                yield from names if choice not in chosen else ()

    def refuse(self, refusal: Refusal) -> None:
        """Shows a command's refusal as an error of the form, at the field it names if the form has it."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)

    def revealed(self) -> set[str]:
        """The names of the fields that are drawn inside a choice of another field."""
        return {name for bound in self for names in revealed_by(bound).values() for name in names}

    def render(
        self, template_name: str | None = None, context: Any = None, renderer: Any = None
    ) -> SafeString:
        """`{{ form }}`: all fields."""
        return SafeString(fields(self))

    __str__ = __html__ = render


def revealed_by(bound: BoundField) -> Mapping[str, Sequence[str]]:
    """For each choice of a field, the fields asked only with it."""
    return bound.field.revealed_by(bound) if isinstance(bound.field, GovukField) else {}


def field(bound: BoundField) -> Markup:
    """One field of a form, as it is drawn. Fields of a library's form (sign-in) are drawn as plain inputs."""
    return bound.field.draw(bound) if isinstance(bound.field, GovukField) else draw_foreign(bound)


def fields(form: forms.BaseForm, *names: str) -> Markup:
    """The named fields in this order, or all of them; those inside a choice come with their choice."""
    inside = form.revealed() if isinstance(form, Form) else ()
    wanted = names or [name for name in form.fields if name not in inside]
    return Markup("\n").join(field(form[name]) for name in wanted)


def draw_foreign(bound: BoundField) -> Markup:
    """A Django field that is none of ours: a checkbox, something hidden, or a box to type in."""
    widget = bound.field.widget
    if isinstance(widget, forms.HiddenInput):
        return Markup(bound.as_hidden())  # noqa: S704 - drawn, and escaped, by Django
    shared = GovukField.hint_and_error(GovukField(str(bound.label)), bound)
    if isinstance(widget, forms.CheckboxInput):
        box: Params = {"value": "on", "text": bound.label, "checked": bool(bound.value())}
        return govuk(
            "checkboxes", shared | {"name": bound.html_name, "idPrefix": bound.id_for_label, "items": [box]}
        )
    kind = getattr(widget, "input_type", "text")
    params: Params = {
        "id": bound.id_for_label,
        "name": bound.html_name,
        "type": kind,
        "label": {"text": bound.label, "classes": "govuk-label--s"},
        "value": "" if kind == "password" else bound.value(),
        "autocomplete": widget.attrs.get("autocomplete", ""),
        "classes": "govuk-input--width-20",
    }
    return govuk("input", params | shared)


def error_summary(form: forms.BaseForm) -> Markup:
    """What is wrong with the form, each line leading to its field; nothing if nothing is."""
    if not form.errors:
        return Markup("")
    lines: list[Params] = [{"text": message} for message in form.non_field_errors()]
    for bound in form:
        lines += [{"text": message, "href": f"#{focus_id(bound)}"} for message in bound.errors]
    return govuk("error-summary", {"titleText": "There is a problem", "errorList": lines})


def focus_id(bound: BoundField) -> str:
    """The id of the input that an error leads to."""
    return bound.field.focus_id(bound) if isinstance(bound.field, GovukField) else str(bound.id_for_label)
