"""Forms 調査票 that offices fill in: what they ask, as typed sheets, blind to any format."""
