"""A statutory form as data: what a decree prints, declared in `declared/*.yaml`."""
