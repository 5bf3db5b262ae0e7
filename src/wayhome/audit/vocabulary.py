from django.db import models


class Outcome(models.TextChoices):
    DONE = "done"
    REFUSED = "refused"
