"""The domain: units, periods, forms, figures, reports, briefs and the law. Knows no channel and no web."""
