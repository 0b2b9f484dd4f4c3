"""Who may do what, written by hand: path, what it is about, roles; a new endpoint fails until it stands here."""

from dataclasses import dataclass

from tests.edge.server.placed_exchange import EXCHANGE_MAY

ROLES = [
    "everyone",
    "counter",
    "number_counter",
    "reception_checker",
    "child_examiner",
    "child_decider",
    "supervisor",
    "administrator",
    "resident_examiner",
    "resident_decider",
    "tax_officer",
    "tax_supervisor",
    "assistance_provider",
    "assistance_releaser",
    "section_examiner",
    "section_decider",
    "director",
]
DEPARTMENTS = {"C": "子ども家庭", "R": "戸籍住民", "T": "税務"}
"""C is in charge of the claim (児童手当), R of the move (転居), T of neither."""

MAY = """
# path                            about       who: role, or role@departments; all: every role
/staff/v1/ask-unlock-key          -           all
/staff/v1/unlock                  door        all
/staff/v1/sign-out                -           all
/staff/v1/standing                -           all
/staff/v1/end-elsewhere           -           all
/staff/v1/ask-change-key          -           all
/staff/v1/change-password         door        all
/staff/v1/seats                   -           supervisor
/staff/v1/end-session             own         supervisor@C
/staff/v1/end-session             none
/staff/v1/ask-registration        -           administrator
/staff/v1/register-key            -           administrator
/staff/v1/approve-key             -           administrator
/staff/v1/revoke-key              -           administrator
/staff/v1/keys                    -           administrator
/staff/v1/issue-pass              -           supervisor
/staff/v1/propose-change          -           administrator
/staff/v1/changes                 -           administrator
/staff/v1/approve-change          -           administrator
/staff/v1/reject-change           -           administrator
/staff/v1/withdraw-change         door        administrator
/staff/v1/plan-transfers          -           administrator
/staff/v1/sign-ins                -           administrator
/staff/v1/roster                  -           administrator
/register/v1/habits               -           counter supervisor resident_examiner resident_decider
/register/v1/search               -           counter supervisor resident_examiner resident_decider
/register/v1/search-by-number     -           number_counter section_examiner
/register/v1/open                 -           counter reception_checker supervisor resident_examiner resident_decider
/register/v1/staff-person         -           administrator
/register/v1/entry                -           resident_examiner
/register/v1/entry/try            -           resident_examiner
/register/v1/entry/correct        door        resident_examiner
/register/v1/entry/withdraw       door        resident_examiner
/register/v1/entries              -           resident_examiner
/register/v1/entry/open           door        resident_examiner
/register/v1/decide/entries       -           resident_decider
/register/v1/decide/open          door        resident_decider
/register/v1/decide/approve       -           resident_decider
/register/v1/decide/all           -           resident_decider
/register/v1/decide/refuse        -           resident_decider
/register/v1/history              -           resident_examiner resident_decider
/register/v1/household            -           resident_examiner resident_decider
/register/v1/announcement         -           resident_examiner
/register/v1/announcements        -           resident_examiner
/register/v1/announcement/open    door        resident_examiner
/register/v1/measure              -           resident_examiner
/register/v1/measure/change       -           resident_examiner
/register/v1/measure/system       door        resident_examiner
/register/v1/measure/decide       -           resident_decider
/register/v1/measures             -           resident_examiner resident_decider
/register/v1/measure/open         door        resident_examiner resident_decider
/register/v1/release              -           resident_decider
/register/v1/releases             -           resident_decider
/register/v1/release/confirm      door        resident_decider
/register/v1/release/end          door        resident_decider
/register/v1/release/ask          -           counter
/register/v1/releases/own         -           counter
/register/v1/issue                -           counter
/register/v1/print                -           counter
/register/v1/print/paper - counter@CR reception_checker@CR supervisor@CR section_examiner@CR section_decider@CR
/register/v1/print/paper - director@CR child_examiner child_decider resident_examiner resident_decider
/register/v1/certificate/kinds    -           counter
/register/v1/certificate/draft    -           counter
/register/v1/certificate/issue    -           counter
/register/v1/certificate/copies   -           counter
/register/v1/certificate/print    door        counter number_counter
/register/v1/certificate/spoil    door        counter number_counter
/register/v1/certificate/hand     door        counter number_counter
/register/v1/certificate/fee      door        counter number_counter
/register/v1/seals                -           counter
/register/v1/seal/register        -           counter
/register/v1/seal/answer          door        counter
/register/v1/seal/cancel          door        counter
/register/v1/untold               -           administrator
/register/v1/untold/again         door        administrator
/residentbase/v1/use              -           administrator
/residentbase/v1/use/end          door        administrator
/residentbase/v1/use/decide       door        administrator
/residentbase/v1/uses             -           administrator
/residentbase/v1/systems          -           administrator
/residentbase/v1/system/turn      door        administrator
/residentbase/v1/linkage          -           supervisor
/register/v1/network              -           counter reception_checker supervisor resident_examiner resident_decider
/jukirelay/v1/state               -           supervisor administrator resident_examiner resident_decider
/jukirelay/v1/calendar            -           supervisor administrator resident_examiner resident_decider
/jukirelay/v1/span                -           administrator
/jukirelay/v1/span/end            door        administrator
/jukirelay/v1/span/decide         door        administrator
/jukirelay/v1/halted              -           supervisor
/jukirelay/v1/halted/settle       door        supervisor
/jukirelay/v1/reload              -           administrator
/jukirelay/v1/linkage             -           supervisor
/jukirelay/v1/card                door        resident_examiner
/jukirelay/v1/delivery            door        resident_examiner
/jukirelay/v1/systems             -           administrator
/jukirelay/v1/system              -           administrator
/jukirelay/v1/system/close        door        administrator
/jukinet/v1/search                claim       number_counter
/jukinet/v1/search                move
/jukinet/v1/enquire               claim       resident_examiner
/jukinet/v1/enquire               move        resident_examiner
/jukinet/v1/check                 -           number_counter resident_examiner
/jukinet/v1/number                door        number_counter
/jukinet/v1/moving-in             door        resident_examiner
/jukinet/v1/wide-area             door        resident_examiner
/jukinet/v1/wide-area/copy        door        resident_examiner
/jukinet/v1/card                  -           resident_examiner
/jukinet/v1/card/state            -           resident_examiner
/jukinet/v1/backlog               -           supervisor administrator resident_examiner resident_decider
/jukinet/v1/compare               -           resident_examiner
/jukinet/v1/comparison            door        resident_examiner
/jukinet/v1/comparison/propose    door        resident_examiner
/jukinet/v1/decide/comparison     door        resident_decider
/jukinet/v1/decide/difference     door        resident_decider
/desk/v1/open-visit               -           all
/desk/v1/close-visit              -           all
/desk/v1/keep-draft               -           all
/desk/v1/sync-journal             -           all
/desk/v1/restorations             -           all
/desk/v1/parcel-key               -           all
/desk/v1/parcel                   -           all
/desk/v1/take-keys                -           all
/desk/v1/taken-drafts             -           all
/desk/v1/offer-take-key           -           supervisor
/desk/v1/waiting-drafts           -           supervisor
/desk/v1/take-draft               own         supervisor@C
/desk/v1/take-draft               none
/desk/v1/rules                    -           all
/desk/v1/lease                    -           all
/desk/v1/rules-kept               -           administrator
/desk/v1/propose-rules            -           administrator
/desk/v1/approve-rules            door        administrator
/desk/v1/timeline                 -           supervisor
/desk/v1/leave-number             claim       number_counter
/desk/v1/leave-number             move
/desk/v1/hand-in                  claim       counter
/desk/v1/hand-in                  move        counter
/desk/v1/queue                    -           counter@CR reception_checker@CR supervisor@CR
/desk/v1/queue                    -           section_examiner@CR section_decider@CR director@CR
/desk/v1/queue                    -           child_examiner child_decider resident_examiner resident_decider
/desk/v1/open                     claim       counter@C reception_checker@C supervisor@C child_examiner child_decider
/desk/v1/open                     claim       section_examiner@C section_decider@C director@C
/desk/v1/open                     move        counter@R reception_checker@R supervisor@R
/desk/v1/open                     move        section_examiner@R section_decider@R director@R
/desk/v1/open                     move        resident_examiner resident_decider
/desk/v1/open                     none
/desk/v1/check-reception          claim       reception_checker@C
/desk/v1/check-reception          move        reception_checker@R
/desk/v1/check-reception          none
/desk/v1/examine                  claim       child_examiner section_examiner@C
/desk/v1/examine                  move        resident_examiner section_examiner@R
/desk/v1/examine                  none
/desk/v1/decide                   claim       child_decider section_decider@C director@C
/desk/v1/decide                   move        resident_decider section_decider@R director@R
/desk/v1/decide                   none
/desk/v1/hold                     claim       reception_checker@C
/desk/v1/hold                     move        reception_checker@R
/desk/v1/hold                     none
/desk/v1/let-go                   claim       reception_checker@C
/desk/v1/let-go                   move        reception_checker@R
/desk/v1/let-go                   none
/desk/v1/pass-batch               door        counter@CR reception_checker@CR supervisor@CR
/desk/v1/pass-batch               door        section_examiner@CR section_decider@CR director@CR
/desk/v1/pass-batch               door        child_examiner child_decider resident_examiner resident_decider
/desk/v1/tell                     -           all
/desk/v1/counters                 -           supervisor
/desk/v1/numbers                  -           supervisor
/desk/v1/alert-counts             -           supervisor
/desk/v1/delegation               -           supervisor
/desk/v1/propose-deputy           -           supervisor
/desk/v1/approve-deputy           door        supervisor
/desk/v1/end-deputy               door        supervisor
/desk/v1/book                     -           counter@CR reception_checker@CR supervisor@CR
/desk/v1/book                     -           section_examiner@CR section_decider@CR director@CR
/desk/v1/book                     -           child_examiner child_decider resident_examiner resident_decider
/desk/v1/book/case                claim       counter@C reception_checker@C supervisor@C child_examiner child_decider
/desk/v1/book/case                claim       section_examiner@C section_decider@C director@C
/desk/v1/book/case                move        counter@R reception_checker@R supervisor@R
/desk/v1/book/case                move        section_examiner@R section_decider@R director@R
/desk/v1/book/case                move        resident_examiner resident_decider
/desk/v1/book/case                none
/desk/v1/book/give                claim       counter@C reception_checker@C supervisor@C child_examiner@C
/desk/v1/book/give                claim       resident_examiner@C section_examiner@C section_decider@C
/desk/v1/book/give                move        counter@R reception_checker@R supervisor@R child_examiner@R
/desk/v1/book/give                move        resident_examiner@R section_examiner@R section_decider@R
/desk/v1/book/give                none
/desk/v1/book/hand-over           claim       counter@C reception_checker@C supervisor@C child_examiner@C
/desk/v1/book/hand-over           claim       resident_examiner@C section_examiner@C section_decider@C
/desk/v1/book/hand-over           move        counter@R reception_checker@R supervisor@R child_examiner@R
/desk/v1/book/hand-over           move        resident_examiner@R section_examiner@R section_decider@R
/desk/v1/book/hand-over           none
/desk/v1/book/answer              door        counter@CR reception_checker@CR supervisor@CR
/desk/v1/book/answer              door        section_examiner@CR section_decider@CR director@CR
/desk/v1/book/answer              door        child_examiner child_decider resident_examiner resident_decider
/desk/v1/book/receive             claim       counter
/desk/v1/book/receive             move        counter
/desk/v1/case/step/begin          claim       counter@C reception_checker@C supervisor@C child_examiner@C
/desk/v1/case/step/begin          claim       resident_examiner@C section_examiner@C section_decider@C
/desk/v1/case/step/begin          move        counter@R reception_checker@R supervisor@R child_examiner@R
/desk/v1/case/step/begin          move        resident_examiner@R section_examiner@R section_decider@R
/desk/v1/case/step/begin          none
/desk/v1/case/step/finish         claim       counter@C reception_checker@C supervisor@C child_examiner@C
/desk/v1/case/step/finish         claim       resident_examiner@C section_examiner@C section_decider@C
/desk/v1/case/step/finish         move        counter@R reception_checker@R supervisor@R child_examiner@R
/desk/v1/case/step/finish         move        resident_examiner@R section_examiner@R section_decider@R
/desk/v1/case/step/finish         none
/desk/v1/case/delay               claim       counter@C reception_checker@C supervisor@C child_examiner@C
/desk/v1/case/delay               claim       resident_examiner@C section_examiner@C section_decider@C
/desk/v1/case/delay               move        counter@R reception_checker@R supervisor@R child_examiner@R
/desk/v1/case/delay               move        resident_examiner@R section_examiner@R section_decider@R
/desk/v1/case/delay               none
/desk/v1/case/paper               claim       counter@C reception_checker@C supervisor@C child_examiner@C
/desk/v1/case/paper               claim       resident_examiner@C section_examiner@C section_decider@C
/desk/v1/case/paper               move        counter@R reception_checker@R supervisor@R child_examiner@R
/desk/v1/case/paper               move        resident_examiner@R section_examiner@R section_decider@R
/desk/v1/case/paper               none
/desk/v1/case/papers/request      claim       counter@C reception_checker@C supervisor@C child_examiner@C
/desk/v1/case/papers/request      claim       resident_examiner@C section_examiner@C section_decider@C
/desk/v1/case/papers/request      move        counter@R reception_checker@R supervisor@R child_examiner@R
/desk/v1/case/papers/request      move        resident_examiner@R section_examiner@R section_decider@R
/desk/v1/case/papers/request      none
/desk/v1/case/papers/tend         claim       counter@C reception_checker@C supervisor@C child_examiner@C
/desk/v1/case/papers/tend         claim       resident_examiner@C section_examiner@C section_decider@C
/desk/v1/case/papers/tend         move        counter@R reception_checker@R supervisor@R child_examiner@R
/desk/v1/case/papers/tend         move        resident_examiner@R section_examiner@R section_decider@R
/desk/v1/case/papers/tend         none
/desk/v1/board                    -           counter@CR reception_checker@CR supervisor@CR
/desk/v1/board                    -           section_examiner@CR section_decider@CR director@CR
/desk/v1/board                    -           child_examiner child_decider resident_examiner resident_decider
/desk/v1/till                     -           counter supervisor
/desk/v1/till/take                -           counter supervisor
/desk/v1/till/void                door        counter supervisor
/desk/v1/till/void/decide         door        supervisor
/desk/v1/till/correct             door        supervisor
/desk/v1/till/close               -           counter supervisor
/desk/v1/till/sign                door        counter supervisor
/desk/v1/notices                  -           resident_examiner
/desk/v1/post-notice              move        resident_examiner
/desk/v1/post-notice              none
/socialaddress/v1/find            welfare     child_examiner child_decider supervisor
/socialaddress/v1/find            pension
/socialaddress/v1/open            door        child_examiner child_decider supervisor
/socialaddress/v1/history         door        child_examiner child_decider supervisor
/socialaddress/v1/party           welfare     child_examiner
/socialaddress/v1/party           pension
/socialaddress/v1/protect         door        child_decider supervisor
/socialaddress/v1/delivery        door        child_examiner
/socialaddress/v1/delivery/end    door        child_examiner
/socialaddress/v1/contact         door        child_examiner
/socialaddress/v1/account         door        child_examiner
/socialaddress/v1/account/end     door        child_examiner
/socialaddress/v1/party-tax       door        child_examiner
/socialaddress/v1/merges          welfare     child_examiner child_decider
/socialaddress/v1/merges          pension
/socialaddress/v1/merge           door        child_examiner child_decider
/socialaddress/v1/merge/decide    door        child_decider
/socialaddress/v1/transfers       welfare     supervisor
/socialaddress/v1/transfers       pension
/socialaddress/v1/transfers/again door        supervisor
/socialaddress/v1/residents/all   welfare     supervisor
/addressee/v1/state               claim       counter
/addressee/v1/state               move        counter
/addressee/v1/link                claim       number_counter
/addressee/v1/link                move
/addressee/v1/find                -           number_counter section_examiner
/addressee/v1/correction          -           resident_examiner
/addressee/v1/corrections         -           resident_examiner
/addressee/v1/history             -           resident_examiner
/addressee/v1/decide/corrections  -           resident_decider
/addressee/v1/decide/correction   door        resident_decider
/addressee/v1/systems             -           administrator
/addressee/v1/system/password     -           administrator
/addressee/v1/system/close        door        administrator
/addressee/v1/linkage             -           supervisor
/revocation/v1/check              -           counter
/review/v1/queue                  -           supervisor
/review/v1/finding                door        supervisor
/review/v1/settle                 door        supervisor
/review/v1/propose-extract        -           supervisor administrator
/review/v1/extracts               -           supervisor administrator
/review/v1/extract-file           door        supervisor administrator
/review/v1/approve-extract        door        supervisor administrator
/ledger/v1/witnessed              -           supervisor
/ledger/v1/receipt                -           supervisor
/ledger/v1/growth                 door        supervisor
/ledger/v1/audit                  -           supervisor
/ledger/v1/alarms                 -           supervisor
/ledger/v1/note-alarm             door        supervisor
/ledger/v1/meet                   -           all
"""
"""``door``: only the door is asked; what lies behind has its own tests."""


@dataclass(frozen=True)
class Row:
    path: str
    about: str
    who: frozenset[tuple[str, str]]


def table() -> list[Row]:
    """The rows; lines about the same belong together."""
    rows: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for line in (MAY + EXCHANGE_MAY).splitlines():
        if line and not line.startswith("#"):
            path, about, *who = line.split()
            names = [name.partition("@") for name in (ROLES if who == ["all"] else who)]
            rows.setdefault((path, about), set()).update((name, one) for name, _, of in names for one in of or "CRT")
    return [Row(path, about, frozenset(who)) for (path, about), who in rows.items()]


TABLE = table()
