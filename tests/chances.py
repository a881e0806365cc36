"""How many examples a test of chance tries: a fifth of them in `make quick`, which has a minute."""

from hypothesis import settings

QUICK = "quick"


def examples(many: int) -> int:
    return max(1, many // 5) if settings.get_current_profile_name() == QUICK else many
