"""A delivery address, a contact record or a bank account being entered, or taking the place of an older one."""

from abc import abstractmethod
from datetime import datetime, time

from app.domain.clock import TOKYO
from app.domain.social_rules import SocialRules
from app.services.ports.seat import Session
from app.services.tend_parties import TendParties
from app.ui.flows.office_flow import OfficeMeans
from app.ui.flows.register_filing import day_in
from app.ui.flows.social_form import SocialFormFlow
from app.ui.kit import Kit
from app.ui.screens.register_fields import FieldShown
from app.ui.screens.social_form import SocialFormScreen
from app.wire.social_address import AccountRow, ContactRow, DeliveryRow, PartyView
from app.wire.social_address_entries import EntryKept, KeepAccount, KeepContact, KeepDelivery

_NO = "no"


class EntryFlow(SocialFormFlow):
    """What the three share: about whom, and which row it replaces."""

    def __init__(
        self, kit: Kit, screen: SocialFormScreen, means: OfficeMeans, case: TendParties, rules: SocialRules
    ) -> None:
        super().__init__(kit, screen, means, case, rules)
        self._name = ""
        self._known: dict[str, str] = {}

    def begin(self, session: Session, purpose: str, view: PartyView, replaces: str = "") -> None:
        """Open the form for a party; ``replaces``: the row it takes the place of."""
        self._name = view.row.name
        self._known.clear()
        self._known.update(self.known(view, replaces))
        self.start(session, {"purpose": purpose, "number": view.row.social_number, "replaces": replaces}, self.first())

    def end(self) -> None:
        super().end()
        self._name = ""
        self._known.clear()

    @abstractmethod
    def known(self, view: PartyView, replaces: str) -> dict[str, str]:
        """What stands in the row that is replaced."""

    @abstractmethod
    def shown(self) -> tuple[FieldShown, ...]:
        """The fields."""

    def first(self) -> dict[str, str]:
        return {"since": self.today().isoformat(), **self._known}

    def fill(self) -> None:
        words = self._kit.texts.social_form
        said = words.replacing if self._about.get("replaces") else words.fresh
        self.screen.show_form(said(self._name), self.shown(), self._values)

    def _on_kept(self, _: EntryKept) -> None:
        words = self._kit.texts.social_form
        self.sent(words.entry_kept, "")

    def _mine(self) -> tuple[str, str, str, str]:
        """Entry, business, party and the row that is replaced."""
        return self._entry_id, self._about["purpose"], self._about["number"], self._about["replaces"]


class DeliveryFlow(EntryFlow):
    """送付先."""

    form = "social.delivery"

    def known(self, view: PartyView, replaces: str) -> dict[str, str]:
        for one in view.deliveries:
            if one.entry_id == replaces:
                return _of_delivery(one)
        return {"asked_by": "self"}

    def shown(self) -> tuple[FieldShown, ...]:
        words = self._kit.texts.social_form
        askers = self._kit.messages.words("asked_by")
        return (
            self.field("address", form="long", required=True),
            self.field("addressee", support=words.addressee_support),
            self.field("asked_by", form="choice", options=askers, required=True),
            self.field("asked_name"),
            self.field("since", form="day", required=True),
            self.field("until", form="day", support=words.until_support),
            self.field("reason", form="long", required=True),
        )

    def save(self) -> None:
        if self.lacks(("address", "asked_by", "since", "reason")):
            return
        since = day_in(self.text("since"))
        if since is None:
            return
        self.screen.show_working()
        entry_id, purpose, number, replaces = self._mine()
        asked = KeepDelivery(
            entry_id=entry_id,
            purpose=purpose,
            social_number=number,
            address=self.text("address"),
            addressee=self.text("addressee"),
            since=since,
            until=day_in(self.text("until")),
            reason=self.text("reason"),
            asked_by=self.text("asked_by"),
            asked_name=self.text("asked_name"),
            replaces=replaces,
        )
        self.ask(lambda press, it: self._case.keep_delivery(press, it, asked), self._on_kept, self.pressed())


class ContactFlow(EntryFlow):
    """応対記録."""

    form = "social.contact"

    def known(self, view: PartyView, replaces: str) -> dict[str, str]:
        for one in view.contacts:
            if one.entry_id == replaces:
                return _of_contact(one)
        return {"spoke_time": f"{self._kit.clock.now().astimezone(TOKYO):%H:%M}"}

    def shown(self) -> tuple[FieldShown, ...]:
        words, messages = self._kit.texts.social_form, self._kit.messages
        return (
            self.field("how", form="choice", options=messages.words("contact_how"), required=True),
            FieldShown("since", messages.word("social_field", "spoke_day"), "day", required=True),
            self.field("spoke_time", support=words.time_support, required=True),
            self.field("spoke_with", form="long", support=words.with_support, required=True),
            self.field("what", form="long", required=True),
        )

    def save(self) -> None:
        if self.lacks(("how", "since", "spoke_time", "spoke_with", "what")):
            return
        day, at = day_in(self.text("since")), _time(self.text("spoke_time"))
        if day is None or at is None:
            self.screen.show_missing({"spoke_time": self._kit.texts.social_form.time_wrong})
            return
        self.screen.show_working()
        entry_id, purpose, number, corrects = self._mine()
        asked = KeepContact(
            entry_id=entry_id,
            purpose=purpose,
            social_number=number,
            how=self.text("how"),
            spoke_with=self.text("spoke_with"),
            spoke_at=datetime.combine(day, at, TOKYO),
            what=self.text("what"),
            corrects=corrects,
        )
        self.ask(lambda press, it: self._case.keep_contact(press, it, asked), self._on_kept, self.pressed())


class AccountFlow(EntryFlow):
    """口座."""

    form = "social.account"

    def known(self, view: PartyView, replaces: str) -> dict[str, str]:
        for one in view.accounts:
            if one.entry_id == replaces:
                return _of_account(one)
        return {"kind": "1", "public": _NO}

    def shown(self) -> tuple[FieldShown, ...]:
        words, messages = self._kit.texts.social_form, self._kit.messages
        return (
            self.field("bank", support=words.bank_support, required=True),
            self.field("branch", support=words.branch_support, required=True),
            FieldShown(
                "kind",
                messages.word("social_field", "account_kind"),
                "choice",
                messages.words("account_kind"),
                required=True,
            ),
            self.field("number", support=words.account_support, required=True),
            self.field("holder", support=words.holder_support, required=True),
            self.field("public", form="yes_no"),
            self.field("since", form="day", required=True),
            self.field("until", form="day", support=words.until_support),
            self.field("confirmed_on", form="day", support=words.confirmed_support),
        )

    def save(self) -> None:
        is_public = self.text("public") == "yes"
        needed = ("bank", "branch", "kind", "number", "holder", "since", *(("confirmed_on",) if is_public else ()))
        if self.lacks(needed):
            return
        since = day_in(self.text("since"))
        if since is None:
            return
        self.screen.show_working()
        entry_id, purpose, number, replaces = self._mine()
        asked = KeepAccount(
            entry_id=entry_id,
            purpose=purpose,
            social_number=number,
            bank=self.text("bank"),
            branch=self.text("branch"),
            kind=self.text("kind"),
            number=self.text("number"),
            holder=self.text("holder"),
            since=since,
            until=day_in(self.text("until")),
            public=is_public,
            confirmed_on=day_in(self.text("confirmed_on")) if is_public else None,
            replaces=replaces,
        )
        self.ask(lambda press, it: self._case.keep_account(press, it, asked), self._on_kept, self.pressed())


def _of_delivery(one: DeliveryRow) -> dict[str, str]:
    return {
        "address": one.address,
        "addressee": one.addressee,
        "asked_by": one.asked_by,
        "asked_name": one.asked_name,
        "until": "" if one.until is None else one.until.isoformat(),
    }


def _of_contact(one: ContactRow) -> dict[str, str]:
    local = one.spoke_at.astimezone(TOKYO)
    return {
        "how": one.how,
        "since": local.date().isoformat(),
        "spoke_time": f"{local:%H:%M}",
        "spoke_with": one.spoke_with,
        "what": one.what,
    }


def _of_account(one: AccountRow) -> dict[str, str]:
    """All of it where it is shown; of a masked one what is not masked."""
    whole = {} if one.masked else {"number": one.number, "holder": one.holder}
    return {"bank": one.bank, "branch": one.branch, "kind": one.kind, "public": _NO, **whole}


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text if text.index(":") > 1 else f"0{text}")
    except ValueError:
        return None
