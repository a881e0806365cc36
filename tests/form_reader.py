"""What a page asks for: the controls of its forms."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects the controls of a page: the longest text of each, and which lie in a fold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.longest: dict[str, int] = {}
        self.folded: set[str] = set()
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._depth += tag == "details"
        if tag in ("input", "textarea", "select") and "name" in given:
            self.longest[given["name"]] = int(given.get("maxlength", 0))
            if self._depth:
                self.folded.add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "details"
