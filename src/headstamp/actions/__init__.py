"""What writes: one file per verb, each under the casebook's turn and in the name of an actor."""
