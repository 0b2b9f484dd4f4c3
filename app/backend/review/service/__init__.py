"""The review's rules: gathering, explaining and ranking, outcomes, extracts for disclosure."""

from app.backend.review.service.extracts import Extracts
from app.backend.review.service.reviewing import ReviewService

__all__ = ["Extracts", "ReviewService"]
