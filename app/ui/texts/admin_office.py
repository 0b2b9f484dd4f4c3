"""Words of the screens that show the office and collect changes of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdminOfficeTexts:
    """What all screens share that collect changes."""

    loading: str
    draft_: str
    draft_key: str
    undo: str
    undo_key: str
    back: str
    refresh: str
    nothing_new: str
    kept_: str
    kept_text: str

    def draft(self, changes: int) -> str:
        return self.draft_.format(changes=changes)

    def kept(self, name: str) -> str:
        return self.kept_.format(name=name)


@dataclass(frozen=True, slots=True)
class AdminPeopleTexts:
    """Everybody of the office."""

    title: str
    find: str
    find_support: str
    staff_id: str
    name: str
    department: str
    until: str
    state: str
    count_: str
    none: str
    edit: str
    edit_key: str
    new: str
    new_key: str
    rights: str
    rights_key: str
    in_service: str
    gone: str
    no_post: str
    comes: str
    touched: str
    join: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)


@dataclass(frozen=True, slots=True)
class AdminPersonTexts:
    """One person and their posts."""

    title: str
    lead: str
    new_lead: str
    staff_id: str
    name: str
    office: str
    active: str
    is_active: str
    is_gone: str
    posts: str
    no_posts: str
    department: str
    since: str
    until: str
    add: str
    replace: str
    remove: str
    leave: str
    undo_post: str
    keep: str
    keep_key: str
    empty_staff_id: str
    empty_name: str
    empty_office: str
    empty_department: str
    empty_last: str
    reversed: str
    taken: str


@dataclass(frozen=True, slots=True)
class AdminDepartmentsTexts:
    """Departments and what they are in charge of."""

    title: str
    find: str
    find_support: str
    department: str
    sections: str
    people: str
    rights_count: str
    state: str
    count_: str
    none: str
    edit: str
    name_support: str
    sections_support: str
    keep: str
    keep_key: str
    rights: str
    rights_key: str
    empty_name: str
    touched: str
    join: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)


@dataclass(frozen=True, slots=True)
class AdminRightsTexts:
    """The matrix of rights."""

    title: str
    subject: str
    look: str
    axis: str
    by_procedure: str
    by_item_class: str
    day: str
    nobody: str
    lead: str
    unknown: str
    several_: str
    all_procedures: str
    all_classes: str
    belongs_: str
    without_post: str
    of_department: str
    own: str
    by_post: str
    until_day_: str
    from_day_: str
    cell_: str
    no_right_: str
    detail_: str
    own_right: str
    from_department_: str
    reaches_further: str
    without_end: str
    join: str
    since: str
    until: str
    grant: str
    grant_key: str
    change: str
    remove: str
    remove_key: str
    reversed: str
    how: str

    def several(self, count: int, names: str) -> str:
        return self.several_.format(count=count, names=names)

    def belongs(self, departments: str) -> str:
        return self.belongs_.format(departments=departments)

    def until_day(self, origin: str, day: str) -> str:
        return self.until_day_.format(origin=origin, day=day)

    def from_day(self, origin: str, day: str) -> str:
        return self.from_day_.format(origin=origin, day=day)

    def cell(self, act: str, column: str) -> str:
        return self.cell_.format(act=act, column=column)

    def no_right(self, head: str) -> str:
        return self.no_right_.format(head=head)

    def detail(self, head: str, sources: str) -> str:
        return self.detail_.format(head=head, sources=sources)

    def from_department(self, department: str) -> str:
        return self.from_department_.format(department=department)


@dataclass(frozen=True, slots=True)
class AdminTerminalsTexts:
    """Counter PCs."""

    title: str
    terminal: str
    window: str
    enrolled: str
    certificate: str
    checked: str
    state: str
    count_: str
    none: str
    edit: str
    certificate_full: str
    certificate_support: str
    wrong_certificate: str
    display: str
    hidden: str
    not_confirmed: str
    empty_terminal: str
    empty_window: str
    keep: str
    keep_key: str
    revoke: str
    revoke_key: str
    let_in: str
    shut_out: str
    touched: str
    digest_: str
    first_certificate: str
    unchecked: str

    def count(self, count: int) -> str:
        return self.count_.format(count=count)

    def digest(self, digits: str) -> str:
        return self.digest_.format(digits=digits)


@dataclass(frozen=True, slots=True)
class AdminDraftTexts:
    """What was collected, and its proposal."""

    title: str
    count_: str
    none: str
    reason: str
    reason_support: str
    empty_reason: str
    send: str
    send_key: str
    drop: str
    undo: str
    undo_key: str
    back: str
    working: str
    sent: str
    sent_text_: str
    outdated_: str
    outdated_text: str
    join: str

    def count(self, changes: int) -> str:
        return self.count_.format(changes=changes)

    def sent_text(self, day: str) -> str:
        return self.sent_text_.format(day=day)

    def outdated(self, names: str) -> str:
        return self.outdated_.format(names=names)


@dataclass(frozen=True, slots=True)
class AdminTransfersTexts:
    """Transfers of many from a file."""

    title: str
    lead: str
    no_file: str
    no_roles: str
    roles_file_: str
    files_: str
    empty: str
    line: str
    person: str
    before: str
    after: str
    result: str
    rights_: str
    no_post: str
    right_: str
    wrong_: str
    choose_file: str
    choose_roles: str
    file_key: str
    reason: str
    reason_support: str
    empty_reason: str
    send: str
    send_key: str
    back: str
    working: str
    sent: str

    def roles_file(self, name: str) -> str:
        return self.roles_file_.format(name=name)

    def files(self, file: str, roles: str) -> str:
        return self.files_.format(file=file, roles=roles)

    def rights(self, on: int, off: int) -> str:
        return self.rights_.format(on=on, off=off)

    def right(self, count: int) -> str:
        return self.right_.format(count=count)

    def wrong(self, count: int, wrong: int) -> str:
        return self.wrong_.format(count=count, wrong=wrong)
