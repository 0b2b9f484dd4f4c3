"""What stands on the resident's own display: its languages, its monitor, its pages, the field to sign in."""
