"""What every form by which something is done has in common."""

from django.http import QueryDict

from wayhome.access.submitting import SubmittedForm
from wayhome.kernel.refusal import Refusal


class Acting(SubmittedForm):
    """Remembers why a command refused, because that decides what is shown beside the form."""

    refusal: Refusal | None = None

    def refuse(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().refuse(refusal)

    def renew(self, **fresh: object) -> None:
        """Give hidden fields the values of today: the reader is being shown what changed meanwhile."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, value in fresh.items():
            data[name] = str(value)
        self.data = data
