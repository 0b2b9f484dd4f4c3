"""Who sits where and may do what: sessions, second factors, staff cards."""

from app.backend.staff.service.sessions import SESSION, StaffService

__all__ = ["SESSION", "StaffService"]
