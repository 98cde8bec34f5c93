"""The domain: units, periods, forms, reports, briefs and the law. Knows no channel and no web."""
