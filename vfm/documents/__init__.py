"""What people take away: pages, spreadsheets and calendars made from finished plans."""
