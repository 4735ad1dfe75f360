"""The content folder: settings, organs, report folders, and facts over all reports."""
