"""What the boundary does: takes what the register tells, sends it on in hours, serves wide-area issue."""
