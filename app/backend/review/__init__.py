"""閲覧の点検 (C-12, R-032, R-052, R-077): who looked at whom, whether it is explained, and what a person found."""
