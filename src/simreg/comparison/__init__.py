"""Templates, scores and thresholds: is it the document's holder?"""
