"""Progress reports and their archive: reads the files of others, writes only reports."""
