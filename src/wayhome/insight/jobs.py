from procrastinate.contrib.django import app

from wayhome.insight import commands
from wayhome.kernel.clock import utc_now


@app.periodic(cron="23 1 * * *")
@app.task(name="insight.count_months", lock="insight.count_months", pass_context=False)
def count_months(timestamp: int) -> None:
    commands.count_months(now=utc_now())
