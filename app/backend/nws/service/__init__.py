"""The use cases of the network core."""

from app.backend.nws.service.mastering import MasterContent, MasterIssuing
from app.backend.nws.service.permits import CoreKeys, CoreService
from app.backend.nws.service.rotating import CodeRotation

__all__ = ["CodeRotation", "CoreKeys", "CoreService", "MasterContent", "MasterIssuing"]
