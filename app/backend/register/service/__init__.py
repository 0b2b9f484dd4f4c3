"""What the register does when asked: search, open, and be filled."""

from app.backend.register.service.search import RegisterService

__all__ = ["RegisterService"]
