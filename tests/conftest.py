"""What all tests share: hypothesis counts examples, not seconds; how busy the machine is, is no fault of the code."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "wiredesk", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("wiredesk")
