"""Who sits where and may do what: sessions, second factors, staff cards."""

from app.backend.staff.service.sessions import ADMINISTRATOR, StaffRules, StaffService

__all__ = ["ADMINISTRATOR", "StaffRules", "StaffService"]
