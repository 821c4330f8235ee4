"""What tables of amounts state: sums down and across, rates, changes, and the outline of rows they stand on."""
