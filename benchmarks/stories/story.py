"""One story: how it begins, what is done, and how many taps it may take."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser

from benchmarks.stories.book import Book
from benchmarks.stories.slow_phone import SlowPhone

Act = Callable[[SlowPhone, Book], object]


@dataclass(frozen=True, slots=True)
class Story:
    """`at`: the page on which the phone lies at the beginning, its scripts and its copy of the book
    at hand. `before`: what is done before the story, uncounted. `is_wide`: on a desktop.
    """

    name: str
    act: Act
    most_taps: int
    at: str = ""
    before: Act | None = None
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a story took. `waiting`: of the seconds, those that are not the hand's own."""

    name: str
    taps: int
    most_taps: int
    letters: int
    seconds: float
    waiting: float
    steps: tuple[str, ...]


def tell(browser: Browser, book: Book, story: Story) -> Told:
    """On a phone that has the book, and the page at rest."""
    options = {"width": 1280, "height": 800, "has_touch": False} if story.is_wide else {}
    phone = SlowPhone.new(browser, book.origin, book.token, **options)
    phone.carry_the_book(f"{book.home}/")
    if story.before:
        story.before(phone, book)
    if story.at:
        phone.rest(story.at)
    phone.begin()
    story.act(phone, book)
    told = told_of(story.name, story.most_taps, phone)
    phone.phone.context.close()
    return told


def told_of(name: str, most_taps: int, phone: SlowPhone) -> Told:
    """What the story on this phone has taken until now."""
    seconds = phone.seconds()
    waiting, steps = seconds - phone.by_hand, tuple(phone.steps)
    return Told(name, phone.taps, most_taps, phone.letters, seconds, waiting, steps)
