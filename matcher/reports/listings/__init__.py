"""What commands print: text for people, JSON and CSV for machines."""
