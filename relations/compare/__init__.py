"""Words held against figures: which way, how much, and against what; the figures that stand on either side."""
