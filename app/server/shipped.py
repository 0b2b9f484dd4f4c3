"""The shipped data that the backend works by, read and checked once at start."""

from collections.abc import Mapping

from app.domain.names import NameFolder, parse_variants
from app.domain.procedure import Procedure
from app.domain.procedure_data import parse_procedure
from app.shipped import read_toml, resource


def procedures() -> Mapping[str, Procedure]:
    """Every procedure in the folder of procedures, by its id. Errors: DataFault naming file and place."""
    files = sorted(resource("procedures").glob("*.toml"))
    read = [parse_procedure(read_toml("procedures", file.name), file.name) for file in files]
    return {procedure.id: procedure for procedure in read}


def name_folder() -> NameFolder:
    """The folder of names by the shipped table of variants."""
    return NameFolder(parse_variants(read_toml("tables", "variants.toml")))
