"""What running text says of marks: points, their totals and groups, under headings."""
