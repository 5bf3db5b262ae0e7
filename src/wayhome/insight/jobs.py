from procrastinate.contrib.django import app

from wayhome.insight import commands
from wayhome.insight.commands.handing_over import hand_over_measures
from wayhome.kernel.clock import utc_now


@app.periodic(cron="23 1 * * *")
@app.task(name="insight.count_months", lock="insight.count_months", pass_context=False)
def count_months(timestamp: int) -> None:
    commands.count_months(now=utc_now())


@app.periodic(cron="43 1 * * *")
@app.task(name="insight.hand_over", lock="insight.hand_over", pass_context=False)
def hand_over(timestamp: int) -> None:
    hand_over_measures(now=utc_now())
