"""nianbao: writes, checks and builds statutory annual reports on government-information disclosure."""

__version__ = "0.1.0"
