"""Reports: charts and pages made from results."""
