"""照会・回答: the plan as workbooks and CSV files for others, and their answers back into the plan file."""
