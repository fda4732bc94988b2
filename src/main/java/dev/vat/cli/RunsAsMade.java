package dev.vat.cli;

/// A command that has nothing to be told: with no word behind its name it runs as it was made, and
/// picocli is not asked. That spares `vat list` of a thousand projects a fifth of its time, most of
/// which picocli takes to make an annotation of each kind readable.
///
/// So its options are made with the values that they have when none is given, its groups of options
/// are made by itself, and none of them has a `defaultValue`. `RunsAsMadeTest` compares.
interface RunsAsMade extends VatCommand {}
