"""The plan, its entries and what they add up to: pure, without any input or output."""
