from procrastinate.contrib.django import app

from wayhome.audit import commands
from wayhome.kernel.clock import utc_now


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal", pass_context=False)
def seal(timestamp: int) -> None:
    commands.seal(now=utc_now())
