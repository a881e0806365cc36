"""Integrity checks of SQLCipher and SQLite on a database file, apart from its content."""

from typing import Any

_AT_MOST = 20


def integrity(driver: Any) -> list[str]:
    """The errors found in the file, worst first, at most 20; empty for an intact file.

    The HMAC of every page is checked, then the structure of the database. The WAL is checkpointed
    first, because HMACs are only checked in the main file.
    """
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return (_hmac_errors(driver) or _structure_errors(driver))[:_AT_MOST]


def _hmac_errors(driver: Any) -> list[str]:
    """The pages whose HMAC is wrong in two checks.

    SQLCipher's check ignores SQLite's locks, so a page that another process is writing can fail
    once.
    """
    first, second = _check_hmacs(driver), []
    if first:
        second = _check_hmacs(driver)
    return [complaint for complaint in first if complaint in second]


def _check_hmacs(driver: Any) -> list[str]:
    return [row[0] for row in driver.execute("PRAGMA cipher_integrity_check")]


def _structure_errors(driver: Any) -> list[str]:
    complaints = [row[0] for row in driver.execute(f"PRAGMA integrity_check({_AT_MOST})")]
    return [complaint for complaint in complaints if complaint != "ok"]
