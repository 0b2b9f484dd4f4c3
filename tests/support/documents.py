"""The kinds of documents, capacities and questions that the product ships."""

from app.backend.desk.service.evidence import IdentityRules
from app.domain.capacity import CapacityTable
from app.domain.capacity_data import parse_capacities
from app.domain.identity import Document, parse_documents
from app.domain.questions import QuestionRules, parse_questions
from app.shipped import read_toml

DOCUMENTS: tuple[Document, ...] = parse_documents(read_toml("tables", "documents.toml"))
CAPACITIES: CapacityTable = parse_capacities(read_toml("tables", "capacities.toml"))
QUESTIONS: QuestionRules = parse_questions(read_toml("tables", "questions.toml"))
RULES = IdentityRules(DOCUMENTS, CAPACITIES, QUESTIONS)
