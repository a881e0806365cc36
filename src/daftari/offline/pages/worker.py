"""The source of the service worker: its code from `js/worker/`, and the files of the build it
caches.

A browser installs a new worker when one byte differs. So the first lines contain a digest of all
cached files: a changed word in the shell or a changed colour makes a new worker, and nothing else
does.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from daftari.kernel.languages import LANGUAGES

SHELL: Final = "/offline"
BOOK: Final = "js/book/offline-book.js"
_BESIDE: Final = ("css/daftari.css", "icons/sprite.svg", "icons/app.svg", "js/lock-gate.js")
_AT_ONCE: Final = re.compile(r"""\b(?:from|import)\s*["'](\.[^"']+)["']""")
_EVER: Final = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


def shell_address(language: str) -> str:
    """The address of the shell in a language."""
    return f"{SHELL}?language={language}"


def modules_of(start: str, read: Callable[[str], bytes], *, at_once: bool = False) -> list[str]:
    """Paths of the module `start` and of all modules it imports, directly or not, each once.

    `at_once`: without dynamic imports.
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
    """Files of the build that the shell needs: its modules, what stands beside them in its head,
    and the common styles and images.
    """
    beside = [path for path in paths if path.endswith(".woff2") or path in _BESIDE]
    return [*beside, *modules]


def worker_source(
    parts: Sequence[str], shells: Mapping[str, bytes], files: Mapping[str, bytes]
) -> str:
    """The whole script. `parts`: its code; `shells`: by language; `files`: by address.

    `DIGEST` is the SHA-256 over the SHA-256 of each cached response, shells first, then files: the
    worker caches exactly these bytes or nothing.
    """
    kept = {shell_address(language): shells[language] for language in LANGUAGES} | dict(files)
    digest = sha256(b"".join(sha256(content).digest() for content in kept.values())).hexdigest()
    build = sha256("\n".join((digest, *parts)).encode()).hexdigest()[:12]
    named = {"BUILD": build, "DIGEST": digest, "SHELL": SHELL, "KEPT": list(kept)}
    prelude = [f"const {name} = {json.dumps(value)}" for name, value in named.items()]
    return "\n".join((*prelude, *parts))
