"""Fixtures that every part of the suite shares."""

from hypothesis import settings

# A busy machine makes an example slow, not wrong.
settings.register_profile("pickup", deadline=None)
settings.load_profile("pickup")
