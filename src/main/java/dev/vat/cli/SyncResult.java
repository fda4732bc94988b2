package dev.vat.cli;

/// How `up` or `down` of one project ended, or what a dry run of it would do.
///
/// @param exit of this project
/// @param document what programs get: the body of `vat.up/1` or `vat.down/1`
/// @param moved files that were, or would be, sent or fetched
/// @param movedBytes their sizes together
/// @param conflicts files that wait for a decision
/// @param lineIsDown whether what went wrong would go wrong for every other project too
record SyncResult(
    ExitCode exit,
    Object document,
    int moved,
    long movedBytes,
    int conflicts,
    boolean lineIsDown) {}
