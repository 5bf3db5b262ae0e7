"""Where a journey is played: Wayhome over http, its people committed, and a browser for each of them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.visitor import Visitor
from tests.personas import ARRANGER, NOW, Cast
from wayhome.config.home import CHECKOUT
from wayhome.config.testing import as_worker
from wayhome.kernel.clock import london_day
from wayhome.people.commands import NewCareEpisode, begin_care_episode

SIGN_IN = "wayhome.access.signed_in.Backend"
PICTURES = CHECKOUT / ".build" / "journeys"
PHONE = {"width": 390, "height": 800}
SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@dataclass
class Stage:
    """One journey's Wayhome."""

    address: str
    browser: Browser
    cast: Cast
    name: str
    visitors: list[Visitor] = field(default_factory=list)
    has_failed: bool = False

    def stranger(
        self,
        *,
        called: str = "somebody",
        size: dict[str, int] = DESK,
        scripts: bool = True,
        kind: type[Visitor] = Visitor,
    ) -> Visitor:
        """Somebody at a browser of their own, not signed in."""
        context = self._context(size, scripts=scripts)
        visitor = kind(called, context, None if scripts else self._context(size, scripts=True))
        self.visitors.append(visitor)
        return visitor

    def _context(self, size: dict[str, int], *, scripts: bool) -> BrowserContext:
        return self.browser.new_context(
            base_url=self.address,
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
        )

    def signed_in(self, name: str, **browser: Any) -> Visitor:
        """One of the cast at a browser of their own, signed in already (test_signing_in.py does it by the pages)."""
        visitor = self.stranger(called=name, **browser)
        client = Client()
        client.force_login(self.cast.users[name], backend=SIGN_IN)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        visitor.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        return visitor

    def take_down(self) -> None:
        """Close every browser; of a journey that failed, keep a picture of each page first."""
        if self.has_failed:
            PICTURES.mkdir(parents=True, exist_ok=True)
            for place, visitor in enumerate(self.visitors):
                visitor.picture(PICTURES / f"{self.name}-{place}-{visitor.name}.png")
        for visitor in self.visitors:
            visitor.close()


def lives_in(cast: Cast, home: str, person_id: UUID) -> None:
    """The child is looked after, in the home of one of the cast."""
    with as_worker():
        begin_care_episode(
            person_id=person_id,
            new=NewCareEpisode(
                started_on=london_day(NOW) - timedelta(days=90),
                start_reason="S",
                legal_status="V2",
                placement="K2",
                need="N1",
                home_team_id=cast.team_of(home),
            ),
            viewer=ARRANGER,
            now=NOW - timedelta(days=90),
        )
