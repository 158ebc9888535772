"""From printed text to sentences: repair, languages, mended page breaks, sentence boundaries."""
