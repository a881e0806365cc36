"""`python -m benchmarks.stories`: each story in real Chromium on a slow phone, taps and seconds.

Words after it choose stories by their names, `--steps` tells what took the time, `--quick` slows
nothing down, to try a story, and `--write` puts the table into `benchmarks/README.md`. It ends with
1 where a story takes a tap too many.
"""

import os
import sys
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from benchmarks.report import in_columns, write_down
from benchmarks.stories import at_the_counter, rounds
from benchmarks.stories.book import Book, a_book
from benchmarks.stories.story import Told, tell
from tests.browser.chromium import ARGUMENTS, program

_HEADS = ("story", "taps", "at most", "letters", "seconds", "of them waiting")


def main() -> int:
    load = os.getloadavg()[0]
    chosen = [word for word in sys.argv[1:] if not word.startswith("--")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        with a_book(browser) as book:
            told = list(_tell(browser, book, chosen))
        browser.close()
    table = in_columns([_HEADS, *map(_cells, told)])
    print(f"\n{table}")
    if "--write" in sys.argv:
        write_down(table, load, "stories")
    return 1 if any(one.taps > one.most_taps for one in told) else 0


def _tell(browser: Browser, book: Book, chosen: list[str]) -> Iterator[Told]:
    def is_chosen(name: str) -> bool:
        return not chosen or any(word in name for word in chosen)

    if is_chosen("first visit"):
        for told in rounds.tell_the_first_day(browser, book):
            yield _said(told)
    for story in (*at_the_counter.stories(book), *rounds.stories(book)):
        if is_chosen(story.name):
            yield _said(tell(browser, book, story))


def _said(told: Told) -> Told:
    print(f"  {' · '.join(_cells(told))}", file=sys.stderr, flush=True)
    if "--steps" in sys.argv:
        print("    " + "\n    ".join(told.steps), file=sys.stderr)
    return told


def _cells(told: Told) -> tuple[str, ...]:
    counts = (told.taps, told.most_taps, told.letters)
    seconds = (told.seconds, told.waiting)
    return (told.name, *map(str, counts), *(f"{one:.1f}" for one in seconds))


if __name__ == "__main__":
    sys.exit(main())
