"""From a Document to a draft report: which organ and year, which table, which cell, how sure; all pure."""
