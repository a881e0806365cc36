"""People of two shops: Umm Salim and those who work with her, and Huda elsewhere."""

from tests.integration.ledger.conftest import huda, karim, umm_salim, viewer

__all__ = ["huda", "karim", "umm_salim", "viewer"]
