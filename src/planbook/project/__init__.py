"""What stands around a plan: where its files are, the files planbook brings along, a folder to start with."""
