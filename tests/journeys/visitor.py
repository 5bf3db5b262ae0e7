"""A person at a browser. They press what is named and type where it is labelled, as a person would.

Every page they come to is looked at before they go on: axe finds nothing, nothing runs over the side, and the browser
has nothing to complain about.
"""

import re
from datetime import date, datetime
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from wayhome.config.home import CHECKOUT
from wayhome.kernel.clock import london

AXE = (CHECKOUT / "node_modules" / "axe-core" / "axe.min.js").read_text()
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
# The kinds of elements on a page, each with the kind that it stands in.
KINDS = """() => {
  const kind = (element) => `${element.localName}.${element.className} ${element.getAttribute("role") ?? ""}`;
  const all = [...document.body.querySelectorAll("*")];
  return [...new Set(all.map((element) => `${window.innerWidth} ${kind(element.parentElement)} > ${kind(element)}`))];
}"""
# Those in which axe found nothing, in this process.
CLEAN: set[str] = set()
# Whether words stand out from what is behind them hangs on the kinds alone, and is most of the time that axe takes.
BY_KIND = ("color-contrast", "link-in-text-block")
# The machine may be busy with other tests: what waits, waits long, and not for ever.
PATIENCE = 40_000
# What a browser says of an answer that is a refusal, or of a lost line, is not a fault of the page.
EXPECTED_NOISE = ("Failed to load resource",)


class Visitor:
    """One of the cast, or somebody unknown."""

    def __init__(self, name: str, context: BrowserContext, inspector: BrowserContext | None = None) -> None:
        self.name = name
        self.context = context
        self.complaints: list[str] = []
        context.set_default_timeout(PATIENCE)
        # Once for every page of theirs: handed to each page anew it takes as long as its looking does.
        (inspector or context).add_init_script(AXE)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = context.new_page()
        self.eyes: Page | None = inspector.new_page() if inspector else None

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED_NOISE):
            self.complaints.append(message.text)

    # Going somewhere

    def visit(self, path: str, *, status: int = 200) -> None:
        """Go to an address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{self.name} at {path}: {answer.status}"
        self.look()

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press a button or link that leads to another page, or to the same one again."""
        with self.page.expect_navigation(timeout=PATIENCE):
            self.thing_to_press(name, within).click()
        self.look()

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow a link to another page."""
        with self.page.expect_navigation(timeout=PATIENCE):
            (within or self.page).get_by_role("link", name=name).first.click()
        self.look()

    def thing_to_press(self, name: str, within: Locator | None = None) -> Locator:
        """A button of this name, or a link drawn as one."""
        place = within or self.page
        return place.get_by_role("button", name=name, exact=True).first

    def reload(self) -> None:
        """Load the page again."""
        self.page.reload()
        self.look()

    # Filling in

    def type(self, label: str, words: str) -> None:
        """Type into a box."""
        self.box(label).fill(words)

    def box(self, label: str) -> Locator:
        """The box of this label: a radio button whose words are like it is none."""
        typed_in = self.page.locator("input:not([type=radio], [type=checkbox]), textarea")
        return self.page.get_by_label(label).and_(typed_in).first

    def choose(self, label: str, *, of: str = "") -> None:
        """Choose an answer, or tick it; `of` is the question, where several have such an answer."""
        place = self.page.get_by_role("group", name=of).last if of else self.page
        place.get_by_label(label, exact=True).first.check()

    def pick(self, label: str, words: str) -> None:
        """Pick from a drop-down list."""
        self.page.get_by_label(label).select_option(label=words)

    def type_moment(self, question: str, at: datetime) -> None:
        """Type a day and a time, as a London clock showed it."""
        shown = london(at)
        self.type_day(question, shown.date())
        self.question(question).get_by_label("Time", exact=True).fill(f"{shown:%H:%M}")

    def type_day(self, question: str, day: date) -> None:
        """Type a day into its three boxes."""
        boxes = self.question(question)
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label, exact=True).fill(str(number))

    def question(self, words: str) -> Locator:
        """The group of boxes under a question."""
        return self.page.get_by_role("group", name=words).first

    # Seeing

    def expect_heading(self, words: str) -> None:
        """The page's heading says this."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words, timeout=PATIENCE)

    def expect_to_see(self, *sentences: str) -> None:
        """Each of these stands on the page, in view."""
        for words in sentences:
            expect(self.main.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=PATIENCE)

    def expect_not_to_see(self, *sentences: str) -> None:
        """None of these is anywhere in the page."""
        for words in sentences:
            expect(self.page.get_by_text(words)).to_have_count(0)

    def expect_problem(self, sentence: str) -> None:
        """The summary at the top says what is wrong, and leads to the field."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(sentence)
        expect(self.page).to_have_title(re.compile("^Error: "))

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.page.get_by_role("main")

    def part(self, heading: str) -> Locator:
        """The section under a heading."""
        return self.page.get_by_role("region", name=heading).first

    def look(self) -> None:
        """Look at the page as it is now."""
        self.page.wait_for_load_state()
        where = f"{self.name} at {self.page.url}"
        assert not self.complaints, f"{where}: the browser complains: {self.complaints}"
        over, found = inspect(self._twin(self.eyes) if self.eyes else self.page)
        assert over <= 0, f"{where}: {over} px run over the side"
        assert not found, f"{where}: axe finds {found}"

    def _twin(self, page: Page) -> Page:
        """The same page where scripts may run, for those who came without: axe is one. None of ours runs there."""
        if page.url == "about:blank":
            page.goto(
                "/static/build/supported.js"
            )  # a place of this Wayhome, whose pictures and styles it may show
        page.set_content(SCRIPT.sub("", self.page.content()))
        return page

    def picture(self, path: Path) -> None:
        """Keep a picture of the page."""
        self.page.screenshot(path=path, full_page=True)

    def close(self) -> None:
        """Close their browser."""
        for page in filter(None, (self.page, self.eyes)):
            page.context.close()


def inspect(page: Page) -> tuple[int, list[str]]:
    """How far a page runs over the side, and what axe finds: the rule and the elements.

    What hangs on the kinds of elements alone is asked where there is a kind that was not looked at before.
    """
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    kinds = set(page.evaluate(KINDS))
    asked = {rule: {"enabled": not kinds <= CLEAN} for rule in BY_KIND}
    violations = page.evaluate(
        "rules => axe.run(document, {resultTypes: ['violations'], rules}).then(r => r.violations)", asked
    )
    if not violations:
        CLEAN.update(kinds)
    return over, [
        f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in violations
    ]
