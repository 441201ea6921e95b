"""Report: charts, tables and pages from results that others computed. Nothing here computes a result."""
