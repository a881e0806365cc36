"""Bring the catalogues up to date with what the templates and the code say: `make messages`.

New messages appear with no words yet; messages nobody says any more are dropped; nothing else
changes. English is the message itself, so its catalogue holds plurals and reasons only. A reason
is found where it is given: `Refusal(amount="…")`, `Reason("…")`; one that is chosen from a table is
kept as long as its name stands somewhere in the code.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "daftari"
SAYS = [("**/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"newstyle_gettext": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "plurals": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
REASON = "reason"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: daftari\\n"
"Language: {0.locale_identifier}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {0.plural_forms}\\n"

"""


def main() -> int:
    """Answers how many messages have no words yet."""
    catalogues = {path: _read(path) for path in sorted(PACKAGE.glob("locales/*/*/daftari.po"))}
    said = _said(_literals(), catalogues)
    missing = 0
    for path, catalogue in catalogues.items():
        catalogue.update(said, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if catalogue.locale_identifier == "en":
            _speak_for_itself(catalogue)
        _write(path, catalogue)
        silent = [message for message in catalogue if message.id and not _has_words(message.string)]
        missing += len(silent)
        for message in silent:
            print(f"{path.parts[-3]}: {message.context or ''} {message.id}")
    return min(missing, 1)


def _said(literals: set[str], catalogues: dict[Path, Catalog]) -> Catalog:
    said = Catalog(fuzzy=False)
    found = extract_from_dir(PACKAGE, SAYS, OPTIONS, KEYWORDS, comment_tags=("i18n:",))
    for name, _, message, comments, context in found:
        said.add(message, None, [(name, 1)], auto_comments=comments, context=context)
    for path in sorted(PACKAGE.rglob("*.py")):
        for reason in _reasons(ast.parse(path.read_text("utf-8"))):
            said.add(reason, None, [(str(path.relative_to(PACKAGE)), 1)], context=REASON)
    for known in (message for catalogue in catalogues.values() for message in catalogue):
        if known.context == REASON and known.id in literals:
            said.add(known.id, None, context=REASON)
    return said


def _reasons(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        given = (
            [keyword.value for keyword in call.keywords] if name in ("Refusal", "Conflict") else []
        )
        for argument in given + (call.args[:1] if name == "Reason" else []):
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def _literals() -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {node.value for node in nodes if isinstance(node.value, str)}


def _speak_for_itself(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id and message.context != REASON:
            message.string = message.id


def _has_words(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _write(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as file:
        file.write(HEADER.format(catalogue).encode())
        write_po(
            file, catalogue, sort_output=True, include_lineno=False, omit_header=True, width=100
        )


if __name__ == "__main__":
    sys.exit(main())
