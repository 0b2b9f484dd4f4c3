"""The shipped data that the backend works by, read and checked once at start."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from app.backend.desk.service.evidence import IdentityRules
from app.domain.capacity_data import parse_capacities
from app.domain.delegation import Delegation, parse_delegation
from app.domain.distribution import DistributionRules, parse_distribution
from app.domain.identity import parse_documents
from app.domain.municipality import MunicipalityCode
from app.domain.names import NameFolder, parse_variants
from app.domain.procedure import Procedure
from app.domain.procedure_data import parse_procedure
from app.domain.provision_rules import ProvisionRules, parse_provision_rules
from app.domain.questions import parse_questions
from app.domain.register_rules import RegisterRules, parse_register_rules
from app.domain.social_rules import SocialRules, parse_social_rules
from app.domain.tables import Table
from app.shipped import read_toml, resource
from app.wire.register import Ward
from app.wire.resident_base import ITEMS


@cache
def procedures() -> Mapping[str, Procedure]:
    """Every procedure in the folder of procedures, by its id; read once. Errors: DataFault naming file and place."""
    files = sorted(resource("procedures").glob("*.toml"))
    read = [parse_procedure(read_toml("procedures", file.name), file.name) for file in files]
    return MappingProxyType({procedure.id: procedure for procedure in read})


def sections() -> Mapping[str, str]:
    """Procedure → the section in charge of it. Errors: DataFault naming file and place."""
    return {name: procedure.section for name, procedure in procedures().items()}


def delegation() -> Delegation:
    """Who may decide what. Errors: DataFault naming the place."""
    return parse_delegation(read_toml("tables", "delegation.toml"), procedures().keys())


def identity_rules() -> IdentityRules:
    """Kinds of documents, capacities and questions. Errors: DataFault naming file and place."""
    return IdentityRules(
        documents=parse_documents(read_toml("tables", "documents.toml")),
        capacities=parse_capacities(read_toml("tables", "capacities.toml")),
        questions=parse_questions(read_toml("tables", "questions.toml")),
    )


def register_rules() -> RegisterRules:
    """Kinds of changes of the register, with checks and limits. Errors: DataFault naming the place."""
    return parse_register_rules(read_toml("tables", "register_entries.toml"), read_toml("tables", "relations.toml"))


def social_rules() -> SocialRules:
    """Businesses of social insurance and the systems that may be told. Errors: DataFault naming the place."""
    return parse_social_rules(read_toml("tables", "social_insurance.toml"))


def provision_rules() -> ProvisionRules:
    """What the city provides to others, and whose it is. Errors: DataFault naming the place."""
    return parse_provision_rules(read_toml("tables", "provision.toml"))


def distribution_rules() -> DistributionRules:
    """Systems that may be told of residents' changes, with their items. Errors: DataFault naming the place."""
    return parse_distribution(read_toml("tables", "distribution.toml"), ITEMS)


def name_folder() -> NameFolder:
    """The folder of names by the shipped table of variants."""
    return NameFolder(parse_variants(read_toml("tables", "variants.toml")))


def wards(*, is_training: bool) -> Mapping[str, Sequence[Ward]]:
    """The wards of designated cities, by the city's code. Source: code list of 総務省, published.

    ``is_training``: those of the invented city too.
    """
    return _designated() | (_invented() if is_training else {})


def _invented() -> dict[str, list[Ward]]:
    """The wards of the training's city. Errors: DataFault naming the place."""
    table = Table(read_toml("training", "wards.toml"), "wards.toml")
    table.count("version")
    found: dict[str, list[Ward]] = {}
    for one in table.tables("ward"):
        ward = Ward(code=MunicipalityCode(one.text("code")).digits, name=one.text("name"))
        found.setdefault(one.finish(one.text("city")), []).append(ward)
    return table.finish(found)


def _designated() -> dict[str, list[Ward]]:
    rows = json.loads(resource("data", "ward-codes.json").read_text(encoding="utf-8"))["rows"]
    cities = {row["code"]: row["name"] for row in rows if row["households"] is not None}
    return {
        code: [
            Ward(code=row["code"], name=row["name"].removeprefix(city))
            for row in rows
            if row["name"].startswith(city) and row["code"] != code
        ]
        for code, city in cities.items()
    }
