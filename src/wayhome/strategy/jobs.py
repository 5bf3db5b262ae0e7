from procrastinate.contrib.django import app

from wayhome.kernel.clock import utc_now
from wayhome.strategy.commands.asking import keep_asking


@app.periodic(cron="5 7 * * *")
@app.task(name="strategy.keep_asking", lock="strategy.keep_asking", pass_context=False)
def ask_owners(timestamp: int) -> None:
    keep_asking(now=utc_now())
