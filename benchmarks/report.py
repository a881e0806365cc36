"""What was measured beside what is promised, as a table for people and for `README.md`."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil

README = Path(__file__).parent / "README.md"


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise: `measured` may be at most `most`; both in `unit`. `more`: how it came about."""

    what: str
    measured: float
    most: float
    unit: str
    more: str = ""

    @property
    def is_kept(self) -> bool:
        return self.measured <= self.most

    def cells(self) -> tuple[str, ...]:
        digits = 0 if self.unit in ("", "kB", "MB") else 2
        measured, most = (f"{n:.{digits}f} {self.unit}".strip() for n in (self.measured, self.most))
        kept = "kept" if self.is_kept else "BROKEN"
        return self.what, measured, f"≤ {most}", kept, self.more


def table(findings: Iterable[Finding]) -> str:
    """In Markdown, its columns in line."""
    heads = ("what", "measured", "promised", "", "how")
    return in_columns([heads, *(finding.cells() for finding in findings)])


def in_columns(rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown, the first row its heads."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (rows[0], rule, *rows[1:])
    )


def write_down(measured: str, load: float, what: str = "measured") -> None:
    """Put a table into README.md, with the day, the machine and how busy it was before."""
    begin, end = f"<!-- {what} -->", f"<!-- /{what} -->"
    text = README.read_text()
    about = f"{date.today()}, {_machine()}, load {load:.1f} before the run"
    block = f"{begin}\n{about}\n\n{measured}\n{end}"
    README.write_text(re.sub(f"{begin}.*{end}", lambda _: block, text, flags=re.DOTALL))


def _machine() -> str:
    memory = round(psutil.virtual_memory().total / 2**30)
    cores = f"{os.cpu_count()} cores of {_processor()}"
    return f"{cores}, {memory} GiB, {platform.system()}, Python {platform.python_version()}"


def _processor() -> str:
    about = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    named = re.search(r"model name\s*:\s*(.+)", about)
    return named[1].strip() if named else platform.machine()
