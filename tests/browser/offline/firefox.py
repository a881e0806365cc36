"""A real Firefox on a profile of its own, spoken to in WebDriver BiDi (W3C) over its own socket."""

import json
import re
import shutil
import subprocess
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import connect

from tests.browser.offline.hand import PATIENCE, Hand

PREFS = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "intl.accept_languages": "ar",
    "browser.sessionstore.resume_from_crash": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.update.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "services.settings.server": "http://localhost:9/",
}


class Bidi:
    """One session. `ask("browsingContext.navigate", …)`: the result, or what went wrong."""

    def __init__(self, address: str) -> None:
        self.line = ExitStack()
        self.socket = self.line.enter_context(connect(f"{address}/session", max_size=None))
        self.numbers = count(1)
        self.ask("session.new", capabilities={})

    def ask(self, method: str, **params: Any) -> Any:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (told := json.loads(self.socket.recv(PATIENCE))).get("id") != number:
            pass  # events nobody asked for
        if told["type"] == "error":
            raise RuntimeError(f"{method}: {told['error']}: {told['message']}")
        return told["result"]


@dataclass
class Firefox(Hand):
    """A phone that is switched on and off again with all it holds. One tab."""

    profile: Path
    origin: str
    bidi: Bidi | None = None
    tab: str = ""
    process: subprocess.Popen[bytes] | None = None
    said: Path = field(init=False)

    def __post_init__(self) -> None:
        self.profile.mkdir(parents=True, exist_ok=True)
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFS.items()]
        (self.profile / "user.js").write_text("".join(lines))
        self.said = self.profile.with_suffix(".log")

    def start(self) -> None:
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        assert program, "Firefox is missing: apt-get install firefox-esr"
        self.said.write_bytes(b"")
        options = ["--headless", "--no-remote", "--width", "360", "--height", "800"]
        port = ["--remote-debugging-port", "0", "--profile", str(self.profile)]
        with self.said.open("ab") as log:
            self.process = subprocess.Popen([program, *options, *port], stdout=log, stderr=log)
        self.bidi = Bidi(self._address())
        self.tab = self.command("browsingContext.getTree")["contexts"][0]["context"]

    def _address(self) -> str:
        """Firefox says on its error output where it listens."""
        deadline = time.monotonic() + PATIENCE
        while not (found := re.search(r"BiDi listening on (ws://\S+)", self.said.read_text())):
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.05)
        return found[1]

    def command(self, method: str, **params: Any) -> Any:
        assert self.bidi is not None
        return self.bidi.ask(method, **params)

    def stop(self) -> None:
        """As a person closes it."""
        with suppress(Exception):
            self.command("browser.close")
        self._end(wait=15)

    def kill(self) -> None:
        """kill -9, in whatever it was doing."""
        assert self.process is not None
        self.process.kill()
        self._end(wait=15)

    def _end(self, wait: float) -> None:
        if self.bidi is not None:
            self.bidi.line.close()
        if self.process is not None:
            try:
                self.process.wait(wait)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def sign_in_as(self, token: str) -> None:
        place = {"name": "daftari", "domain": urlsplit(self.origin).hostname, "path": "/"}
        kept = {"httpOnly": True, "sameSite": "lax", "expiry": int(time.time()) + 90 * 86400}
        cookie = place | kept | {"value": {"type": "string", "value": token}}
        self.command("storage.setCookie", cookie=cookie)

    def open(self, path: str) -> None:
        """Firefox tells of every request that found nobody; the worker may answer all the same."""
        address = self.origin + path
        try:
            self.command("browsingContext.navigate", context=self.tab, url=address, wait="complete")
        except RuntimeError as error:
            if "NS_ERROR" not in str(error):
                raise
        self.until(lambda: self.run(_IS_OURS))

    def run(self, function: str, *words: str | int) -> Any:
        told = self.command(
            "script.callFunction",
            functionDeclaration=f"async (...a) => JSON.stringify(await ({function})(...a) ?? null)",
            arguments=[
                {"type": "number" if isinstance(w, int) else "string", "value": w} for w in words
            ],
            target={"context": self.tab},
            awaitPromise=True,
            userActivation=True,
        )
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"]["value"])

    def click(self, selector: str, words: str = "") -> None:
        self.until(lambda: self.run(_STANDS_STILL, selector, words))
        found = self.command(
            "script.callFunction",
            functionDeclaration=_FIND,
            arguments=[{"type": "string", "value": w} for w in (selector, words)],
            target={"context": self.tab},
            awaitPromise=True,
        )["result"]
        place = {"type": "element", "element": {"sharedId": found["sharedId"]}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": place}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        mouse = {"type": "pointer", "id": "mouse", "actions": [move, *press]}
        self.command("input.performActions", context=self.tab, actions=[mouse])

    def type(self, words: str) -> None:
        taps = [{"type": kind, "value": c} for c in words for kind in ("keyDown", "keyUp")]
        keys = {"type": "key", "id": "keys", "actions": taps}
        self.command("input.performActions", context=self.tab, actions=[keys])


_IS_OURS = (
    """() => document.readyState === 'complete' && !document.documentURI.startsWith('about:')"""
)
_FIND = """(selector, words) => {
  const those = [...document.querySelectorAll(selector)]
  const found = those.find((it) => it.checkVisibility() && it.innerText.includes(words))
  found?.scrollIntoView({block: 'center', behavior: 'instant'})
  return found
}"""
# A sheet on its way up is missed by the mouse; on a busy machine it may not even have set out.
# For a moment after it has opened it takes no press.
_STANDS_STILL = f"""async (...args) => {{
  const find = {_FIND}
  const found = find(...args)
  const place = () => JSON.stringify(find(...args)?.getBoundingClientRect())
  const moves = (it) => it.playState === 'running' && it.effect.target?.contains(found)
  const before = place()
  await new Promise((done) => setTimeout(done, 50))
  const isOpening = 'opening' in document.documentElement.dataset
  const isMoving = isOpening || document.getAnimations().some(moves)
  return before !== undefined && before === place() && !isMoving
}}"""
