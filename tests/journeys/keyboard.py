"""A person who has no mouse: they go from one thing to the next by Tab, and press keys."""

from playwright.sync_api import Locator

from tests.journeys.visitor import PATIENCE, Visitor

MOST_STEPS = 80  # more than the stops of any page: what is not reached by then is not reached at all


class AtTheKeys(Visitor):
    """A visitor by keyboard alone."""

    def press(self, name: str, *, within: Locator | None = None) -> None:
        self._enter(self.thing_to_press(name, within))

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        self._enter((within or self.page).get_by_role("link", name=name).first)

    def type(self, label: str, words: str) -> None:
        self.reach(self.box(label))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def choose(self, label: str, *, of: str = "") -> None:
        """A choice among radios is one stop: the arrow keys go on from there."""
        place = self.page.get_by_role("group", name=of).last if of else self.page
        choice = place.get_by_label(label, exact=True).first
        choice.focus()
        self.page.keyboard.press("Space")

    def skip_to_content(self) -> None:
        """The first stop of a page is the link past its frame."""
        self._enter_here(self.page.get_by_role("link", name="Skip to main content"))

    def reach(self, thing: Locator) -> None:
        """Press Tab until it has the focus."""
        thing.wait_for()
        for _ in range(MOST_STEPS):
            if thing.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.name} at {self.page.url}: {thing} is not reached by Tab")

    def _enter(self, thing: Locator) -> None:
        self.reach(thing)
        with self.page.expect_navigation(timeout=PATIENCE):
            self.page.keyboard.press("Enter")
        self.look()

    def _enter_here(self, thing: Locator) -> None:
        self.reach(thing)
        self.page.keyboard.press("Enter")
