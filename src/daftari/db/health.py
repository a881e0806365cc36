"""What SQLCipher and SQLite find wrong with a file itself, apart from what stands in it."""

from typing import Any

_AT_MOST = 20


def integrity(driver: Any) -> list[str]:
    """Complaints about the file, worst first, at most 20; empty when sound.

    Every page's seal is checked, then the order of the pages. The WAL is folded in first, because
    seals are only looked at in the file itself.
    """
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return (_broken_seals(driver) or _disorder(driver))[:_AT_MOST]


def _broken_seals(driver: Any) -> list[str]:
    """The seals are read past SQLite's locks: what another process writes just now is read torn,
    once. What is broken stays broken."""
    first, second = _seals(driver), []
    if first:
        second = _seals(driver)
    return [complaint for complaint in first if complaint in second]


def _seals(driver: Any) -> list[str]:
    return [row[0] for row in driver.execute("PRAGMA cipher_integrity_check")]


def _disorder(driver: Any) -> list[str]:
    complaints = [row[0] for row in driver.execute(f"PRAGMA integrity_check({_AT_MOST})")]
    return [complaint for complaint in complaints if complaint != "ok"]
