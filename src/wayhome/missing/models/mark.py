from django.db import models
from django.db.models import F, Q

from wayhome.kernel.ids import new_id
from wayhome.missing.models.interview import ReturnInterview
from wayhome.missing.vocabulary import MarkKind, MarkState


class Mark(models.Model):
    """A sentence of a return interview that leads to action, with the words as they stood when it was marked.

    `field` and [start, end) say where it is, in characters of that answer. What it led to can be traced back to it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    interview = models.ForeignKey(ReturnInterview, models.PROTECT, related_name="marks")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField(choices=MarkKind)
    field = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    # What is to change, what is known of it: in the words of whoever marked it.
    note = models.TextField(blank=True)
    # A number, registration, postcode or name as it is written elsewhere, confirmed by a person.
    value = models.TextField(blank=True)
    state = models.TextField(choices=MarkState, default=MarkState.WAITING)
    state_note = models.TextField(blank=True)
    state_at = models.DateTimeField(null=True)
    state_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="a_mark_has_words"),
            models.CheckConstraint(condition=~Q(quote=""), name="a_mark_keeps_its_words"),
        ]
        indexes = [
            models.Index(fields=["person", "-marked_at"], name="marks_about_a_person"),
            models.Index(
                fields=["kind", "marked_at"], name="marks_waiting", condition=Q(state=MarkState.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return self.quote
