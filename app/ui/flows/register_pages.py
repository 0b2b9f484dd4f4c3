"""The screens of the register with their flows, made once."""

from dataclasses import dataclass

from app.ui.flows.access_lookup import AccessLookupFlow, LookupActs
from app.ui.flows.register_acts import RegisterActs
from app.ui.flows.register_announced import AnnouncedFlow
from app.ui.flows.register_entry import EntryFlow
from app.ui.flows.register_history import HistoryFlow
from app.ui.flows.register_list import ListFlow
from app.ui.flows.register_measure import MeasureFlow
from app.ui.flows.register_measure_form import MeasureFormFlow
from app.ui.flows.register_measures import MeasuresFlow
from app.ui.flows.register_record import RecordFlow
from app.ui.flows.register_release import ReleaseFlow
from app.ui.flows.register_sheet import SheetFlow
from app.ui.kit import Kit
from app.ui.screens.admin import TaskShown
from app.ui.screens.register_announced import RegisterAnnouncedScreen
from app.ui.screens.register_entry import RegisterEntryScreen
from app.ui.screens.register_history import RegisterHistoryScreen
from app.ui.screens.register_kinds import RegisterKindsScreen
from app.ui.screens.register_list import RegisterListScreen
from app.ui.screens.register_measure import RegisterMeasureScreen
from app.ui.screens.register_measure_form import RegisterMeasureFormScreen
from app.ui.screens.register_measures import RegisterMeasuresScreen
from app.ui.screens.register_record import RegisterRecordScreen
from app.ui.screens.register_release import RegisterReleaseScreen
from app.ui.screens.register_sheet import RegisterSheetScreen

SEARCH, OWN, FRESH, ANNOUNCED, WAITING, MEASURES = "search", "own", "fresh", "announced", "waiting", "measures"


@dataclass(frozen=True)
class RegisterPages:
    """Every flow; each knows its screen."""

    lookup: AccessLookupFlow
    household: AccessLookupFlow
    record: RecordFlow
    history: HistoryFlow
    kinds: RegisterKindsScreen
    entry: EntryFlow
    own: ListFlow
    waiting: ListFlow
    sheet: SheetFlow
    announced: AnnouncedFlow
    measures: MeasuresFlow
    measure: MeasureFlow
    measure_form: MeasureFormFlow
    release: ReleaseFlow


def make_pages(kit: Kit, acts: RegisterActs) -> RegisterPages:
    """Every screen and its flow."""
    cap, finds = acts.rules.bulk_cap, LookupActs(acts.press, acts.office, acts.find_person)
    return RegisterPages(
        lookup=AccessLookupFlow(kit, finds),
        household=AccessLookupFlow(kit, finds, for_household=True),
        record=RecordFlow(kit, RegisterRecordScreen(kit), acts),
        history=HistoryFlow(kit, RegisterHistoryScreen(kit), acts),
        kinds=RegisterKindsScreen(kit),
        entry=EntryFlow(kit, RegisterEntryScreen(kit), acts),
        own=ListFlow(kit, RegisterListScreen(kit, decides=False, cap=cap), acts, decides=False),
        waiting=ListFlow(kit, RegisterListScreen(kit, decides=True, cap=cap), acts, decides=True),
        sheet=SheetFlow(kit, RegisterSheetScreen(kit), acts),
        announced=AnnouncedFlow(kit, RegisterAnnouncedScreen(kit), acts),
        measures=MeasuresFlow(kit, RegisterMeasuresScreen(kit), acts),
        measure=MeasureFlow(kit, RegisterMeasureScreen(kit), acts),
        measure_form=MeasureFormFlow(kit, RegisterMeasureFormScreen(kit), acts),
        release=ReleaseFlow(kit, RegisterReleaseScreen(kit), acts),
    )


def task_list(kit: Kit) -> tuple[TaskShown, ...]:
    """The doors of the room, in their order."""
    words = kit.texts.register
    return (
        TaskShown(SEARCH, words.group_find, words.search, words.search_text),
        TaskShown(OWN, words.group_enter, words.own, words.own_text),
        TaskShown(FRESH, words.group_enter, words.fresh, words.fresh_text),
        TaskShown(ANNOUNCED, words.group_enter, words.announced, words.announced_text),
        TaskShown(WAITING, words.group_decide, words.waiting, words.waiting_text),
        TaskShown(MEASURES, words.group_decide, words.measures, words.measures_text),
    )
