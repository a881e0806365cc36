"""The service worker's source: one build, the files it keeps, and the parts of `js/worker/`.

A worker that differs by one byte is a new worker to the browser. So its first lines name what it
keeps, by a digest: a new word in the shell or a new colour makes a new worker, and nothing else.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from daftari.web.i18n import LANGUAGES

SHELL: Final = "/offline"
BOOK: Final = "js/book/offline-book.js"
_DRAWINGS: Final = ("icons/sprite.svg", "icons/app.svg")
_AT_ONCE: Final = re.compile(r"""\b(?:from|import)\s*["'](\.[^"']+)["']""")
_EVER: Final = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


def shell_address(language: str) -> str:
    """Where the shell of a language is found."""
    return f"{SHELL}?language={language}"


def modules_of(start: str, read: Callable[[str], bytes], *, at_once: bool = False) -> list[str]:
    """The module `start` and all it imports, and all those import: paths, each once.

    `at_once`: without what is fetched only when somebody wants it.
    """
    imports, found = (_AT_ONCE if at_once else _EVER), [start]
    for path in found:
        folder = posixpath.dirname(path)
        for imported in imports.findall(read(path).decode()):
            module = posixpath.normpath(posixpath.join(folder, imported))
            if module not in found:
                found.append(module)
    return found


def kept_of(paths: Iterable[str], modules: Sequence[str]) -> list[str]:
    """The files that the shell needs of a build: its modules, and what all pages look like."""
    looks = [path for path in paths if path.endswith((".css", ".woff2")) or path in _DRAWINGS]
    return [*looks, *modules]


def worker_source(
    parts: Sequence[str], shells: Mapping[str, bytes], files: Mapping[str, bytes]
) -> str:
    """The whole script. `parts`: its code; `shells`: by language; `files`: by address.

    `DIGEST` is the SHA-256 over the SHA-256 of each kept answer, shells first, then files: the
    worker keeps either exactly these bytes or none.
    """
    kept = {shell_address(language): shells[language] for language in LANGUAGES} | dict(files)
    digest = sha256(b"".join(sha256(content).digest() for content in kept.values())).hexdigest()
    build = sha256("\n".join((digest, *parts)).encode()).hexdigest()[:12]
    named = {"BUILD": build, "DIGEST": digest, "SHELL": SHELL, "KEPT": list(kept)}
    prelude = [f"const {name} = {json.dumps(value)}" for name, value in named.items()]
    return "\n".join((*prelude, *parts))
