"""What interviews are held with: the shipped tables, read once, and the paper that the resident takes home."""

from collections.abc import Mapping

from app.domain.carrying import Carrying
from app.domain.carrying_data import parse_carrying
from app.domain.interview import Interview
from app.domain.interview_data import parse_interview
from app.domain.procedure import Procedure
from app.services.compose_guidance import GuidanceWords, parse_guidance_words
from app.shipped import read_toml


def shipped_interview(procedures: Mapping[str, Procedure]) -> Interview:
    """Events, questions and needs, and where the office's sections are. Errors: DataFault."""
    return parse_interview(
        read_toml("tables", "interview.toml"), read_toml("tables", "interview_places.toml"), procedures
    )


def shipped_carrying(procedures: Mapping[str, Procedure], interview: Interview) -> Carrying:
    """Which forms ask alike. Errors: DataFault."""
    return parse_carrying(read_toml("tables", "interview_carried.toml"), procedures, interview)


def shipped_guidance_words() -> GuidanceWords:
    """The words of 案内票."""
    return parse_guidance_words(read_toml("text", "guidance_slip.toml"))
