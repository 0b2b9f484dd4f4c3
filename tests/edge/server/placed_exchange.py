"""Who may do what at the exchange, written by hand as in ``placed.py``."""

EXCHANGE_MAY = """
/relay/v1/enquiries               tax         child_examiner section_examiner@C
/relay/v1/enquiries               identity
/relay/v1/enquiries               move
/relay/v1/enquiries/provider      tax         child_examiner section_examiner@C
/relay/v1/enquiries/provider      identity
/relay/v1/enquiries/provider      move
/relay/v1/enquiries/state         -           child_examiner child_decider
/relay/v1/enquiries/state         -           section_examiner@CR section_decider@CR
/relay/v1/enquiries/list          claim       child_examiner child_decider section_examiner@C section_decider@C
/relay/v1/enquiries/open          door        child_examiner child_decider section_examiner@CR section_decider@CR
/relay/v1/enquiries/close         door        child_examiner section_examiner@CR
/relay/v1/stopped                 -           supervisor
/relay/v1/stopped/again           door        supervisor
/relay/v1/stopped/close           door        supervisor
/relay/v1/bulk                    -           child_examiner
/relay/v1/bulk/state              door        child_examiner
/relay/v1/bulk/outcomes           door        child_examiner
/relay/v1/convert                 -           child_examiner
/relay/v1/operating               -           supervisor administrator
/relay/v1/stop                    -           administrator
/relay/v1/stop/end                door        administrator
/relay/v1/statistics              -           supervisor administrator
/relay/v1/runs                    -           supervisor administrator
/relay/v1/keys                    -           supervisor administrator
/relay/v1/person                  -           child_examiner supervisor resident_examiner resident_decider
/relay/v1/person                  -           tax_officer tax_supervisor
/relay/v1/person                  -           assistance_provider assistance_releaser
/relay/v1/persons                 -           child_examiner supervisor resident_examiner resident_decider
/relay/v1/persons                 -           tax_officer tax_supervisor
/relay/v1/persons                 -           assistance_provider assistance_releaser
/relay/v1/replica-files/part      door        resident_examiner resident_decider tax_officer tax_supervisor
/relay/v1/replica-files/part      door        assistance_provider
/relay/v1/papers                  -           counter child_examiner
/relay/v1/not-used                -           supervisor administrator
/relay/v1/notice                  -           child_examiner
/relay/v1/notice/states           -           child_examiner
/relay/v1/notice/cancel           door        child_examiner
/intermediary/v1/own-information  -           supervisor
/intermediary/v1/own-information/content door supervisor
/intermediary/v1/releases         -           resident_examiner resident_decider tax_officer tax_supervisor
/intermediary/v1/releases         -           assistance_provider assistance_releaser
/intermediary/v1/release/open     door        resident_examiner resident_decider tax_officer tax_supervisor
/intermediary/v1/release/open     door        assistance_provider assistance_releaser
/intermediary/v1/release/check    door        resident_examiner resident_decider tax_officer tax_supervisor
/intermediary/v1/release/check    door        assistance_provider assistance_releaser
/intermediary/v1/release/decide   door        resident_decider tax_supervisor
/intermediary/v1/release/decide   door        assistance_releaser
/intermediary/v1/flags            tax         tax_officer tax_supervisor
/intermediary/v1/flags            residence   resident_examiner resident_decider
/intermediary/v1/flag             tax         tax_officer tax_supervisor
/intermediary/v1/flag/clear       door        resident_decider tax_supervisor
/intermediary/v1/flag/clear       door        assistance_releaser
/intermediary/v1/receivers        tax         tax_supervisor
/intermediary/v1/receivers        residence   resident_decider
/intermediary/v1/notes/send       door        resident_decider tax_supervisor
/intermediary/v1/notes/send       door        assistance_releaser
/intermediary/v1/notes            tax         tax_supervisor
/intermediary/v1/notes/received   claim       child_examiner
/intermediary/v1/notes/received   move
/intermediary/v1/notes/acknowledge door        child_examiner resident_examiner resident_decider
/intermediary/v1/notes/acknowledge door        tax_officer tax_supervisor
/intermediary/v1/notes/acknowledge door        assistance_provider assistance_releaser
/intermediary/v1/records          tax         tax_officer tax_supervisor
/intermediary/v1/records          claim       child_examiner
/intermediary/v1/record/mark      door        child_examiner resident_examiner resident_decider
/intermediary/v1/record/mark      door        tax_officer tax_supervisor
/intermediary/v1/record/mark      door        assistance_provider assistance_releaser
/intermediary/v1/records/disclose -           supervisor
/intermediary/v1/replica/find     tax         tax_officer tax_supervisor
/intermediary/v1/replica/find     residence   resident_examiner resident_decider
/intermediary/v1/replica/enter    tax         tax_officer tax_supervisor
/intermediary/v1/replica/delete   door        resident_decider tax_supervisor
/intermediary/v1/replica/files    tax         tax_officer tax_supervisor
/intermediary/v1/replica/file     tax         tax_officer tax_supervisor
/intermediary/v1/replica/file/rejected door        resident_examiner resident_decider tax_officer tax_supervisor
/intermediary/v1/replica/file/rejected door        assistance_provider assistance_releaser
/intermediary/v1/replica/file/withdraw door        resident_decider tax_supervisor
"""
