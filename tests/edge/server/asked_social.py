"""What is asked of endpoints for social insurance addresses: for a business that some have and for one nobody has."""

from collections.abc import Callable, Mapping
from typing import Any

from app.wire import social_address, social_address_merge, social_address_tax

PURPOSE = {"welfare": "child_welfare", "pension": "national_pension"}
SOCIAL_ASKED: Mapping[str, Callable[[str], Any]] = {
    "/socialaddress/v1/find": lambda about: social_address.FindParties(purpose=PURPOSE[about], name="髙橋"),
    "/socialaddress/v1/party": lambda about: social_address.KeepParty(
        purpose=PURPOSE[about],
        kind="corporation",
        name="見本の会社",
        address="見本市中央一丁目",
        corporate_number="7000012050002",
    ),
    "/socialaddress/v1/merges": lambda about: social_address_merge.AskMerges(purpose=PURPOSE[about]),
    "/socialaddress/v1/transfers": lambda about: social_address_tax.AskSocialTransfers(purpose=PURPOSE[about]),
    "/socialaddress/v1/residents/all": lambda about: social_address_tax.AskAllResidents(purpose=PURPOSE[about]),
}
