from procrastinate.contrib.django import app

from wayhome.audit import commands
from wayhome.kernel.clock import utc_now


@app.periodic(cron="17 * * * *")
@app.task(name="audit.forget_tries", lock="audit.forget_tries", pass_context=False)
def forget_tries(timestamp: int) -> None:
    commands.forget_tries(now=utc_now())


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", lock="audit.seal", pass_context=False)
def seal(timestamp: int) -> None:
    commands.seal(now=utc_now())
