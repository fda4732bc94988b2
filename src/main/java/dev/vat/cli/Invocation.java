package dev.vat.cli;

/// What a command works with while it runs.
///
/// @param surroundings the world outside
/// @param services what `Main` wired
/// @param console where to say things
record Invocation(Surroundings surroundings, Services services, Console console) {}
