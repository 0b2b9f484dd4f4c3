"""The pages of the room, in their order: a new one is one more row of ``make_pages``."""

from dataclasses import dataclass

from app.services.decide_changes import READ
from app.services.manage_cards import MANAGE, PASS
from app.services.propose_changes import PROPOSE
from app.services.take_over import SUPERVISE
from app.ui.flows.admin_acts import (
    CARDS,
    CHANGES,
    DEPARTMENTS,
    DRAFT,
    ONE_TIME_PASS,
    PASSWORD,
    PEOPLE,
    RIGHTS,
    SECTION,
    SESSIONS,
    TERMINALS,
    TRANSFERS,
    AdminActs,
    Door,
    Page,
    PageFlow,
)
from app.ui.flows.admin_cards import CardsFlow
from app.ui.flows.admin_changes import ChangesFlow
from app.ui.flows.admin_departments import DepartmentsFlow
from app.ui.flows.admin_draft import DraftFlow
from app.ui.flows.admin_office import Staffing
from app.ui.flows.admin_pass import PassFlow
from app.ui.flows.admin_people import PeopleFlow, PersonFlow
from app.ui.flows.admin_register import RegisterFlow
from app.ui.flows.admin_rights import RightsFlow
from app.ui.flows.admin_sessions import SessionsFlow
from app.ui.flows.admin_terminals import TerminalsFlow
from app.ui.flows.admin_transfers import TransfersFlow
from app.ui.flows.password import PasswordFlow
from app.ui.flows.section import SectionFlow
from app.ui.kit import Kit
from app.ui.screen import Screen
from app.ui.screens.admin_cards import AdminCardsScreen
from app.ui.screens.admin_changes import AdminChangesScreen
from app.ui.screens.admin_departments import AdminDepartmentsScreen
from app.ui.screens.admin_draft import AdminDraftScreen
from app.ui.screens.admin_pass import AdminPassScreen
from app.ui.screens.admin_people import AdminPeopleScreen
from app.ui.screens.admin_person import AdminPersonScreen
from app.ui.screens.admin_register import AdminRegisterScreen
from app.ui.screens.admin_rights import AdminRightsScreen
from app.ui.screens.admin_sessions import AdminSessionsScreen
from app.ui.screens.admin_terminals import AdminTerminalsScreen
from app.ui.screens.admin_transfers import AdminTransfersScreen
from app.ui.screens.password import PasswordScreen
from app.ui.screens.section import SectionScreen


@dataclass(frozen=True, slots=True)
class Flows:
    """The flows that lead from one page to another."""

    staffing: Staffing
    cards: CardsFlow
    register: RegisterFlow
    people: PeopleFlow
    person: PersonFlow
    departments: DepartmentsFlow
    rights: RightsFlow
    terminals: TerminalsFlow
    draft: DraftFlow


@dataclass(frozen=True, slots=True)
class Rooms:
    """All pages with doors, and the screens that are reached from pages only."""

    pages: tuple[Page, ...]
    flows: Flows
    register: Screen
    person: Screen


def make_pages(kit: Kit, acts: AdminActs) -> Rooms:
    """Every screen and its flow."""
    staffing = Staffing(kit.clock)
    cards, changes, sessions = AdminCardsScreen(kit), AdminChangesScreen(kit), AdminSessionsScreen(kit)
    a_pass, register, person = AdminPassScreen(kit), AdminRegisterScreen(kit), AdminPersonScreen(kit)
    people, departments, rights = AdminPeopleScreen(kit), AdminDepartmentsScreen(kit), AdminRightsScreen(kit)
    terminals, draft, transfers = AdminTerminalsScreen(kit), AdminDraftScreen(kit), AdminTransfersScreen(kit)
    flows = Flows(
        staffing,
        CardsFlow(kit, cards, acts),
        RegisterFlow(kit, register, acts),
        PeopleFlow(kit, people, acts, staffing),
        PersonFlow(kit, person, acts, staffing),
        DepartmentsFlow(kit, departments, acts, staffing),
        RightsFlow(kit, rights, acts, staffing),
        TerminalsFlow(kit, terminals, acts, staffing),
        DraftFlow(kit, draft, acts, staffing),
    )
    doors = {one.task: one for one in own_doors(kit)}

    def page(task: str, screen: Screen, flow: PageFlow) -> Page:
        return Page(doors[task], screen, flow)

    pages = (
        page(PEOPLE, people, flows.people),
        page(DEPARTMENTS, departments, flows.departments),
        page(RIGHTS, rights, flows.rights),
        page(TERMINALS, terminals, flows.terminals),
        page(TRANSFERS, transfers, TransfersFlow(kit, transfers, acts)),
        page(DRAFT, draft, flows.draft),
        page(CHANGES, changes, ChangesFlow(kit, changes, acts)),
        page(CARDS, cards, flows.cards),
        page(ONE_TIME_PASS, a_pass, PassFlow(kit, a_pass, acts)),
        page(SESSIONS, sessions, SessionsFlow(kit, sessions, acts)),
        *_section_page(kit, acts, doors[SECTION]),
        *_password_page(kit, acts, doors[PASSWORD]),
    )
    return Rooms(pages, flows, register, person)


def _section_page(kit: Kit, acts: AdminActs, door: Door) -> tuple[Page, ...]:
    """Of supervisors: only where this counter can open what it takes over."""
    if acts.take_over is None:
        return ()
    screen = SectionScreen(kit)
    flow = SectionFlow(kit, screen, acts, acts.take_over)
    return (Page(door, screen, flow),)


def _password_page(kit: Kit, acts: AdminActs, door: Door) -> tuple[Page, ...]:
    """One's own password: for everybody."""
    if acts.change_password is None:
        return ()
    screen = PasswordScreen(kit)
    flow = PasswordFlow(kit, screen, acts.lane, acts.change_password)
    return (Page(door, screen, flow),)


def own_doors(kit: Kit) -> tuple[Door, ...]:
    """All that can be done here, each behind its right, in the order of the room."""
    words = kit.texts.admin
    named = (
        (PEOPLE, PROPOSE, words.group_office, words.people, words.people_text),
        (DEPARTMENTS, PROPOSE, words.group_office, words.departments, words.departments_text),
        (RIGHTS, PROPOSE, words.group_office, words.rights, words.rights_text),
        (TERMINALS, PROPOSE, words.group_office, words.terminals, words.terminals_text),
        (TRANSFERS, PROPOSE, words.group_office, words.transfers, words.transfers_text),
        (DRAFT, PROPOSE, words.group_office, words.draft, words.draft_text),
        (CHANGES, READ, words.group_watch, words.changes, words.changes_text),
        (CARDS, MANAGE, words.group_watch, words.cards, words.cards_text),
        (ONE_TIME_PASS, PASS, words.group_watch, words.one_time_pass, words.one_time_pass_text),
        (SESSIONS, READ, words.group_watch, words.sessions, words.sessions_text),
        (SECTION, SUPERVISE, words.group_watch, kit.texts.section.title, kit.texts.section.lead),
        (PASSWORD, "session.own", kit.texts.password.group, kit.texts.password.title, kit.texts.password.door),
    )
    return tuple(Door(*one) for one in named)
