"""The kinds of documents that the product ships."""

from app.domain.identity import Document, parse_documents
from app.shipped import read_toml

DOCUMENTS: tuple[Document, ...] = parse_documents(read_toml("tables", "documents.toml"))
