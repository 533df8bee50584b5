"""What the people and machines around a case can do: one method an act, one transaction each."""
