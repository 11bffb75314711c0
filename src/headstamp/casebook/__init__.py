"""What stands at entry N? Opens the folder, replays, derives: the only way to read a casebook."""
