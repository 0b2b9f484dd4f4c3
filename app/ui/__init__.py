"""What the clerk sees and touches: Qt widgets, screens that ask and show, flows that decide."""
